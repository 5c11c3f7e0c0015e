package io.github.attentive.djl.training;

import io.github.attentive.djl.runtime.Scores;
import java.util.Arrays;

/** Loss and accuracy as means over examples, not over batches: the last batch may be smaller. */
final class EpochFigures {
  private double lossSum;
  private int right;
  private int count;

  /** None so far. */
  EpochFigures() {}

  /** Those of an epoch that was interrupted. */
  EpochFigures(double lossSum, int right, int count) {
    this.lossSum = lossSum;
    this.right = right;
    this.count = count;
  }

  /** Adds a batch. */
  void add(TrainableGraph.Loss step, int[] batch, Examples examples) {
    lossSum += (double) step.loss() * batch.length;
    count += batch.length;
    float[] logits = step.logits().values();
    int units = logits.length / batch.length;
    for (int i = 0; i < batch.length; i++) {
      float[] scores = Scores.of(Arrays.copyOfRange(logits, i * units, (i + 1) * units));
      right += highest(scores) == examples.label(batch[i]) ? 1 : 0;
    }
  }

  private static int highest(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  double loss() {
    return lossSum / count;
  }

  double accuracy() {
    return (double) right / count;
  }

  double lossSum() {
    return lossSum;
  }

  int right() {
    return right;
  }

  /** How many examples were seen. */
  int count() {
    return count;
  }
}
