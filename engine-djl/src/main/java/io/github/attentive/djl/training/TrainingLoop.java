package io.github.attentive.djl.training;

import io.github.attentive.EpochReport;
import io.github.attentive.InferenceException;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Passes over the examples in batches, the last one smaller.
 *
 * <p>The seed puts the examples into batches once; their order is drawn anew each epoch. That is
 * what Keras's {@code fit} amounts to under {@code keras.utils.set_random_seed}, which repeats one
 * permutation in every epoch: the few examples of a small last batch weigh more throughout, and the
 * final loss on small data is clearly lower than with new batches each time.
 *
 * <p>Loss and accuracy of an epoch are means over the examples as they were seen, before each
 * update, as in Keras's history. With held-out examples the weights of the highest accuracy on them
 * are kept, the earliest of equal ones.
 */
final class TrainingLoop {
  /** Held-out examples of one pass. */
  private static final int EVALUATION_BATCH = 256;

  private final TrainableGraph graph;
  private final KerasUpdates updates;
  private final KerasExamples training;
  private final @Nullable KerasExamples validation;
  private final TrainingOptions options;
  private final SplittableRandom random;

  private List<Parameter> kept = List.of();

  TrainingLoop(
      TrainableGraph graph,
      KerasUpdates updates,
      KerasExamples training,
      @Nullable KerasExamples validation,
      TrainingOptions options,
      SplittableRandom random) {
    this.graph = graph;
    this.updates = updates;
    this.training = training;
    this.validation = validation;
    this.options = options;
    this.random = random;
  }

  /** Trains; afterwards {@link #kept()} has the weights. */
  TrainingHistory run() {
    List<EpochReport> reports = new ArrayList<>();
    List<int[]> batches = batches();
    int keptEpoch = options.epochs();
    double bestAccuracy = -1;
    for (int epoch = 1; epoch <= options.epochs(); epoch++) {
      long start = System.nanoTime();
      shuffle(batches);
      Means seen = new Means();
      for (int i = 0; i < batches.size(); i++) {
        int[] batch = batches.get(i);
        TrainableGraph.Loss step = updates.update(batch);
        if (!Float.isFinite(step.loss())) {
          throw new InferenceException(
              "epoch %s, batch %s: expected a finite loss, got %s; try a lower learning rate than %s"
                  .formatted(epoch, i + 1, step.loss(), options.learningRate()));
        }
        seen.add(step, batch, training);
      }
      EpochReport.Validation heldOut = validation == null ? null : evaluate(validation);
      if (heldOut != null && heldOut.accuracy() > bestAccuracy) {
        bestAccuracy = heldOut.accuracy();
        keptEpoch = epoch;
        kept = updates.parameters();
      }
      EpochReport report =
          new EpochReport(
              epoch,
              options.epochs(),
              seen.loss(),
              seen.accuracy(),
              heldOut,
              (System.nanoTime() - start) / 1e9);
      reports.add(report);
      options.listener().onEpoch(report);
    }
    if (validation == null) {
      kept = updates.parameters();
    }
    return new TrainingHistory(reports, keptEpoch);
  }

  /** The weights to save, once {@link #run()} has ended. */
  List<Parameter> kept() {
    return kept;
  }

  private EpochReport.Validation evaluate(KerasExamples examples) {
    Means means = new Means();
    for (int from = 0; from < examples.size(); from += EVALUATION_BATCH) {
      int[] batch = range(from, Math.min(from + EVALUATION_BATCH, examples.size()));
      means.add(graph.evaluate(examples.batch(batch)), batch, examples);
    }
    return new EpochReport.Validation(means.loss(), means.accuracy());
  }

  private static int[] range(int from, int to) {
    int[] range = new int[to - from];
    Arrays.setAll(range, i -> from + i);
    return range;
  }

  private List<int[]> batches() {
    List<Integer> order = new ArrayList<>();
    for (int example = 0; example < training.size(); example++) {
      order.add(example);
    }
    shuffle(order);
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += options.batchSize()) {
      int to = Math.min(from + options.batchSize(), order.size());
      batches.add(order.subList(from, to).stream().mapToInt(Integer::intValue).toArray());
    }
    return batches;
  }

  /** Fisher and Yates. */
  private void shuffle(List<?> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  /** Means over examples, not over batches: the last batch may be smaller. */
  private static final class Means {
    private double lossSum;
    private int right;
    private int count;

    void add(TrainableGraph.Loss step, int[] batch, KerasExamples examples) {
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
  }
}
