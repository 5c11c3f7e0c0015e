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
 * @param stacks the names in a checkpoint of weights that are one parameter of the graph, one after
 *     the other along the first axis, by its name
 */
public record TrainableEncoder(Graph graph, Map<String, List<String>> stacks) {
  /**
   * Creates an encoder.
   *
   * @param graph as above
   * @param stacks as above
   */
  public TrainableEncoder {
    stacks = Map.copyOf(stacks);
  }

  /**
   * Trained weights as a checkpoint has them.
   *
   * @param trained of the graph's names and shapes
   * @return the weights by the names of their family, fixed tables left out
   */
  public List<Parameter> checkpoint(List<Parameter> trained) {
    List<Parameter> weights = new ArrayList<>();
    for (Parameter parameter : trained) {
      List<String> parts = stacks.get(parameter.name());
      if (parts != null) {
        weights.addAll(parts(parameter, parts));
      } else {
        weights.add(parameter);
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
