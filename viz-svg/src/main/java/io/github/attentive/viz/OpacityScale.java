package io.github.attentive.viz;

/** The legend of lines whose opacity says their weight: one swatch for each step. */
final class OpacityScale {
  private static final int STEP = 16;
  private static final int HEIGHT = 8;
  private static final int GAP = 8;

  private OpacityScale() {}

  /** Draws the legend below everything, at the left edge. */
  static void draw(Figure figure, double largest) {
    double y = Math.ceil(figure.bounds().bottom()) + 2 * GAP;
    String title = "Weight 0";
    double left = Math.ceil(TextMetrics.width(title, Figure.NOTE_SIZE)) + GAP;
    figure.text(title, Figure.NOTE_SIZE, TextPlacement.startAt(0, y));
    SvgWriter svg = figure.body();
    svg.open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    for (int level = 0; level <= HeadLines.LEVELS; level++) {
      svg.open(SvgElement.RECT)
          .set(SvgAttribute.X, left + level * STEP)
          .set(SvgAttribute.Y, y - HEIGHT / 2.0)
          .set(SvgAttribute.WIDTH, STEP)
          .set(SvgAttribute.HEIGHT, HEIGHT)
          .set(SvgAttribute.FILL, HeadFans.COLOUR)
          .set(SvgAttribute.FILL_OPACITY, HeadLines.opacity(level))
          .close();
    }
    svg.close();
    double right = left + (HeadLines.LEVELS + 1) * STEP;
    figure.bounds().include(right, y + HEIGHT / 2.0);
    figure.text(
        Decimals.significant(largest), Figure.NOTE_SIZE, TextPlacement.startAt(right + GAP, y));
  }
}
