package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;

/** Where the ends of a colour scale are. */
final class ScaleRange {
  /** What a robust range leaves out on either side. */
  private static final double LEFT_OUT = 0.02;

  private ScaleRange() {}

  /** The range of all values of a matrix that have a colour of their own. */
  static Range spanning(Matrix matrix, Norm norm) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < matrix.size(); i++) {
      double value = matrix.at(i);
      if (norm.counts(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return low <= high ? between(low, high, norm) : withoutValues(norm);
  }

  /** The range from the 2nd to the 98th percentile, interpolated linearly as NumPy does. */
  static Range robust(Matrix matrix, Norm norm) {
    double[] values = new double[matrix.size()];
    int count = 0;
    for (int i = 0; i < matrix.size(); i++) {
      if (norm.counts(matrix.at(i))) {
        values[count++] = matrix.at(i);
      }
    }
    if (count == 0) {
      return withoutValues(norm);
    }
    Arrays.sort(values, 0, count);
    return between(quantile(values, count, LEFT_OUT), quantile(values, count, 1 - LEFT_OUT), norm);
  }

  private static double quantile(double[] sorted, int count, double share) {
    double position = share * (count - 1);
    int below = (int) position;
    double rest = position - below;
    return rest == 0 ? sorted[below] : sorted[below] * (1 - rest) + sorted[below + 1] * rest;
  }

  /**
   * The range someone asked for.
   *
   * @throws InvalidInputException if the norm has no colours for it
   */
  static Range given(Range range, Norm norm) {
    if (norm == Norm.LOGARITHMIC && range.low() <= 0) {
      throw new InvalidInputException(
          "heatmap range: expected a low end above 0 on a logarithmic scale, got %s"
              .formatted(range.low()));
    }
    return norm == Norm.CENTRED ? between(range.low(), range.high(), norm) : range;
  }

  /**
   * If all values are equal, a linear scale starts or ends at 0 and a logarithmic one a power of
   * ten below, so that its ends stay two numbers and an even weight is not drawn as if it were
   * none.
   */
  private static Range between(double low, double high, Norm norm) {
    return switch (norm) {
      case LINEAR -> {
        if (low < high) {
          yield new Range(low, high);
        }
        yield low == 0 ? withoutValues(norm) : new Range(Math.min(low, 0), Math.max(high, 0));
      }
      case LOGARITHMIC -> {
        if (low < high) {
          yield new Range(low, high);
        }
        yield low / 10 > 0 ? new Range(low / 10, low) : new Range(low, 10 * low);
      }
      case CENTRED -> {
        double far = Math.max(Math.abs(low), Math.abs(high));
        yield far == 0 ? withoutValues(norm) : new Range(-far, far);
      }
    };
  }

  private static Range withoutValues(Norm norm) {
    return switch (norm) {
      case LINEAR -> new Range(0, 1);
      case LOGARITHMIC -> new Range(0.1, 1);
      case CENTRED -> new Range(-1, 1);
    };
  }
}
