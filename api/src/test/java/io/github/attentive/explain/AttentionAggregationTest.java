package io.github.attentive.explain;

import static io.github.attentive.explain.Samples.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.PositionsRead;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionAggregationTest {
  private static final Offset<Double> FLOAT = within(1e-7);

  private static double[][] mean(AttentionTensor attention) {
    return AttentionAggregation.mean(attention, ALL, ALL);
  }

  @Test
  void meansOfTheGoldenVectors() {
    AttentionTensor golden = Samples.golden();
    double[][] first = AttentionAggregation.mean(golden, OptionalInt.of(0), ALL);
    assertThat(first[0]).containsExactly(new double[] {0.4, 0.4, 0.2}, FLOAT);
    assertThat(first[1]).containsExactly(new double[] {0.4, 0.325, 0.275}, FLOAT);
    assertThat(first[2]).containsExactly(new double[] {0.25, 0.25, 0.5}, FLOAT);
    double[][] second = AttentionAggregation.mean(golden, OptionalInt.of(1), ALL);
    assertThat(second[0]).containsExactly(new double[] {0.3, 0.45, 0.25}, FLOAT);
    assertThat(second[1]).containsExactly(new double[] {0.15, 0.65, 0.2}, FLOAT);
    assertThat(second[2]).containsExactly(new double[] {0.425, 0.275, 0.3}, FLOAT);
    assertThat(mean(golden)[0]).containsExactly(new double[] {0.35, 0.425, 0.225}, FLOAT);
    double[][] head = AttentionAggregation.mean(golden, ALL, OptionalInt.of(1));
    assertThat(head[0]).containsExactly(new double[] {0.25, 0.5, 0.25}, FLOAT);
  }

  @Test
  void oneLayerAndHeadIsThatMatrixItself() {
    AttentionTensor golden = Samples.golden();
    for (int l = 0; l < 2; l++) {
      for (int h = 0; h < 2; h++) {
        double[][] one = AttentionAggregation.mean(golden, OptionalInt.of(l), OptionalInt.of(h));
        for (int q = 0; q < 3; q++) {
          for (int k = 0; k < 3; k++) {
            assertThat(one[q][k]).isEqualTo(golden.at(l, h, q, k));
          }
        }
      }
    }
  }

  @Test
  void receivedIsTheFirstRowOrTheMeanOfTheColumns() {
    double[][] matrix = {{0.5, 0.5, 0}, {0.25, 0.25, 0.5}, {0, 0, 1}};
    assertThat(AttentionAggregation.received(matrix, PositionsRead.FIRST))
        .containsExactly(0.5, 0.5, 0);
    assertThat(AttentionAggregation.received(matrix, PositionsRead.ALL))
        .containsExactly(new double[] {0.25, 0.25, 0.5}, within(1e-15));
    double[][] one = {{0.25, 0.75}};
    for (PositionsRead read : PositionsRead.values()) {
      double[] received = AttentionAggregation.received(one, read);
      assertThat(received).containsExactly(0.25, 0.75);
      received[0] = 9;
      assertThat(one[0][0]).as("the matrix is left alone").isEqualTo(0.25);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void rowsStayDistributionsAndHeadsMayBePermuted(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      AttentionTensor attention =
          Samples.random(
              random,
              1 + random.nextInt(4),
              1 + random.nextInt(6),
              1 + random.nextInt(9),
              1 + random.nextInt(9));
      double[][] mean = mean(attention);
      assertThat(mean).hasNumberOfRows(attention.queries());
      for (double[] row : mean) {
        assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-5));
        assertThat(Arrays.stream(row)).allMatch(value -> value >= 0 && value <= 1 + 1e-12);
      }
      for (PositionsRead read : PositionsRead.values()) {
        assertThat(Arrays.stream(AttentionAggregation.received(mean, read)).sum())
            .isCloseTo(1, within(1e-5));
      }
      double[][] permuted = mean(Samples.withHeadsShuffled(attention, random));
      for (int q = 0; q < mean.length; q++) {
        assertThat(permuted[q]).containsExactly(mean[q], within(1e-12));
      }
    }
  }

  @Test
  void layersAndHeadsOutsideTheModelAreRefused() {
    AttentionTensor attention = Samples.random(new Random(1), 2, 3, 4, 4);
    for (int wrong : new int[] {2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> AttentionAggregation.mean(attention, OptionalInt.of(wrong), ALL))
          .withMessage("layer: expected 0 to 1, the model's, got " + wrong);
    }
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> AttentionAggregation.mean(attention, ALL, OptionalInt.of(3)))
        .withMessage("head: expected 0 to 2, the model's, got 3");
  }
}
