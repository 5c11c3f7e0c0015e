package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;

/** The checks of shapes and numbers that the methods on plain arrays share. */
final class MatrixChecks {
  private MatrixChecks() {}

  /** Refuses an array that is not of this length or has a number that is not finite. */
  static void vector(String what, double[] vector, int length) {
    if (vector.length != length) {
      throw new InvalidInputException(
          "%s: expected %s numbers, got %s".formatted(what, length, vector.length));
    }
    finite(what, vector);
  }

  private static boolean isVector(double[] vector, int length) {
    boolean finite = vector.length == length;
    for (double value : vector) {
      finite &= Double.isFinite(value);
    }
    return finite;
  }

  /** Refuses NaN and infinities. */
  static void finite(String what, double[] vector) {
    for (int i = 0; i < vector.length; i++) {
      if (!Double.isFinite(vector[i])) {
        throw new InvalidInputException(
            "%s: expected finite numbers, got %s at index %s".formatted(what, vector[i], i));
      }
    }
  }

  /** Refuses a matrix that is not of these sizes or has a number that is not finite. */
  static void matrix(String what, double[][] matrix, int rows, int columns) {
    if (matrix.length != rows) {
      throw new InvalidInputException(
          "%s: expected %s rows, got %s".formatted(what, rows, matrix.length));
    }
    for (int i = 0; i < rows; i++) {
      // Names are made only for what is refused: there are many rows.
      if (!isVector(matrix[i], columns)) {
        vector("%s, row %s".formatted(what, i), matrix[i], columns);
      }
    }
  }

  /** Refuses a matrix without rows or columns, a ragged one, and one with NaN or infinities. */
  static void matrix(String what, double[][] matrix) {
    notEmpty(what, matrix.length);
    notEmpty(what + ", row 0", matrix[0].length);
    matrix(what, matrix, matrix.length, matrix[0].length);
  }

  /** Refuses heads that are none, that differ in shape, or that hold NaN or infinities. */
  static void heads(String what, double[][][] heads) {
    notEmpty(what, heads.length);
    matrix(what + ", head 0", heads[0]);
    sameShape(what, heads, heads.length, heads[0].length, heads[0][0].length);
  }

  /** Refuses heads that are not of these sizes or have a number that is not finite. */
  static void sameShape(String what, double[][][] heads, int count, int rows, int columns) {
    if (heads.length != count) {
      throw new InvalidInputException(
          "%s: expected %s heads, got %s".formatted(what, count, heads.length));
    }
    for (int h = 0; h < count; h++) {
      matrix("%s, head %s".formatted(what, h), heads[h], rows, columns);
    }
  }

  /** Refuses layers that are none or not square matrices of one size with finite numbers. */
  static void square(String what, double[][][] layers) {
    heads(what, layers);
    square(what, layers[0].length, layers[0][0].length);
  }

  /** Refuses attention whose queries are not its keys. */
  static void square(String what, int queries, int keys) {
    if (queries != keys) {
      throw new InvalidInputException(
          "%s: expected self-attention, as many queries as keys, got %s and %s; attention pooling has one query and is read as it stands"
              .formatted(what, queries, keys));
    }
  }

  private static void notEmpty(String what, int size) {
    if (size == 0) {
      throw new InvalidInputException(what + ": expected at least one element, got none");
    }
  }
}
