package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.RowSelection;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one function of an encoder: what the families have in common, in terms of the names of
 * their weights. Axes: {@code batch}, {@code length} (positions), then those of the vectors.
 */
final class EncoderWriter {
  /**
   * What is added to the score of a key that must not be seen: far below any score, and twice it
   * (padding outside a window) is still finite, so that no row ever becomes NaN.
   */
  static final double UNSEEN = -1e30;

  private static final Axis BATCH = Axis.named("batch");
  private static final Axis LENGTH = Axis.named("length");

  private final FunctionBuilder function;
  private final EncoderParameters parameters;
  private final boolean explain;
  private final Dropouts dropouts;
  private final WordVectors words;
  private final Tensor ids;
  private final Tensor mask;
  private final @Nullable Tensor tokenTypes;
  private final List<Tensor> attentions = new ArrayList<>();
  private final List<QueryKeyLayer> queriesAndKeys = new ArrayList<>();
  private final List<ValueLayer> values = new ArrayList<>();
  private final int positions;
  private @Nullable Tensor paddingBias;
  private @Nullable Tensor distances;

  EncoderWriter(
      FunctionBuilder function,
      EncoderParameters parameters,
      EncoderArchitecture architecture,
      boolean explain,
      Dropouts dropouts) {
    this(function, parameters, architecture, explain, dropouts, WordVectors.lookedUp());
  }

  EncoderWriter(
      FunctionBuilder function,
      EncoderParameters parameters,
      EncoderArchitecture architecture,
      boolean explain,
      Dropouts dropouts,
      WordVectors words) {
    this.words = words;
    this.dropouts = dropouts;
    this.positions = architecture.positions();
    this.function = function;
    this.parameters = parameters;
    this.explain = explain;
    this.ids = function.input(ModelFunctions.INPUT_IDS, ElementType.INT64, BATCH, LENGTH);
    this.mask = function.input(ModelFunctions.ATTENTION_MASK, ElementType.INT64, BATCH, LENGTH);
    this.tokenTypes =
        architecture.embedsTokenTypes()
            ? function.input(ModelFunctions.TOKEN_TYPE_IDS, ElementType.INT64, BATCH, LENGTH)
            : null;
  }

  /** The function's own operations. */
  FunctionBuilder function() {
    return function;
  }

  /** The probabilities of the layers so far, each {@code [batch, heads, queries, keys]}. */
  List<Tensor> attentions() {
    return attentions;
  }

  /** What the probabilities of the layers so far are computed from. */
  List<QueryKeyLayer> queriesAndKeys() {
    return queriesAndKeys;
  }

  /** What the probabilities of the layers so far move. */
  List<ValueLayer> values() {
    return values;
  }

  /** {@code [batch, length]}. */
  Tensor ids() {
    return ids;
  }

  /** 1 for tokens, 0 for padding: {@code [batch, length, 1]}. */
  Tensor tokenMask() {
    return function.unsqueeze(function.toFloat(mask), 2);
  }

  /** What keeps queries from padding, {@code [batch, 1, 1, length]}. */
  Tensor paddingBias() {
    if (paddingBias == null) {
      Tensor visible = function.unsqueeze(function.unsqueeze(function.toFloat(mask), 1), 2);
      paddingBias = function.affine(visible, -UNSEEN, UNSEEN);
    }
    return paddingBias;
  }

  /** A weight of the checkpoint. */
  Parameter weight(String name, long... shape) {
    return parameters.weight(name, Shape.ofSizes(shape));
  }

  /** A fixed table of floats, made on first use. */
  Parameter table(String name, Shape shape, Supplier<float[]> values) {
    return parameters.shared(name, () -> Parameter.table(name, shape, values.get()));
  }

  /** The rows of an embedding for the tokens, {@code [batch, length, d]}. */
  Tensor embedTokens(String name, long rows, long size) {
    return words.of(function, weight(name + ".weight", rows, size), ids);
  }

  /** The rows of an embedding for the positions from 0 on, {@code [length, d]}. */
  Tensor embedPositions(String name, long rows, long size) {
    return function.leadingRows(weight(name + ".weight", rows, size), ids, 1);
  }

