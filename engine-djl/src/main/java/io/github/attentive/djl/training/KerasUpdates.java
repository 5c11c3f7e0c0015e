package io.github.attentive.djl.training;

import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.List;

/** Moves the parameters of a Keras-style graph as Keras's Adam does. */
final class KerasUpdates {
  private final Graph graph;
  private final TrainableGraph trainable;
  private final KerasExamples examples;
  private final List<KerasAdam> optimisers = new ArrayList<>();

  KerasUpdates(Graph graph, TrainableGraph trainable, KerasExamples examples, float rate) {
    this.graph = graph;
    this.trainable = trainable;
    this.examples = examples;
    for (Parameter parameter : graph.parameters()) {
      optimisers.add(new KerasAdam(rate, parameter.values()));
    }
  }

  /** Runs the loss function on some examples and moves the parameters against its gradient. */
  TrainableGraph.Loss update(int[] batch) {
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

  /** The parameters as they are now: copies, in the graph's order. */
  List<Parameter> parameters() {
    List<Parameter> now = new ArrayList<>();
    for (int p = 0; p < optimisers.size(); p++) {
      Parameter first = graph.parameters().get(p);
      now.add(Parameter.of(first.name(), first.shape(), optimisers.get(p).weights()));
    }
    return now;
  }
}
