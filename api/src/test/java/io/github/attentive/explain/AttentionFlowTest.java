package io.github.attentive.explain;

import static io.github.attentive.explain.Golden.TOLERANCE;
import static io.github.attentive.explain.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.PositionsRead;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionFlowTest {

  @Test
  void goldenVectors() {
    double[][] flows = AttentionFlow.maximum(Golden.attention());
    assertClose(
        flows,
        new double[][] {{0.975, 0.55, 0.3625}, {0.375, 0.8375, 0.3125}, {0.475, 0.4625, 0.8875}},
        TOLERANCE);
    assertThat(AttentionFlow.maximum(Golden.attention(), 2)).containsExactly(flows[2]);
    for (double[] row : flows) {
      TokenWeights.divideBySum(row);
    }
    double[][] expected = {
      {0.5165562913907285, 0.2913907284768212, 0.19205298013245034},
      {0.24590163934426232, 0.5491803278688525, 0.20491803278688525},
      {0.2602739726027397, 0.2534246575342466, 0.4863013698630137}
    };
    assertClose(flows, expected, TOLERANCE);
    assertThat(AttentionFlow.received(Samples.golden(), PositionsRead.FIRST))
        .containsExactly(expected[0], within(1e-7));
    assertThat(AttentionFlow.received(Samples.golden(), PositionsRead.ALL))
        .containsExactly(AttentionAggregation.received(expected, PositionsRead.ALL), within(1e-7));
  }

  /** By the theorem of Ford and Fulkerson, over all cuts. */
  @ParameterizedTest
  @CsvSource({"1, 1, 5", "2, 2, 4", "3, 3, 3", "4, 4, 3", "5, 6, 2", "6, 2, 5", "7, 3, 4"})
  void theLargestFlowIsTheSmallestCut(long seed, int layers, int size) {
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      double[][][][] attention = Golden.randomAttention(random, layers, 2, size);
      for (double[][][] layer : attention) {
        for (double[] row : layer[0]) {
          // Some weights of next to nothing, some of nothing.
          row[random.nextInt(size)] *= round % 2 == 0 ? 0 : 1e-6;
        }
      }
      double[][][] capacity = AttentionRollout.mixing(HeadFusion.MEAN.fuse(attention), true);
      double[][] flows = AttentionFlow.maximum(attention);
      for (int source = 0; source < size; source++) {
        for (int sink = 0; sink < size; sink++) {
          assertThat(flows[source][sink])
              .isCloseTo(smallestCut(capacity, source, sink), within(1e-12));
        }
      }
    }
  }

  private static double smallestCut(double[][][] capacity, int source, int sink) {
    int size = capacity[0].length;
    int inner = (capacity.length - 1) * size;
    double smallest = Double.POSITIVE_INFINITY;
    for (long cut = 0; cut < 1L << inner; cut++) {
      double sum = 0;
      for (int l = 0; l < capacity.length; l++) {
        for (int i = 0; i < size; i++) {
          boolean upper = l == capacity.length - 1 ? i == source : (cut >> (l * size + i) & 1) == 1;
          for (int j = 0; upper && j < size; j++) {
            // Other nodes of the bottom lead nowhere and may stand on the source's side.
            boolean lower = l == 0 ? j != sink : (cut >> ((l - 1) * size + j) & 1) == 1;
            sum += lower ? 0 : capacity[l][i][j];
          }
        }
      }
      smallest = Math.min(smallest, sum);
    }
    return smallest;
  }

  @Test
  void whoLooksAtItselfAloneStaysItself() {
    assertClose(
        AttentionFlow.maximum(Golden.identityAttention(4, 2, 5)),
        Golden.identityAttention(1, 1, 5)[0][0],
        1e-12);
  }

  @Test
  void aLongTextFlowsToTheEnd() {
    double[][][][] attention = Golden.randomAttention(new Random(5), 6, 1, 64);
    double[] flows = AttentionFlow.maximum(attention, 3);
    assertThat(Arrays.stream(flows)).allMatch(flow -> flow > 0 && flow <= 1 + 1e-12);
    int[] order = RandomOrder.of(64, new Random(6));
    double[][][][] permuted = Golden.withTokensInOrder(attention, order);
    int query = Arrays.stream(order).boxed().toList().indexOf(3);
    double[] ofPermuted = AttentionFlow.maximum(permuted, query);
    for (int k = 0; k < 64; k++) {
      assertThat(ofPermuted[k]).isCloseTo(flows[order[k]], within(1e-11));
    }
  }

  @Test
  void whatIsTooLongOrNoSelfAttentionIsRefused() {
    double[][][][] tooLong = new double[1][1][257][257];
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> AttentionFlow.maximum(tooLong, 0))
        .withMessage(
            "attention flow of a text of 257 tokens: expected at most 256, since it needs 257"
                + " maximum flows; shorten the text or use rollout");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> AttentionFlow.maximum(new double[1][1][65][65]))
        .withMessageContaining("expected at most 64, since it needs 4225 maximum flows");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                AttentionFlow.received(
                    Samples.random(new Random(1), 1, 1, 1, 4), PositionsRead.FIRST))
        .withMessageContaining("expected self-attention");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> AttentionFlow.maximum(Golden.attention(), 3))
        .withMessage("query: expected 0 to 2, got 3");
  }
}
