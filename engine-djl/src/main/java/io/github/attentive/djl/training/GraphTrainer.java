package io.github.attentive.djl.training;

import io.github.attentive.Device;
import io.github.attentive.djl.graph.Graph;
import java.util.OptionalInt;

/** What an engine brings to train: it loads a graph so that its parameters can change. */
@FunctionalInterface
public interface GraphTrainer {

  /**
   * Loads a graph to be trained by its loss function.
   *
   * @param graph the model with its first weights
   * @param device where to compute
   * @param threads of one operation, or empty for the engine's own choice
   * @return the loaded graph
   * @throws io.github.attentive.EngineUnavailableException if engine or device cannot start
   */
  TrainableGraph load(Graph graph, Device device, OptionalInt threads);
}
