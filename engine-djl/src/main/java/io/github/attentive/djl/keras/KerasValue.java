package io.github.attentive.djl.keras;

import io.github.attentive.djl.graph.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A result of a layer inside a function.
 *
 * @param tensor its numbers; null for texts
 * @param mask 1 for positions that count, 0 for others, {@code [batch, positions]}; or null
 * @param positions the axis that runs over the positions of the text, or -1
 * @param squashed what it was computed from, if it is a softmax or logistic function; or null
 */
record KerasValue(
    @Nullable Tensor tensor, @Nullable Tensor mask, int positions, @Nullable Squashed squashed) {
  static final int NO_POSITIONS = -1;

  /** The last step of a classifier. */
  enum Squashing {
    /** Exponentials divided by their sum. */
    SOFTMAX,
    /** The logistic function of each. */
    SIGMOID
  }

  /** Numbers before the last step, and the step. */
  record Squashed(Tensor logits, Squashing by) {}

  static KerasValue of(Tensor tensor) {
    return new KerasValue(tensor, null, NO_POSITIONS, null);
  }

  /** Other numbers of the same positions, with the same mask. */
  KerasValue with(Tensor other) {
    return new KerasValue(other, mask, positions, null);
  }

  KerasValue masked(@Nullable Tensor other) {
    return new KerasValue(tensor, other, positions, squashed);
  }

  KerasValue at(int axis) {
    return new KerasValue(tensor, mask, axis, squashed);
  }

  KerasValue after(Tensor logits, Squashing by) {
    return new KerasValue(tensor, mask, positions, new Squashed(logits, by));
  }
}
