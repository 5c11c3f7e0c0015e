package io.github.attentive.explain;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import java.util.Locale;

/**
 * How the heads of one layer become one matrix. Computed in double precision; the order of the
 * heads makes no difference beyond rounding.
 */
public enum HeadFusion {
  /** The mean over the heads: rows still sum to 1. */
  MEAN {
    @Override
    double join(double fused, double next, int heads) {
      return fused + next / heads;
    }
  },
  /** The largest weight of any head: rows may sum to more than 1. */
  MAX {
    @Override
    double join(double fused, double next, int heads) {
      return Math.max(fused, next);
    }
  },
  /** The smallest weight of any head: rows may sum to less than 1. */
  MIN {
    @Override
    double join(double fused, double next, int heads) {
      return Math.min(fused, next);
    }
  };

  abstract double join(double fused, double next, int heads);

  /**
   * The name used in options and JSON.
   *
   * @return {@code mean}, {@code max} or {@code min}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Fuses the heads of one layer.
   *
   * @param heads {@code [heads][queries][keys]}, at least one of each, all finite
   * @return a new matrix {@code [queries][keys]}
   * @throws InvalidInputException if there is no head, shapes differ, or a number is not finite
   */
  public double[][] fuse(double[][][] heads) {
    MatrixChecks.heads("attention", heads);
    double[][] fused = new double[heads[0].length][heads[0][0].length];
    for (int h = 0; h < heads.length; h++) {
      for (int q = 0; q < fused.length; q++) {
        for (int k = 0; k < fused[q].length; k++) {
          fused[q][k] = next(h, heads.length, fused[q][k], heads[h][q][k]);
        }
      }
    }
    return fused;
  }

  /**
   * Fuses the heads of each layer.
   *
   * @param attention the weights
   * @return a new array {@code [layers][queries][keys]}
   */
  public double[][][] fuse(AttentionTensor attention) {
    double[][][] fused = new double[attention.layers()][attention.queries()][attention.keys()];
    for (int l = 0; l < fused.length; l++) {
      for (int h = 0; h < attention.heads(); h++) {
        for (int q = 0; q < attention.queries(); q++) {
          for (int k = 0; k < attention.keys(); k++) {
            fused[l][q][k] = next(h, attention.heads(), fused[l][q][k], attention.at(l, h, q, k));
          }
        }
      }
    }
    return fused;
  }

  /**
   * Fuses the heads of each layer.
   *
   * @param attention {@code [layers][heads][queries][keys]}, all finite
   * @return a new array {@code [layers][queries][keys]}
   * @throws InvalidInputException if a layer has no head, shapes within a layer differ, or a number
   *     is not finite
   */
  public double[][][] fuse(double[][][][] attention) {
    double[][][] fused = new double[attention.length][][];
    for (int l = 0; l < fused.length; l++) {
      fused[l] = fuse(attention[l]);
    }
    return fused;
  }

  /** What the first heads became, with one more of so many. */
  double next(int head, int heads, double fused, double weight) {
    return head == 0 && this != MEAN ? weight : join(fused, weight, heads);
  }
}
