package io.github.attentive.djl.runtime;

import io.github.attentive.Device;
import io.github.attentive.djl.graph.Graph;
import java.util.OptionalInt;

/** What an engine brings: it writes a graph in its own format and loads it. */
@FunctionalInterface
public interface GraphCompiler {

  /**
   * Writes and loads a graph.
   *
   * @param graph the model
   * @param device where to compute
   * @param threads of one operation, or empty for the engine's own choice
   * @return the loaded graph
   * @throws io.github.attentive.EngineUnavailableException if engine or device cannot start
   * @throws io.github.attentive.ModelLoadException if the engine does not take what was written
   */
  CompiledGraph compile(Graph graph, Device device, OptionalInt threads);
}
