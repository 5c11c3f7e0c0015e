package io.github.attentive.djl.keras;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** The little linear algebra that formulas of layers need, in doubles. */
final class Matrix {
  private Matrix() {}

  static double[][] embedded(long... ids) {
    return Arrays.stream(ids).mapToObj(id -> KerasCase.embedded((int) id)).toArray(double[][]::new);
  }

  static double[][] of(float[][] rows) {
    double[][] wide = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      wide[i] = of(rows[i]);
    }
    return wide;
  }

  static double[] of(float[] row) {
    double[] wide = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      wide[i] = row[i];
    }
    return wide;
  }

  static float[] random(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static float[][] random(Random random, int rows, int columns) {
    float[][] values = new float[rows][];
    for (int i = 0; i < rows; i++) {
      values[i] = random(random, columns);
    }
    return values;
  }

  static double[][] each(double[][] x, DoubleUnaryOperator of) {
    return Arrays.stream(x)
        .map(row -> Arrays.stream(row).map(of).toArray())
        .toArray(double[][]::new);
  }

  static double[][] transposed(double[][] x) {
    double[][] turned = new double[x[0].length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        turned[j][i] = x[i][j];
      }
    }
    return turned;
  }

  static double[][] times(double[][] x, double[][] y) {
    double[][] product = new double[x.length][y[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y[0].length; j++) {
        for (int k = 0; k < y.length; k++) {
          product[i][j] += x[i][k] * y[k][j];
        }
      }
    }
    return product;
  }

  static double[] times(double[] x, double[][] y) {
    return times(new double[][] {x}, y)[0];
  }

  static double[] plus(double[] x, double[] y) {
    double[] sum = x.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += y[i];
    }
    return sum;
  }

  /** Softmax over the keys that count; all 0 for no key. */
  static double[] softmax(double[] scores, boolean[] counts) {
    double[] weights = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      weights[i] = counts[i] ? Math.exp(scores[i]) : 0;
      sum += weights[i];
    }
    for (int i = 0; i < scores.length && sum > 0; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
