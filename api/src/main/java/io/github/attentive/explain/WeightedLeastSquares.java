package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;

/** Solves the small symmetric systems that surrogate models come to, by Cholesky's method. */
final class WeightedLeastSquares {
  /** A pivot below this share of the largest diagonal element is no pivot. */
  private static final double SINGULAR = 1e-13;

  private WeightedLeastSquares() {}

  /**
   * Decomposes a symmetric positive definite matrix.
   *
   * @param matrix {@code [n][n]}, its lower half is read
   * @param remedy what to do if it is singular, for the message
   * @return the lower triangle L with {@code L L' = matrix}
   */
  static double[][] decompose(double[][] matrix, String remedy) {
    int n = matrix.length;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, matrix[i][i]);
    }
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i != j) {
          lower[i][j] = sum / lower[j][j];
        } else if (sum > SINGULAR * largest) {
          lower[i][i] = Math.sqrt(sum);
        } else {
          throw new InvalidInputException(
              "surrogate model of %s units: expected samples that tell them apart, got too few; %s"
                  .formatted(n, remedy));
        }
      }
    }
    return lower;
  }

  /** Solves {@code L L' x = right}. */
  static double[] solve(double[][] lower, double[] right) {
    int n = right.length;
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }
}