  /**
   * The rows of an embedding for positions that count the tokens which are not padding, from {@code
   * padId + 1} on, as fairseq's models do: {@code [batch, length, d]}.
   */
  Tensor embedCountedPositions(String name, long rows, long size, long padId) {
    Tensor token = function.notEqual(ids, padId);
    Tensor counted = function.multiply(function.cumulativeSum(token, 1), token);
    return function.embedding(
        weight(name + ".weight", rows, size), function.affine(counted, 1, padId));
  }

  /** The rows of an embedding for the token types: {@code [batch, length, d]}, or {@code [d]}. */
  Tensor embedTokenTypes(String name, long rows, long size) {
    Parameter table = weight(name + ".weight", rows, size);
    if (tokenTypes == null) {
      // All are of type 0.
      return function.select(function.rows(table), 0, 0);
    }
    return function.embedding(table, tokenTypes);
  }

  /** A dense layer with bias. */
  Tensor linear(String name, Tensor x, long out) {
    return linear(name, x, out, true);
  }

  /** A dense layer. */
  Tensor linear(String name, Tensor x, long out, boolean bias) {
    long in = x.shape().axis(-1).size();
    return function.linear(
        x, weight(name + ".weight", out, in), bias ? weight(name + ".bias", out) : null);
  }

  /** Layer normalisation with bias. */
  Tensor layerNorm(String name, Tensor x, double epsilon) {
    return layerNorm(name, x, epsilon, true);
  }

  /** Layer normalisation. */
  Tensor layerNorm(String name, Tensor x, double epsilon, boolean bias) {
    long size = x.shape().axis(-1).size();
    return function.layerNorm(
        x, weight(name + ".weight", size), bias ? weight(name + ".bias", size) : null, epsilon);
  }

  /**
   * The first position's vector, {@code [batch, d]}, of what is not read otherwise. Without dropout
   * the last layer computes no other as far as it can; with dropout all positions draw from the
   * random numbers.
   */
  Tensor firstToken(Tensor x) {
    return dropouts.equals(Dropouts.NONE)
        ? RowSelection.select(function, x, 1, 0)
        : function.select(x, 1, 0);
  }

  /** The mean over the tokens that are not padding, {@code [batch, d]}. */
  Tensor meanOfTokens(Tensor x) {
    Tensor tokens = tokenMask();
    return function.divide(function.sum(function.multiply(x, tokens), 1), function.sum(tokens, 1));
  }

  /** A head of two dense layers: {@code out(activation(dense(x)))}. */
  Tensor head(String dense, Activation activation, String out, Tensor x, EncoderSizes sizes) {
    Tensor inner = function.activate(activation, linear(dense, x, sizes.hidden()));
    return linear(out, dropForHead(inner), sizes.labels());
  }

  /** Drops a part of what goes into the first layer; as all of these, only in training. */
  Tensor dropEmbeddings(Tensor x) {
    return function.dropout(x, dropouts.embeddings());
  }

  /** Drops a part of what attention adds. */
  Tensor dropAttended(Tensor x) {
    return function.dropout(x, dropouts.attended());
  }

  /** Drops a part of what a feed-forward part adds. */
  Tensor dropFed(Tensor x) {
    return function.dropout(x, dropouts.fed());
  }

  /** Drops a part of what the head reads. */
  Tensor dropForHead(Tensor x) {
    return function.dropout(x, dropouts.head());
  }

  /**
   * Several dense layers of one input as one, split into heads: a tensor for each, {@code [batch,
   * heads, length, d]}. One large multiplication is faster than several, and its weights are those
   * of the checkpoint one after the other.
   */
  List<Tensor> headsOf(List<String> names, Tensor x, EncoderSizes sizes) {
    long in = x.shape().axis(-1).size();
    if (!parameters.mayStack()) {
      return names.stream()
          .map(part -> splitHeads(linear(part, x, sizes.hidden()), sizes.heads()))
          .toList();
    }
    String prefix = names.get(0).substring(0, names.get(0).lastIndexOf('.') + 1);
    String name =
        names.stream()
            .map(part -> part.substring(prefix.length()))
            .collect(Collectors.joining("_", prefix, ""));
    Parameter weight = parameters.stacked(name + ".weight", names, ".weight", sizes.hidden(), in);
    Parameter bias = parameters.stacked(name + ".bias", names, ".bias", sizes.hidden());
    return partsOf(function.linear(x, weight, bias), names.size(), sizes.heads());
  }

