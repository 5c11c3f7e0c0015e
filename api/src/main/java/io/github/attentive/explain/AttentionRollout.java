package io.github.attentive.explain;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.PositionsRead;

/**
 * Attention rollout (Abnar &amp; Zuidema 2020, "Quantifying Attention Flow in Transformers"): how
 * much of each input position reaches each position of the last layer if information mixes as the
 * attention weights say.
 *
 * <p>{@code Ahat_l = rownorm(A_l + I)}, {@code R_1 = Ahat_1}, {@code R_l = Ahat_l R_(l-1)}, where
 * {@code A_l} is a layer with its heads fused. Rows are normalised after the residual connection is
 * added, so that they sum to 1 with every {@link HeadFusion}. A row of zeros stays so where there
 * is no residual. Stateless; needs no gradients; {@code O(layers * tokens^3)}.
 */
public final class AttentionRollout {
  private AttentionRollout() {}

  /**
   * Rolls out all layers.
   *
   * @param attention self-attention
   * @param fusion what the heads of a layer become
   * @param residual whether the residual connection counts, as it does in the paper
   * @return {@code [queries of the last layer][input positions]}; rows sum to 1 within rounding
   * @throws InvalidInputException if there are not as many queries as keys
   */
  public static double[][] of(AttentionTensor attention, HeadFusion fusion, boolean residual) {
    MatrixChecks.square("rollout", attention.queries(), attention.keys());
    return ofLayers(fusion.fuse(attention), residual);
  }

  /**
   * Rolls out all layers.
   *
   * @param attention {@code [layers][heads][queries][keys]}, self-attention, not negative
   * @param fusion what the heads of a layer become
   * @param residual whether the residual connection counts
   * @return {@code [queries of the last layer][input positions]}; rows sum to 1 within rounding
   * @throws InvalidInputException if a layer or head is missing, shapes differ or are not square,
   *     or a number is negative or not finite
   */
  public static double[][] of(double[][][][] attention, HeadFusion fusion, boolean residual) {
    return ofLayers(fusion.fuse(attention), residual);
  }

  /**
   * Rolls out matrices that are made already: fused attention, or the norms of {@link
   * NormAttention} in its place.
   *
   * @param layers {@code [layers][queries][keys]}, square and not negative, lowest layer first
   * @param residual whether the residual connection counts
   * @return {@code [queries of the last layer][input positions]}; rows sum to 1 within rounding
   * @throws InvalidInputException if there is no layer, shapes differ or are not square, or a
   *     number is negative or not finite
   */
  public static double[][] ofLayers(double[][][] layers, boolean residual) {
    double[][][] mixing = mixing(layers, residual);
    double[][] rolled = mixing[0];
    for (int l = 1; l < mixing.length; l++) {
      rolled = product(mixing[l], rolled);
    }
    return rolled;
  }

  /**
   * The rollout with residual connections, in the rows that the classification head reads: these
   * are led through the layers from the last one down, which takes {@code O(layers * tokens^2)}.
   *
   * @param attention self-attention
   * @param fusion what the heads of a layer become
   * @param read the rows to look through: the first, or the mean over all
   * @return a weight for each input position; they sum to 1 within rounding
   * @throws InvalidInputException if there are not as many queries as keys
   */
  public static double[] received(
      AttentionTensor attention, HeadFusion fusion, PositionsRead read) {
    MatrixChecks.square("rollout", attention.queries(), attention.keys());
    double[][][] mixing = mixing(fusion.fuse(attention), true);
    double[][] row = {AttentionAggregation.rowsRead(attention.queries(), read)};
    for (int l = mixing.length - 1; l >= 0; l--) {
      row = product(row, mixing[l]);
    }
    return row[0];
  }

  /** Adds the residual connection if there is one, and makes rows sum to 1. */
  static double[][][] mixing(double[][][] layers, boolean residual) {
    MatrixChecks.square("attention", layers);
    double[][][] mixing = new double[layers.length][][];
    for (int l = 0; l < layers.length; l++) {
      mixing[l] = new double[layers[l].length][];
      for (int q = 0; q < layers[l].length; q++) {
        mixing[l][q] = row(layers[l][q], l, q, residual);
      }
    }
    return mixing;
  }

  private static double[] row(double[] weights, int layer, int query, boolean residual) {
    double[] row = weights.clone();
    for (int k = 0; k < row.length; k++) {
      if (row[k] < 0) {
        throw new InvalidInputException(
            "attention of layer %s, query %s, key %s: expected 0 or above, got %s"
                .formatted(layer, query, k, row[k]));
      }
    }
    if (residual) {
      row[query] += 1;
    }
    TokenWeights.divideBySum(row);
    return row;
  }

  /** {@code left times right}. */
  static double[][] product(double[][] left, double[][] right) {
    double[][] product = new double[left.length][right[0].length];
    for (int i = 0; i < left.length; i++) {
      for (int m = 0; m < right.length; m++) {
        double factor = left[i][m];
        for (int j = 0; factor != 0 && j < product[i].length; j++) {
          product[i][j] += factor * right[m][j];
        }
      }
    }
    return product;
  }
}
