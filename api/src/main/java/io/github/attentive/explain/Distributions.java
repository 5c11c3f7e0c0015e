package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;

/**
 * Measures of distributions such as a row of attention or a model's scores. Logarithms are natural:
 * results are in nats. Stateless.
 */
public final class Distributions {
  /** How far a sum may be from 1. */
  private static final double TOLERANCE = 1e-3;

  private Distributions() {}

  /**
   * The entropy: {@code -sum p ln p}, 0 ln 0 being 0.
   *
   * @param p 0 or above, with a sum of 1 within 1e-3
   * @return 0, all on one place, to {@code ln(length)}, even
   * @throws InvalidInputException if a number is negative or not finite, or the sum is not 1
   */
  public static double entropy(double[] p) {
    check("distribution", p);
    double entropy = 0;
    for (double share : p) {
      entropy -= share == 0 ? 0 : share * Math.log(share);
    }
    return Math.max(0, entropy);
  }

  /**
   * The entropy as a share of the largest possible.
   *
   * @param p 0 or above, with a sum of 1 within 1e-3
   * @return 0, all on one place, to 1, even; 0 for a single place
   * @throws InvalidInputException if a number is negative or not finite, or the sum is not 1
   */
  public static double normalisedEntropy(double[] p) {
    double entropy = entropy(p);
    return p.length == 1 ? 0 : Math.min(1, entropy / Math.log(p.length));
  }

  /**
   * Total variation distance: {@code sum |p - q| / 2}.
   *
   * @param p 0 or above, with a sum of 1 within 1e-3
   * @param q as p, of the same length
   * @return 0 for equal ones to 1 for ones that share nothing
   * @throws InvalidInputException if lengths differ, a number is negative or not finite, or a sum
   *     is not 1
   */
  public static double totalVariation(double[] p, double[] q) {
    checkPair(p, q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.abs(p[i] - q[i]) / 2;
    }
    return sum;
  }

  /**
   * Jensen-Shannon divergence: {@code KL(p||m) / 2 + KL(q||m) / 2} with {@code m = (p + q) / 2}.
   *
   * @param p 0 or above, with a sum of 1 within 1e-3
   * @param q as p, of the same length
   * @return 0 for equal ones to {@code ln 2} for ones that share nothing
   * @throws InvalidInputException if lengths differ, a number is negative or not finite, or a sum
   *     is not 1
   */
  public static double jensenShannon(double[] p, double[] q) {
    checkPair(p, q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double middle = (p[i] + q[i]) / 2;
      sum += (relative(p[i], middle) + relative(q[i], middle)) / 2;
    }
    return Math.max(0, sum);
  }

  private static double relative(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle);
  }

  /**
   * Makes a distribution of weights of any sign: each one's size as a share of all sizes.
   *
   * @param weights finite
   * @return shares that sum to 1; even ones where every weight is 0
   * @throws InvalidInputException if there is no weight or one is not finite
   */
  public static double[] shares(double[] weights) {
    MatrixChecks.finite("weights", weights);
    if (weights.length == 0) {
      throw new InvalidInputException("weights: expected at least one, got none");
    }
    // Divided by the largest first, so that no sum overflows.
    double largest = Arrays.stream(weights).map(Math::abs).max().orElseThrow();
    if (largest == 0) {
      double[] even = new double[weights.length];
      Arrays.fill(even, 1.0 / even.length);
      return even;
    }
    double[] shares = Arrays.stream(weights).map(weight -> Math.abs(weight) / largest).toArray();
    TokenWeights.divideBySum(shares);
    return shares;
  }

  /**
   * The share of the weights' sizes that lies on marked positions, such as special tokens.
   *
   * @param weights a weight for each position, of any sign, finite
   * @param marked true for the positions that are asked about
   * @return 0 to 1; 0 where every weight is 0 or there is none
   * @throws InvalidInputException if the lengths differ or a weight is not finite
   */
  public static double mass(double[] weights, boolean[] marked) {
    MatrixChecks.vector("weights", weights, marked.length);
    if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
      return 0;
    }
    double[] shares = shares(weights);
    double mass = 0;
    for (int i = 0; i < shares.length; i++) {
      mass += marked[i] ? shares[i] : 0;
    }
    return Math.min(1, mass);
  }

  private static void checkPair(double[] p, double[] q) {
    check("first distribution", p);
    MatrixChecks.vector("second distribution", q, p.length);
    check("second distribution", q);
  }

  private static void check(String what, double[] p) {
    MatrixChecks.finite(what, p);
    double sum = Arrays.stream(p).sum();
    if (Arrays.stream(p).anyMatch(share -> share < 0) || Math.abs(sum - 1) > TOLERANCE) {
      throw new InvalidInputException(
          "%s: expected shares of at least 0 that sum to 1, got a least one of %s and a sum of %s"
              .formatted(what, Arrays.stream(p).min().orElse(0), sum));
    }
  }
}
