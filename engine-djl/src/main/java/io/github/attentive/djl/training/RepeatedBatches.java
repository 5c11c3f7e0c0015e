package io.github.attentive.djl.training;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The same batches in every epoch, in another order.
 *
 * <p>That is what Keras's {@code fit} amounts to under {@code keras.utils.set_random_seed}, which
 * repeats one permutation in every epoch: the few examples of a small last batch weigh more
 * throughout, and the final loss on small data is clearly lower than with new batches each time.
 */
final class RepeatedBatches implements BatchOrder {
  private final List<int[]> batches;
  private final SplittableRandom random;

  RepeatedBatches(int examples, int batchSize, SplittableRandom random) {
    this.random = random;
    this.batches = Shuffling.batches(Shuffling.shuffled(examples, random), batchSize);
  }

  @Override
  public List<int[]> next() {
    Shuffling.shuffle(batches, random);
    return batches;
  }
}
