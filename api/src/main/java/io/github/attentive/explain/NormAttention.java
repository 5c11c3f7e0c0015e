package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;

/**
 * Attention weighed by the length of what it carries (Kobayashi et al. 2020, "Attention is Not Only
 * a Weight: Analyzing Transformers with Vector Norms"): a big weight on a short vector does little.
 *
 * <p>{@code N_ij = |sum over heads of A_ij^h f^h(x_j)|} with {@code f^h(x) = (x W_V^h + b_V^h)
 * W_O^h}; the output's own bias is left out, as in the authors' code. The norm is the Euclidean.
 * Stateless.
 */
public final class NormAttention {
  private NormAttention() {}

  /**
   * The vectors that the heads carry: {@code f^h(x_j)}.
   *
   * @param values {@code [heads][keys][size of a head]}, the value vectors with their bias, finite
   * @param output {@code [heads * size of a head][hidden size]}, the output's weights, of which the
   *     first rows belong to head 0, applied as {@code values times output}; finite
   * @return {@code [heads][keys][hidden size]}
   * @throws InvalidInputException if there is no head, shapes do not fit, or a number is not finite
   */
  public static double[][][] transformed(double[][][] values, double[][] output) {
    MatrixChecks.heads("values", values);
    int size = values[0][0].length;
    MatrixChecks.matrix("output weights", output);
    MatrixChecks.matrix("output weights", output, values.length * size, output[0].length);
    double[][][] transformed = new double[values.length][][];
    for (int h = 0; h < values.length; h++) {
      double[][] ofHead = Arrays.copyOfRange(output, h * size, (h + 1) * size);
      transformed[h] = AttentionRollout.product(values[h], ofHead);
    }
    return transformed;
  }

  /**
   * The norms of one layer, its heads summed before the norm is taken.
   *
   * @param attention {@code [heads][queries][keys]}, finite
   * @param transformed {@code [heads][keys][hidden size]}, finite
   * @return {@code [queries][keys]}, 0 or above
   * @throws InvalidInputException if there is no head, shapes do not fit, or a number is not finite
   */
  public static double[][] of(double[][][] attention, double[][][] transformed) {
    check(attention, transformed);
    int hidden = transformed[0][0].length;
    double[][] norms = new double[attention[0].length][attention[0][0].length];
    for (int q = 0; q < norms.length; q++) {
      for (int k = 0; k < norms[q].length; k++) {
        double[] sum = new double[hidden];
        for (int h = 0; h < attention.length; h++) {
          for (int d = 0; d < hidden; d++) {
            sum[d] += attention[h][q][k] * transformed[h][k][d];
          }
        }
        norms[q][k] = InputGradient.norm(sum);
      }
    }
    return norms;
  }

  /**
   * The norms of each head of one layer.
   *
   * @param attention {@code [heads][queries][keys]}, finite
   * @param transformed {@code [heads][keys][hidden size]}, finite
   * @return {@code [heads][queries][keys]}, 0 or above
   * @throws InvalidInputException if there is no head, shapes do not fit, or a number is not finite
   */
  public static double[][][] ofHeads(double[][][] attention, double[][][] transformed) {
    check(attention, transformed);
    double[][][] norms = new double[attention.length][attention[0].length][attention[0][0].length];
    for (int h = 0; h < norms.length; h++) {
      for (int k = 0; k < norms[h][0].length; k++) {
        double length = InputGradient.norm(transformed[h][k]);
        for (int q = 0; q < norms[h].length; q++) {
          norms[h][q][k] = Math.abs(attention[h][q][k]) * length;
        }
      }
    }
    return norms;
  }

  private static void check(double[][][] attention, double[][][] transformed) {
    MatrixChecks.heads("attention", attention);
    MatrixChecks.heads("transformed values", transformed);
    MatrixChecks.sameShape(
        "transformed values",
        transformed,
        attention.length,
        attention[0][0].length,
        transformed[0][0].length);
  }
}
