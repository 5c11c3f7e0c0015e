package io.github.attentive.explain;

import static io.github.attentive.explain.Golden.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agreement of rankings and measures of distributions. */
class MeasuresTest {
  private static final double[] P = {0.7, 0.2, 0.1};
  private static final double[] Q = {0.1, 0.3, 0.6};

  @Test
  void goldenAgreement() {
    double[] attention = {.05, .3, .1, .2, .02, .03, .08, .12, .04, .06};
    double[] loo = Occlusion.of(Toy.golden());
    assertThat(RankAgreement.kendallTauB(attention, loo).orElseThrow())
        .isCloseTo(0.37777777777777777, within(TOLERANCE));
    assertThat(RankAgreement.spearman(attention, loo).orElseThrow())
        .isCloseTo(0.5151515151515151, within(TOLERANCE));
  }

  @Test
  void goldenDistances() {
    assertThat(Distributions.jensenShannon(P, Q)).isCloseTo(0.23064548790411332, within(TOLERANCE));
    assertThat(Distributions.totalVariation(P, Q)).isCloseTo(0.6, within(TOLERANCE));
    assertThat(Distributions.entropy(P)).isCloseTo(0.8018185525433372, within(TOLERANCE));
    assertThat(Distributions.normalisedEntropy(P)).isCloseTo(0.7298466991620974, within(TOLERANCE));
    assertThat(Distributions.entropy(Q)).isCloseTo(0.8979457248567797, within(TOLERANCE));
  }

  /** Ranks 1, 2.5, 2.5, 4 against 1, 2, 3.5, 3.5: 4 pairs alike, 0 otherwise, 5 and 5 untied. */
  @Test
  void tiesByHand() {
    double[] left = {1, 2, 2, 3};
    double[] right = {1, 2, 5, 5};
    assertThat(RankAgreement.kendallTauB(left, right).orElseThrow()).isCloseTo(0.8, within(1e-15));
    // Centred ranks -1.5 0 0 1.5 and -1.5 -0.5 1 1: 3.75 / sqrt(4.5 * 4.5).
    assertThat(RankAgreement.spearman(left, right).orElseThrow())
        .isCloseTo(3.75 / 4.5, within(1e-15));
    assertThat(RankAgreement.kendallTauB(new double[] {0.0, -0.0}, new double[] {1, 2}))
        .as("one zero")
        .isEmpty();
  }

  @Test
  void whatRanksNothingHasNoAgreement() {
    double[] tied = {0.5, 0.5, 0.5};
    assertThat(RankAgreement.kendallTauB(tied, P)).isEmpty();
    assertThat(RankAgreement.kendallTauB(P, tied)).isEmpty();
    assertThat(RankAgreement.spearman(tied, P)).isEmpty();
    assertThat(RankAgreement.spearman(new double[] {1}, new double[] {2})).isEmpty();
    assertThat(RankAgreement.kendallTauB(new double[0], new double[0])).isEmpty();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> RankAgreement.spearman(P, new double[2]))
        .withMessage("other scores: expected 3 numbers, got 2");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> RankAgreement.kendallTauB(new double[] {Double.NaN}, new double[1]))
        .withMessageContaining("NaN");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreementHasItsBoundsAndSymmetries(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int n = 2 + random.nextInt(12);
      // Few values, so that there are many ties.
      double[] left = random.ints(n, 0, 1 + random.nextInt(6)).asDoubleStream().toArray();
      double[] right = random.ints(n, 0, 1 + random.nextInt(6)).asDoubleStream().toArray();
      double[] reversed = Arrays.stream(right).map(value -> -value).toArray();
      double tau = RankAgreement.kendallTauB(left, right).orElse(0);
      double rho = RankAgreement.spearman(left, right).orElse(0);
      assertThat(tau).isBetween(-1.0, 1.0);
      assertThat(rho).isBetween(-1.0, 1.0);
      assertThat(RankAgreement.kendallTauB(right, left).orElse(0)).isEqualTo(tau);
      assertThat(RankAgreement.kendallTauB(left, reversed).orElse(0)).isEqualTo(-tau);
      assertThat(RankAgreement.spearman(left, reversed).orElse(0)).isCloseTo(-rho, within(1e-15));
      double[] itself = Arrays.stream(left).map(value -> Math.exp(value) - 5).toArray();
      assertThat(RankAgreement.kendallTauB(left, itself).orElse(1)).isCloseTo(1, within(1e-15));
      assertThat(RankAgreement.spearman(left, itself).orElse(1)).isCloseTo(1, within(1e-15));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void divergenceHasItsBoundsAndSymmetries(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int n = 1 + random.nextInt(9);
      double[] p = Golden.randomAttention(random, 1, 1, n)[0][0][0];
      double[] q = Golden.randomAttention(random, 1, 1, n)[0][0][0];
      double divergence = Distributions.jensenShannon(p, q);
      assertThat(divergence).isBetween(0.0, Math.log(2));
      assertThat(Distributions.jensenShannon(q, p)).isCloseTo(divergence, within(1e-15));
      assertThat(Distributions.jensenShannon(p, p)).isZero();
      assertThat(Distributions.totalVariation(p, q)).isBetween(0.0, 1.0);
      assertThat(n == 1 || divergence > 0).isTrue();
      assertThat(Distributions.normalisedEntropy(p)).isBetween(0.0, 1.0);
      assertThat(Distributions.shares(p)).containsExactly(p, within(1e-15));
    }
  }

  @Test
  void ends() {
    double[] first = {1, 0, 0};
    double[] last = {0, 0, 1};
    double[] even = {0.25, 0.25, 0.25, 0.25};
    assertThat(Distributions.jensenShannon(first, last)).isCloseTo(Math.log(2), within(1e-15));
    assertThat(Distributions.totalVariation(first, last)).isEqualTo(1);
    assertThat(Distributions.entropy(first)).isZero();
    assertThat(Distributions.normalisedEntropy(even)).isEqualTo(1);
    assertThat(Distributions.normalisedEntropy(new double[] {1})).isZero();
  }

  @Test
  void massIsTheShareOfSizes() {
    boolean[] special = {true, false, false};
    assertThat(Distributions.mass(new double[] {0.5, -0.25, 0.25}, special)).isEqualTo(0.5);
    assertThat(Distributions.mass(new double[] {-3, 1, 0}, special)).isEqualTo(0.75);
    assertThat(Distributions.mass(new double[3], special)).isZero();
    assertThat(Distributions.mass(new double[0], new boolean[0])).isZero();
    assertThat(Distributions.shares(new double[] {0, -0.0})).containsExactly(0.5, 0.5);
    assertThat(Distributions.shares(new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}))
        .containsExactly(0.5, 0.5);
    assertThat(Distributions.shares(new double[] {Double.MIN_VALUE, 0})).containsExactly(1, 0);
  }

  @Test
  void whatIsNoDistributionIsRefused() {
    for (double[] wrong :
        new double[][] {{}, {0.5}, {1.5, -0.5}, {0.5, 0.6}, {Double.NaN, 1}, {0, 0}}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> Distributions.entropy(wrong));
    }
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Distributions.jensenShannon(P, new double[] {0.5, 0.5}))
        .withMessage("second distribution: expected 3 numbers, got 2");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Distributions.shares(new double[0]));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Distributions.mass(P, new boolean[2]));
  }
}
