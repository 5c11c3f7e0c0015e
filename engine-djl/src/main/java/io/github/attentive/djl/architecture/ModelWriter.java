package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import java.util.Map;

/**
 * Writes a model up to its logits, with its attention composed. May be kept for long, and so holds
 * no parameter itself. Thread-safe.
 */
@FunctionalInterface
public interface ModelWriter {
  /**
   * Writes it.
   *
   * @param function which gets the model's inputs, in the order of its other functions
   * @param parameters those of its graph, by name
   * @param words where its word vectors come from
   * @return what it consists of
   */
  WrittenModel write(
      FunctionBuilder function, Map<String, Parameter> parameters, WordVectors words);
}
