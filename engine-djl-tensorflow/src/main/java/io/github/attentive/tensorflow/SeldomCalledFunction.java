package io.github.attentive.tensorflow;

import io.github.attentive.InferenceException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import java.io.IOException;
import java.util.Map;

/**
 * Writes a function that is seldom called as nodes that are added to the graph's session when it is
 * called for the first time. They read the session's variables.
 */
final class SeldomCalledFunction {
  private SeldomCalledFunction() {}

  /**
   * Adds a function to a session, and computes what depends on parameters alone. Once only.
   *
   * @param outline of the session's graph
   * @param name one of those that are seldom called
   * @param session of the graph
   * @return the function's signature there
   * @throws InferenceException if TensorFlow does not take it
   */
  static FunctionSignature add(Graph outline, String name, SavedModelSession session) {
    String prefix = name + "/";
    try {
      GraphNodes nodes = new GraphNodes();
      VariableParameters parameters = VariableParameters.shared(outline, nodes);
      Function function = outline.function(name);
      FunctionSignature signature =
          FunctionSignature.of(function, SavedModelFunction.write(function, parameters, nodes));
      nodes.graph().setVersions(SavedModelFile.versions());
      session.extend(MessageBytes.of(nodes.graph().build()), name);
      if (!parameters.computed().isEmpty()) {
        session.runTargets(Map.of(), parameters.computed().stream().map(prefix::concat).toList());
      }
      return signature.under(prefix);
    } catch (ModelLoadException | IOException e) {
      throw new InferenceException(
          "TensorFlow cannot prepare '%s': %s".formatted(name, e.getMessage()), e);
    }
  }
}
