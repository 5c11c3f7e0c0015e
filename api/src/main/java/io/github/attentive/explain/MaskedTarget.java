package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;

/**
 * A target, such as the probability of a class, of one text of which some units (words, tokens,
 * sentences) are left out. Who implements it decides how a unit is removed.
 */
@FunctionalInterface
public interface MaskedTarget {
  /**
   * Evaluates many versions of the text at once.
   *
   * @param kept {@code [versions][units]}: true for a unit that stays; not to be changed
   * @return the target of each version, in the same order, finite
   */
  double[] of(boolean[][] kept);

  /**
   * The same target with larger units, such as the sentences that the words make up.
   *
   * @param groupOf the group of each unit, counted from 0, or {@link GroupAggregation#NO_GROUP} for
   *     one that always stays
   * @param groups the number of groups
   * @return a target whose units are the groups
   * @throws InvalidInputException if a group is out of range
   */
  default MaskedTarget grouped(int[] groupOf, int groups) {
    GroupAggregation.sum(new double[groupOf.length], groupOf, groups);
    int[] group = groupOf.clone();
    return kept -> {
      boolean[][] units = new boolean[kept.length][group.length];
      for (int v = 0; v < kept.length; v++) {
        if (kept[v].length != groups) {
          throw new InvalidInputException(
              "kept groups: expected %s, got %s".formatted(groups, Arrays.toString(kept[v])));
        }
        for (int u = 0; u < group.length; u++) {
          units[v][u] = group[u] == GroupAggregation.NO_GROUP || kept[v][group[u]];
        }
      }
      return of(units);
    };
  }
}
