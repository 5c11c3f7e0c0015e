package io.github.attentive.djl.runtime;

import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.text.EncodedText;
import java.util.Arrays;
import java.util.List;

/** Turns a batch of encoded texts into the inputs of a graph, padded to the longest. Immutable. */
public final class BatchInputs {
  private final List<String> names;
  private final long padId;
  private final boolean pads;

  /**
   * For the inputs that a graph's functions have.
   *
   * @param graph its first function names them
   * @param padId the token that pads
   */
  BatchInputs(Graph graph, long padId) {
    this(
        graph.function(ModelFunctions.CLASSIFY).inputs().stream()
            .map(Function.Named::name)
            .toList(),
        padId,
        true);
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
    this.names = List.copyOf(names);
    this.padId = padId;
    this.pads = pads;
  }

  /** Whether texts of different lengths may share a batch. */
  boolean pads() {
    return pads;
  }

  /**
   * The inputs of a batch.
   *
   * @param batch at least one text
   * @return the arrays in the order of the names, each {@code [batch, length]}
   */
  public List<HostArray> of(List<EncodedText> batch) {
    int length = batch.stream().mapToInt(EncodedText::length).max().orElseThrow();
    return names.stream().<HostArray>map(name -> input(name, batch, length)).toList();
  }

  private HostArray input(String name, List<EncodedText> batch, int length) {
    long[] values = new long[Math.multiplyExact(batch.size(), length)];
    for (int i = 0; i < batch.size(); i++) {
      EncodedText text = batch.get(i);
      int from = i * length;
      switch (name) {
        case ModelFunctions.INPUT_IDS -> {
          Arrays.fill(values, from, from + length, padId);
          System.arraycopy(text.ids(), 0, values, from, text.length());
        }
        case ModelFunctions.ATTENTION_MASK -> Arrays.fill(values, from, from + text.length(), 1);
        case ModelFunctions.TOKEN_TYPE_IDS ->
            System.arraycopy(text.tokenTypes(), 0, values, from, text.length());
        default -> throw new IllegalArgumentException("input '" + name + "' is no text's");
      }
    }
    return new HostArray.Longs(new long[] {batch.size(), length}, values);
  }
}
