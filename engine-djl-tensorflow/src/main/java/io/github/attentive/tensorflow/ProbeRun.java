package io.github.attentive.tensorflow;

import io.github.attentive.djl.runtime.ForeignOutput;
import io.github.attentive.djl.runtime.HostArray;
import java.util.Map;
import java.util.Optional;

/**
 * What a model gave for one text alone.
 *
 * @param tokens of the text; positions after them are padding
 * @param positions the model had
 * @param outputs by name
 */
record ProbeRun(int tokens, int positions, Map<String, ForeignOutput> outputs) {
  /** How far a row of attention may be from the sum 1; numbers of 16 bits have three digits. */
  private static final double ROUNDING = 3e-2;

  /** How far weights may differ that are the same to the model. */
  private static final double EQUAL = 1e-6;

  ForeignOutput output(String name) {
    return outputs.get(name);
  }

  Optional<AttentionLayout> layout(String name) {
    return AttentionLayout.of(output(name).shape(), 1, positions);
  }

  /** {@code [1, heads, queries, keys]} of an output that has a layout. */
  private HostArray.Floats weights(String name) {
    return layout(name).orElseThrow().unfolded(output(name).array());
  }

  /** Whether an output is a number, or a row of numbers, for a text. */
  boolean mayBeScores(String name) {
    int axes = output(name).shape().length;
    return (axes == 1 || axes == 2)
        && output(name).size(0) == 1
        && output(name).values().length > 0;
  }

  /** Whether an output has the shape of attention, and all rows of tokens are distributions. */
  boolean mayBeAttention(String name) {
    if (layout(name).isEmpty()) {
      return false;
    }
    Rows rows = rows(name);
    for (int row = 0; row < rows.count(); row++) {
      double sum = 0;
      for (int key = 0; key < positions; key++) {
        float weight = rows.at(row, key);
        sum += weight < -EQUAL ? Double.NaN : weight;
      }
      if (!(Math.abs(sum - 1) <= ROUNDING)) {
        return false;
      }
    }
    return true;
  }

  boolean hasPadding() {
    return tokens < positions;
  }

  /** Whether tokens give padding no weight at all. */
  boolean padsWeighNothing(String name) {
    Rows rows = rows(name);
    for (int row = 0; row < rows.count(); row++) {
      for (int key = tokens; key < positions; key++) {
        if (rows.at(row, key) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether all padding has one weight, there being several positions of it. */
  boolean padsWeighTheSame(String name) {
    Rows rows = rows(name);
    for (int row = 0; row < rows.count(); row++) {
      for (int key = tokens + 1; key < positions; key++) {
        if (!(Math.abs(rows.at(row, key) - rows.at(row, tokens)) <= EQUAL)) {
          return false;
        }
      }
    }
    return tokens + 1 < positions;
  }

  /** Whether all numbers of an output are finite; of attention, those of the rows of tokens. */
  boolean isFinite(String name) {
    for (float value : output(name).values()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private Rows rows(String name) {
    HostArray.Floats weights = weights(name);
    int queries = (int) weights.shape()[2];
    return new Rows(weights.values(), queries, queries == 1 ? 1 : tokens, positions);
  }

  /** The rows of all heads whose queries are tokens. */
  private record Rows(float[] weights, int queries, int read, int keys) {
    int count() {
      return weights.length / (queries * keys) * read;
    }

    float at(int row, int key) {
      return weights[(row / read * queries + row % read) * keys + key];
    }
  }
}
