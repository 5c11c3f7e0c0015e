package io.github.attentive.viz;

/** The legend of a colour scale: a strip of its colours with ticks and a title. */
final class ColourBar {
  private static final int WIDTH = 16;
  private static final int ARROW = 10;
  private static final int TICK = 4;
  private static final int UNITS_PER_TICK = 32;

  /** Between every third entry, no map strays from a straight line by more than 3/255. */
  static final int GRADIENT_STEP = 3;

  private static final String GRADIENT = "scale";

  private final String gradient;
  private final ColourScale scale;
  private final int colours;
  private final Ticks ticks;
  private final int height;

  /**
   * Prepares a bar.
   *
   * @param colours how many colours the cells have
   * @param height in user units, enough for four ticks
   */
  ColourBar(ColourScale scale, int colours, int height) {
    this(GRADIENT, scale, colours, height);
  }

  /**
   * Prepares one of several bars.
   *
   * @param gradient an id that the figure does not have yet
   * @param colours how many colours the cells have
   * @param height in user units, enough for four ticks
   */
  ColourBar(String gradient, ColourScale scale, int colours, int height) {
    this.gradient = gradient;
    this.scale = scale;
    this.colours = colours;
    this.height = height;
    this.ticks =
        scale.norm().ticks(scale.range(), Math.max(4, Math.min(9, height / UNITS_PER_TICK)));
  }

  /** The power of ten that numbers in the figure leave out. */
  int exponent() {
    return ticks.exponent();
  }

  /**
   * Draws the bar, low end down.
   *
   * @param title without refused characters; what is longer than the bar ends in an ellipsis
   * @param below true if there are values below the scale, shown as an arrow
   * @param above true if there are values above it
   */
  void draw(Figure figure, double x, double top, String title, boolean below, boolean above) {
    defineGradient(figure.definitions(), gradient, scale.palette(), colours, false);
    figure
        .body()
        .open(SvgElement.RECT)
        .set(SvgAttribute.X, x)
        .set(SvgAttribute.Y, top)
        .set(SvgAttribute.WIDTH, WIDTH)
        .set(SvgAttribute.HEIGHT, height)
        .setReference(SvgAttribute.FILL, gradient)
        .close();
    figure.frame(x, top, WIDTH, height);
    if (above) {
      drawArrow(figure, x, top - 1, -ARROW, Palette.ENTRIES - 1);
    }
    if (below) {
      drawArrow(figure, x, top + height + 1, ARROW, 0);
    }
    PathData marks = new PathData();
    for (int i = 0; i < ticks.labels().size(); i++) {
      double y = top + height - ticks.shares().get(i) * height;
      marks.moveTo(x + WIDTH + 1, y).across(TICK);
      figure.text(
          ticks.labels().get(i), Figure.LABEL_SIZE, TextPlacement.startAt(x + WIDTH + TICK + 4, y));
    }
    figure.rule(marks);
    double factorY = top - (above ? ARROW : 0) - 1.25 * Figure.LABEL_SIZE;
    ticks
        .factor()
        .ifPresent(
            factor -> figure.text(factor, Figure.LABEL_SIZE, TextPlacement.startAt(x, factorY)));
    double titleX =
        x
            + (WIDTH + TICK + 4 + 8)
            + TextMetrics.widest(ticks.labels(), Figure.LABEL_SIZE)
            + Figure.AXIS_TITLE_SIZE / 2;
    figure.label(
        Label.of(title, Figure.AXIS_TITLE_SIZE, height),
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(titleX, top + height / 2.0).turned(-90));
  }

  private void drawArrow(Figure figure, double x, double y, int length, int entry) {
    PathData arrow = new PathData().moveTo(x, y).across(WIDTH).lineBy(-WIDTH / 2.0, length).close();
    figure.bounds().include(x, y + length);
    figure
        .body()
        .open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, arrow.toString())
        .set(SvgAttribute.FILL, scale.palette().entry(entry))
        .close();
    figure.rule(arrow);
  }

  /**
   * Defines a gradient: the colours of a palette from low to high.
   *
   * @param id its name in the document
   * @param colours how many there are
   * @param level from left to right; else from the bottom up
   */
  static void defineGradient(
      SvgWriter definitions, String id, Palette palette, int colours, boolean level) {
    definitions
        .open(SvgElement.LINEAR_GRADIENT)
        .setName(SvgAttribute.ID, id)
        .set(SvgAttribute.X1, 0)
        .set(SvgAttribute.Y1, level ? 0 : 1)
        .set(SvgAttribute.X2, level ? 1 : 0)
        .set(SvgAttribute.Y2, 0);
    if (colours == Palette.ENTRIES) {
      for (int entry = 0; entry < Palette.ENTRIES; entry += GRADIENT_STEP) {
        addStop(definitions, entry / (Palette.ENTRIES - 1.0), palette.entry(entry));
      }
    } else {
      for (int i = 0; i < colours; i++) {
        Colour colour = palette.entry(CellGrid.paletteEntry(i, colours));
        addStop(definitions, (double) i / colours, colour);
        addStop(definitions, (i + 1.0) / colours, colour);
      }
    }
    definitions.close();
  }

  private static void addStop(SvgWriter definitions, double offset, Colour colour) {
    definitions
        .open(SvgElement.STOP)
        .setPercent(SvgAttribute.OFFSET, offset)
        .set(SvgAttribute.STOP_COLOUR, colour)
        .close();
  }
}
