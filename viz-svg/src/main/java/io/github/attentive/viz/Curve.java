package io.github.attentive.viz;

import org.jspecify.annotations.Nullable;

/**
 * A line of a chart.
 *
 * @param style who it belongs to, and how that looks
 * @param values a value for each epoch, finite or NaN for none
 */
record Curve(Style style, double[] values) {
  /** Two lines differ in colour, in dashes and in the shape of their points. */
  enum Style {
    TRAINING("training", BarsView.POSITIVE, null),
    VALIDATION("validation", BarsView.NEGATIVE, "6 3");

    private static final double THICKNESS = 2;
    private static final double REACH = 3.5;

    private final String label;
    private final Colour colour;
    private final @Nullable String dashes;

    Style(String label, Colour colour, @Nullable String dashes) {
      this.label = label;
      this.colour = colour;
      this.dashes = dashes;
    }

    String label() {
      return label;
    }

    void drawLine(SvgWriter svg, PathData path) {
      svg.open(SvgElement.PATH)
          .set(SvgAttribute.PATH_DATA, path.toString())
          .set(SvgAttribute.FILL, "none")
          .set(SvgAttribute.STROKE, colour)
          .set(SvgAttribute.STROKE_WIDTH, THICKNESS)
          .set(SvgAttribute.STROKE_JOIN, "round");
      if (dashes != null) {
        svg.set(SvgAttribute.STROKE_DASHES, dashes);
      }
      svg.close();
    }

    /** Draws a point and leaves it open for a tooltip: a square, or standing on its corner. */
    SvgWriter openPoint(SvgWriter svg, double x, double y) {
      PathData path = new PathData();
      if (this == TRAINING) {
        double half = REACH - 0.5;
        path.rectangle(x - half, y - half, 2 * half, 2 * half);
      } else {
        double half = REACH + 1;
        path.moveTo(x, y - half)
            .lineBy(half, half)
            .lineBy(-half, half)
            .lineBy(-half, -half)
            .close();
      }
      return svg.open(SvgElement.PATH)
          .set(SvgAttribute.PATH_DATA, path.toString())
          .set(SvgAttribute.FILL, colour);
    }
  }

  boolean isKnown(int epoch) {
    return epoch >= 0 && epoch < values.length && !Double.isNaN(values[epoch]);
  }
}
