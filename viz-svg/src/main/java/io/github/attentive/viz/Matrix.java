package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A rectangle of numbers, some of which may be missing (NaN) or masked; none is infinite.
 * Immutable.
 */
final class Matrix {
  private final int rows;
  private final int columns;
  private final double[] values;
  private final BitSet masked = new BitSet();

  private Matrix(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new InvalidInputException(
          "heatmap matrix: expected at least 1 row and 1 column, got %s x %s"
              .formatted(rows, columns));
    }
    this.rows = rows;
    this.columns = columns;
    this.values = new double[Math.multiplyExact(rows, columns)];
  }

  /** Reads a cell, so that one constructor serves every kind of array. */
  @FunctionalInterface
  interface Cells {
    double at(int row, int column);
  }

  static Matrix of(double[][] matrix) {
    Matrix copy = new Matrix(matrix.length, matrix.length == 0 ? 0 : matrix[0].length);
    for (int row = 0; row < matrix.length; row++) {
      requireLength(row, matrix[row].length, copy.columns);
    }
    return copy.fill((row, column) -> matrix[row][column]);
  }

  static Matrix of(float[][] matrix) {
    Matrix copy = new Matrix(matrix.length, matrix.length == 0 ? 0 : matrix[0].length);
    for (int row = 0; row < matrix.length; row++) {
      requireLength(row, matrix[row].length, copy.columns);
    }
    return copy.fill((row, column) -> matrix[row][column]);
  }

  static Matrix of(int rows, int columns, Cells cells) {
    return new Matrix(rows, columns).fill(cells);
  }

  /**
   * The same matrix without the values of masked cells.
   *
   * @param mask {@code [rows][columns]}, true where masked
   */
  Matrix masked(boolean[][] mask) {
    Matrix copy = new Matrix(rows, columns);
    if (mask.length != rows) {
      throw new InvalidInputException(
          "heatmap mask: expected %s rows as the matrix has, got %s".formatted(rows, mask.length));
    }
    for (int row = 0; row < rows; row++) {
      if (mask[row].length != columns) {
        throw new InvalidInputException(
            "heatmap mask row %s: expected %s columns as the matrix has, got %s"
                .formatted(row, columns, mask[row].length));
      }
      for (int column = 0; column < columns; column++) {
        int index = row * columns + column;
        copy.masked.set(index, mask[row][column]);
        copy.values[index] = mask[row][column] ? Double.NaN : values[index];
      }
    }
    return copy;
  }

  private static void requireLength(int row, int length, int expected) {
    if (length != expected) {
      throw new InvalidInputException(
          "heatmap matrix row %s: expected %s columns as in row 0, got %s"
              .formatted(row, expected, length));
    }
  }

  private Matrix fill(Cells cells) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double value = cells.at(row, column);
        if (Double.isInfinite(value)) {
          throw new InvalidInputException(
              "heatmap matrix row %s, column %s: expected a finite number, or NaN for none, got %s"
                  .formatted(row, column, value));
        }
        values[row * columns + column] = value;
      }
    }
    return this;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  int size() {
    return values.length;
  }

  double at(int row, int column) {
    return values[row * columns + column];
  }

  /** The value at a row-major index. */
  double at(int index) {
    return values[index];
  }

  /** Whether the cell at a row-major index is masked; it has no value then. */
  boolean isMasked(int index) {
    return masked.get(index);
  }

  /** How many cells are masked. */
  int masked() {
    return masked.cardinality();
  }

  /** How many values are missing from cells that are not masked. */
  int missing() {
    int missing = -masked.cardinality();
    for (double value : values) {
      missing += Double.isNaN(value) ? 1 : 0;
    }
    return missing;
  }

  /** The row-major index of the highest value, of equal ones the first; -1 if all are missing. */
  int highest() {
    int highest = -1;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i]) && (highest < 0 || values[i] > values[highest])) {
        highest = i;
      }
    }
    return highest;
  }

  /** The row-major index of the lowest value, of equal ones the first; -1 if all are missing. */
  int lowest() {
    int lowest = -1;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i]) && (lowest < 0 || values[i] < values[lowest])) {
        lowest = i;
      }
    }
    return lowest;
  }

  /** Says whether every value is a float. */
  boolean isSinglePrecision() {
    for (double value : values) {
      if (!Double.isNaN(value) && (float) value != value) {
        return false;
      }
    }
    return true;
  }

  /** Equal sizes and bit-equal values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * rows + Arrays.hashCode(values);
  }
}
