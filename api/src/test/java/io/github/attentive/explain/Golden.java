package io.github.attentive.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

/** The golden vectors of references/methods.md, 6.1, in double precision, and arrays at random. */
public final class Golden {
  /** How far a number in double precision may be from the golden one. */
  public static final double TOLERANCE = 1e-9;

  private Golden() {}

  /** A0 and A1. */
  public static double[][][][] attention() {
    return new double[][][][] {
      {
        {{0.7, 0.2, 0.1}, {0.3, 0.4, 0.3}, {0.2, 0.2, 0.6}},
        {{0.1, 0.6, 0.3}, {0.5, 0.25, 0.25}, {0.3, 0.3, 0.4}}
      },
      {
        {{0.2, 0.5, 0.3}, {0.1, 0.8, 0.1}, {0.6, 0.3, 0.1}},
        {{0.4, 0.4, 0.2}, {0.2, 0.5, 0.3}, {0.25, 0.25, 0.5}}
      }
    };
  }

  /** G0 and G1. */
  public static double[][][][] gradient() {
    return new double[][][][] {
      {
        {{0.5, -1.0, 0.2}, {0.0, 0.3, -0.4}, {1.0, 0.1, 0.2}},
        {{-0.3, 0.8, 0.4}, {0.6, -0.2, 0.1}, {0.2, 0.5, -0.7}}
      },
      {
        {{1.2, 0.7, -0.5}, {0.4, -0.9, 0.3}, {-0.2, 0.6, 0.8}},
        {{-0.6, 0.9, 0.1}, {0.3, 0.2, -0.1}, {0.5, -0.4, 0.7}}
      }
    };
  }

  /** Rows that sum to 1. */
  static double[][][][] randomAttention(Random random, int layers, int heads, int size) {
    double[][][][] attention = randomArray(random, layers, heads, size);
    for (double[][][] layer : attention) {
      for (double[][] head : layer) {
        for (double[] row : head) {
          for (int k = 0; k < size; k++) {
            row[k] = Math.abs(row[k]) + 1e-3;
          }
          TokenWeights.divideBySum(row);
        }
      }
    }
    return attention;
  }

  static double[][][][] randomArray(Random random, int layers, int heads, int size) {
    double[][][][] array = new double[layers][heads][size][size];
    for (double[][][] layer : array) {
      for (double[][] head : layer) {
        for (double[] row : head) {
          for (int k = 0; k < size; k++) {
            row[k] = random.nextGaussian();
          }
        }
      }
    }
    return array;
  }

  /** Every row looks at itself alone. */
  static double[][][][] identityAttention(int layers, int heads, int size) {
    double[][][][] attention = new double[layers][heads][size][size];
    for (double[][][] layer : attention) {
      for (double[][] head : layer) {
        for (int i = 0; i < size; i++) {
          head[i][i] = 1;
        }
      }
    }
    return attention;
  }

  static double[][][][] withHeadsInOrder(double[][][][] array, int[] order) {
    double[][][][] result = new double[array.length][order.length][][];
    for (int l = 0; l < array.length; l++) {
      for (int h = 0; h < order.length; h++) {
        result[l][h] = array[l][order[h]];
      }
    }
    return result;
  }

  static double[][][][] withTokensInOrder(double[][][][] array, int[] order) {
    double[][][][] result = new double[array.length][array[0].length][][];
    for (int l = 0; l < array.length; l++) {
      for (int h = 0; h < array[l].length; h++) {
        result[l][h] = withTokensInOrder(array[l][h], order);
      }
    }
    return result;
  }

  static double[][] withTokensInOrder(double[][] matrix, int[] order) {
    double[][] result = new double[order.length][order.length];
    for (int i = 0; i < order.length; i++) {
      for (int j = 0; j < order.length; j++) {
        result[i][j] = matrix[order[i]][order[j]];
      }
    }
    return result;
  }

  static void assertClose(double[][] actual, double[][] expected, double tolerance) {
    assertThat(actual).hasNumberOfRows(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("row %s", i).containsExactly(expected[i], within(tolerance));
    }
  }
}
