package io.github.attentive.djl.training;

import io.github.attentive.djl.graph.Parameter;
import java.util.List;
import java.util.function.Function;

/** Moves the weights of a model by batches of its examples. Used by one thread. */
interface Updates {

  /**
   * Runs the loss function on some examples and moves the weights against its gradient.
   *
   * @param batch the examples
   * @param step how many updates the whole training has made before
   * @return the loss before the weights moved
   * @throws io.github.attentive.InferenceException if the engine fails, or the batch does not fit
   *     into memory
   */
  TrainableGraph.Loss update(int[] batch, long step);

  /** The optimiser's step in an update. */
  float rate(long step);

  /** The weights as they are now, in the graph's order: copies, but for fixed ones. */
  List<Parameter> weights();

  /**
   * What is needed to go on: the weights and what the optimiser remembers, under names of their
   * own. Values are copied when they are asked for.
   */
  List<Parameter> state();

  /**
   * Goes on from a state.
   *
   * @param step how many updates were made
   * @param values gives those of a name
   */
  void restore(long step, Function<String, float[]> values);
}
