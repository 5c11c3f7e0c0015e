package io.github.attentive.djl.graph;

import java.util.List;

/**
 * A model: functions over shared parameters. Immutable.
 *
 * @param parameters in the order they were added, names unique
 * @param functions in the order they were added, names unique
 */
public record Graph(List<Parameter> parameters, List<Function> functions) {

  /**
   * Creates a graph; use {@link GraphBuilder}.
   *
   * @param parameters as above
   * @param functions as above
   */
  public Graph {
    parameters = List.copyOf(parameters);
    functions = List.copyOf(functions);
  }

  /**
   * A function.
   *
   * @param name its name
   * @return the function
   * @throws IllegalArgumentException if there is none of that name
   */
  public Function function(String name) {
    return functions.stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "function '%s': expected one of %s"
                        .formatted(name, functions.stream().map(Function::name).toList())));
  }
}
