package io.github.attentive.pytorch;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.runtime.ForeignOutput;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a foreign model gave for a batch of texts.
 *
 * @param lengths the positions of each text; shorter ones were padded to the longest
 * @param outputs all it gave
 */
record ForeignRun(List<Integer> lengths, List<ForeignOutput> outputs) {
  /** How far a row of attention may be from the sum 1. */
  private static final double ROW = 1e-3;

  /** Of a pooling's weights: batch, heads, queries, keys. */
  private static final int MOST_AXES = 4;

  private int batch() {
    return lengths.size();
  }

  private int length() {
    return lengths.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /** Whether an output has the shape {@code [batch, labels]}. */
  boolean isLogits(int index) {
    ForeignOutput output = outputs.get(index);
    return output.floating()
        && output.shape().length == 2
        && output.size(0) == batch()
        && output.size(1) > 0;
  }

  /** Whether an output has so many axes, one for the batch, and ends with queries and keys. */
  boolean isAttention(int index, int axes, int batchAxis) {
    ForeignOutput output = outputs.get(index);
    return output.floating()
        && output.shape().length == axes
        && output.size(batchAxis) == batch()
        && output.size(axes - 2) == length()
        && output.size(axes - 1) == length();
  }

  /** Whether an output has the shape of a pooling's weights and rows that sum to 1. */
  boolean isPooling(int index) {
    return hasShapeOfPooling(index) && firstWrongRow(index) < 0;
  }

  /** Whether an output is {@code [batch, length]}, or has axes of size 1 between these. */
  boolean hasShapeOfPooling(int index) {
    ForeignOutput output = outputs.get(index);
    int axes = output.shape().length;
    return output.floating()
        && axes >= 2
        && axes <= MOST_AXES
        && output.size(0) == batch()
        && output.size(axes - 1) == length()
        && IntStream.range(1, axes - 1).allMatch(axis -> output.size(axis) == 1);
  }

  /**
   * Requires each row of an output to sum to 1.
   *
   * @throws ModelLoadException if one does not
   */
  void requireRows(int index) {
    int wrong = firstWrongRow(index);
    if (wrong >= 0) {
      throw new ModelLoadException(
          "output %s, %s, has the shape of attention: expected each row to sum to 1, got %s; give"
                  .formatted(
                      index, outputs.get(index), sum(outputs.get(index).values(), wrong, length()))
              + " the weights after the softmax and without dropout, or leave this output out of the"
              + " export");
    }
  }

  private int firstWrongRow(int index) {
    float[] values = outputs.get(index).values();
    for (int from = 0; from < values.length; from += length()) {
      if (!(Math.abs(sum(values, from, length()) - 1) <= ROW)) {
        return from;
      }
    }
    return -1;
  }

  private static double sum(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return sum;
  }
}
