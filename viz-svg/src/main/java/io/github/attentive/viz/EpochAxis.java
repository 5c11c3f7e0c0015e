package io.github.attentive.viz;

/** Where epochs are from left to right, and which of them are named. */
final class EpochAxis {
  private static final int INSET = 12;
  private static final int MOST_LABELS = 12;
  private static final int SPACE_BETWEEN = 10;
  private static final int TICK = 4;
  private static final int GAP = 9;

  private final int epochs;
  private final int width;
  private final int step;

  EpochAxis(int epochs, int width) {
    this.epochs = epochs;
    this.width = width;
    this.step = step();
  }

  /** Where an epoch, counted from 0, is; a single one is in the middle. */
  double x(int epoch) {
    return epochs == 1 ? width / 2.0 : INSET + (width - 2.0 * INSET) * epoch / (epochs - 1);
  }

  /** 1, 2, 5, 10, 20 and so on, so that labels are few and do not touch. */
  private int step() {
    double room = TextMetrics.width(Integer.toString(epochs), Figure.LABEL_SIZE) + SPACE_BETWEEN;
    for (int power = 1; ; power *= 10) {
      for (int factor : new int[] {1, 2, 5}) {
        int candidate = factor * power;
        boolean few = epochs <= (long) MOST_LABELS * candidate;
        if (few && (epochs == 1 || x(candidate) - x(0) >= room)) {
          return candidate;
        }
      }
    }
  }

  /** The first epoch is named too, unless the second is. */
  private boolean isNamed(int epoch) {
    return (epoch + 1) % step == 0 || epoch == 0 && step != 2;
  }

  /** Draws ticks and labels below a panel. */
  void draw(Figure figure, double bottom) {
    PathData marks = new PathData();
    for (int epoch = 0; epoch < epochs; epoch++) {
      if (isNamed(epoch)) {
        marks.moveTo(x(epoch), bottom + 1).down(TICK);
        figure.text(
            Integer.toString(epoch + 1),
            Figure.LABEL_SIZE,
            TextPlacement.middleAt(x(epoch), bottom + GAP + Figure.LABEL_SIZE / 2));
      }
    }
    figure.rule(marks);
    figure.text(
        "Epoch",
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(
            width / 2.0, figure.bounds().bottom() + GAP + Figure.AXIS_TITLE_SIZE / 2));
  }
}
