package io.github.attentive.viz;

/**
 * The values that a scale shows.
 *
 * @param low finite
 * @param high finite and above {@code low}
 */
record Range(double low, double high) {
  /** Where a value is, from 0 at the low end to 1 at the high end; may be beyond either. */
  double share(double value) {
    double width = high - low;
    // Halves where the width is more than a double can hold.
    return Double.isInfinite(width)
        ? (value / 2 - low / 2) / (high / 2 - low / 2)
        : (value - low) / width;
  }
}
