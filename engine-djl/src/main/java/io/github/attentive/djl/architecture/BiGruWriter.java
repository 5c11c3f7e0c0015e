package io.github.attentive.djl.architecture;

import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one function of a model of {@link BiGruGraph}. */
final class BiGruWriter {
  private static final Axis BATCH = Axis.named("batch");
  private static final Axis LENGTH = Axis.named("length");

  /** The parts of a model that read padding as any other token. */
  enum PaddingReaders {
    NONE,
    RECURRENCES,
    ALL
  }

  private final FunctionBuilder function;
  private final BiGruConfig config;
  private final Map<String, Parameter> parameters;
  private final PaddingReaders readers;
  private final Tensor ids;

  /** Far below 0 at padding, else 0: {@code [batch, length, 1]}; null where all read it. */
  private final @Nullable Tensor hidden;

  BiGruWriter(
      FunctionBuilder function,
      BiGruConfig config,
      Map<String, Parameter> parameters,
      PaddingReaders readers) {
    this.function = function;
    this.config = config;
    this.parameters = parameters;
    this.readers = readers;
    this.ids = function.input(ModelFunctions.INPUT_IDS, ElementType.INT64, BATCH, LENGTH);
    this.hidden = readers == PaddingReaders.ALL ? null : hidden();
  }

  /**
   * What the positions of a text come to.
   *
   * @param context {@code [batch, 2 hidden]}
   * @param weights of the positions in it, {@code [batch, 1, length]}
   * @param states of the positions, {@code [batch, length, 2 hidden]}
   */
  record Pooled(Tensor context, Tensor weights, Tensor states) {}

  private Tensor hidden() {
    Tensor mask = function.input(ModelFunctions.ATTENTION_MASK, ElementType.INT64, BATCH, LENGTH);
    return function.affine(
        function.unsqueeze(function.toFloat(mask), 2), -EncoderWriter.UNSEEN, EncoderWriter.UNSEEN);
  }

  /** The word vectors, {@code [batch, length, embedding]}. */
  Tensor words() {
    return words(WordVectors.lookedUp());
  }

  /** The word vectors from where they come. */
  Tensor words(WordVectors vectors) {
    return vectors.of(function, parameter(BiGruGraph.EMBEDDING), ids);
  }

  /** The word vectors, those of padding zeros whatever the embedding has: so it is not learned. */
  Tensor wordsWithoutPadding() {
    Tensor word = function.toFloat(function.notEqual(ids, BiGruConfig.PAD_ID));
    return function.multiply(words(), function.unsqueeze(word, 2));
  }

  /** Reads the words in both directions and attends to what was read. */
  Pooled pooled(Tensor words) {
    Tensor forward = states(words, false);
    Tensor backward = states(words, true);
    Tensor states = function.concat(forward, backward, -1);
    Tensor scores = function.transpose(scores(states, forward, backward), 1, 2);
    Tensor seen = hidden == null ? scores : function.add(scores, function.transpose(hidden, 1, 2));
    Tensor weights = function.softmax(seen, -1);
    return new Pooled(function.select(function.matMul(weights, states), 1, 0), weights, states);
  }

  /**
   * The states of one direction, {@code [batch, length, hidden]}. Where a position is hidden, what
   * it adds is so large that all gates are at 1, which leaves the state as it is, to the last bit.
   */
  private Tensor states(Tensor words, boolean backward) {
    Tensor projected =
        function.linear(
            words,
            parameter(BiGruGraph.weight("ih", backward)),
            parameter(BiGruGraph.bias("ih", backward)));
    if (hidden != null && readers == PaddingReaders.NONE) {
      projected = function.subtract(projected, hidden);
    }
    return function.recurrence(
        List.of(projected),
        config.hiddenSize(),
        backward,
        (slices, state) -> next(slices.get(0), state, backward));
  }

  /** Gates in PyTorch's order: reset, update, candidate. */
  private Tensor next(Tensor position, Tensor state, boolean backward) {
    Tensor recurrent =
        function.linear(
            state,
            parameter(BiGruGraph.weight("hh", backward)),
            parameter(BiGruGraph.bias("hh", backward)));
    Tensor gates =
        function.activate(
            Activation.SIGMOID, function.add(gates(position, 0, 2), gates(recurrent, 0, 2)));
    return GruStep.next(
        function,
        gates(gates, 0, 1),
        gates(gates, 1, 2),
        gates(position, 2, 3),
        gates(recurrent, 2, 3),
        state,
        x -> function.activate(Activation.TANH, x));
  }

  private Tensor gates(Tensor all, int from, int to) {
    long size = config.hiddenSize();
    return function.slice(all, -1, from * size, to * size);
  }

  /** A score for each position, {@code [batch, length, 1]}. */
  private Tensor scores(Tensor states, Tensor forward, Tensor backward) {
    if (config.attention() == Attention.QUERY_FREE) {
      Tensor compared = function.activate(Activation.TANH, linear("attention_w", states));
      return function.linear(compared, parameter("attention_v.weight"), null);
    }
    Tensor query =
        function.concat(function.select(forward, 1, -1), function.select(backward, 1, 0), -1);
    Tensor compared =
        function.add(
            linear("attention.Wa", states), function.unsqueeze(linear("attention.Ua", query), 1));
    return linear("attention.Va", function.activate(Activation.TANH, compared));
  }

  /** The classes' logits, {@code [batch, labels]}. */
  Tensor logits(Tensor context, double dropout) {
    Tensor inner = function.activate(Activation.RELU, linear(BiGruGraph.HIDDEN, context));
    return linear(BiGruGraph.HEAD, function.dropout(inner, dropout));
  }

  private Tensor linear(String name, Tensor x) {
    return function.linear(x, parameter(name + ".weight"), parameter(name + ".bias"));
  }

  private Parameter parameter(String name) {
    return parameters.get(name);
  }
}
