package io.github.attentive.explain;

import java.util.Random;

/** Orders drawn at random, the same for the same seed on every machine. */
final class RandomOrder {
  private RandomOrder() {}

  /** The numbers from 0 to below the size, each order as likely as any other. */
  static int[] of(int size, Random random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
