package io.github.attentive.explain;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.PositionsRead;

/**
 * Relevance by attention and its gradients through all layers (Chefer et al. 2021, "Generic
 * Attention-model Explainability for Interpreting Bi-Modal and Encoder-Decoder Transformers").
 *
 * <p>{@code R = I}; for each layer from the lowest, {@code C = mean over heads of relu(dy/dA * A)},
 * {@code R <- R + C R}. Rows are not normalised. The target y is a logit, not a probability.
 * Stateless; {@code O(layers * tokens^3)}.
 */
public final class Relevance {
  private Relevance() {}

  /**
   * The relevance of each input position to each position of the last layer.
   *
   * @param attention {@code [layers][heads][queries][keys]}, self-attention, finite
   * @param gradient the target's gradient with respect to it, of the same shape, finite
   * @return {@code R}, {@code [queries of the last layer][input positions]}
   * @throws InvalidInputException if a layer or head is missing, shapes differ or are not square,
   *     or a number is not finite
   */
  public static double[][] of(double[][][][] attention, double[][][][] gradient) {
    if (attention.length == 0 || gradient.length != attention.length) {
      throw new InvalidInputException(
          "relevance: expected at least one layer and gradients of each, got %s and %s"
              .formatted(attention.length, gradient.length));
    }
    double[][] relevance = new double[0][];
    for (int l = 0; l < attention.length; l++) {
      double[][] step = GradientAttention.positive(attention[l], gradient[l]);
      MatrixChecks.square("relevance", step.length, step[0].length);
      if (l == 0) {
        relevance = identity(step.length);
      }
      if (step.length != relevance.length) {
        throw new InvalidInputException(
            "relevance: expected %s tokens in layer %s as in the first, got %s"
                .formatted(relevance.length, l, step.length));
      }
      add(relevance, AttentionRollout.product(step, relevance));
    }
    return relevance;
  }

  /**
   * The same without the identity it starts from, so that a position's own entry says no more than
   * the others'.
   *
   * @param attention as for {@link #of}
   * @param gradient as for {@link #of}
   * @return {@code R - I}, 0 or above
   * @throws InvalidInputException as for {@link #of}
   */
  public static double[][] withoutIdentity(double[][][][] attention, double[][][][] gradient) {
    double[][] relevance = of(attention, gradient);
    for (int i = 0; i < relevance.length; i++) {
      relevance[i][i] -= 1;
    }
    return relevance;
  }

  /**
   * The relevance without the identity, in the rows that the classification head reads.
   *
   * <p>{@code R} is the product of all {@code I + C}, the last layer's first, so the rows read are
   * led through it from the left, which takes {@code O(layers * tokens^2)}.
   *
   * @param gradient attention and gradient as a model gives them; NaN stays NaN
   * @param read the queries to look through: the first, or the mean over all
   * @return a weight for each input position, 0 or above
   * @throws InvalidInputException if there are not as many queries as keys
   */
  public static double[] received(AttentionGradient gradient, PositionsRead read) {
    AttentionTensor attention = gradient.attention();
    MatrixChecks.square("relevance", attention.queries(), attention.keys());
    float[] weights = attention.toArray();
    double[] start = AttentionAggregation.rowsRead(attention.queries(), read);
    double[] relevance = start.clone();
    for (int l = attention.layers() - 1; l >= 0; l--) {
      double[][] step =
          GradientAttention.positive(gradient, weights, l, 0, attention.heads(), PositionsRead.ALL);
      double[] led = AttentionRollout.product(new double[][] {relevance}, step)[0];
      for (int i = 0; i < led.length; i++) {
        relevance[i] += led[i];
      }
    }
    for (int i = 0; i < relevance.length; i++) {
      relevance[i] -= start[i];
    }
    return relevance;
  }

  private static double[][] identity(int size) {
    double[][] identity = new double[size][size];
    for (int i = 0; i < size; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  private static void add(double[][] to, double[][] addend) {
    for (int i = 0; i < to.length; i++) {
      for (int j = 0; j < to[i].length; j++) {
        to[i][j] += addend[i][j];
      }
    }
  }
}
