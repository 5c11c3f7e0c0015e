package io.github.attentive.explain;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.PositionsRead;
import java.util.OptionalInt;

/**
 * Gradient times attention of one layer: which weights the target would change with.
 *
 * <p>{@code g_ij = mean over heads of relu(dy/dA[h][i][j] * A[h][i][j])}, the target y being a
 * logit; the signed form leaves the relu out. Nothing is normalised. Stateless.
 */
public final class GradientAttention {
  private GradientAttention() {}

  /**
   * The positive part: what speaks for the target.
   *
   * @param attention {@code [heads][queries][keys]} of one layer, finite
   * @param gradient the target's gradient with respect to it, of the same shape, finite
   * @return {@code [queries][keys]}, 0 or above
   * @throws InvalidInputException if there is no head, shapes differ, or a number is not finite
   */
  public static double[][] positive(double[][][] attention, double[][][] gradient) {
    return mean(attention, gradient, true);
  }

  /**
   * What speaks for the target, positive, and against it, negative, each head's own sign kept until
   * the mean is taken.
   *
   * @param attention {@code [heads][queries][keys]} of one layer, finite
   * @param gradient the target's gradient with respect to it, of the same shape, finite
   * @return {@code [queries][keys]}
   * @throws InvalidInputException if there is no head, shapes differ, or a number is not finite
   */
  public static double[][] signed(double[][][] attention, double[][][] gradient) {
    return mean(attention, gradient, false);
  }

  /**
   * What speaks for the target in the rows that the classification head reads.
   *
   * @param gradient attention and gradient as a model gives them
   * @param layer the layer to read, counted from 0, or empty for the last
   * @param head the one head to read, counted from 0, or empty for the mean over all
   * @param read the queries to look through: the first, or the mean over all
   * @return a weight for each key, 0 or above
   * @throws InvalidInputException if the model has no such layer or head, or a gradient is not
   *     finite
   */
  public static double[] received(
      AttentionGradient gradient, OptionalInt layer, OptionalInt head, PositionsRead read) {
    AttentionTensor attention = gradient.attention();
    int only = AttentionAggregation.first("layer", layer, attention.layers());
    int chosen = layer.isPresent() ? only : attention.layers() - 1;
    double[][][] weights = layer(attention, attention.toArray(), chosen);
    double[][][] slopes = layer(attention, gradient.gradient(), chosen);
    if (head.isPresent()) {
      int h = AttentionAggregation.first("head", head, attention.heads());
      weights = new double[][][] {weights[h]};
      slopes = new double[][][] {slopes[h]};
    }
    return AttentionAggregation.received(positive(weights, slopes), read);
  }

  /** One layer of an array of the attention's shape. */
  static double[][][] layer(AttentionTensor shape, float[] values, int layer) {
    double[][][] heads = new double[shape.heads()][shape.queries()][shape.keys()];
    int at = layer * heads.length * shape.queries() * shape.keys();
    for (double[][] head : heads) {
      for (double[] row : head) {
        for (int k = 0; k < row.length; k++) {
          row[k] = values[at++];
        }
      }
    }
    return heads;
  }

  private static double[][] mean(
      double[][][] attention, double[][][] gradient, boolean positiveOnly) {
    MatrixChecks.heads("attention", attention);
    int heads = attention.length;
    int queries = attention[0].length;
    int keys = attention[0][0].length;
    MatrixChecks.sameShape("gradient of the attention", gradient, heads, queries, keys);
    double[][] mean = new double[queries][keys];
    for (int h = 0; h < heads; h++) {
      for (int q = 0; q < queries; q++) {
        for (int k = 0; k < keys; k++) {
          double product = gradient[h][q][k] * attention[h][q][k];
          mean[q][k] += (positiveOnly ? Math.max(0, product) : product) / heads;
        }
      }
    }
    return mean;
  }
}
