package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;

/** Where an architecture gets its weights from: a checkpoint, or fresh ones to be trained. */
public interface Weights {

  /**
   * A weight.
   *
   * @param name its name in the checkpoint
   * @param shape what the configuration says it has
   * @return the weight, of that shape
   * @throws io.github.attentive.ModelLoadException if there is none of that name and shape
   */
  Parameter get(String name, Shape shape);
}
