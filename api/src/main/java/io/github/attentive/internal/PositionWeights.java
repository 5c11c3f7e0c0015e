package io.github.attentive.internal;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a method gives for one text.
 *
 * @param values a weight for each position; not copied
 * @param samples the versions of the text that were to be drawn, if any were
 * @param completenessError by how much the weights miss the sum they should have
 * @param determination how well the weights fit what they were fitted to
 */
record PositionWeights(
    double[] values,
    OptionalInt samples,
    OptionalDouble completenessError,
    OptionalDouble determination) {

  /** Weights that say nothing of their own exactness. */
  static PositionWeights of(double[] values) {
    return new PositionWeights(
        values, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
