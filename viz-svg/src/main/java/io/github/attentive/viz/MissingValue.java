package io.github.attentive.viz;

/** The hatch that stands for a value that is not there, and the legend that says so. */
final class MissingValue {
  /** The id of the pattern; a figure that fills with it needs {@link #drawLegend}. */
  static final String PATTERN = "missing";

  private static final int TILE = 6;
  private static final int SWATCH = 14;
  private static final int GAP = 8;
  private static final Colour LINE = new Colour(0x8C959F);

  private MissingValue() {}

  /** Defines the pattern and explains it under all that is drawn. */
  static void drawLegend(Figure figure) {
    define(figure.definitions());
    double middle = figure.nextLine();
    double top = middle - SWATCH / 2.0;
    figure
        .body()
        .open(SvgElement.RECT)
        .set(SvgAttribute.Y, top)
        .set(SvgAttribute.WIDTH, SWATCH)
        .set(SvgAttribute.HEIGHT, SWATCH)
        .setReference(SvgAttribute.FILL, PATTERN)
        .close();
    figure.frame(0, top, SWATCH, SWATCH);
    figure.text("no value (NaN)", Figure.NOTE_SIZE, TextPlacement.startAt(SWATCH + GAP, middle));
  }

  private static void define(SvgWriter definitions) {
    // The short strokes in two corners close the gaps between the diagonals of adjoining tiles.
    PathData lines =
        new PathData()
            .moveTo(-1, 1)
            .lineBy(2, -2)
            .moveTo(0, TILE)
            .lineBy(TILE, -TILE)
            .moveTo(TILE - 1, TILE + 1)
            .lineBy(2, -2);
    definitions
        .open(SvgElement.PATTERN)
        .setName(SvgAttribute.ID, PATTERN)
        .set(SvgAttribute.PATTERN_UNITS, "userSpaceOnUse")
        .set(SvgAttribute.WIDTH, TILE)
        .set(SvgAttribute.HEIGHT, TILE)
        .open(SvgElement.RECT)
        .set(SvgAttribute.WIDTH, TILE)
        .set(SvgAttribute.HEIGHT, TILE)
        .set(SvgAttribute.FILL, Colour.WHITE)
        .close()
        .open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, lines.toString())
        .set(SvgAttribute.STROKE, LINE)
        .close()
        .close();
  }
}
