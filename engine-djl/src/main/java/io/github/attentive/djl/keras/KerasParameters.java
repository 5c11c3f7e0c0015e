package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.Hdf5File;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The parameters of a graph, made of a saved model's weights; all functions share them. */
final class KerasParameters {
  private final GraphBuilder graph;
  private final KerasWeights weights;
  private final Map<String, Parameter> parameters = new HashMap<>();
  private final Map<String, Hdf5File.Floats> arrays = new HashMap<>();

  KerasParameters(GraphBuilder graph, KerasWeights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /**
   * A weight as the file has it.
   *
   * @param layer whose it is
   * @param path below the layer's place in an archive
   * @param number among the layer's weights
   * @param what it is, for messages
   * @param shape what the configuration implies
   * @throws ModelLoadException if it is missing or of another shape, or not finite
   */
  Hdf5File.Floats array(KerasLayer layer, String path, int number, String what, Shape shape) {
    return arrays.computeIfAbsent(
        layer.weights() + "|" + layer.name() + "|" + path,
        added -> {
          Hdf5File.Floats found =
              weights
                  .find(layer, path, number)
                  .orElseThrow(
                      () ->
                          new ModelLoadException(
                              "%s: weight '%s': expected shape %s, got none; save the whole model"
                                  .formatted(layer.place(), what, shape)));
          if (!found.shape().equals(shape)) {
            throw new ModelLoadException(
                "%s: weight '%s': expected shape %s as its options have it, got %s"
                    .formatted(layer.place(), what, shape, found.shape()));
          }
          for (float value : found.values()) {
            if (!Float.isFinite(value)) {
              throw new ModelLoadException(
                  "%s: weight '%s': expected finite numbers, got %s"
                      .formatted(layer.place(), what, value));
            }
          }
          return found;
        });
  }

  /** A parameter that is made once, of a name of its own. */
  Parameter shared(KerasLayer layer, String what, Shape shape, UnaryOperator<float[]> fill) {
    String key = layer.weights() + "|" + layer.name() + "|" + what;
    Parameter known = parameters.get(key);
    if (known == null) {
      float[] values = fill.apply(new float[Math.toIntExact(shape.elements())]);
      known = graph.parameter(Parameter.of(key.replace('|', '.'), shape, values));
      parameters.put(key, known);
    }
    return known;
  }
}
