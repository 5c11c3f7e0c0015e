package io.github.attentive.explain;

import io.github.attentive.Verdict;
import java.util.OptionalDouble;

/**
 * The rule of {@link Verdict}, in its order.
 *
 * @param units the number of units of the text
 * @param largestEffect the largest change of the target in any version of the text that was tried
 * @param comprehensiveness the mean
 * @param sufficiency the mean
 * @param looTau rank agreement with leave-one-out, if it is defined
 * @param randomPercentile 0 to 100
 * @param completeness the completeness error, if the method has one
 */
record VerdictRule(
    int units,
    double largestEffect,
    double comprehensiveness,
    double sufficiency,
    OptionalDouble looTau,
    double randomPercentile,
    OptionalDouble completeness) {

  Verdict verdict() {
    if (units < Verdict.FEWEST_UNITS || largestEffect < Verdict.LEAST_EFFECT || looTau.isEmpty()) {
      return Verdict.UNDECIDED;
    }
    int[] signs = {order(), ranks(looTau.getAsDouble()), size()};
    int against = 0;
    int inFavour = 0;
    for (int sign : signs) {
      against += sign < 0 ? 1 : 0;
      inFavour += sign > 0 ? 1 : 0;
    }
    if (against > inFavour) {
      return Verdict.NOT_FAITHFUL;
    }
    if (against > 0 || inFavour < 2) {
      return Verdict.UNDECIDED;
    }
    boolean complete = Math.abs(completeness.orElse(0)) <= Verdict.LARGEST_COMPLETENESS_ERROR;
    return inFavour == 3 && complete ? Verdict.FAITHFUL : Verdict.PARTLY_FAITHFUL;
  }

  private int order() {
    if (randomPercentile >= Verdict.GOOD_PERCENTILE) {
      return 1;
    }
    return randomPercentile < Verdict.CHANCE_PERCENTILE ? -1 : 0;
  }

  private int ranks(double tau) {
    // The standard deviation of tau between two rankings that have nothing to do with each other.
    double deviation = Math.sqrt(2.0 * (2 * units + 5) / (9.0 * units * (units - 1)));
    if (tau >= Verdict.TAU_DEVIATIONS * deviation) {
      return 1;
    }
    return tau <= 0 ? -1 : 0;
  }

  private int size() {
    if (comprehensiveness <= 0) {
      return -1;
    }
    return comprehensiveness >= sufficiency ? 1 : 0;
  }
}
