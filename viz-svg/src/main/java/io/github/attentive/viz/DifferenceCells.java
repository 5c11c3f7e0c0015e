package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;

/** The colours and numbers of differences, and the colour bar that explains them. */
final class DifferenceCells {
  private static final String GRADIENT = "differences";
  private static final int MARK = 6;

  private final DifferenceScale options;
  private final Matrix values;
  private final ColourScale scale;
  private final ColourBar bar;
  private final int barHeight;

  /**
   * Prepares cells.
   *
   * @param values the differences B − A, NaN for none
   * @param barHeight of the colour bar, enough for four ticks
   */
  DifferenceCells(DifferenceScale options, Matrix values, int barHeight) {
    this.options = options;
    this.values = values;
    this.barHeight = barHeight;
    this.scale = centred(values);
    this.bar = new ColourBar(GRADIENT, scale, Palette.ENTRIES, barHeight);
  }

  private static ColourScale centred(Matrix values) {
    double highest = 0;
    for (int i = 0; i < values.size(); i++) {
      highest = Math.max(highest, Double.isNaN(values.at(i)) ? 0 : Math.abs(values.at(i)));
    }
    highest = highest == 0 ? 1 : highest;
    return new ColourScale(Palette.RD_BU, new Range(-highest, highest));
  }

  Colour colour(int index) {
    return scale.colour(values.at(index));
  }

  /** A text for each cell in row-major order, empty for a missing value. */
  List<String> numbers() {
    List<String> numbers = new ArrayList<>();
    for (String number : CellNumbers.of(values, bar.exponent(), 3)) {
      double value = values.at(numbers.size());
      numbers.add(value == 0 ? "0" : value > 0 ? "+" + number : number);
    }
    return numbers;
  }

  void drawBar(Figure figure, double x, double top) {
    bar.draw(figure, x, top, options.title(), false, false);
    PathData marks = new PathData();
    for (double mark : new double[] {options.threshold(), -options.threshold()}) {
      double share = scale.range().share(mark);
      if (share >= 0 && share <= 1) {
        marks.moveTo(x - MARK, top + (1 - share) * barHeight).across(MARK - 1);
      }
    }
    if (!marks.isEmpty()) {
      figure.rule(marks);
    }
  }
}
