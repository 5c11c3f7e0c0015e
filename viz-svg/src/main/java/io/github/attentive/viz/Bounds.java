package io.github.attentive.viz;

/** The smallest box around everything drawn so far; grows, never shrinks. */
final class Bounds {
  /** Half the height of a line from accents to descenders, in font sizes. */
  private static final double HALF_LINE = 0.62;

  private double left;
  private double top;
  private double right;
  private double bottom;

  void include(double x, double y) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }

  /** Includes all four corners of a line of text. */
  void include(TextPlacement placement, double width, double fontSize) {
    double radians = Math.toRadians(placement.degrees());
    double sine = StrictMath.sin(radians);
    double cosine = StrictMath.cos(radians);
    double start = placement.anchor().startOffset() * width;
    for (double along : new double[] {start, start + width}) {
      for (double across : new double[] {-HALF_LINE * fontSize, HALF_LINE * fontSize}) {
        include(
            placement.x() + along * cosine - across * sine,
            placement.y() + along * sine + across * cosine);
      }
    }
  }

  double left() {
    return left;
  }

  double top() {
    return top;
  }

  double right() {
    return right;
  }

  double bottom() {
    return bottom;
  }
}
