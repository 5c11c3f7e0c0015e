package io.github.attentive.tensorflow;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.proto.DataType;

/** Where the functions of a SavedModel find the parameters of their graph. */
abstract class ParameterNodes {
  private static final String PREFIX = "parameters/";

  private final Map<Parameter, String> names = new LinkedHashMap<>();

  /** Gives each parameter its node's name: its own, as TensorFlow takes it, and no other's. */
  ParameterNodes(Graph graph, GraphNodes nodes) {
    for (Parameter parameter : graph.parameters()) {
      names.put(
          parameter, nodes.newName(PREFIX + parameter.name().replaceAll("[^A-Za-z0-9_./-]", "_")));
    }
  }

  /** The parameters in the graph's order, and the names of their nodes. */
  Map<Parameter, String> names() {
    return names;
  }

  /** The node's name; the parameter must be one of the graph's. */
  String nameOf(Parameter parameter) {
    String name = names.get(parameter);
    if (name == null) {
      throw new IllegalArgumentException(parameter + " is not a parameter of this graph");
    }
    return name;
  }

  /** The node from which a function takes the value. */
  abstract String read(Parameter parameter, GraphNodes nodes);

  /**
   * A matrix on the right side of a product.
   *
   * @param node from which a function takes it
   * @param transposed whether the product has to transpose it
   */
  record Factor(String node, boolean transposed) {}

  /**
   * The weight {@code [outputs, inputs]} of a dense layer, which is multiplied by its transpose.
   */
  abstract Factor denseWeight(Parameter parameter, GraphNodes nodes);

  static GraphNodes.Attribute dtype(Parameter parameter) {
    return GraphNodes.Attribute.type("dtype", type(parameter));
  }

  static DataType type(Parameter parameter) {
    return SavedModelFunction.typeOf(parameter.type());
  }
}
