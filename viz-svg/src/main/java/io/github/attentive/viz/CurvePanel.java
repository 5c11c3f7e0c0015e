package io.github.attentive.viz;

import java.util.List;

/** One panel of a learning curve: a frame, ticks on the left, and lines of the same unit. */
final class CurvePanel {
  static final int WIDTH = 420;
  static final int HEIGHT = 150;

  private static final int MOST_TICKS = 5;
  private static final int TICK = 4;
  private static final int GAP = 8;

  /** Up to here each epoch has a point with a tooltip. */
  private static final int MOST_POINTS = 40;

  private final String title;
  private final List<Curve> curves;
  private final EpochAxis axis;
  private final double top;
  private final Range range;
  private final Ticks ticks;

  /**
   * Prepares a panel.
   *
   * @param title what its values are
   * @param least no value can be below
   * @param greatest no value can be above
   */
  CurvePanel(
      String title, List<Curve> curves, EpochAxis axis, double top, double least, double greatest) {
    this.title = title;
    this.curves = curves;
    this.axis = axis;
    this.top = top;
    this.range = range(curves, least, greatest);
    this.ticks = Ticks.of(range, MOST_TICKS);
  }

  /** Some room around the lowest and highest value; around a single one, down or up to 0. */
  private static Range range(List<Curve> curves, double least, double greatest) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Curve curve : curves) {
      for (double value : curve.values()) {
        if (!Double.isNaN(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (low > high) {
      return new Range(0, 1);
    }
    if (low == high) {
      low = Math.min(low, 0);
      high = low == 0 && high == 0 ? 1 : Math.max(high, 0);
    }
    // Of two halves, since the whole may be more than a double can hold.
    double room = (high / 2 - low / 2) / 10;
    double bottom = low >= 0 ? Math.max(0, low - room) : low - room;
    return new Range(Math.max(least, bottom), Math.min(greatest, high + room));
  }

  void draw(Figure figure) {
    figure.frame(0, top, WIDTH, HEIGHT);
    PathData marks = new PathData();
    for (int i = 0; i < ticks.labels().size(); i++) {
      double y = top + (1 - ticks.shares().get(i)) * HEIGHT;
      marks.moveTo(-1 - TICK, y).across(TICK);
      figure.text(
          ticks.labels().get(i), Figure.LABEL_SIZE, TextPlacement.endAt(-1 - TICK - GAP / 2.0, y));
    }
    figure.rule(marks);
    for (Curve curve : curves) {
      drawLine(figure.body(), curve);
      drawPoints(figure.body(), curve);
    }
  }

  private double y(double value) {
    return top + (1 - range.share(value)) * HEIGHT;
  }

  private void drawLine(SvgWriter svg, Curve curve) {
    PathData path = new PathData();
    for (int epoch = 0; epoch < curve.values().length; epoch++) {
      if (curve.isKnown(epoch)) {
        double y = y(curve.values()[epoch]);
        if (curve.isKnown(epoch - 1)) {
          path.lineTo(axis.x(epoch), y);
        } else {
          path.moveTo(axis.x(epoch), y);
        }
      }
    }
    if (!path.isEmpty()) {
      curve.style().drawLine(svg, path);
    }
  }

  /** Among many epochs only those have a point that no line leads to. */
  private void drawPoints(SvgWriter svg, Curve curve) {
    int epochs = curve.values().length;
    for (int epoch = 0; epoch < epochs; epoch++) {
      boolean alone = !curve.isKnown(epoch - 1) && !curve.isKnown(epoch + 1);
      if (curve.isKnown(epoch) && (epochs <= MOST_POINTS || alone)) {
        double value = curve.values()[epoch];
        curve
            .style()
            .openPoint(svg, axis.x(epoch), y(value))
            .open(SvgElement.TITLE)
            .text(
                "epoch %s, %s: %s"
                    .formatted(epoch + 1, curve.style().label(), Decimals.significant(value)))
            .close()
            .close();
      }
    }
  }

  /** Writes what the values are, upwards with its middle at {@code x}. */
  void drawTitle(Figure figure, double x) {
    String factor = ticks.factor().map(text -> " (" + text + ")").orElse("");
    figure.text(
        title + factor,
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(x, top + HEIGHT / 2.0).turned(-90));
  }
}
