package io.github.attentive.djl.graph;

import java.util.List;
import java.util.stream.Stream;

/**
 * A model: functions over shared parameters. Immutable.
 *
 * <p>Functions that are seldom called cost a loaded model nothing before: each is written, and
 * brought into an engine's native form, when it is called for the first time, over the parameters
 * that the others have. They are no part of what is exported.
 *
 * @param parameters in the order they were added, names unique
 * @param functions in the order they were added, names unique
 * @param seldomCalled further functions, names unique among all
 */
public record Graph(
    List<Parameter> parameters, List<Function> functions, List<SeldomCalled> seldomCalled) {

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
   * What is needed to write the functions that are seldom called: they, and the parameters without
   * their bytes.
   *
   * @return a graph that holds no memory of weights
   */
  public Graph outline() {
    return new Graph(parameters.stream().map(Parameter::outline).toList(), List.of(), seldomCalled);
  }

  /**
   * Says whether there is a function, however often it is called.
   *
   * @param name its name
   * @return true if {@link #function} gives one
   */
  public boolean has(String name) {
    return names().anyMatch(name::equals);
  }

  /**
   * A function, however often it is called.
   *
   * @param name its name
   * @return the function; one that is seldom called is written anew, over this graph's parameters
   * @throws IllegalArgumentException if there is none of that name
   */
  public Function function(String name) {
    return Stream.concat(
            functions.stream().filter(function -> function.name().equals(name)),
            seldomCalled.stream()
                .filter(function -> function.name().equals(name))
                .map(function -> function.over(parameters)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "function '%s': expected one of %s".formatted(name, names().toList())));
  }

  private Stream<String> names() {
    return Stream.concat(
        functions.stream().map(Function::name), seldomCalled.stream().map(SeldomCalled::name));
  }
}
