package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;

/** How far off the values of bars may be. Bounds are finite, or NaN in pairs for none. */
record BarErrors(double[] low, double[] high) {
  static BarErrors around(double[] values, double[] margins) {
    requireLength(values, margins.length);
    double[] low = new double[values.length];
    double[] high = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      low[i] = values[i] - margins[i];
      high[i] = values[i] + margins[i];
      if (margins[i] < 0 || Double.isInfinite(low[i]) || Double.isInfinite(high[i])) {
        throw new InvalidInputException(
            "bars error %s: expected a finite number of at least 0, or NaN for none, got %s"
                .formatted(i, margins[i]));
      }
    }
    return new BarErrors(low, high);
  }

  static BarErrors between(double[] values, double[] low, double[] high) {
    requireLength(values, low.length);
    requireLength(values, high.length);
    for (int i = 0; i < values.length; i++) {
      boolean none = Double.isNaN(low[i]) && Double.isNaN(high[i]);
      boolean around =
          low[i] <= values[i]
              && values[i] <= high[i]
              && Double.isFinite(low[i])
              && Double.isFinite(high[i]);
      if (!none && !around) {
        throw new InvalidInputException(
            "bars error %s: expected finite numbers around %s, or NaN twice for none, got %s and %s"
                .formatted(i, values[i], low[i], high[i]));
      }
    }
    return new BarErrors(low.clone(), high.clone());
  }

  private static void requireLength(double[] values, int length) {
    if (length != values.length) {
      throw new InvalidInputException(
          "bars errors: expected one for each of %s values, got %s"
              .formatted(values.length, length));
    }
  }

  boolean isKnown(int index) {
    return !Double.isNaN(low[index]);
  }
}
