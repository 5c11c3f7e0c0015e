package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;
import java.util.OptionalDouble;

/**
 * How far two scores rank the same units alike. Stateless.
 *
 * <p>Agreement alone proves neither of them right. Where one of them ranks nothing, because it has
 * fewer than two units or all its scores are equal, agreement is not defined and the result empty.
 */
public final class RankAgreement {
  private RankAgreement() {}

  /**
   * Kendall's tau-b: pairs ranked alike less pairs ranked the other way, with pairs that are tied
   * in either taken out of what could be reached.
   *
   * @param left a score for each unit, finite
   * @param right another score for each, finite
   * @return in [-1, 1], or empty where it is not defined
   * @throws InvalidInputException if the lengths differ or a score is not finite
   */
  public static OptionalDouble kendallTauB(double[] left, double[] right) {
    check(left, right);
    long difference = 0;
    long leftPairs = 0;
    long rightPairs = 0;
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < i; j++) {
        int ofLeft = compare(left[i], left[j]);
        int ofRight = compare(right[i], right[j]);
        difference += ofLeft * ofRight;
        leftPairs += Math.abs(ofLeft);
        rightPairs += Math.abs(ofRight);
      }
    }
    if (leftPairs == 0 || rightPairs == 0) {
      return OptionalDouble.empty();
    }
    // One root, so that a ranking agrees with itself by 1 exactly.
    double most = Math.sqrt((double) leftPairs * rightPairs);
    return OptionalDouble.of(Math.max(-1, Math.min(1, difference / most)));
  }

  /**
   * Spearman's rho: the correlation of the ranks, equal scores sharing the mean of theirs.
   *
   * @param left a score for each unit, finite
   * @param right another score for each, finite
   * @return in [-1, 1], or empty where it is not defined
   * @throws InvalidInputException if the lengths differ or a score is not finite
   */
  public static OptionalDouble spearman(double[] left, double[] right) {
    check(left, right);
    double[] leftRanks = centredRanks(left);
    double[] rightRanks = centredRanks(right);
    double together = 0;
    double ofLeft = 0;
    double ofRight = 0;
    for (int i = 0; i < leftRanks.length; i++) {
      together += leftRanks[i] * rightRanks[i];
      ofLeft += leftRanks[i] * leftRanks[i];
      ofRight += rightRanks[i] * rightRanks[i];
    }
    if (ofLeft == 0 || ofRight == 0) {
      return OptionalDouble.empty();
    }
    double rho = together / Math.sqrt(ofLeft * ofRight);
    return OptionalDouble.of(Math.max(-1, Math.min(1, rho)));
  }

  /** Twice the rank's distance from the middle one: the units below less the units above. */
  private static double[] centredRanks(double[] scores) {
    double[] ranks = new double[scores.length];
    for (int i = 0; i < ranks.length; i++) {
      for (double other : scores) {
        ranks[i] += compare(scores[i], other);
      }
    }
    return ranks;
  }

  /** Unlike {@link Double#compare}, it takes the two zeros for one. */
  private static int compare(double left, double right) {
    return left == right ? 0 : left > right ? 1 : -1;
  }

  private static void check(double[] left, double[] right) {
    MatrixChecks.finite("scores", left);
    MatrixChecks.vector("other scores", right, left.length);
  }
}
