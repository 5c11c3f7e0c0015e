package io.github.attentive.viz;

/**
 * How large a figure is on its medium.
 *
 * @param millimetresPerUnit 0 on a screen
 * @param warning a sentence with a space before it, or nothing
 */
record PrintSize(double millimetresPerUnit, String warning) {
  private static final double MILLIMETRES_PER_INCH = 25.4;
  private static final double CSS_PIXELS_PER_INCH = 96;
  private static final double POINTS_PER_INCH = 72;
  private static final double COLUMN = 85;
  private static final double PAGE = 174;

  /** What journals ask for at least. */
  private static final double LEAST_POINTS = 6;

  static PrintSize of(FigureStyle.Medium medium, int width, double smallestText) {
    if (medium == FigureStyle.Medium.SCREEN) {
      return new PrintSize(0, "");
    }
    double natural = MILLIMETRES_PER_INCH / CSS_PIXELS_PER_INCH;
    double least = LEAST_POINTS * MILLIMETRES_PER_INCH / POINTS_PER_INCH / smallestText;
    double column = Math.min(natural, COLUMN / width);
    if (column >= least) {
      return new PrintSize(column, "");
    }
    double page = Math.min(natural, PAGE / width);
    return new PrintSize(
        page,
        page >= least
            ? ""
            : " Its smallest text is less than 6 points high on a page of 174 mm: show less of it,"
                + " or print it larger.");
  }

  /** A width or height of the document's root. */
  String length(int units) {
    StringBuilder length = new StringBuilder();
    if (millimetresPerUnit == 0) {
      return length.append(units).toString();
    }
    Decimals.coordinate(units * millimetresPerUnit, length);
    return length.append("mm").toString();
  }
}
