package io.github.attentive.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Values by hand, as the linear schedule of transformers gives them. */
class LearningRateTest {

  @Test
  void risesAndFallsInStraightLines() {
    LearningRate rate = LearningRate.of(1, 0.2f, true, 10);
    float[] expected = {0, 0.5f, 1, 0.875f, 0.75f, 0.625f, 0.5f, 0.375f, 0.25f, 0.125f};
    for (int step = 0; step < expected.length; step++) {
      assertThat(rate.at(step)).as("step %s", step).isCloseTo(expected[step], within(1e-7f));
    }
    assertThat(rate.at(10)).isZero();
    assertThat(rate.at(99)).isZero();
  }

  @Test
  void aTenthIsRoundedUp() {
    assertThat(LearningRate.of(1, 0.1f, true, 21).rising()).isEqualTo(3);
  }

  @Test
  void staysWhereItDoesNotFall() {
    LearningRate rate = LearningRate.of(0.5f, 0.5f, false, 4);
    assertThat(rate.at(0)).isZero();
    assertThat(rate.at(1)).isEqualTo(0.25f);
    assertThat(rate.at(2)).isEqualTo(0.5f);
    assertThat(rate.at(1000)).isEqualTo(0.5f);
    assertThat(LearningRate.of(0.5f, 0, false, 4).at(0)).isEqualTo(0.5f);
  }

  @Test
  void oneUpdateHasTheFullRateWithoutWarmUp() {
    assertThat(LearningRate.of(2, 0, true, 1).at(0)).isEqualTo(2);
  }
}
