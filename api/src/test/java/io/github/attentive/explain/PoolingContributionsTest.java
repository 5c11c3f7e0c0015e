package io.github.attentive.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.PositionsRead;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoolingContributionsTest {
  private static final double[] WEIGHTS = {0.5, 0.25, 0.25};
  private static final double[][] STATES = {{1, 2}, {-2, 4}, {0, -4}};

  @Test
  void aLinearHeadByHand() {
    PoolingContributions parts =
        PoolingContributions.ofLinearHead(WEIGHTS, STATES, new double[] {2, 1}, 0.5);
    // 0.5 * (2 + 2), 0.25 * (-4 + 4), 0.25 * -4
    assertThat(parts.contributions()).containsExactly(2, 0, -1);
    assertThat(parts.rest()).isEqualTo(0.5);
    assertThat(parts.logit()).isEqualTo(1.5);
    parts.contributions()[0] = 9;
    assertThat(parts.contributions()[0]).as("copied out").isEqualTo(2);
  }

  @Test
  void aRectifiedHeadByHand() {
    // The context is (0, 1). Unit 0: 1 + 1 = 2, on; unit 1: -1 + 0.5 = -0.5, off.
    PoolingContributions parts =
        PoolingContributions.ofRectifiedHead(
            WEIGHTS,
            STATES,
            new double[][] {{3, 1}, {1, -1}},
            new double[] {1, 0.5},
            new double[] {2, 100},
            -1);
    // 2 * (3, 1) . h: 10, -4, -8, times the weights; the rest 2 * 1 - 1.
    assertThat(parts.contributions()).containsExactly(5, -1, -2);
    assertThat(parts.rest()).isEqualTo(1);
    assertThat(parts.logit()).as("2 * relu(2) - 1").isEqualTo(3);
  }

  @Test
  void partsSumToTheLogitOfTheNetwork() {
    Random random = new Random(3);
    for (int round = 0; round < 30; round++) {
      int positions = 1 + random.nextInt(6);
      int size = 1 + random.nextInt(5);
      int units = 1 + random.nextInt(5);
      double[] weights = Golden.randomAttention(random, 1, 1, positions)[0][0][0];
      double[][] states = gaussian(random, positions, size);
      double[][] hidden = gaussian(random, units, size);
      double[] hiddenBias = gaussian(random, 1, units)[0];
      double[] head = gaussian(random, 1, units)[0];
      double logit = -0.25;
      for (int u = 0; u < units; u++) {
        double unit = hiddenBias[u];
        for (int t = 0; t < positions; t++) {
          for (int d = 0; d < size; d++) {
            unit += hidden[u][d] * weights[t] * states[t][d];
          }
        }
        logit += head[u] * Math.max(0, unit);
      }
      assertThat(
              PoolingContributions.ofRectifiedHead(weights, states, hidden, hiddenBias, head, -0.25)
                  .logit())
          .isCloseTo(logit, within(1e-12));
    }
  }

  @Test
  void selfAttentionWithAnAverageIsReadThroughItsColumns() {
    double[][] attention = Golden.attention()[0][0];
    double[] received = AttentionAggregation.received(attention, PositionsRead.ALL);
    double[] head = {2, 1};
    double logit = 0.5;
    for (double[] row : attention) {
      logit += PoolingContributions.ofLinearHead(row, STATES, head, 0).logit() / 3;
    }
    assertThat(PoolingContributions.ofLinearHead(received, STATES, head, 0.5).logit())
        .isCloseTo(logit, within(1e-12));
  }

  @Test
  void headsAreAdded() {
    double[][] weights = {WEIGHTS, {0, 1, 0}};
    double[][][] transformed = {STATES, {{9, 9}, {1, 1}, {9, 9}}};
    PoolingContributions parts =
        PoolingContributions.ofHeads(weights, transformed, new double[] {2, 1}, 0.5);
    assertThat(parts.contributions()).containsExactly(2, 3, -1);
    assertThat(parts.logit()).isEqualTo(4.5);
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> PoolingContributions.ofLinearHead(WEIGHTS, STATES, new double[] {1}, 0))
        .withMessage("states, row 0: expected 1 numbers, got 2");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                PoolingContributions.ofLinearHead(new double[] {1}, STATES, new double[] {1, 1}, 0))
        .withMessage("states: expected 1 rows, got 3");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                PoolingContributions.ofLinearHead(WEIGHTS, STATES, new double[] {1, 1}, Double.NaN))
        .withMessageContaining("bias: expected finite numbers, got NaN");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                PoolingContributions.ofRectifiedHead(
                    WEIGHTS, STATES, new double[0][], new double[0], new double[0], 0))
        .withMessageContaining("hidden weights: expected at least one");
  }

  private static double[][] gaussian(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return matrix;
  }
}
