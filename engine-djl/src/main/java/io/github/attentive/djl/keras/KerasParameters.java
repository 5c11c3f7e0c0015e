package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.Hdf5File;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The parameters of a graph, made of a saved model's weights; all functions share them. */
final class KerasParameters {
  private final GraphBuilder graph;
  private final KerasWeights weights;
  private final Map<String, Parameter> parameters = new HashMap<>();
  private final Map<String, Hdf5File.Floats> arrays = new HashMap<>();
  private final Map<String, Float> numbers = new HashMap<>();

  /** Parameters that the graph has already, by their names. */
  private final Map<String, Parameter> known = new HashMap<>();

  KerasParameters(GraphBuilder graph, KerasWeights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /**
   * What a function that is written later asks for, without the file.
   *
   * @param numbers what {@link #numbers} of the first functions gave
   * @param parameters those of the graph, by name
   */
  static KerasParameters known(Map<String, Float> numbers, Map<String, Parameter> parameters) {
    KerasParameters known =
        new KerasParameters(new GraphBuilder(), (layer, path, number) -> Optional.empty());
    known.numbers.putAll(numbers);
    known.known.putAll(parameters);
    return known;
  }

  /** The single numbers of the file that functions were written with so far. */
  Map<String, Float> numbers() {
    return Map.copyOf(numbers);
  }

  /** A weight that is one number, by which a function is written: no parameter of the graph. */
  float number(KerasLayer layer, String path, int number, String what) {
    return numbers.computeIfAbsent(
        key(layer, path), added -> array(layer, path, number, what, Shape.of()).values()[0]);
  }

  private static String key(KerasLayer layer, String path) {
    return layer.weights() + "|" + layer.name() + "|" + path;
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
        key(layer, path),
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
    return parameters.computeIfAbsent(
        key(layer, what),
        key -> {
          String name = key.replace('|', '.');
          Parameter there = known.get(name);
          return there == null
              ? graph.parameter(
                  Parameter.of(
                      name, shape, fill.apply(new float[Math.toIntExact(shape.elements())])))
              : there;
        });
  }
}
