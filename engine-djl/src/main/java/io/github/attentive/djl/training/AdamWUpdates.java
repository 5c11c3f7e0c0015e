package io.github.attentive.djl.training;

import io.github.attentive.InferenceException;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Moves weights by AdamW with a rate that changes, batches in parts, and dropout that depends on
 * seed and update alone. Matrices decay; biases and the vectors of norms do not.
 */
final class AdamWUpdates implements Updates {
  /** An odd number, so that each update has a seed of its own. */
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  private final Graph graph;
  private final TrainableGraph trainable;
  private final AdamW optimizer;
  private final Examples examples;
  private final LearningRate rate;
  private final TrainingOptions options;

  AdamWUpdates(
      Graph graph,
      TrainableGraph trainable,
      Examples examples,
      LearningRate rate,
      TrainingOptions options) {
    this.graph = graph;
    this.trainable = trainable;
    this.optimizer = trainable.adamW(p -> graph.parameters().get(p).shape().rank() > 1);
    this.examples = examples;
    this.rate = rate;
    this.options = options;
  }

  @Override
  public TrainableGraph.Loss update(int[] batch, long step) {
    SplittableRandom seeds = new SplittableRandom(options.seed() + STRIDE * (step + 1));
    List<TrainableGraph.Loss> losses = new ArrayList<>();
    List<int[]> parts = parts(batch, options.batchParts());
    for (int[] part : parts) {
      float share = (float) part.length / batch.length;
      losses.add(accumulate(part, share, seeds.nextLong()));
    }
    optimizer.update(
        new AdamW.Update(rate.at(step), options.weightDecay(), options.longestGradient()));
    return joined(losses, parts, batch.length);
  }

  /** Cuts a batch into parts whose sizes differ by one at most. */
  private static List<int[]> parts(int[] batch, int count) {
    List<int[]> parts = new ArrayList<>();
    int most = Math.min(count, batch.length);
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) batch.length * i / most);
      int to = (int) ((long) batch.length * (i + 1) / most);
      parts.add(Arrays.copyOfRange(batch, from, to));
    }
    return parts;
  }

  private TrainableGraph.Loss accumulate(int[] part, float share, long seed) {
    List<HostArray> inputs = examples.batch(part);
    try {
      return optimizer.accumulate(inputs, share, seed);
    } catch (BatchTooLargeException e) {
      throw new InferenceException(
          "batch of %s texts of %s tokens: memory does not suffice (%s); %s"
              .formatted(part.length, longest(part), e.getMessage(), remedy(part)),
          e);
    }
  }

  private int longest(int[] batch) {
    return Arrays.stream(batch).map(examples::length).max().orElse(0);
  }

  /** Tries half of a batch, then half of that: what fits is said, so that no one has to guess. */
  private String remedy(int[] batch) {
    for (int size = batch.length / 2; size >= 1; size /= 2) {
      try {
        optimizer.accumulate(examples.batch(Arrays.copyOf(batch, size)), 1, 0);
        int parts = (options.batchSize() + size - 1) / size;
        return "%s such texts fit: use a batch size of %s, or compute each batch in %s parts"
            .formatted(size, size, parts);
      } catch (BatchTooLargeException e) {
        continue;
      }
    }
    return "not even one such text fits: use a smaller maximum length, or a smaller model";
  }

  private static TrainableGraph.Loss joined(
      List<TrainableGraph.Loss> losses, List<int[]> parts, int size) {
    if (losses.size() == 1) {
      return losses.get(0);
    }
    double sum = 0;
    int units = (int) losses.get(0).logits().shape()[1];
    float[] logits = new float[size * units];
    int at = 0;
    for (int i = 0; i < losses.size(); i++) {
      sum += (double) losses.get(i).loss() * parts.get(i).length;
      float[] own = losses.get(i).logits().values();
      System.arraycopy(own, 0, logits, at, own.length);
      at += own.length;
    }
    return new TrainableGraph.Loss(
        (float) (sum / size), new HostArray.Floats(new long[] {size, units}, logits));
  }

  @Override
  public float rate(long step) {
    return rate.at(step);
  }

  @Override
  public List<Parameter> weights() {
    List<Parameter> now = new ArrayList<>();
    for (int p = 0; p < graph.parameters().size(); p++) {
      Parameter first = graph.parameters().get(p);
      now.add(
          first.trainable()
              ? Parameter.of(first.name(), first.shape(), trainable.values(p))
              : first);
    }
    return now;
  }

  @Override
  public List<Parameter> state() {
    List<Parameter> tensors = new ArrayList<>();
    for (int i = 0; i < graph.parameters().size(); i++) {
      int p = i;
      Parameter weight = graph.parameters().get(p);
      if (weight.trainable()) {
        tensors.add(OptimizerState.WEIGHT.tensor(weight, () -> trainable.values(p)));
        tensors.add(OptimizerState.MEAN.tensor(weight, () -> optimizer.mean(p)));
        tensors.add(OptimizerState.SQUARE.tensor(weight, () -> optimizer.square(p)));
      }
    }
    return tensors;
  }

  @Override
  public void restore(long step, Function<String, float[]> values) {
    List<Parameter> weights = graph.parameters();
    for (int p = 0; p < weights.size(); p++) {
      if (weights.get(p).trainable()) {
        trainable.assign(p, values.apply(OptimizerState.WEIGHT.of(weights.get(p))));
      }
    }
    optimizer.restore(
        step,
        p -> values.apply(OptimizerState.MEAN.of(weights.get(p))),
        p -> values.apply(OptimizerState.SQUARE.of(weights.get(p))));
  }
}
