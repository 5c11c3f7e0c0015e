package io.github.attentive.viz;

/** The axis under bars that go to the right: its line, that of zero, ticks and their labels. */
final class ValueAxis {
  private static final int TICK = 4;
  private static final int GAP = 8;
  private static final int BETWEEN_LABELS = 6;

  private final Range range;
  private final Ticks ticks;
  private final int length;

  ValueAxis(Range range, Ticks ticks, int length) {
    this.range = range;
    this.ticks = ticks;
    this.length = length;
  }

  /** Where a value is, from the left end of the axis. */
  double x(double value) {
    return range.share(value) * length;
  }

  /** Draws under bars that start at {@code left} and go down to {@code height}. */
  void draw(Figure figure, double left, double height) {
    PathData lines =
        new PathData().moveTo(left + x(0), 0).down(height).moveTo(left, height).across(length);
    int stride = stride();
    for (int i = 0; i < ticks.labels().size(); i++) {
      double x = left + ticks.shares().get(i) * length;
      lines.moveTo(x, height).down(TICK);
      if (i % stride == 0) {
        figure.text(
            ticks.labels().get(i),
            Figure.NOTE_SIZE,
            TextPlacement.middleAt(x, height + GAP + Figure.NOTE_SIZE / 2));
      }
    }
    figure.rule(lines);
  }

  /** Every how many ticks there is room for a label. */
  private int stride() {
    double room = TextMetrics.widest(ticks.labels(), Figure.NOTE_SIZE) + BETWEEN_LABELS;
    double step = (ticks.shares().get(1) - ticks.shares().get(0)) * length;
    return (int) Math.ceil(room / step);
  }
}
