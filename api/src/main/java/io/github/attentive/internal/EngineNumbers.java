package io.github.attentive.internal;

import io.github.attentive.InferenceException;

/** Checks what an engine gives, so that its faults are not taken for the caller's. */
final class EngineNumbers {
  private EngineNumbers() {}

  /** Refuses a list that does not have an element for each input. */
  static void requireCount(String what, int expected, int found) {
    if (expected != found) {
      throw new InferenceException("%s: expected %s, got %s".formatted(what, expected, found));
    }
  }

  /** Refuses NaN and infinities. */
  static void requireFinite(String what, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InferenceException(
            "%s: expected finite numbers, got %s at flat index %s".formatted(what, values[i], i));
      }
    }
  }

  /** An array of rows as a matrix. */
  static double[][] matrix(String what, float[] values, int rows, int size) {
    requireCount(what, rows * size, values.length);
    requireFinite(what, values);
    double[][] matrix = new double[rows][size];
    for (int i = 0; i < values.length; i++) {
      matrix[i / size][i % size] = values[i];
    }
    return matrix;
  }

  /** A matrix as an array of rows. */
  static float[] flat(double[][] matrix) {
    int size = matrix.length == 0 ? 0 : matrix[0].length;
    float[] values = new float[matrix.length * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) matrix[i / size][i % size];
    }
    return values;
  }
}
