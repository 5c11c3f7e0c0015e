package io.github.attentive.tensorflow;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;

/**
 * Parameters as variables that get their values after the graph is loaded: no file holds them, and
 * all functions share them. What functions compute from parameters alone, such as the projections
 * of relative positions, becomes a variable, too, and is computed once.
 *
 * <p>A graph that is added to another later has the other's variables: those of one name are one.
 */
final class VariableParameters extends ParameterNodes {
  /** What the names of the nodes that take and assign a value end with. */
  private static final String VALUE = "/value";

  private static final String ASSIGN = "/assign";

  /** How many numbers one run assigns, but for a longer array: a run has a cost of its own. */
  private static final long NUMBERS_A_RUN = 4L << 20;

  private final List<String> computed = new ArrayList<>();

  /** The nodes that read, by function: each function reads a variable once. */
  private final Map<String, String> readers = new HashMap<>();

  private VariableParameters(Graph graph, GraphNodes nodes) {
    super(graph, nodes);
    names()
        .forEach(
            (parameter, name) ->
                variable(name, dtype(parameter), parameter.shape().sizes(), nodes));
  }

  /** The variables of a graph's parameters, which {@link #assign} gives their values. */
  static VariableParameters of(Graph graph, GraphNodes nodes) {
    VariableParameters variables = new VariableParameters(graph, nodes);
    variables.addAssignments(nodes);
    return variables;
  }

  /** The same variables for nodes that are added to the graph's session later. */
  static VariableParameters shared(Graph graph, GraphNodes nodes) {
    return new VariableParameters(graph, nodes);
  }

  private void addAssignments(GraphNodes nodes) {
    names()
        .forEach(
            (parameter, name) -> {
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

  @Override
  Factor denseWeight(Parameter parameter, GraphNodes nodes) {
    return new Factor(read(parameter, nodes), true);
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
    List<Parameter> group = new ArrayList<>();
    long numbers = 0;
    for (Parameter parameter : names().keySet()) {
      long own = parameter.shape().elements();
      if (numbers + own > NUMBERS_A_RUN) {
        assign(group, session);
        group.clear();
        numbers = 0;
      }
      group.add(parameter);
      numbers += own;
    }
    assign(group, session);
    if (!computed.isEmpty()) {
      session.runTargets(Map.of(), computed);
    }
  }

  /** The nodes to run, once the parameters have their values, for what is computed from them. */
  List<String> computed() {
    return computed;
  }

  private void assign(List<Parameter> group, SavedModelSession session) {
    if (group.isEmpty()) {
      return;
    }
    Map<String, NativeTensor> values = new LinkedHashMap<>();
    try {
      group.forEach(parameter -> values.put(nameOf(parameter) + VALUE, NativeTensor.of(parameter)));
      session.runTargets(
          values, group.stream().map(parameter -> nameOf(parameter) + ASSIGN).toList());
    } finally {
      values.values().forEach(NativeTensor::close);
    }
  }
}
