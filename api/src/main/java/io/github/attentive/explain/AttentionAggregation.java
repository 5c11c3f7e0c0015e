package io.github.attentive.explain;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.PositionsRead;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Attention of several layers and heads, brought together.
 *
 * <p>Means are taken in double precision. Stateless; no NaN comes out, since a tensor holds none.
 */
public final class AttentionAggregation {
  private AttentionAggregation() {}

  /**
   * The mean over layers and heads.
   *
   * @param attention the weights
   * @param layer the one layer to read, counted from 0, or empty for the mean over all
   * @param head the one head to read, counted from 0, or empty for the mean over all
   * @return {@code [queries][keys]}; each row sums to 1 within 1e-5
   * @throws InvalidInputException if the model has no such layer or head
   */
  public static double[][] mean(AttentionTensor attention, OptionalInt layer, OptionalInt head) {
    return fused(attention, layer, head, HeadFusion.MEAN, attention.queries());
  }

  private static double[][] fused(
      AttentionTensor attention, OptionalInt layer, OptionalInt head, HeadFusion fusion, int rows) {
    int firstLayer = first("layer", layer, attention.layers());
    int endLayer = layer.isPresent() ? firstLayer + 1 : attention.layers();
    int firstHead = first("head", head, attention.heads());
    int endHead = head.isPresent() ? firstHead + 1 : attention.heads();
    int count = (endLayer - firstLayer) * (endHead - firstHead);
    double[][] fused = new double[rows][attention.keys()];
    int matrix = 0;
    for (int l = firstLayer; l < endLayer; l++) {
      for (int h = firstHead; h < endHead; h++) {
        for (int q = 0; q < rows; q++) {
          for (int k = 0; k < fused[q].length; k++) {
            fused[q][k] = fusion.next(matrix, count, fused[q][k], attention.at(l, h, q, k));
          }
        }
        matrix++;
      }
    }
    return fused;
  }

  /** The index chosen, or the first one where none is. */
  static int first(String axis, OptionalInt chosen, int size) {
    if (chosen.isEmpty()) {
      return 0;
    }
    if (chosen.getAsInt() < 0 || chosen.getAsInt() >= size) {
      throw new InvalidInputException(
          "%s: expected 0 to %s, the model's, got %s".formatted(axis, size - 1, chosen.getAsInt()));
    }
    return chosen.getAsInt();
  }

  /**
   * The attention each position receives from those that the classification head reads, as the mean
   * over layers and heads has it.
   *
   * @param attention the weights, of at least one query
   * @param layer the one layer to read, counted from 0, or empty for the mean over all
   * @param head the one head to read, counted from 0, or empty for the mean over all
   * @param read the queries to look through: the first, or the mean over all
   * @return a weight for each key; they sum to 1 within 1e-5
   * @throws InvalidInputException if the model has no such layer or head
   */
  public static double[] received(
      AttentionTensor attention, OptionalInt layer, OptionalInt head, PositionsRead read) {
    return received(attention, layer, head, read, HeadFusion.MEAN);
  }

  /**
   * The attention each position receives from those that the classification head reads, as the
   * mean, the maximum or the minimum over layers and heads has it.
   *
   * @param attention the weights, of at least one query
   * @param layer the one layer to read, counted from 0, or empty for all
   * @param head the one head to read, counted from 0, or empty for all
   * @param read the queries to look through: the first, or the mean over all
   * @param fusion what several layers and heads become
   * @return a weight for each key; of the mean they sum to 1 within 1e-5
   * @throws InvalidInputException if the model has no such layer or head
   */
  public static double[] received(
      AttentionTensor attention,
      OptionalInt layer,
      OptionalInt head,
      PositionsRead read,
      HeadFusion fusion) {
    // The first row of 512 is a small part of the whole.
    int rows = read == PositionsRead.FIRST ? 1 : attention.queries();
    return received(fused(attention, layer, head, fusion, rows), read);
  }

  /**
   * The attention each position receives from those that the classification head reads.
   *
   * @param matrix {@code [queries][keys]}, at least one row
   * @param read the rows to look through: the first, or the mean over all
   * @return a weight for each key; they sum to 1 within 1e-5
   */
  public static double[] received(double[][] matrix, PositionsRead read) {
    int rows = read == PositionsRead.FIRST ? 1 : matrix.length;
    double[] received = new double[matrix[0].length];
    for (int q = 0; q < rows; q++) {
      for (int k = 0; k < received.length; k++) {
        received[k] += matrix[q][k] / rows;
      }
    }
    return received;
  }

  /** How much each row counts in what is received. */
  static double[] rowsRead(int rows, PositionsRead read) {
    double[] share = new double[rows];
    if (read == PositionsRead.FIRST) {
      share[0] = 1;
    } else {
      Arrays.fill(share, 1.0 / rows);
    }
    return share;
  }
}
