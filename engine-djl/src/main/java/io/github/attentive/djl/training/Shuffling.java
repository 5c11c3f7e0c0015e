package io.github.attentive.djl.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Orders by chance, and cuts an order into batches. */
final class Shuffling {
  private Shuffling() {}

  /** The numbers below a count. */
  static List<Integer> shuffled(int count, SplittableRandom random) {
    List<Integer> order = new ArrayList<>();
    for (int example = 0; example < count; example++) {
      order.add(example);
    }
    shuffle(order, random);
    return order;
  }

  /** Fisher and Yates. */
  static void shuffle(List<?> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  /** Batches of a size, the last one smaller. */
  static List<int[]> batches(List<Integer> order, int size) {
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += size) {
      int to = Math.min(from + size, order.size());
      batches.add(order.subList(from, to).stream().mapToInt(Integer::intValue).toArray());
    }
    return batches;
  }
}
