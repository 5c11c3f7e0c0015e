package io.github.attentive.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.PositionsRead;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AggregationTest {
  private static AttentionTensor random(Random random, int layers, int heads, int size) {
    float[] values = new float[layers * heads * size * size];
    for (int row = 0; row < values.length; row += size) {
      double sum = 0;
      double[] raw = random.doubles(size, 0.01, 1).toArray();
      for (double value : raw) {
        sum += value;
      }
      for (int k = 0; k < size; k++) {
        values[row + k] = (float) (raw[k] / sum);
      }
    }
    return new AttentionTensor(layers, heads, size, size, values);
  }

  @Test
  void meanIsThatOfTheWorkedExample() {
    AttentionTensor attention =
        new AttentionTensor(
            1, 2, 2, 2, new float[] {0.7f, 0.3f, 0.2f, 0.8f, 0.1f, 0.9f, 0.5f, 0.5f});
    double[][] mean =
        AttentionAggregation.mean(attention, OptionalInt.empty(), OptionalInt.empty());
    assertThat(mean[0][0]).isCloseTo(0.4, within(1e-7));
    assertThat(mean[1][1]).isCloseTo(0.65, within(1e-7));
    double[][] second = AttentionAggregation.mean(attention, OptionalInt.of(0), OptionalInt.of(1));
    assertThat(second[0]).containsExactly(new double[] {0.1f, 0.9f}, within(1e-12));
    assertThat(AttentionAggregation.received(mean, PositionsRead.FIRST))
        .containsExactly(new double[] {0.4, 0.6}, within(1e-7));
    assertThat(AttentionAggregation.received(mean, PositionsRead.ALL))
        .containsExactly(new double[] {0.375, 0.625}, within(1e-7));
  }

  @Test
  void rowsOfTheMeanSumToOneAndMergingConservesMass() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      int size = 1 + random.nextInt(8);
      AttentionTensor attention =
          random(random, 1 + random.nextInt(3), 1 + random.nextInt(4), size);
      double[][] mean =
          AttentionAggregation.mean(attention, OptionalInt.empty(), OptionalInt.empty());
      int groups = 1 + random.nextInt(size);
      int[] groupOf = new int[size];
      for (int i = 0; i < size; i++) {
        groupOf[i] = i < groups ? i : random.nextInt(groups);
      }
      for (double[] row : GroupAggregation.merge(mean, groupOf, groups, groupOf, groups)) {
        assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-6));
      }
      double[] received = AttentionAggregation.received(mean, PositionsRead.ALL);
      assertThat(Arrays.stream(GroupAggregation.sum(received, groupOf, groups)).sum())
          .isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void membersOfNoGroupAreLeftOut() {
    double[] sums =
        GroupAggregation.sum(
            new double[] {1, 2, 4}, new int[] {0, GroupAggregation.NO_GROUP, 0}, 1);
    assertThat(sums).containsExactly(5);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> GroupAggregation.sum(new double[2], new int[1], 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected one for each of 2 members, got 1");
    assertThatThrownBy(() -> GroupAggregation.sum(new double[1], new int[] {1}, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected -1 to 0, got 1");
    AttentionTensor attention = new AttentionTensor(1, 1, 1, 1, new float[] {1});
    assertThatThrownBy(
            () -> AttentionAggregation.mean(attention, OptionalInt.of(1), OptionalInt.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("layer: expected 0 to 0");
  }
}
