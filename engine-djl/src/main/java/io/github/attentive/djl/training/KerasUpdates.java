package io.github.attentive.djl.training;

import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Moves the parameters of a Keras-style graph as Keras's Adam does, with a rate that stays. */
final class KerasUpdates implements Updates {
  private final Graph graph;
  private final TrainableGraph trainable;
  private final KerasExamples examples;
  private final float rate;
  private final List<KerasAdam> optimisers = new ArrayList<>();

  KerasUpdates(Graph graph, TrainableGraph trainable, KerasExamples examples, float rate) {
    this.graph = graph;
    this.trainable = trainable;
    this.examples = examples;
    this.rate = rate;
    for (Parameter parameter : graph.parameters()) {
      optimisers.add(new KerasAdam(rate, parameter.values()));
    }
  }

  @Override
  public TrainableGraph.Loss update(int[] batch, long step) {
    List<HostArray> inputs = examples.batch(batch);
    TrainableGraph.Gradients gradients = trainable.differentiate(inputs, KerasExamples.OCCURRENCES);
    for (int p = 0; p < optimisers.size(); p++) {
      KerasAdam optimiser = optimisers.get(p);
      float[] gradient = gradients.parameters().get(p);
      if (graph.parameters().get(p).name().equals(KerasGraph.EMBEDDING)) {
        long[] ids = ((HostArray.Longs) inputs.get(KerasExamples.IDS)).values();
        optimiser.update(gradient, squaresByRow(ids, gradients.probe(), gradient.length));
      } else {
        optimiser.update(gradient);
      }
      trainable.assign(p, optimiser.weights());
    }
    return gradients.loss();
  }

  /** Squares of each occurrence's gradient, summed by the row of the table it came from. */
  private static float[] squaresByRow(long[] ids, float[] occurrences, int tableSize) {
    int width = occurrences.length / ids.length;
    float[] squares = new float[tableSize];
    for (int i = 0; i < ids.length; i++) {
      int row = (int) ids[i] * width;
      for (int d = 0; d < width; d++) {
        float gradient = occurrences[i * width + d];
        squares[row + d] += gradient * gradient;
      }
    }
    return squares;
  }

  @Override
  public float rate(long step) {
    return rate;
  }

  @Override
  public List<Parameter> weights() {
    List<Parameter> now = new ArrayList<>();
    for (int p = 0; p < optimisers.size(); p++) {
      Parameter first = graph.parameters().get(p);
      now.add(Parameter.of(first.name(), first.shape(), optimisers.get(p).weights()));
    }
    return now;
  }

  @Override
  public List<Parameter> state() {
    List<Parameter> tensors = new ArrayList<>();
    for (int p = 0; p < optimisers.size(); p++) {
      Parameter weight = graph.parameters().get(p);
      KerasAdam optimiser = optimisers.get(p);
      tensors.add(OptimizerState.WEIGHT.tensor(weight, optimiser::weights));
      tensors.add(OptimizerState.MEAN.tensor(weight, optimiser::mean));
      tensors.add(OptimizerState.SQUARE.tensor(weight, optimiser::square));
    }
    return tensors;
  }

  @Override
  public void restore(long step, Function<String, float[]> values) {
    for (int p = 0; p < optimisers.size(); p++) {
      Parameter weight = graph.parameters().get(p);
      KerasAdam optimiser = optimisers.get(p);
      optimiser.restore(
          step,
          values.apply(OptimizerState.WEIGHT.of(weight)),
          values.apply(OptimizerState.MEAN.of(weight)),
          values.apply(OptimizerState.SQUARE.of(weight)));
      trainable.assign(p, optimiser.weights());
    }
  }
}
