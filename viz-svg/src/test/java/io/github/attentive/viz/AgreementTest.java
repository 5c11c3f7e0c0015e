package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AgreementTest {
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
