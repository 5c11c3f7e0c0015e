package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An encoder to be trained. Immutable.
 *
 * @param graph with {@link ModelFunctions#LOSS} and {@link ModelFunctions#VALIDATION_LOSS}
 * @param names in a checkpoint of the weights that a parameter of the graph is made of, one after
 *     the other along the first axis, by its name; none for tables that are no weights
 */
public record TrainableEncoder(Graph graph, Map<String, List<String>> names) {
  /**
   * Creates an encoder.
   *
   * @param graph as above
   * @param names as above
   */
  public TrainableEncoder {
    names = Map.copyOf(names);
  }

  /**
   * Trained weights as a checkpoint has them.
   *
   * @param trained the graph's parameters, in any order
   * @return the weights by the names of their family
   */
  public List<Parameter> checkpoint(List<Parameter> trained) {
    List<Parameter> weights = new ArrayList<>();
    for (Parameter parameter : trained) {
      List<String> parts = names.getOrDefault(parameter.name(), List.of());
      if (parts.size() == 1) {
        weights.add(parameter);
      } else if (parts.size() > 1) {
        weights.addAll(parts(parameter, parts));
      }
    }
    return weights;
  }

  private static List<Parameter> parts(Parameter stacked, List<String> names) {
    long[] sizes = stacked.shape().sizes();
    sizes[0] /= names.size();
    Shape shape = Shape.ofSizes(sizes);
    int elements = Math.toIntExact(shape.elements());
    float[] values = stacked.values();
    List<Parameter> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      float[] own = Arrays.copyOfRange(values, i * elements, (i + 1) * elements);
      parts.add(Parameter.of(names.get(i), shape, own));
    }
    return parts;
  }
}
