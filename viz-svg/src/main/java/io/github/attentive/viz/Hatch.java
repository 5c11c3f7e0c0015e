package io.github.attentive.viz;

/** The hatches of cells that have no colour, and the legend that says what they mean. */
enum Hatch {
  /** There is no value; white with lines that rise. */
  NO_VALUE("missing", "no value (NaN)", Colour.WHITE, new Colour(0x8C959F), true),
  /** The model was not allowed to look there; grey with lines that fall. */
  MASKED("masked", "masked", new Colour(0xE3E7EB), new Colour(0xAFB8C1), false);

  private static final int TILE = 6;
  private static final int SWATCH = 14;
  private static final int GAP = 8;

  private final String pattern;
  private final String meaning;
  private final Colour ground;
  private final Colour line;
  private final boolean rising;

  Hatch(String pattern, String meaning, Colour ground, Colour line, boolean rising) {
    this.pattern = pattern;
    this.meaning = meaning;
    this.ground = ground;
    this.line = line;
    this.rising = rising;
  }

  /** The id of the pattern; a figure that fills with it needs {@link #drawLegend}. */
  String pattern() {
    return pattern;
  }

  /** Defines the pattern and explains it under all that is drawn. */
  void drawLegend(Figure figure) {
    define(figure.definitions());
    double middle = figure.nextLine();
    double top = middle - SWATCH / 2.0;
    figure
        .body()
        .open(SvgElement.RECT)
        .set(SvgAttribute.Y, top)
        .set(SvgAttribute.WIDTH, SWATCH)
        .set(SvgAttribute.HEIGHT, SWATCH)
        .setReference(SvgAttribute.FILL, pattern)
        .close();
    figure.frame(0, top, SWATCH, SWATCH);
    figure.text(meaning, Figure.NOTE_SIZE, TextPlacement.startAt(SWATCH + GAP, middle));
  }

  private void define(SvgWriter definitions) {
    definitions
        .open(SvgElement.PATTERN)
        .setName(SvgAttribute.ID, pattern)
        .set(SvgAttribute.PATTERN_UNITS, "userSpaceOnUse")
        .set(SvgAttribute.WIDTH, TILE)
        .set(SvgAttribute.HEIGHT, TILE)
        .open(SvgElement.RECT)
        .set(SvgAttribute.WIDTH, TILE)
        .set(SvgAttribute.HEIGHT, TILE)
        .set(SvgAttribute.FILL, ground)
        .close()
        .open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, lines().toString())
        .set(SvgAttribute.STROKE, line)
        .close()
        .close();
  }

  /** The short strokes in two corners close the gaps between the diagonals of adjoining tiles. */
  private PathData lines() {
    PathData lines = new PathData();
    if (rising) {
      return lines
          .moveTo(-1, 1)
          .lineBy(2, -2)
          .moveTo(0, TILE)
          .lineBy(TILE, -TILE)
          .moveTo(TILE - 1, TILE + 1)
          .lineBy(2, -2);
    }
    return lines
        .moveTo(TILE - 1, -1)
        .lineBy(2, 2)
        .moveTo(0, 0)
        .lineBy(TILE, TILE)
        .moveTo(-1, TILE - 1)
        .lineBy(2, 2);
  }
}
