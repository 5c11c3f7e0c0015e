package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.AttentionGradient;
import java.util.Arrays;

/**
 * What each position adds to a logit, exactly, where a network weighs its states by attention and
 * reads the sum: {@code logit = contributions + rest}, no gradient and no approximation.
 *
 * <p>The contribution is that of a <em>state</em>. Where a recurrent layer or self-attention made
 * it, the state holds its neighbours, too: this is exact about the pooling, not about the word.
 * Immutable; arrays are copied in and out.
 */
public final class PoolingContributions {
  private final double[] contributions;
  private final double rest;

  private PoolingContributions(double[] contributions, double rest) {
    this.contributions = contributions;
    this.rest = rest;
  }

  /**
   * Of any network whose logit is piecewise linear in its attention weights, everything else being
   * held: position j contributes {@code sum over layers, heads and queries of A_j dy/dA_j}. For the
   * networks below it is what their factories give.
   *
   * @param gradient attention and the logit's gradient as a model gives them; NaN stays NaN
   * @return a contribution for each key
   */
  public static double[] received(AttentionGradient gradient) {
    float[] weights = gradient.attention().toArray();
    float[] slopes = gradient.gradient();
    double[] sums = new double[gradient.attention().keys()];
    for (int i = 0; i < weights.length; i++) {
      sums[i % sums.length] += (double) slopes[i] * weights[i];
    }
    return sums;
  }

  /**
   * A linear head: {@code logit = w . sum_t a_t h_t + b}, so that position t contributes {@code a_t
   * (w . h_t)} and the rest is b.
   *
   * <p>Self-attention with an average over its rows and a linear head is of this kind: the weights
   * are then the column means, {@link AttentionAggregation#received(double[][],
   * io.github.attentive.spi.PositionsRead)} over all rows.
   *
   * @param weights the attention of each position, {@code [positions]}
   * @param states what is pooled, {@code [positions][size]}
   * @param head the weights of the logit, {@code [size]}
   * @param bias the bias of the logit
   * @return the contributions
   * @throws InvalidInputException if shapes do not fit or a number is not finite
   */
  public static PoolingContributions ofLinearHead(
      double[] weights, double[][] states, double[] head, double bias) {
    MatrixChecks.finite("bias", new double[] {bias});
    MatrixChecks.finite("head", head);
    MatrixChecks.matrix("states", states, weights.length, head.length);
    MatrixChecks.finite("attention", weights);
    double[] contributions = new double[weights.length];
    for (int t = 0; t < contributions.length; t++) {
      contributions[t] = weights[t] * dot(head, states[t]);
    }
    return new PoolingContributions(contributions, bias);
  }

  /**
   * A head with one layer of rectified units: {@code logit = w . relu(V c + b) + d} with {@code c =
   * sum_t a_t h_t}. The units that are on for this input are kept and the others left out, which
   * makes the head linear: exact for this input, not for its neighbours.
   *
   * @param weights the attention of each position, {@code [positions]}
   * @param states what is pooled, {@code [positions][size]}
   * @param hidden V, {@code [units][size]}
   * @param hiddenBias b, {@code [units]}
   * @param head w, the weights of the logit, {@code [units]}
   * @param bias d, the bias of the logit
   * @return the contributions
   * @throws InvalidInputException if there is no unit, shapes do not fit or a number is not finite
   */
  public static PoolingContributions ofRectifiedHead(
      double[] weights,
      double[][] states,
      double[][] hidden,
      double[] hiddenBias,
      double[] head,
      double bias) {
    MatrixChecks.matrix("hidden weights", hidden);
    MatrixChecks.vector("hidden bias", hiddenBias, hidden.length);
    MatrixChecks.vector("head", head, hidden.length);
    MatrixChecks.matrix("states", states, weights.length, hidden[0].length);
    MatrixChecks.finite("attention", weights);
    double[] context = new double[hidden[0].length];
    for (int t = 0; t < weights.length; t++) {
      for (int d = 0; d < context.length; d++) {
        context[d] += weights[t] * states[t][d];
      }
    }
    double[] linear = new double[context.length];
    double rest = bias;
    for (int u = 0; u < hidden.length; u++) {
      if (dot(hidden[u], context) + hiddenBias[u] > 0) {
        rest += head[u] * hiddenBias[u];
        for (int d = 0; d < linear.length; d++) {
          linear[d] += head[u] * hidden[u][d];
        }
      }
    }
    return ofLinearHead(weights, states, linear, rest);
  }

  /**
   * Several heads of self-attention, an average over their rows and a linear head: position j
   * contributes {@code sum_h a_j^h (w . f^h(x_j))}.
   *
   * @param weights {@code [heads][positions]}, the column means of each head's attention
   * @param transformed {@code [heads][positions][size]}, as {@link NormAttention#transformed} has
   *     it
   * @param head w, the weights of the logit, {@code [size]}
   * @param rest what no position adds: {@code w . (output bias) + bias}
   * @return the contributions
   * @throws InvalidInputException if there is no head, shapes do not fit or a number is not finite
   */
  public static PoolingContributions ofHeads(
      double[][] weights, double[][][] transformed, double[] head, double rest) {
    MatrixChecks.matrix("attention", weights);
    MatrixChecks.sameShape(
        "transformed values", transformed, weights.length, weights[0].length, head.length);
    double[] sums = new double[weights[0].length];
    for (int h = 0; h < weights.length; h++) {
      double[] ofHead = ofLinearHead(weights[h], transformed[h], head, rest).contributions;
      for (int j = 0; j < sums.length; j++) {
        sums[j] += ofHead[j];
      }
    }
    return new PoolingContributions(sums, rest);
  }

  /**
   * What each position adds to the logit.
   *
   * @return a copy, in text order
   */
  public double[] contributions() {
    return contributions.clone();
  }

  /**
   * What no position adds: biases.
   *
   * @return the part of the logit that is left
   */
  public double rest() {
    return rest;
  }

  /**
   * The logit.
   *
   * @return the contributions and the rest together
   */
  public double logit() {
    return Arrays.stream(contributions).sum() + rest;
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
