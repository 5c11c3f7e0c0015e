package io.github.attentive.djl.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * New batches in every epoch, each of texts of like length, so that little of it is padding.
 *
 * <p>The examples are shuffled, taken a pool of many batches at a time, and each pool is sorted by
 * length and cut; then the batches of all pools are shuffled. Who shares a batch is still chance,
 * and no epoch begins with short texts.
 */
final class BatchesOfLikeLength implements BatchOrder {
  private static final int BATCHES_OF_A_POOL = 50;

  private final Examples examples;
  private final int batchSize;
  private final SplittableRandom random;

  BatchesOfLikeLength(Examples examples, int batchSize, SplittableRandom random) {
    this.examples = examples;
    this.batchSize = batchSize;
    this.random = random;
  }

  @Override
  public List<int[]> next() {
    List<Integer> order = Shuffling.shuffled(examples.size(), random);
    List<int[]> batches = new ArrayList<>();
    long pool = (long) batchSize * BATCHES_OF_A_POOL;
    for (int from = 0; from < order.size(); ) {
      int to = (int) Math.min(from + pool, order.size());
      List<Integer> sorted = new ArrayList<>(order.subList(from, to));
      // Stable: examples of one length stay shuffled.
      sorted.sort(Comparator.comparingInt(examples::length));
      batches.addAll(Shuffling.batches(sorted, batchSize));
      from = to;
    }
    Shuffling.shuffle(batches, random);
    return batches;
  }
}
