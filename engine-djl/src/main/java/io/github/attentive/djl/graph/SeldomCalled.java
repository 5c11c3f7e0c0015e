package io.github.attentive.djl.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function that is written when it is asked for. Immutable.
 *
 * @param name unique among a graph's functions
 * @param writer writes it, the same each time
 */
public record SeldomCalled(String name, Writer writer) {

  /** Writes a function. It may be kept for long, and so holds no parameter itself. Thread-safe. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes inputs, steps and outputs.
     *
     * @param function where to
     * @param parameters the graph's, by name; perhaps their names and shapes alone
     */
    void write(FunctionBuilder function, Map<String, Parameter> parameters);
  }

  /** Writes the function over the parameters of a graph. */
  Function over(List<Parameter> parameters) {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
    FunctionBuilder function = new FunctionBuilder(name, byName);
    writer.write(function, byName);
    return function.build();
  }
}
