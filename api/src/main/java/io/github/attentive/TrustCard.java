package io.github.attentive;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How far one explanation can be believed: what happens to the prediction when the words it ranks
 * highest are removed. Immutable; every number is finite.
 *
 * <p>p is the probability of the class explained. Whole words are removed, special tokens stay.
 * Means are over 1, 5, 10, 20 and 50 % of the words, rounded up (DeYoung et al. 2020, "ERASER").
 * They depend on the model and must not be compared between models.
 *
 * @param comprehensiveness mean of p(text) - p(text without the highest words): large is good, at
 *     most 1
 * @param sufficiency mean of p(text) - p(highest words alone): near 0 is good, at most 1
 * @param looTau Kendall's tau-b between the weights and leave-one-out, in [-1, 1]; empty where all
 *     weights or all effects are equal, or there are fewer than two words
 * @param randomPercentile the share of 20 seeded random orders with a lower comprehensiveness, ties
 *     half, in percent: 0 to 100; 50 is chance
 * @param entropy of the weights' sizes over all positions, as a share of the largest possible: near
 *     1 is flat; 0 to 1
 * @param specialMass the share of the weights' sizes that lies on special tokens, 0 to 1
 * @param completeness of methods by gradients that have a sum to reach: by how much they miss it;
 *     empty for others
 * @param forwardPasses how many versions of the text were evaluated for this card
 * @param verdict what these numbers say together
 */
public record TrustCard(
    double comprehensiveness,
    double sufficiency,
    OptionalDouble looTau,
    double randomPercentile,
    double entropy,
    double specialMass,
    OptionalDouble completeness,
    int forwardPasses,
    Verdict verdict) {

  /**
   * Creates a card.
   *
   * @param comprehensiveness as above
   * @param sufficiency as above
   * @param looTau as above
   * @param randomPercentile as above
   * @param entropy as above
   * @param specialMass as above
   * @param completeness as above
   * @param forwardPasses as above
   * @param verdict as above
   * @throws InvalidInputException if a number is not finite or out of its range
   */
  public TrustCard {
    Objects.requireNonNull(verdict, "verdict");
    inRange("comprehensiveness", comprehensiveness, -Double.MAX_VALUE, Double.MAX_VALUE);
    inRange("sufficiency", sufficiency, -Double.MAX_VALUE, Double.MAX_VALUE);
    inRange("leave-one-out tau", looTau.orElse(0), -1, 1);
    inRange("random percentile", randomPercentile, 0, 100);
    inRange("entropy", entropy, 0, 1);
    inRange("special mass", specialMass, 0, 1);
    inRange("completeness error", completeness.orElse(0), -Double.MAX_VALUE, Double.MAX_VALUE);
    Checks.notNegative("forward passes", forwardPasses);
  }

  private static void inRange(String what, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new InvalidInputException(
          "%s: expected a finite number from %s to %s, got %s".formatted(what, low, high, value));
    }
  }
}
