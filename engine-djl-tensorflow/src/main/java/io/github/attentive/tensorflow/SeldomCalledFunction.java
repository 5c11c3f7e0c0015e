package io.github.attentive.tensorflow;

import io.github.attentive.InferenceException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A function that is seldom called, as nodes that are added to the graph's session when it is
 * called for the first time. They read the session's variables. Immutable.
 */
final class SeldomCalledFunction {
  private final String name;
  private final byte[] nodes;
  private final FunctionSignature signature;
  private final List<String> computed;

  private SeldomCalledFunction(
      String name, byte[] nodes, FunctionSignature signature, List<String> computed) {
    this.name = name;
    this.nodes = nodes;
    this.signature = signature;
    this.computed = List.copyOf(computed);
  }

  /**
   * Writes a function.
   *
   * @param graph the model
   * @param function one of those that are seldom called; not kept, as its parameters may be large
   * @return the function, in no session so far
   */
  static SeldomCalledFunction of(Graph graph, Function function) throws IOException {
    GraphNodes nodes = new GraphNodes();
    VariableParameters parameters = VariableParameters.shared(graph, nodes);
    FunctionSignature signature =
        FunctionSignature.of(function, SavedModelFunction.write(function, parameters, nodes));
    nodes.graph().setVersions(SavedModelFile.versions());
    return new SeldomCalledFunction(
        function.name(), MessageBytes.of(nodes.graph().build()), signature, parameters.computed());
  }

  /**
   * Adds the function to a session, and computes what depends on parameters alone. Once only.
   *
   * @param session of the graph
   * @return the function's signature there
   * @throws InferenceException if TensorFlow does not take it
   */
  FunctionSignature addTo(SavedModelSession session) {
    String prefix = name + "/";
    try {
      session.extend(nodes, name);
      if (!computed.isEmpty()) {
        session.runTargets(Map.of(), computed.stream().map(prefix::concat).toList());
      }
    } catch (ModelLoadException e) {
      throw new InferenceException(
          "TensorFlow cannot prepare '%s': %s".formatted(name, e.getMessage()), e);
    }
    return signature.under(prefix);
  }
}
