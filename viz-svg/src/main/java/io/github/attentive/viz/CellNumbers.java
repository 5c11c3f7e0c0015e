package io.github.attentive.viz;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a figure's cells or bars, all with the same decimals. */
final class CellNumbers {
  private static final int MOST_DECIMALS = 6;

  private CellNumbers() {}

  /**
   * Writes the values of a matrix, the strongest with so many significant digits at least.
   *
   * @param exponent the power of ten to leave out
   * @return a text for each cell in row-major order, empty for a missing value
   */
  static List<String> of(Matrix matrix, int exponent, int leastDigits) {
    int decimals = decimals(matrix, exponent, leastDigits);
    List<String> numbers = new ArrayList<>(matrix.size());
    for (int i = 0; i < matrix.size(); i++) {
      double value = matrix.at(i);
      numbers.add(Double.isNaN(value) ? "" : Decimals.fixed(value, decimals, exponent));
    }
    return numbers;
  }

  /**
   * Writes the values of a matrix that span many powers of ten, each with so many significant
   * digits.
   *
   * @return a text for each cell in row-major order, empty for a missing value
   */
  static List<String> significant(Matrix matrix, int digits) {
    List<String> numbers = new ArrayList<>(matrix.size());
    for (int i = 0; i < matrix.size(); i++) {
      double value = matrix.at(i);
      numbers.add(Double.isNaN(value) ? "" : Decimals.significant(value, digits));
    }
    return numbers;
  }

  private static int decimals(Matrix matrix, int exponent, int leastDigits) {
    if (matrix.highest() < 0) {
      return 0;
    }
    double largest =
        Math.max(Math.abs(matrix.at(matrix.lowest())), Math.abs(matrix.at(matrix.highest())));
    int magnitude = Decimals.exponent(new BigDecimal(largest)) - exponent;
    int decimals = magnitude >= 0 ? 2 - magnitude : leastDigits - 1 - magnitude;
    return Math.max(0, Math.min(MOST_DECIMALS, decimals));
  }
}
