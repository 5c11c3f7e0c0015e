package io.github.attentive.viz;

import java.util.List;

/** What a heatmap of weights says of them. */
record WeightTexts(Matrix matrix, Norm norm) implements CellTexts {
  private static final int LEAST_DIGITS = 2;

  @Override
  public List<String> numbers(int exponent) {
    return norm == Norm.LOGARITHMIC
        ? CellNumbers.significant(matrix, LEAST_DIGITS)
        : CellNumbers.of(matrix, exponent, LEAST_DIGITS);
  }

  @Override
  public String tooltip(int cell) {
    double value = matrix.at(cell);
    if (matrix.isMasked(cell)) {
      return "masked";
    }
    return Double.isNaN(value) ? "no value" : Decimals.significant(value);
  }

  @Override
  public String kind() {
    return "Heatmap of ";
  }

  @Override
  public String size() {
    return count(matrix.rows(), "query", "queries")
        + " by "
        + count(matrix.columns(), "key", "keys");
  }

  @Override
  public String finding(List<Label> queries, List<Label> keys) {
    int missing = matrix.missing();
    int masked = matrix.masked();
    String absent =
        ((missing == 0 ? "" : count(missing, "cell", "cells") + " without a value. ")
                + (masked == 0 ? "" : count(masked, "cell is", "cells are") + " masked."))
            .strip();
    int highest = matrix.highest();
    if (highest < 0) {
      return absent;
    }
    return "Weights from %s to %s; the highest is from “%s” to “%s”. %s"
        .formatted(
            Decimals.significant(matrix.at(matrix.lowest())),
            Decimals.significant(matrix.at(highest)),
            queries.get(highest / matrix.columns()).shown(),
            keys.get(highest % matrix.columns()).shown(),
            absent)
        .strip();
  }

  private static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