  /** Vectors one after the other, each split into heads: {@code [batch, heads, length, d]}. */
  List<Tensor> partsOf(Tensor x, int parts, int heads) {
    Tensor all = splitHeads(x, parts * heads);
    return IntStream.range(0, parts)
        .mapToObj(part -> function.slice(all, 1, (long) part * heads, (part + 1L) * heads))
        .toList();
  }

  /** {@code [batch, length, heads * d]} as {@code [batch, heads, length, d]}. */
  Tensor splitHeads(Tensor x, int heads) {
    return function.transpose(function.splitAxis(x, 2, heads), 1, 2);
  }

  /**
   * Attends, and puts what comes of it through a dense layer; the probabilities are kept where they
   * are wanted.
   *
   * @param query {@code [batch, heads, length, d]}
   * @param key as the query
   * @param value as the query
   * @param bias added to the scores
   * @param scale factor of the scores
   * @param output name of the dense layer
   * @param shifts whether that has a bias
   * @return {@code [batch, length, heads * d]}
   */
  Tensor attend(
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor bias,
      double scale,
      String output,
      boolean shifts) {
    Tensor context;
    @Nullable Tensor shown = null;
    if (explain || dropouts.probabilities() > 0) {
      Tensor products =
          function.affine(function.matMul(query, function.transpose(key, 2, 3)), scale, 0);
      Tensor scores = function.add(products, bias);
      Tensor probabilities = function.softmax(scores, -1);
      queriesAndKeys.add(new QueryKeyLayer(query, key, scores, scale));
      attentions.add(probabilities);
      shown = probabilities;
      context = function.matMul(function.dropout(probabilities, dropouts.probabilities()), value);
    } else {
      context = function.attention(query, key, value, bias, scale);
    }
    Tensor joined = function.mergeAxes(function.transpose(context, 1, 2), 2);
    long size = joined.shape().axis(2).size();
    Tensor attended = linear(output, joined, size, shifts);
    if (shown != null) {
      values.add(new ValueLayer(shown, value, weight(output + ".weight", size, size)));
    }
    return attended;
  }

  /**
   * The places of the distances {@code query - key} in tables of {@code 2 positions - 1} entries,
   * {@code [length, length]}.
   */
  Tensor distances() {
    if (distances == null) {
      Parameter counting =
          parameters.shared(
              "attentive.positions",
              () ->
                  Parameter.table(
                      "attentive.positions",
                      Shape.ofSizes(positions),
                      LongStream.range(0, positions).toArray()));
      Tensor position = function.leadingRows(counting, ids, 1);
      distances =
          function.add(
              function.unsqueeze(position, 1),
              function.affine(function.unsqueeze(position, 0), -1, positions - 1));
    }
    return distances;
  }

  /**
   * A whole number for each pair of positions, {@code [length, length]}.
   *
   * @param name of the table
   * @param ofDistance the number for {@code query - key}
   */
  Tensor byDistance(String name, IntToLongFunction ofDistance) {
    Parameter table =
        parameters.shared(
            name,
            () ->
                Parameter.table(
                    name,
                    Shape.ofSizes(2L * positions - 1),
                    IntStream.range(1 - positions, positions).mapToLong(ofDistance).toArray()));
    return function.embedding(table, distances());
  }

  /**
   * A float for each pair of positions, {@code [length, length]}.
   *
   * @param name of the table
   * @param ofDistance the float for {@code query - key}
   */
  Tensor floatsByDistance(String name, IntToDoubleFunction ofDistance) {
    Parameter table =
        table(
            name,
            Shape.ofSizes(2L * positions - 1),
            () -> {
              float[] values = new float[2 * positions - 1];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) ofDistance.applyAsDouble(i - (positions - 1));
              }
              return values;
            });
    return function.embedding(table, distances());
  }
}
