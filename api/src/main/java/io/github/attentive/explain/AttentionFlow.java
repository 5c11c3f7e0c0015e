package io.github.attentive.explain;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.PositionsRead;

/**
 * Attention flow (Abnar &amp; Zuidema 2020, "Quantifying Attention Flow in Transformers"): the
 * largest flow from a position of the last layer to each input position, where the edge from
 * position i of a layer to position j of the layer below carries at most {@code Ahat_l[i][j] =
 * rownorm(A_l + I)}, {@code A_l} being the mean over heads.
 *
 * <p>One maximum flow is computed for each pair of positions asked for, so that reading all
 * positions costs as many times more as there are tokens; hence two limits. Stateless; results are
 * exact within 1e-9.
 */
public final class AttentionFlow {
  /** The longest text whose flow from one position is computed. */
  public static final int TOKEN_LIMIT = 256;

  /** The longest text whose flow from every position is computed. */
  public static final int TOKEN_LIMIT_OF_ALL = 64;

  private AttentionFlow() {}

  /**
   * The flow from the positions that the classification head reads, each position's divided by its
   * sum as in the paper.
   *
   * @param attention self-attention
   * @param read from the first position, or the mean over the flows from all
   * @return a score for each input position; they sum to 1 within rounding
   * @throws InvalidInputException if there are not as many queries as keys, or more tokens than the
   *     limit
   */
  public static double[] received(AttentionTensor attention, PositionsRead read) {
    MatrixChecks.square("flow", attention.queries(), attention.keys());
    int rows = read == PositionsRead.FIRST ? 1 : attention.queries();
    checkLength(attention.keys(), rows);
    double[][] flows = flows(HeadFusion.MEAN.fuse(attention), rows);
    for (double[] row : flows) {
      TokenWeights.divideBySum(row);
    }
    return AttentionAggregation.received(flows, read);
  }

  /**
   * The maximum flows from every position of the last layer to every input position, not
   * normalised.
   *
   * @param attention {@code [layers][heads][queries][keys]}, self-attention, not negative
   * @return {@code [queries of the last layer][input positions]}, each in [0, 1] within rounding
   * @throws InvalidInputException if a layer or head is missing, shapes differ or are not square, a
   *     number is negative or not finite, or there are more tokens than {@link #TOKEN_LIMIT_OF_ALL}
   */
  public static double[][] maximum(double[][][][] attention) {
    double[][][] layers = HeadFusion.MEAN.fuse(attention);
    MatrixChecks.square("attention", layers);
    checkLength(layers[0].length, layers[0].length);
    return flows(layers, layers[0].length);
  }

  /**
   * The maximum flows from one position of the last layer to every input position, not normalised.
   *
   * @param attention {@code [layers][heads][queries][keys]}, self-attention, not negative
   * @param query the position of the last layer, counted from 0
   * @return a flow for each input position, each in [0, 1] within rounding
   * @throws InvalidInputException if a layer or head is missing, shapes differ or are not square, a
   *     number is negative or not finite, there is no such position, or there are more tokens than
   *     {@link #TOKEN_LIMIT}
   */
  public static double[] maximum(double[][][][] attention, int query) {
    double[][][] layers = HeadFusion.MEAN.fuse(attention);
    MatrixChecks.square("attention", layers);
    int tokens = layers[0].length;
    checkLength(tokens, 1);
    if (query < 0 || query >= tokens) {
      throw new InvalidInputException(
          "query: expected 0 to %s, got %s".formatted(tokens - 1, query));
    }
    return flowsFrom(new LayeredNetwork(AttentionRollout.mixing(layers, true)), query, tokens);
  }

  private static double[][] flows(double[][][] layers, int rows) {
    LayeredNetwork network = new LayeredNetwork(AttentionRollout.mixing(layers, true));
    double[][] flows = new double[rows][];
    for (int q = 0; q < rows; q++) {
      flows[q] = flowsFrom(network, q, layers[0].length);
    }
    return flows;
  }

  private static double[] flowsFrom(LayeredNetwork network, int query, int tokens) {
    double[] flows = new double[tokens];
    for (int k = 0; k < tokens; k++) {
      flows[k] = network.maximum(query, k);
    }
    return flows;
  }

  private static void checkLength(int tokens, int rows) {
    int limit = rows == 1 ? TOKEN_LIMIT : TOKEN_LIMIT_OF_ALL;
    if (tokens > limit) {
      throw new InvalidInputException(
          "attention flow of a text of %s tokens: expected at most %s, since it needs %s maximum flows; shorten the text or use rollout"
              .formatted(tokens, limit, (long) tokens * rows));
    }
  }
}
