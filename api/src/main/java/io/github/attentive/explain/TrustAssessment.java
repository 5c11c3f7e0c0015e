package io.github.attentive.explain;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TrustCard;
import io.github.attentive.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Makes the {@link TrustCard} of one explanation: its scores are tested by removing the units they
 * rank. Immutable.
 *
 * <p>Every version of the text that is needed is evaluated in one batch, none twice, and none that
 * the {@link MaskEvaluations} know already: at most a pass for the whole text, one for each unit,
 * ten for the order and a hundred for 20 random orders.
 */
public final class TrustAssessment {
  /** The number of random orders that an explanation is compared with. */
  public static final int RANDOM_ORDERS = 20;

  /** Means of comprehensiveness nearer than this are tied: single precision tells no more. */
  public static final double TIE = 1e-6;

  private final double[] scores;
  private final double[] positions;
  private final boolean[] special;
  private final OptionalDouble completeness;
  private final long seed;

  private TrustAssessment(
      double[] scores,
      double[] positions,
      boolean[] special,
      OptionalDouble completeness,
      long seed) {
    this.scores = scores;
    this.positions = positions;
    this.special = special;
    this.completeness = completeness;
    this.seed = seed;
  }

  /**
   * An explanation without special tokens, with seed 0.
   *
   * @param scores a score for each unit, highest for what speaks most for the target; finite
   * @return an assessment to be run
   * @throws InvalidInputException if a score is not finite
   */
  public static TrustAssessment of(double[] scores) {
    MatrixChecks.finite("scores", scores);
    double[] copy = scores.clone();
    return new TrustAssessment(copy, copy, new boolean[copy.length], OptionalDouble.empty(), 0);
  }

  /**
   * Adds the weights of all positions, for entropy and special mass.
   *
   * @param weights a weight for each position of the input, special tokens included; finite
   * @param special true for positions whose tokens stand for no text
   * @return a copy with them
   * @throws InvalidInputException if the lengths differ or a weight is not finite
   */
  public TrustAssessment positions(double[] weights, boolean[] special) {
    MatrixChecks.vector("weights of positions", weights, special.length);
    return new TrustAssessment(scores, weights.clone(), special.clone(), completeness, seed);
  }

  /**
   * Adds the completeness error of a method by gradients.
   *
   * @param error by how much the scores miss what they should sum to, finite
   * @return a copy with it
   * @throws InvalidInputException if the error is not finite
   */
  public TrustAssessment completeness(double error) {
    MatrixChecks.finite("completeness error", new double[] {error});
    return new TrustAssessment(scores, positions, special, OptionalDouble.of(error), seed);
  }

  /**
   * Sets the seed of the random orders.
   *
   * @param seed any number
   * @return a copy with it
   */
  public TrustAssessment seed(long seed) {
    return new TrustAssessment(scores, positions, special, completeness, seed);
  }

  /**
   * What the card will cost, before anything is run.
   *
   * @param evaluations of the text
   * @return the number of forward passes
   * @throws InvalidInputException if the text has not a unit for each score
   */
  public int forwardPasses(MaskEvaluations evaluations) {
    return evaluations.cost(versions(evaluations));
  }

  /**
   * Makes the card.
   *
   * @param evaluations of the text, with a budget; the target being the probability of the class
   *     that is explained
   * @return the card; its forward passes are those that this call needed
   * @throws InvalidInputException if the text has not a unit for each score, or the budget does not
   *     suffice; then nothing is run
   * @throws InferenceException if the target gives NaN or infinities
   */
  public TrustCard assess(MaskEvaluations evaluations) {
    List<BitSet> versions = versions(evaluations);
    int before = evaluations.forwardPasses();
    double[] values = evaluations.of(versions);
    int passes = evaluations.forwardPasses() - before;
    double largestEffect =
        Arrays.stream(values).map(v -> Math.abs(v - evaluations.whole())).max().orElse(0);
    int[] order = Erasure.order(scores);
    double comprehensiveness = comprehensiveness(evaluations, order);
    double sufficiency =
        Erasure.mean(Erasure.sufficiency(evaluations, order, Erasure.counts(scores.length)));
    OptionalDouble tau = RankAgreement.kendallTauB(scores, Occlusion.of(evaluations));
    double percentile = percentile(evaluations, comprehensiveness);
    Verdict verdict =
        new VerdictRule(
                scores.length,
                largestEffect,
                comprehensiveness,
                sufficiency,
                tau,
                percentile,
                completeness)
            .verdict();
    return new TrustCard(
        comprehensiveness,
        sufficiency,
        tau,
        percentile,
        positions.length == 0
            ? 0
            : Distributions.normalisedEntropy(Distributions.shares(positions)),
        Distributions.mass(positions, special),
        completeness,
        passes,
        verdict);
  }

  /** Every version of the text that the card needs. */
  private List<BitSet> versions(MaskEvaluations evaluations) {
    if (evaluations.units() != scores.length) {
      throw new InvalidInputException(
          "trust card: expected a score for each of the text's %s units, got %s"
              .formatted(evaluations.units(), scores.length));
    }
    int[] counts = Erasure.counts(scores.length);
    int[] order = Erasure.order(scores);
    List<BitSet> versions = new ArrayList<>(Occlusion.masks(evaluations));
    versions.addAll(Erasure.without(evaluations, order, counts));
    versions.addAll(Erasure.highest(evaluations, order, counts));
    for (int[] random : randomOrders()) {
      versions.addAll(Erasure.without(evaluations, random, counts));
    }
    return versions;
  }

  private List<int[]> randomOrders() {
    Random random = new Random(seed);
    List<int[]> orders = new ArrayList<>();
    for (int i = 0; i < RANDOM_ORDERS; i++) {
      orders.add(RandomOrder.of(scores.length, random));
    }
    return orders;
  }

  private double comprehensiveness(MaskEvaluations evaluations, int[] order) {
    return Erasure.mean(
        Erasure.comprehensiveness(evaluations, order, Erasure.counts(scores.length)));
  }

  /** The share of random orders with a lower comprehensiveness, ties half, in percent. */
  private double percentile(MaskEvaluations evaluations, double comprehensiveness) {
    double below = 0;
    for (int[] random : randomOrders()) {
      double other = comprehensiveness(evaluations, random);
      if (Math.abs(other - comprehensiveness) <= TIE) {
        below += 0.5;
      } else if (other < comprehensiveness) {
        below += 1;
      }
    }
    return 100 * below / RANDOM_ORDERS;
  }
}
