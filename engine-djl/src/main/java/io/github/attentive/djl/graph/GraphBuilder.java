package io.github.attentive.djl.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a {@link Graph}. Not thread-safe.
 *
 * <p>A mistake in an architecture (shapes that do not fit, a name used twice) is an {@link
 * IllegalArgumentException} that names the operation, what it expected and what it got; mistakes in
 * checkpoints are found earlier, when weights are read.
 */
public final class GraphBuilder {
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final List<FunctionBuilder> functions = new ArrayList<>();
  private final List<SeldomCalled> seldomCalled = new ArrayList<>();

  /** Starts an empty graph. */
  public GraphBuilder() {}

  /**
   * Adds a parameter.
   *
   * @param parameter of a name not used before
   * @return the parameter
   * @throws IllegalArgumentException if the name is taken
   */
  public Parameter parameter(Parameter parameter) {
    if (parameters.putIfAbsent(parameter.name(), parameter) != null) {
      throw new IllegalArgumentException("parameter '" + parameter.name() + "' is there already");
    }
    return parameter;
  }

  /**
   * Starts a function.
   *
   * @param name not used before; letters, digits and underscores
   * @return its builder
   * @throws IllegalArgumentException if the name is taken or has other characters
   */
  public FunctionBuilder function(String name) {
    requireNew(name);
    FunctionBuilder function = new FunctionBuilder(name, parameters);
    functions.add(function);
    return function;
  }

  /**
   * Adds a function that is seldom called: see {@link Graph}.
   *
   * @param name as above
   * @param writer writes it when it is called; it uses parameters that the graph has then
   * @throws IllegalArgumentException if the name is taken or has other characters
   */
  public void seldomCalled(String name, SeldomCalled.Writer writer) {
    requireNew(name);
    seldomCalled.add(new SeldomCalled(name, writer));
  }

  private void requireNew(String name) {
    if (!name.matches("[a-z][a-z0-9_]*")
        || functions.stream().anyMatch(function -> function.name().equals(name))
        || seldomCalled.stream().anyMatch(function -> function.name().equals(name))) {
      throw new IllegalArgumentException(
          "function '"
              + name
              + "': expected a new name of lower-case letters, digits, underscores");
    }
  }

  /**
   * Finishes.
   *
   * @return the graph
   */
  public Graph build() {
    return new Graph(
        List.copyOf(parameters.values()),
        functions.stream().map(FunctionBuilder::build).toList(),
        seldomCalled);
  }
}
