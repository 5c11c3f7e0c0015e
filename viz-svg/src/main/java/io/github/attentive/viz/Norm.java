package io.github.attentive.viz;

/** How the values of a figure are laid out along the colours of its palette. */
public enum Norm {
  /** Evenly from the lowest value to the highest; the default. */
  LINEAR,
  /**
   * By powers of ten from the lowest value above 0 to the highest, for values that span many of
   * them. 0 and negative values have the colour of the low end; an arrow on the colour bar and a
   * line below the figure say so.
   */
  LOGARITHMIC,
  /** Evenly, with 0 in the middle and both ends equally far from it, for signed values. */
  CENTRED;

  /** Whether a value has a say in where the scale's ends are. */
  boolean counts(double value) {
    return this == LOGARITHMIC ? value > 0 : !Double.isNaN(value);
  }

  /** A number that grows evenly along the scale. */
  double coordinate(double value) {
    if (this != LOGARITHMIC) {
      return value;
    }
    // StrictMath: the colour of a value must not depend on the machine's log.
    return value <= 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(value);
  }

  Range coordinates(Range range) {
    return new Range(coordinate(range.low()), coordinate(range.high()));
  }

  /**
   * The ticks of a scale.
   *
   * @param range fit for this norm, as {@link ScaleRange} makes it
   * @param atMost how many there may be, 4 or more; there are at least 2
   */
  Ticks ticks(Range range, int atMost) {
    return this == LOGARITHMIC ? LogTicks.of(range, atMost) : Ticks.of(range, atMost);
  }

  /** The palette where none is asked for. */
  Palette defaultPalette() {
    return this == CENTRED ? Palette.RD_BU : Palette.VIRIDIS;
  }
}
