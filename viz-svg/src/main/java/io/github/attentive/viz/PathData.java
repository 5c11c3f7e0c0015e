package io.github.attentive.viz;

/** Builds the outline of a path from steps along the axes and straight lines. */
final class PathData {
  private final StringBuilder data = new StringBuilder();

  PathData moveTo(double x, double y) {
    data.append('M');
    Decimals.coordinate(x, data);
    separate(y);
    return this;
  }

  PathData lineTo(double x, double y) {
    data.append('L');
    Decimals.coordinate(x, data);
    separate(y);
    return this;
  }

  PathData lineBy(double dx, double dy) {
    data.append('l');
    Decimals.coordinate(dx, data);
    separate(dy);
    return this;
  }

  PathData across(double dx) {
    data.append('h');
    Decimals.coordinate(dx, data);
    return this;
  }

  PathData down(double dy) {
    data.append('v');
    Decimals.coordinate(dy, data);
    return this;
  }

  PathData close() {
    data.append('z');
    return this;
  }

  PathData rectangle(double x, double y, double width, double height) {
    return moveTo(x, y).across(width).down(height).across(-width).close();
  }

  boolean isEmpty() {
    return data.isEmpty();
  }

  /** The value of a {@code d} attribute. */
  @Override
  public String toString() {
    return data.toString();
  }

  private void separate(double value) {
    data.append(' ');
    Decimals.coordinate(value, data);
  }
}
