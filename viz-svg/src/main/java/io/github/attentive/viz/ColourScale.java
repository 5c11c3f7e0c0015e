package io.github.attentive.viz;

/** Turns values into entries of a palette. */
final class ColourScale {
  private final Palette palette;
  private final Range range;
  private final Norm norm;
  private final Range coordinates;

  ColourScale(Palette palette, Range range, Norm norm) {
    this.palette = palette;
    this.range = range;
    this.norm = norm;
    this.coordinates = norm.coordinates(range);
  }

  Palette palette() {
    return palette;
  }

  Range range() {
    return range;
  }

  Norm norm() {
    return norm;
  }

  Colour colour(double value) {
    return palette.entry(step(value, Palette.ENTRIES));
  }

  /**
   * Which of so many equal steps from low to high a value is in; beyond the ends that of the end.
   */
  int step(double value, int steps) {
    return (int) Math.max(0, Math.min(steps - 1, Math.floor(share(value) * steps)));
  }

  /** Where a value is, from 0 at the low end to 1 at the high end; may be beyond either. */
  double share(double value) {
    return coordinates.share(norm.coordinate(value));
  }
}
