package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AgreementTest {
  @Test
  void tauCountsTiesOnNeitherSide() {
    // Of the 6 pairs 4 agree, none disagrees, one is tied in either list: 4 / 5.
    assertThat(Agreement.tauB(new double[] {1, 2, 2, 3}, new double[] {1, 1, 2, 3}))
        .hasValueCloseTo(0.8, within(1e-15));
    assertThat(Agreement.tauB(new double[] {1, 2, 3}, new double[] {3, 2, 1}))
        .hasValueCloseTo(-1.0, within(1e-15));
    assertThat(Agreement.tauB(new double[] {0.0, -0.0, 1}, new double[] {1, 2, 3}))
        .hasValueCloseTo(2 / Math.sqrt(6), within(1e-15));
  }

  @Test
  void constantWeightsRankNothing() {
    assertThat(Agreement.tauB(new double[] {1, 1}, new double[] {1, 2})).isEmpty();
    assertThat(Agreement.tauB(new double[] {1}, new double[] {1})).isEmpty();
  }

  @Test
  void distanceIsTheRootOfTheDivergenceToBaseTwo() {
    assertThat(Agreement.jensenShannonDistance(new double[] {1, 0}, new double[] {0, 1}))
        .hasValueCloseTo(1.0, within(1e-15));
    assertThat(Agreement.jensenShannonDistance(new double[] {2, 6}, new double[] {1, 3}))
        .hasValueCloseTo(0.0, within(1e-8));
    // (1, 0) and (1/2, 1/2): 3/2 - 3/4 log2(3), which is 0.311278.
    assertThat(Agreement.jensenShannonDistance(new double[] {1, 0}, new double[] {0.5, 0.5}))
        .hasValueCloseTo(Math.sqrt(1.5 - 0.75 * Math.log(3) / Math.log(2)), within(1e-12));
  }

  @Test
  void signedWeightsAreNoDistribution() {
    assertThat(Agreement.jensenShannonDistance(new double[] {1, -1}, new double[] {1, 1}))
        .isEmpty();
    assertThat(Agreement.jensenShannonDistance(new double[] {0, 0}, new double[] {1, 1})).isEmpty();
    assertThat(Agreement.sumToOne(new double[] {0.25, 0.7502})).isTrue();
    assertThat(Agreement.sumToOne(new double[] {0.25, 0.5})).isFalse();
    assertThat(Agreement.sumToOne(new double[] {-1, 2})).isFalse();
  }
}
