package io.github.attentive.djl.runtime;

import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextFeatures;
import io.github.attentive.djl.text.TokenSequence;
import io.github.attentive.djl.text.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Turns a batch of encoded texts into the inputs of a graph, padded to the longest. Immutable. */
public final class BatchInputs implements ModelInputs {
  private final List<String> names;
  private final long padId;
  private final boolean pads;

  /** The positions that a batch has at least. */
  private final int leastLength;

  private final @Nullable TextFeatures features;

  /**
   * For the inputs that a graph's functions have. Where the graph fixes the number of positions,
   * all texts are padded to it.
   *
   * @param graph its first function names them
   * @param padId the token that pads
   */
  BatchInputs(Graph graph, long padId) {
    this(
        inputs(graph).stream().map(Function.Named::name).toList(),
        padId,
        true,
        fixedLength(inputs(graph)),
        null);
  }

  /**
   * For a graph that saved models of Keras are written on.
   *
   * @param graph of one input
   * @param features what it takes in place of tokens, or null
   */
  BatchInputs(Graph graph, @Nullable TextFeatures features) {
    this(
        inputs(graph).stream().map(Function.Named::name).toList(),
        Vocabulary.PADDING,
        // Keras's own length is the text's where the model fixes none.
        features != null || fixedLength(inputs(graph)) > 0,
        fixedLength(inputs(graph)),
        features);
  }

  /**
   * For the texts' part of the inputs of a graph's {@link ModelFunctions#LOSS}, which has the
   * targets after them.
   *
   * @param graph that is trained
   * @param padId the token that pads
   * @return the inputs
   */
  public static BatchInputs ofLoss(Graph graph, long padId) {
    List<Function.Named> inputs = graph.function(ModelFunctions.LOSS).inputs();
    return new BatchInputs(
        inputs.stream()
            .map(Function.Named::name)
            .filter(name -> !name.equals(ModelFunctions.TARGETS))
            .toList(),
        padId,
        true,
        fixedLength(inputs),
        null);
  }

  private static List<Function.Named> inputs(Graph graph) {
    return graph.function(ModelFunctions.CLASSIFY).inputs();
  }

  private static int fixedLength(List<Function.Named> inputs) {
    return inputs.stream()
        .filter(input -> input.name().equals(ModelFunctions.INPUT_IDS))
        .mapToInt(input -> (int) Math.max(0, input.tensor().shape().axis(1).size()))
        .findFirst()
        .orElse(0);
  }

  /**
   * For inputs in a given order.
   *
   * @param names any of {@link ModelFunctions#INPUT_IDS}, {@link ModelFunctions#ATTENTION_MASK} and
   *     {@link ModelFunctions#TOKEN_TYPE_IDS}
   * @param padId the token that pads
   * @param pads false for a model that padding would disturb: its texts share a batch only where
   *     their lengths are equal
   */
  public BatchInputs(List<String> names, long padId, boolean pads) {
    this(names, padId, pads, 0, null);
  }

  private BatchInputs(
      List<String> names,
      long padId,
      boolean pads,
      int leastLength,
      @Nullable TextFeatures features) {
    this.names = List.copyOf(names);
    this.padId = padId;
    this.pads = pads;
    this.leastLength = leastLength;
    this.features = features;
  }

  /**
   * For a graph of one input, the tokens of a text padded as Keras does.
   *
   * @param positions of every text; 0 for a graph that takes any number and no padding
   * @return the inputs
   */
  public static BatchInputs ofTokens(int positions) {
    return new BatchInputs(
        List.of(ModelFunctions.INPUT_IDS), Vocabulary.PADDING, positions > 0, positions, null);
  }

  @Override
  public boolean pads() {
    return pads;
  }

  /**
   * The token that stands for none.
   *
   * @return its number, or empty for a graph that takes features in place of tokens
   */
  OptionalLong padId() {
    return features == null ? OptionalLong.of(padId) : OptionalLong.empty();
  }

  /** Whether the graph is told which positions may be attended to. */
  boolean haveMask() {
    return names.contains(ModelFunctions.ATTENTION_MASK);
  }

  @Override
  public List<HostArray> of(List<TextInput> inputs, List<EncodedText> texts) {
    return of(texts);
  }

  /**
   * The inputs of a batch.
   *
   * @param batch at least one text
   * @return the arrays in the order of the names, each {@code [batch, length]}
   */
  public List<HostArray> of(List<EncodedText> batch) {
    return features == null ? tokens(batch) : List.of(features(batch));
  }

  /**
   * The inputs of a batch of whose texts only the tokens are known.
   *
   * @param batch at least one text
   * @return the arrays in the order of the names, each {@code [batch, length]}
   * @throws IllegalArgumentException if the graph takes something else than tokens
   */
  public List<HostArray> tokens(List<? extends TokenSequence> batch) {
    int longest = batch.stream().mapToInt(TokenSequence::length).max().orElseThrow();
    int length = Math.max(longest, leastLength);
    return names.stream().map(name -> input(name, batch, length)).toList();
  }

  private HostArray features(List<EncodedText> batch) {
    TextFeatures all = Objects.requireNonNull(features);
    float[] values = new float[Math.multiplyExact(batch.size(), all.length())];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(all.of(batch.get(i)), 0, values, i * all.length(), all.length());
    }
    return new HostArray.Floats(new long[] {batch.size(), all.length()}, values);
  }

  private HostArray input(String name, List<? extends TokenSequence> batch, int length) {
    long[] values = new long[Math.multiplyExact(batch.size(), length)];
    for (int i = 0; i < batch.size(); i++) {
      TokenSequence text = batch.get(i);
      int from = i * length;
      switch (name) {
        case ModelFunctions.INPUT_IDS -> {
          Arrays.fill(values, from, from + length, padId);
          System.arraycopy(text.ids(), 0, values, from, text.length());
        }
        case ModelFunctions.ATTENTION_MASK ->
            System.arraycopy(text.attentionMask(), 0, values, from, text.length());
        case ModelFunctions.TOKEN_TYPE_IDS ->
            System.arraycopy(text.tokenTypes(), 0, values, from, text.length());
        default -> throw new IllegalArgumentException("input '" + name + "' is no text's");
      }
    }
    return new HostArray.Longs(new long[] {batch.size(), length}, values);
  }
}
