package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.AttentionNorms;
import io.github.attentive.spi.PositionsRead;
import java.util.Arrays;
import java.util.OptionalInt;

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

  /**
   * The norms each position has for those that the classification head reads: the mean over the
   * layers of the norm of all heads together, or of one head's own.
   *
   * @param norms as a model gives them
   * @param layer the one layer to read, counted from 0, or empty for the mean over all
   * @param head the one head to read, counted from 0, or empty for the norm of their sum
   * @param read the queries to look through: the first, or the mean over all
   * @return a weight for each key, 0 or above
   * @throws InvalidInputException if the model has no such layer or head
   */
  public static double[] received(
      AttentionNorms norms, OptionalInt layer, OptionalInt head, PositionsRead read) {
    int firstLayer = AttentionAggregation.first("layer", layer, norms.layers());
    int endLayer = layer.isPresent() ? firstLayer + 1 : norms.layers();
    int onlyHead = AttentionAggregation.first("head", head, norms.heads());
    float[] values = head.isPresent() ? norms.ofHeads() : norms.ofLayers();
    double[][] mean = new double[norms.queries()][norms.keys()];
    for (int l = firstLayer; l < endLayer; l++) {
      int matrix = head.isPresent() ? l * norms.heads() + onlyHead : l;
      for (int q = 0; q < mean.length; q++) {
        for (int k = 0; k < mean[q].length; k++) {
          mean[q][k] +=
              (double) values[(matrix * mean.length + q) * norms.keys() + k]
                  / (endLayer - firstLayer);
        }
      }
    }
    return AttentionAggregation.received(mean, read);
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
