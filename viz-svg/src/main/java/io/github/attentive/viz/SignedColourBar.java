package io.github.attentive.viz;

/** The legend of a scale that has 0 in its middle, as wide as the strips above it. */
final class SignedColourBar {
  private static final int HEIGHT = 10;
  private static final int TICK = 4;
  private static final double TICK_SIZE = Figure.NOTE_SIZE;
  private static final int BETWEEN_LABELS = 10;

  private final String gradient;
  private final ColourScale scale;
  private final String low;
  private final String high;

  /**
   * Prepares a bar.
   *
   * @param gradient an id that the figure does not have yet
   */
  SignedColourBar(String gradient, ColourScale scale) {
    this.gradient = gradient;
    this.scale = scale;
    this.low = Decimals.significant(scale.range().low());
    this.high = Decimals.significant(scale.range().high());
  }

  /** How wide it has to be at least for its numbers. */
  int leastWidth() {
    double half =
        Math.max(TextMetrics.width(low, TICK_SIZE), TextMetrics.width(high, TICK_SIZE))
            + BETWEEN_LABELS
            + TextMetrics.width("0", TICK_SIZE) / 2;
    return (int) Math.ceil(2 * half);
  }

  void draw(Figure figure, double x, double top, int width, String title) {
    ColourBar.defineGradient(
        figure.definitions(), gradient, scale.palette(), Palette.ENTRIES, true);
    figure
        .body()
        .open(SvgElement.RECT)
        .set(SvgAttribute.X, x)
        .set(SvgAttribute.Y, top)
        .set(SvgAttribute.WIDTH, width)
        .set(SvgAttribute.HEIGHT, HEIGHT)
        .setReference(SvgAttribute.FILL, gradient)
        .close();
    figure.frame(x, top, width, HEIGHT);
    PathData marks = new PathData();
    for (int i = 0; i <= 2; i++) {
      marks.moveTo(x + i * width / 2.0, top + HEIGHT + 1).down(TICK);
    }
    figure.rule(marks);
    double y = top + HEIGHT + TICK + 3 + TICK_SIZE / 2;
    figure.text(low, TICK_SIZE, TextPlacement.startAt(x, y));
    figure.text("0", TICK_SIZE, TextPlacement.middleAt(x + width / 2.0, y));
    figure.text(high, TICK_SIZE, TextPlacement.endAt(x + width, y));
    figure.text(
        title, Figure.LABEL_SIZE, TextPlacement.middleAt(x + width / 2.0, y + 4 + TICK_SIZE));
  }
}
