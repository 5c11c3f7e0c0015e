package io.github.attentive.tensorflow;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;

/**
 * Parameters as variables that get their values after the graph is loaded: no file holds them, and
 * all functions share them. What functions compute from parameters alone, such as the projections
 * of relative positions, becomes a variable, too, and is computed once.
 */
final class VariableParameters extends ParameterNodes {
  /** What the names of the nodes that take and assign a value end with. */
  private static final String VALUE = "/value";

  private static final String ASSIGN = "/assign";

  private final List<String> computed = new ArrayList<>();

  /** The nodes that read, by function: each function reads a variable once. */
  private final Map<String, String> readers = new HashMap<>();

  VariableParameters(Graph graph, GraphNodes nodes) {
    super(graph, nodes);
    names()
        .forEach(
            (parameter, name) -> {
              variable(name, dtype(parameter), parameter.shape().sizes(), nodes);
              nodes.addNamed(
                  name + VALUE,
                  "Placeholder",
                  List.of(),
                  dtype(parameter),
                  GraphNodes.Attribute.shape("shape", GraphNodes.shape(parameter.shape().sizes())));
              nodes.addNamed(
                  name + ASSIGN, "AssignVariableOp", List.of(name, name + VALUE), dtype(parameter));
            });
  }

  private static void variable(
      String name, GraphNodes.Attribute dtype, long[] shape, GraphNodes nodes) {
    nodes.addNamed(
        name,
        "VarHandleOp",
        List.of(),
        dtype,
        GraphNodes.Attribute.shape("shape", GraphNodes.shape(shape)),
        GraphNodes.Attribute.text("shared_name", name));
    nodes.typed(name, DataType.DT_RESOURCE);
  }

  @Override
  String read(Parameter parameter, GraphNodes nodes) {
    return read(nameOf(parameter), dtype(parameter), type(parameter), nodes);
  }

  private String read(
      String variable, GraphNodes.Attribute dtype, DataType type, GraphNodes nodes) {
    return readers.computeIfAbsent(
        nodes.prefix() + variable,
        added ->
            nodes.typed(
                nodes.addOutside("read", "ReadVariableOp", List.of(variable), dtype), type));
  }

  /**
   * Keeps a value that was computed from parameters alone.
   *
   * @param value the node that computes it
   * @param tensor its type and shape
   * @return the node that reads it
   */
  String keep(String value, Tensor tensor, GraphNodes nodes) {
    DataType type = SavedModelFunction.typeOf(tensor.type());
    GraphNodes.Attribute dtype = GraphNodes.Attribute.type("dtype", type);
    String name = nodes.newName("computed/" + value);
    variable(name, dtype, tensor.shape().sizes(), nodes);
    nodes.addNamed(name + ASSIGN, "AssignVariableOp", List.of(name, value), dtype);
    computed.add(name + ASSIGN);
    return read(name, dtype, type, nodes);
  }

  /**
   * Gives all variables their values: each goes from the checkpoint straight into native memory.
   *
   * @param session a session of the graph
   */
  void assign(SavedModelSession session) {
    names()
        .forEach(
            (parameter, name) -> {
              try (NativeTensor value = NativeTensor.of(parameter)) {
                session.runTargets(Map.of(name + VALUE, value), List.of(name + ASSIGN));
              }
            });
    if (!computed.isEmpty()) {
      session.runTargets(Map.of(), computed);
    }
  }
}
