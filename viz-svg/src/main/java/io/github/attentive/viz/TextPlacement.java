package io.github.attentive.viz;

/**
 * Where a line of text stands: the point its anchor and the middle of its height are at, and its
 * turn around that point.
 *
 * @param degrees clockwise; negative turns read upwards
 */
record TextPlacement(double x, double y, Anchor anchor, int degrees) {
  /** The part of the text that stands at the point. */
  enum Anchor {
    START("start", 0),
    MIDDLE("middle", -0.5),
    END("end", -1);

    private final String xmlName;
    private final double startOffset;

    Anchor(String xmlName, double startOffset) {
      this.xmlName = xmlName;
      this.startOffset = startOffset;
    }

    String xmlName() {
      return xmlName;
    }

    /** Where the text starts, in widths of the text from the point. */
    double startOffset() {
      return startOffset;
    }
  }

  static TextPlacement startAt(double x, double y) {
    return new TextPlacement(x, y, Anchor.START, 0);
  }

  static TextPlacement middleAt(double x, double y) {
    return new TextPlacement(x, y, Anchor.MIDDLE, 0);
  }

  static TextPlacement endAt(double x, double y) {
    return new TextPlacement(x, y, Anchor.END, 0);
  }

  TextPlacement turned(int byDegrees) {
    return new TextPlacement(x, y, anchor, byDegrees);
  }
}
