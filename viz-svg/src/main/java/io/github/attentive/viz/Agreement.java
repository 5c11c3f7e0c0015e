package io.github.attentive.viz;

import java.util.OptionalDouble;

/** How far two lists of weights agree as distributions, to the same bytes on every machine. */
final class Agreement {
  private Agreement() {}

  /**
   * The Jensen-Shannon distance with logarithms to base 2: the root of the divergence, 0 for equal
   * distributions to 1 for those that share nothing. Weights are divided by their sums.
   *
   * @return empty if a weight is negative or all of a list are 0, which is no distribution
   */
  static OptionalDouble jensenShannonDistance(double[] a, double[] b) {
    double sumA = sum(a);
    double sumB = sum(b);
    if (!(sumA > 0 && sumB > 0 && Double.isFinite(sumA) && Double.isFinite(sumB))) {
      return OptionalDouble.empty();
    }
    double divergence = 0;
    for (int i = 0; i < a.length; i++) {
      double p = a[i] / sumA;
      double q = b[i] / sumB;
      double middle = (p + q) / 2;
      divergence += (term(p, middle) + term(q, middle)) / 2;
    }
    return OptionalDouble.of(Math.sqrt(Math.max(0, Math.min(1, divergence))));
  }

  /** Says whether the weights are a distribution as they are. */
  static boolean sumToOne(double[] weights) {
    return Math.abs(sum(weights) - 1) <= 1e-3;
  }

  /** NaN if one is negative. */
  private static double sum(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight < 0 ? Double.NaN : weight;
    }
    return sum;
  }

  /** StrictMath: the bytes of a figure must not depend on the machine's log. */
  private static double term(double share, double middle) {
    return share == 0 ? 0 : share * StrictMath.log(share / middle) / StrictMath.log(2);
  }
}
