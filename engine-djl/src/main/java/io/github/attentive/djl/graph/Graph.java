package io.github.attentive.djl.graph;

import java.util.List;
import java.util.stream.Stream;

/**
 * A model: functions over shared parameters. Immutable.
 *
 * <p>Functions that are seldom called cost a loaded model nothing before: an engine brings each
 * into its native form when it is called for the first time, over the parameters that the others
 * have. They are no part of what is exported.
 *
 * @param parameters in the order they were added, names unique
 * @param functions in the order they were added, names unique
 * @param seldomCalled further functions, names unique among all
 */
public record Graph(
    List<Parameter> parameters, List<Function> functions, List<Function> seldomCalled) {

  /**
   * Creates a graph; use {@link GraphBuilder}.
   *
   * @param parameters as above
   * @param functions as above
   * @param seldomCalled as above
   */
  public Graph {
    parameters = List.copyOf(parameters);
    functions = List.copyOf(functions);
    seldomCalled = List.copyOf(seldomCalled);
  }

  /**
   * Creates a graph without functions that are seldom called.
   *
   * @param parameters as above
   * @param functions as above
   */
  public Graph(List<Parameter> parameters, List<Function> functions) {
    this(parameters, functions, List.of());
  }

  /**
   * A function, however often it is called.
   *
   * @param name its name
   * @return the function
   * @throws IllegalArgumentException if there is none of that name
   */
  public Function function(String name) {
    return allFunctions()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "function '%s': expected one of %s"
                        .formatted(name, allFunctions().map(Function::name).toList())));
  }

  private Stream<Function> allFunctions() {
    return Stream.concat(functions.stream(), seldomCalled.stream());
  }
}
