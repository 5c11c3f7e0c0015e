package io.github.attentive.djl.training;

import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * An optimiser whose gradient is one number that depends on all a real one depends on: the texts,
 * their targets, the share and the seed. Its state is real, so that a training that goes on from
 * another state shows.
 */
final class StubAdamW implements AdamW {
  /** Batches larger than this do not fit. */
  int mostTexts = Integer.MAX_VALUE;

  /** What was asked for so far. */
  final List<Update> updatesAsked = new ArrayList<>();

  final List<Float> shares = new ArrayList<>();
  final List<Long> seeds = new ArrayList<>();
  final List<Integer> sizes = new ArrayList<>();
  final List<Integer> decaying = new ArrayList<>();

  private final StubTrainable graph;
  private final float[][] means;
  private final float[][] squares;
  private float gradient;
  private long updates;

  StubAdamW(StubTrainable graph, int parameters, IntPredicate decays) {
    this.graph = graph;
    this.means = new float[parameters][];
    this.squares = new float[parameters][];
    for (int p = 0; p < parameters; p++) {
      means[p] = new float[graph.values(p).length];
      squares[p] = new float[means[p].length];
      if (decays.test(p)) {
        decaying.add(p);
      }
    }
    graph.optimizers.add(this);
  }

  @Override
  public TrainableGraph.Loss accumulate(List<HostArray> inputs, float share, long seed)
      throws BatchTooLargeException {
    HostArray ids = inputs.get(0);
    if (ids.shape()[0] > mostTexts) {
      throw new BatchTooLargeException("tried 7 bytes", new IllegalStateException());
    }
    sizes.add((int) ids.shape()[0]);
    shares.add(share);
    seeds.add(seed);
    float sum = seed % 1000;
    for (HostArray input : inputs) {
      long[] values = ((HostArray.Longs) input).values();
      for (int i = 0; i < values.length; i++) {
        sum += values[i] * (i + 1) % 97;
      }
    }
    gradient += share * sum / 1000;
    return graph.train(inputs);
  }

  @Override
  public float update(Update update) {
    updates++;
    updatesAsked.add(update);
    for (int p = 0; p < means.length; p++) {
      float[] weights = graph.values(p);
      for (int i = 0; i < weights.length; i++) {
        means[p][i] = 0.9f * means[p][i] + 0.1f * gradient;
        squares[p][i] = 0.99f * squares[p][i] + 0.01f * gradient * gradient;
        weights[i] -= update.rate() * means[p][i] / (1 + squares[p][i]) / updates;
      }
      graph.assign(p, weights);
    }
    float norm = Math.abs(gradient);
    gradient = 0;
    return norm;
  }

  @Override
  public long updates() {
    return updates;
  }

  @Override
  public float[] mean(int parameter) {
    return means[parameter].clone();
  }

  @Override
  public float[] square(int parameter) {
    return squares[parameter].clone();
  }

  @Override
  public void restore(long updates, IntFunction<float[]> means, IntFunction<float[]> squares) {
    this.updates = updates;
    for (int p = 0; p < this.means.length; p++) {
      this.means[p] = means.apply(p).clone();
      this.squares[p] = squares.apply(p).clone();
    }
  }
}
