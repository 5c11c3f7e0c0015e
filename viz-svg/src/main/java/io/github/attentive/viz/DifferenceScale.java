package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;

/**
 * How differences are to be shown.
 *
 * @param logarithmic whether by their magnitude on a logarithmic scale
 * @param threshold what they may be at most; NaN for anything
 */
record DifferenceScale(boolean logarithmic, double threshold) {
  static final DifferenceScale DEFAULT = new DifferenceScale(false, Double.NaN);

  DifferenceScale asLogarithmic() {
    return new DifferenceScale(true, threshold);
  }

  DifferenceScale withThreshold(double value) {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new InvalidInputException(
          "comparison threshold: expected a finite number above 0, got " + value);
    }
    return new DifferenceScale(logarithmic, value);
  }

  boolean hasThreshold() {
    return !Double.isNaN(threshold);
  }

  /** What the differences are called. */
  String title() {
    return logarithmic ? "|B − A|" : "B − A";
  }

  /** Says in words whether differences are small enough. */
  String verdict(double[] differences) {
    int beyond = 0;
    int count = 0;
    for (double difference : differences) {
      beyond += Math.abs(difference) > threshold ? 1 : 0;
      count += Double.isNaN(difference) ? 0 : 1;
    }
    String limit = Decimals.significant(threshold);
    return beyond == 0
        ? "Passed: no |B − A| is above " + limit
        : "Failed: %s of %s |B − A| are above %s".formatted(beyond, count, limit);
  }
}
