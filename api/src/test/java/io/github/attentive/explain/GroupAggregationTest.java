package io.github.attentive.explain;

import static io.github.attentive.explain.GroupAggregation.NO_GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupAggregationTest {
  @Test
  void weightsAreSummedByGroup() {
    double[] weights = {1, 2, 4, 8, 16};
    assertThat(GroupAggregation.sum(weights, new int[] {0, 1, 1, 0, 2}, 3))
        .containsExactly(9, 6, 16);
    assertThat(GroupAggregation.sum(weights, new int[] {NO_GROUP, 0, NO_GROUP, 2, 2}, 4))
        .containsExactly(2, 0, 24, 0);
    assertThat(GroupAggregation.sum(new double[0], new int[0], 0)).isEmpty();
    assertThat(GroupAggregation.sum(new double[2], new int[] {NO_GROUP, NO_GROUP}, 0)).isEmpty();
    assertThat(weights).containsExactly(1, 2, 4, 8, 16);
  }

  @Test
  void columnsAreSummedAndRowsAveraged() {
    double[][] matrix = {{0.7, 0.2, 0.1}, {0.3, 0.4, 0.3}, {0.2, 0.2, 0.6}};
    int[] groups = {0, 0, 1};
    double[][] merged = GroupAggregation.merge(matrix, groups, 2, groups, 2);
    assertThat(merged[0]).containsExactly(new double[] {0.8, 0.2}, within(1e-12));
    assertThat(merged[1]).containsExactly(new double[] {0.4, 0.6}, within(1e-12));
    double[][] dropped =
        GroupAggregation.merge(
            matrix, new int[] {0, NO_GROUP, 0}, 1, new int[] {NO_GROUP, 1, 0}, 2);
    assertThat(dropped[0]).containsExactly(new double[] {0.35, 0.2}, within(1e-12));
  }

  @Test
  void aGroupWithoutMembersIsZero() {
    double[][] merged =
        GroupAggregation.merge(new double[][] {{1}}, new int[] {1}, 3, new int[] {0}, 2);
    assertThat(merged).isDeepEqualTo(new double[][] {{0, 0}, {1, 0}, {0, 0}});
    assertThat(GroupAggregation.merge(new double[][] {{1}}, new int[] {NO_GROUP}, 0, new int[1], 1))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void sumsConserveTheTotalAndMergedRowsStayDistributions(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      int size = 1 + random.nextInt(12);
      int groups = 1 + random.nextInt(size);
      int[] groupOf = new int[size];
      for (int i = 0; i < size; i++) {
        groupOf[i] = i < groups ? i : random.nextInt(groups);
      }
      double[] weights = random.doubles(size, -1, 1).toArray();
      assertThat(Arrays.stream(GroupAggregation.sum(weights, groupOf, groups)).sum())
          .isCloseTo(Arrays.stream(weights).sum(), within(1e-12));
      double[][] matrix = new double[size][];
      for (int q = 0; q < size; q++) {
        double[] row = random.doubles(size, 0, 1).toArray();
        TokenWeights.divideBySum(row);
        matrix[q] = row;
      }
      double[][] merged = GroupAggregation.merge(matrix, groupOf, groups, groupOf, groups);
      assertThat(merged).hasDimensions(groups, groups);
      for (double[] row : merged) {
        assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
      }
      // Leaving members out leaves out just their weight.
      int out = random.nextInt(size);
      int[] without = groupOf.clone();
      without[out] = NO_GROUP;
      assertThat(Arrays.stream(GroupAggregation.sum(weights, without, groups)).sum())
          .isCloseTo(Arrays.stream(weights).sum() - weights[out], within(1e-12));
    }
  }

  @Test
  void oneGroupForEachChangesNothing() {
    double[][] matrix = {{0.25, 0.75}, {1, 0}};
    int[] each = {0, 1};
    assertThat(GroupAggregation.merge(matrix, each, 2, each, 2)).isDeepEqualTo(matrix);
  }

  @Test
  void groupsThatDoNotFitAreRefused() {
    double[] two = {1, 2};
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> GroupAggregation.sum(two, new int[3], 1))
        .withMessage("groups: expected one for each of 2 members, got 3");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> GroupAggregation.sum(two, new int[] {0, 2}, 2))
        .withMessage("group of member 1: expected -1 to 1, got 2");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> GroupAggregation.sum(two, new int[] {-2, 0}, 2))
        .withMessage("group of member 0: expected -1 to 1, got -2");
    double[][] matrix = {{1, 2}, {3, 4}};
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> GroupAggregation.merge(matrix, new int[1], 1, new int[2], 1))
        .withMessage("groups: expected one for each of 2 members, got 1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> GroupAggregation.merge(matrix, new int[2], 1, new int[] {0, 5}, 1))
        .withMessage("group of member 1: expected -1 to 0, got 5");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> GroupAggregation.merge(matrix, new int[] {0, 1}, 1, new int[2], 1))
        .withMessage("group of member 1: expected -1 to 0, got 1");
  }
}
