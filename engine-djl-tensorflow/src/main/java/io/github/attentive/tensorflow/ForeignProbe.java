package io.github.attentive.tensorflow;

import io.github.attentive.djl.runtime.HostArray;
import java.util.Map;

/**
 * What a SavedModel gave for one text.
 *
 * @param tokens of the text
 * @param positions tokens and padding
 * @param outputs by name
 */
record ForeignProbe(int tokens, int positions, Map<String, HostArray.Floats> outputs) {
  /** How far a row of attention may be from the sum 1. */
  private static final double ROW = 1e-3;

  long[] shape(String output) {
    return outputs.get(output).shape();
  }

  float[] values(String output) {
    return outputs.get(output).values();
  }

  /** Whether an output has the shape of attention, and the rows of tokens sum to 1. */
  boolean isAttention(String output) {
    AttentionLayout layout = AttentionLayout.of(shape(output), positions);
    return layout != null && everyRow(layout.layer(outputs.get(output)), this::sumsToOne);
  }

  /** Whether tokens give padding no weight at all. */
  boolean masks(String output) {
    AttentionLayout layout = AttentionLayout.of(shape(output), positions);
    return layout != null && everyRow(layout.layer(outputs.get(output)), this::leavesPaddingOut);
  }

  /** Something about a row of attention, which begins at a place. */
  private interface Row {
    boolean is(float[] values, int from);
  }

  private boolean everyRow(HostArray.Floats layer, Row row) {
    long[] shape = layer.shape();
    int queries = (int) shape[2];
    for (int head = 0; head < shape[0] * shape[1]; head++) {
      for (int query = 0; query < (queries == 1 ? 1 : Math.min(tokens, queries)); query++) {
        if (!row.is(layer.values(), (head * queries + query) * positions)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean sumsToOne(float[] values, int from) {
    double sum = 0;
    for (int i = from; i < from + positions; i++) {
      sum += values[i] < 0 ? Double.NaN : values[i];
    }
    return Math.abs(sum - 1) <= ROW;
  }

  private boolean leavesPaddingOut(float[] values, int from) {
    for (int i = from + tokens; i < from + positions; i++) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
