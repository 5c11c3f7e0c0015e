package io.github.attentive.viz;

/** Turns values into entries of a palette, linearly over a range. */
record ColourScale(Palette palette, Range range) {
  /**
   * A scale over all values that are not missing.
   *
   * <p>If all are equal it starts or ends at 0 instead, so that its ends stay two numbers and an
   * even weight is not drawn as if it were none. Without any value, or with zeros alone, it is 0 to
   * 1.
   */
  static ColourScale spanning(Matrix matrix, Palette palette) {
    if (matrix.highest() < 0) {
      return new ColourScale(palette, new Range(0, 1));
    }
    double low = matrix.at(matrix.lowest());
    double high = matrix.at(matrix.highest());
    if (low == high) {
      low = Math.min(low, 0);
      high = low == 0 && high == 0 ? 1 : Math.max(high, 0);
    }
    return new ColourScale(palette, new Range(low, high));
  }

  Colour colour(double value) {
    return palette.entry(step(value, Palette.ENTRIES));
  }

  /**
   * Which of so many equal steps from low to high a value is in; beyond the ends that of the end.
   */
  int step(double value, int steps) {
    return (int) Math.max(0, Math.min(steps - 1, Math.floor(range.share(value) * steps)));
  }
}
