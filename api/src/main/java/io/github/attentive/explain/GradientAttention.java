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
   * @param gradient attention and gradient as a model gives them; NaN stays NaN
   * @param layer the layer to read, counted from 0, or empty for the last
   * @param head the one head to read, counted from 0, or empty for the mean over all
   * @param read the queries to look through: the first, or the mean over all
   * @return a weight for each key, 0 or above
   * @throws InvalidInputException if the model has no such layer or head
   */
  public static double[] received(
      AttentionGradient gradient, OptionalInt layer, OptionalInt head, PositionsRead read) {
    AttentionTensor attention = gradient.attention();
    int only = AttentionAggregation.first("layer", layer, attention.layers());
    int chosen = layer.isPresent() ? only : attention.layers() - 1;
    int firstHead = AttentionAggregation.first("head", head, attention.heads());
    int endHead = head.isPresent() ? firstHead + 1 : attention.heads();
    double[][] positive = positive(gradient, attention.toArray(), chosen, firstHead, endHead, read);
    return AttentionAggregation.received(positive, read);
  }

  /**
   * The positive part of one layer, in the rows that are read.
   *
   * @param weights all of the attention, so that it is copied once for all layers
   */
  static double[][] positive(
      AttentionGradient gradient,
      float[] weights,
      int layer,
      int firstHead,
      int endHead,
      PositionsRead read) {
    AttentionTensor shape = gradient.attention();
    float[] slopes = gradient.gradient();
    int heads = endHead - firstHead;
    double[][] mean = new double[read == PositionsRead.FIRST ? 1 : shape.queries()][shape.keys()];
    for (int h = firstHead; h < endHead; h++) {
      int from = (layer * shape.heads() + h) * shape.queries() * shape.keys();
      for (int q = 0; q < mean.length; q++) {
        for (int k = 0; k < mean[q].length; k++) {
          int at = from + q * shape.keys() + k;
          mean[q][k] += Math.max(0, (double) slopes[at] * weights[at]) / heads;
        }
      }
    }
    return mean;
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
