package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;

/**
 * Weights of tokens, merged into groups such as words.
 *
 * <p>A weight <em>to</em> a group is the sum over its members, a weight <em>from</em> a group their
 * mean (Clark et al. 2019, "What Does BERT Look At?"), so that merged rows still sum to 1.
 * Stateless.
 */
public final class GroupAggregation {
  /** The group of a member that belongs to none. */
  public static final int NO_GROUP = -1;

  private GroupAggregation() {}

  /**
   * Sums weights by group.
   *
   * @param weights a weight for each member
   * @param groupOf the group of each member, counted from 0, or {@link #NO_GROUP}
   * @param groups the number of groups
   * @return a sum for each group; 0 for one without members
   * @throws InvalidInputException if the lengths differ or a group is out of range
   */
  public static double[] sum(double[] weights, int[] groupOf, int groups) {
    check(weights.length, groupOf, groups);
    double[] sums = new double[groups];
    for (int i = 0; i < weights.length; i++) {
      if (groupOf[i] != NO_GROUP) {
        sums[groupOf[i]] += weights[i];
      }
    }
    return sums;
  }

  /**
   * Merges rows and columns of a square matrix: columns are summed, rows averaged.
   *
   * @param matrix {@code [queries][keys]}
   * @param groupOfQuery the group of each row, or {@link #NO_GROUP} to leave it out
   * @param queryGroups the number of row groups
   * @param groupOfKey the group of each column, or {@link #NO_GROUP} to leave it out
   * @param keyGroups the number of column groups
   * @return {@code [queryGroups][keyGroups]}; a row without members is 0
   * @throws InvalidInputException if the lengths differ or a group is out of range
   */
  public static double[][] merge(
      double[][] matrix, int[] groupOfQuery, int queryGroups, int[] groupOfKey, int keyGroups) {
    check(matrix.length, groupOfQuery, queryGroups);
    double[][] merged = new double[queryGroups][keyGroups];
    int[] members = new int[queryGroups];
    for (int q = 0; q < matrix.length; q++) {
      if (groupOfQuery[q] != NO_GROUP) {
        double[] row = sum(matrix[q], groupOfKey, keyGroups);
        members[groupOfQuery[q]]++;
        for (int k = 0; k < keyGroups; k++) {
          merged[groupOfQuery[q]][k] += row[k];
        }
      }
    }
    for (int g = 0; g < queryGroups; g++) {
      for (int k = 0; k < keyGroups; k++) {
        merged[g][k] /= Math.max(1, members[g]);
      }
    }
    return merged;
  }

  private static void check(int size, int[] groupOf, int groups) {
    if (groupOf.length != size) {
      throw new InvalidInputException(
          "groups: expected one for each of %s members, got %s".formatted(size, groupOf.length));
    }
    for (int i = 0; i < size; i++) {
      if (groupOf[i] < NO_GROUP || groupOf[i] >= groups) {
        throw new InvalidInputException(
            "group of member %s: expected %s to %s, got %s"
                .formatted(i, NO_GROUP, groups - 1, groupOf[i]));
      }
    }
  }
}
