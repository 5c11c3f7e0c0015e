package io.github.attentive.djl.training;

import io.github.attentive.EpochReport;
import io.github.attentive.InferenceException;
import io.github.attentive.StepReport;
import io.github.attentive.TrainingCancelledException;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.graph.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Passes over the examples in batches, the last one smaller.
 *
 * <p>Loss and accuracy of an epoch are means over the examples as they were seen, before each
 * update, as in Keras's history. With held-out examples the weights of the highest accuracy on them
 * are kept, the earliest of equal ones.
 *
 * <p>Nothing random is remembered in a checkpoint: orders are drawn again, and what else is random
 * depends on the seed and the number of the update. So a training that was resumed gives the bytes
 * of one that was not.
 */
final class TrainingLoop {
  /** Held-out examples of one pass. */
  private static final int EVALUATION_BATCH = 256;

  private static final int EXAMPLES_NAMED = 8;

  /**
   * What a loop goes over.
   *
   * @param training the examples to learn from
   * @param order of their batches
   * @param validation held-out examples, or null
   */
  record Data(Examples training, BatchOrder order, @Nullable Examples validation) {}

  private final TrainableGraph graph;
  private final Updates updates;
  private final Data data;
  private final TrainingOptions options;
  private final TrainingCheckpoints checkpoints;

  private List<Parameter> kept = List.of();
  private long examplesHere;
  private double secondsHere;

  TrainingLoop(
      TrainableGraph graph,
      Updates updates,
      Data data,
      TrainingOptions options,
      TrainingCheckpoints checkpoints) {
    this.graph = graph;
    this.updates = updates;
    this.data = data;
    this.options = options;
    this.checkpoints = checkpoints;
  }

  /** Trains; afterwards {@link #kept()} has the weights. */
  TrainingHistory run() {
    TrainingProgress progress = checkpoints.begin(updates);
    for (int epoch = 1; epoch <= options.epochs() && !isEnough(progress); epoch++) {
      List<int[]> batches = data.order().next();
      // Those of epochs that have ended are drawn, so that the ones after them are the same.
      if (epoch == progress.epoch()) {
        runEpoch(batches, progress);
      }
    }
    kept = progress.best().isEmpty() ? updates.weights() : progress.best();
    return progress.history();
  }

  private boolean isEnough(TrainingProgress progress) {
    return data.validation() != null
        && options.patience().isPresent()
        && progress.keptEpoch() > 0
        && progress.epochsSinceBest() >= options.patience().getAsInt();
  }

  private void runEpoch(List<int[]> batches, TrainingProgress progress) {
    while (progress.step() < batches.size()) {
      stopIfCancelled(progress);
      update(batches, progress);
      if (progress.step() < batches.size()) {
        checkpoints.afterStep(progress, updates);
      }
    }
    long start = System.nanoTime();
    EpochReport.Validation heldOut = validate(progress.epoch());
    if (heldOut != null && progress.isBest(heldOut)) {
      progress.keep(updates.weights());
    }
    EpochReport report =
        new EpochReport(
            progress.epoch(),
            options.epochs(),
            progress.seen().loss(),
            progress.seen().accuracy(),
            heldOut,
            progress.seconds() + secondsSince(start));
    progress.epochDone(report);
    checkpoints.afterEpoch(progress, updates);
    options.listener().onEpoch(report);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void update(List<int[]> batches, TrainingProgress progress) {
    long start = System.nanoTime();
    int[] batch = batches.get(progress.step());
    float rate = updates.rate(progress.updates());
    TrainableGraph.Loss loss = updates.update(batch, progress.updates());
    if (!Float.isFinite(loss.loss())) {
      throw new InferenceException(
          "epoch %s, batch %s, update %s of the training (%s): expected a finite loss, got %s; try a lower learning rate than %s, or look at these examples"
              .formatted(
                  progress.epoch(),
                  progress.step() + 1,
                  progress.updates() + 1,
                  named(batch),
                  loss.loss(),
                  options.learningRate()));
    }
    progress.seen().add(loss, batch, data.training());
    double seconds = secondsSince(start);
    progress.stepDone(seconds);
    examplesHere += batch.length;
    secondsHere += seconds;
    options.listener().onStep(report(batches.size(), rate, progress));
  }

  /** The examples of a batch by their place in the data, counted from 1. */
  private static String named(int[] batch) {
    return Arrays.stream(batch)
        .limit(EXAMPLES_NAMED)
        .mapToObj(example -> Integer.toString(example + 1))
        .collect(
            Collectors.joining(", ", "examples ", batch.length > EXAMPLES_NAMED ? ", ..." : ""));
  }

  private StepReport report(int steps, float rate, TrainingProgress progress) {
    double speed = secondsHere > 0 ? examplesHere / secondsHere : 0;
    long size = data.training().size();
    long left = (options.epochs() - progress.epoch()) * size + size - progress.seen().count();
    return new StepReport(
        progress.epoch(),
        options.epochs(),
        progress.step(),
        steps,
        progress.seen().loss(),
        rate,
        speed,
        speed > 0 ? left / speed : 0);
  }

  private void stopIfCancelled(TrainingProgress progress) {
    // Cleared while the checkpoint is written, since files close under an interrupted thread.
    boolean interrupted = Thread.interrupted();
    if (!interrupted && !options.cancelled().getAsBoolean()) {
      return;
    }
    try {
      checkpoints.write(progress, updates);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    throw new TrainingCancelledException(
        "training: cancelled in epoch %s after %s of its updates; resume goes on from there"
            .formatted(progress.epoch(), progress.step()));
  }

  /** The weights to save, once {@link #run()} has ended. */
  List<Parameter> kept() {
    return kept;
  }

  private EpochReport.@Nullable Validation validate(int epoch) {
    Examples examples = data.validation();
    if (examples == null) {
      return null;
    }
    int[] byLength =
        IntStream.range(0, examples.size())
            .boxed()
            .sorted(Comparator.comparingInt(examples::length))
            .mapToInt(Integer::intValue)
            .toArray();
    EpochFigures figures = new EpochFigures();
    for (int from = 0; from < byLength.length; from += EVALUATION_BATCH) {
      int to = Math.min(from + EVALUATION_BATCH, byLength.length);
      int[] batch = Arrays.copyOfRange(byLength, from, to);
      figures.add(graph.evaluate(examples.batch(batch)), batch, examples);
    }
    if (!Double.isFinite(figures.loss())) {
      throw new InferenceException(
          "validation after epoch %s: expected a finite loss, got %s; try a lower learning rate than %s"
              .formatted(epoch, figures.loss(), options.learningRate()));
    }
    return new EpochReport.Validation(figures.loss(), figures.accuracy());
  }
}
