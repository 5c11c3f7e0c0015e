package io.github.attentive.viz;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The colours and numbers of differences, and the colour bar that explains them. */
final class DifferenceCells {
  /** What has no difference has the colour in the middle of a centred scale. */
  private static final Colour NEUTRAL = Palette.RD_BU.entry(Palette.ENTRIES / 2);

  private static final double LOGARITHMIC_LOW = 1e-10;

  /** What single-precision engines may differ by; a logarithmic scale goes at least so far. */
  private static final double LOGARITHMIC_HIGH = 1e-5;

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
    this.scale = options.logarithmic() ? logarithmic() : centred();
    this.bar = new ColourBar(GRADIENT, scale, Palette.ENTRIES, barHeight);
  }

  private ColourScale centred() {
    return new ColourScale(Palette.RD_BU, ScaleRange.spanning(values, Norm.CENTRED), Norm.CENTRED);
  }

  /** From 1e-10 to the power of ten that no difference and no threshold is above. */
  private ColourScale logarithmic() {
    double highest = options.hasThreshold() ? options.threshold() : LOGARITHMIC_HIGH;
    highest = Math.max(highest, 10 * LOGARITHMIC_LOW);
    for (int i = 0; i < values.size(); i++) {
      highest = Double.isNaN(values.at(i)) ? highest : Math.max(highest, Math.abs(values.at(i)));
    }
    int exponent = Decimals.exponent(new BigDecimal(highest));
    double power = BigDecimal.ONE.scaleByPowerOfTen(exponent).doubleValue();
    if (power < highest) {
      power = BigDecimal.ONE.scaleByPowerOfTen(exponent + 1).doubleValue();
    }
    Range range = new Range(LOGARITHMIC_LOW, Math.min(power, Double.MAX_VALUE));
    return new ColourScale(Palette.YL_OR_RD, range, Norm.LOGARITHMIC);
  }

  /** The colour of a cell that has a value. */
  Colour colour(int index) {
    double value = values.at(index);
    if (value == 0) {
      return NEUTRAL;
    }
    return scale.colour(options.logarithmic() ? Math.abs(value) : value);
  }

  /** A text for each cell in row-major order, empty for a missing value. */
  List<String> numbers() {
    List<String> numbers = new ArrayList<>();
    for (String number : CellNumbers.of(values, bar.exponent(), 3)) {
      double value = values.at(numbers.size());
      if (value == 0) {
        numbers.add("0");
      } else if (options.logarithmic() && !Double.isNaN(value)) {
        numbers.add(Decimals.significant(Math.abs(value)));
      } else {
        numbers.add(value > 0 ? "+" + number : number);
      }
    }
    return numbers;
  }

  void drawBar(Figure figure, double x, double top) {
    bar.draw(figure, x, top, options.title(), isBelow(), false);
    PathData marks = new PathData();
    for (double mark : new double[] {options.threshold(), -options.threshold()}) {
      double share = scale.share(mark);
      if (share >= 0 && share <= 1) {
        marks.moveTo(x - MARK, top + (1 - share) * barHeight).across(MARK - 1);
      }
    }
    if (!marks.isEmpty()) {
      figure.rule(marks);
    }
  }

  /** Says whether there are differences too small for the scale. */
  private boolean isBelow() {
    for (int i = 0; options.logarithmic() && i < values.size(); i++) {
      if (values.at(i) != 0 && Math.abs(values.at(i)) < LOGARITHMIC_LOW) {
        return true;
      }
    }
    return false;
  }
}
