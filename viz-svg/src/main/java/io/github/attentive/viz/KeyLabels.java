package io.github.attentive.viz;

import java.util.List;

/**
 * The labels under columns: level where they fit, else slanted, else upright, and where even those
 * would touch, every so many.
 */
final class KeyLabels {
  /** The distance from the cells to the middle of a label's end. */
  static final int GAP = 9;

  /** The least distance between the middles of two parallel lines of labels. */
  static final int LINE = 14;

  private static final int SPACE_BETWEEN = 8;
  private static final double SINE_OF_45 = Math.sqrt(0.5);

  private final List<Label> labels;
  private final int cell;
  private final int degrees;
  private final int stride;

  KeyLabels(List<Label> labels, int cell) {
    this.labels = labels;
    this.cell = cell;
    if (cellForLevel(labels) <= cell) {
      this.degrees = 0;
    } else {
      this.degrees = cell * SINE_OF_45 >= LINE ? -45 : -90;
    }
    this.stride = stride(cell);
  }

  /** The width of cells under which these labels need no turn. */
  static int cellForLevel(List<Label> labels) {
    List<String> shown = labels.stream().map(Label::shown).toList();
    return (int) Math.ceil(TextMetrics.widest(shown, Figure.LABEL_SIZE)) + SPACE_BETWEEN;
  }

  /** Every how many cells of this size there is room for a line of text: 1, 2, 5, 10, 20 ... */
  static int stride(int cell) {
    int power = 1;
    while (true) {
      for (int factor : new int[] {1, 2, 5}) {
        if (factor * power * cell >= LINE) {
          return factor * power;
        }
      }
      power *= 10;
    }
  }

  void draw(Figure figure, double top) {
    draw(figure, 0, top);
  }

  /** Draws under columns that start anywhere. */
  void draw(Figure figure, double left, double top) {
    PathData marks = new PathData();
    for (int i = 0; i < labels.size(); i += stride) {
      double x = left + (i + 0.5) * cell;
      marks.moveTo(x, top + 1).down(4);
      figure.label(labels.get(i), Figure.LABEL_SIZE, placement(x, top + GAP));
    }
    figure.rule(marks);
  }

  private TextPlacement placement(double x, double y) {
    return degrees == 0
        ? TextPlacement.middleAt(x, y + Figure.LABEL_SIZE / 2)
        : TextPlacement.endAt(x, y).turned(degrees);
  }
}
