package io.github.attentive.viz;

/** The legend of a head view: which head has which colour and dashes. */
final class HeadLegend {
  private static final int SQUARE_WIDTH = 20;
  private static final int SQUARE_HEIGHT = 16;
  private static final int PITCH = 26;
  private static final int SAMPLE_DISTANCE = 5;
  private static final int LEAST_IN_ROW = 8;
  private static final int GAP = 8;
  private static final double NUMBER_SIZE = 10;

  private final Figure figure;
  private final int layer;
  private final int[] heads;
  private final HeadColours colours;

  HeadLegend(Figure figure, int layer, int[] heads, HeadColours colours) {
    this.figure = figure;
    this.layer = layer;
    this.heads = heads;
    this.colours = colours;
  }

  /**
   * Draws the heads above everything.
   *
   * @param texts what is said of each
   * @param asParts whether they can be pointed at
   */
  void draw(String[] texts, boolean asParts) {
    String title = "Layer " + layer + (heads.length == 1 ? ", head" : ", heads");
    double left = Math.ceil(TextMetrics.width(title, Figure.LABEL_SIZE)) + GAP;
    int room = (int) ((figure.bounds().right() - left) / PITCH);
    int most = Math.max(LEAST_IN_ROW, room);
    int rows = (heads.length + most - 1) / most;
    int inRow = (heads.length + rows - 1) / rows;
    boolean dashed = !colours.dashes(heads[heads.length - 1]).isEmpty();
    int rowHeight = SQUARE_HEIGHT + 6 + (dashed ? SAMPLE_DISTANCE + 1 : 0);
    double top = Math.floor(figure.bounds().top()) - 12 - rows * rowHeight;
    figure.text(title, Figure.LABEL_SIZE, TextPlacement.startAt(0, top + SQUARE_HEIGHT / 2.0));
    SvgWriter svg = figure.body();
    svg.open(SvgElement.GROUP).setName(SvgAttribute.CLASS, HeadParts.HEADS);
    for (int i = 0; i < heads.length; i++) {
      double x = left + i % inRow * PITCH;
      double y = top + i / inRow * rowHeight;
      svg.open(SvgElement.GROUP).setName(SvgAttribute.CLASS, Parts.name('h', heads[i]));
      if (asParts) {
        svg.set(SvgAttribute.TAB_INDEX, "0")
            .set(SvgAttribute.ROLE, "img")
            .set(SvgAttribute.LABEL, texts[i]);
      }
      svg.open(SvgElement.TITLE).text(texts[i]).close();
      if (asParts) {
        drawHighlight(x, y, rowHeight);
      }
      drawHead(heads[i], x, y, dashed);
      svg.close();
    }
    svg.close();
    figure.bounds().include(left, top);
    figure.bounds().include(left + inRow * PITCH, top);
  }

  private void drawHighlight(double x, double y, int rowHeight) {
    figure
        .body()
        .open(SvgElement.RECT)
        .setName(SvgAttribute.CLASS, HeadParts.HIGHLIGHT)
        .set(SvgAttribute.X, x - 3)
        .set(SvgAttribute.Y, y - 3)
        .set(SvgAttribute.WIDTH, PITCH)
        .set(SvgAttribute.HEIGHT, rowHeight)
        .set(SvgAttribute.FILL, HeadFans.COLOUR)
        .set(SvgAttribute.FILL_OPACITY, "0")
        .close();
  }

  private void drawHead(int head, double x, double y, boolean dashed) {
    Colour colour = colours.colour(head);
    figure
        .body()
        .open(SvgElement.RECT)
        .set(SvgAttribute.X, x)
        .set(SvgAttribute.Y, y)
        .set(SvgAttribute.WIDTH, SQUARE_WIDTH)
        .set(SvgAttribute.HEIGHT, SQUARE_HEIGHT)
        .set(SvgAttribute.FILL, colour)
        .close();
    figure.textOn(
        colour,
        Integer.toString(head),
        NUMBER_SIZE,
        TextPlacement.middleAt(x + SQUARE_WIDTH / 2.0, y + SQUARE_HEIGHT / 2.0));
    if (dashed) {
      SvgWriter svg =
          figure
              .body()
              .open(SvgElement.PATH)
              .set(SvgAttribute.FILL, "none")
              .set(SvgAttribute.STROKE, colour)
              .set(SvgAttribute.STROKE_WIDTH, 2);
      String dashes = colours.dashes(head);
      if (!dashes.isEmpty()) {
        svg.set(SvgAttribute.STROKE_DASHES, dashes);
      }
      svg.set(
              SvgAttribute.PATH_DATA,
              new PathData()
                  .moveTo(x, y + SQUARE_HEIGHT + SAMPLE_DISTANCE - 1)
                  .across(SQUARE_WIDTH)
                  .toString())
          .close();
    }
  }
}
