package io.github.attentive.djl.runtime;

import java.util.List;

/** A graph that an engine has loaded. Thread-safe but for {@link #close()}. */
public interface CompiledGraph extends AutoCloseable {

  /**
   * Runs a function. The first call of one that is {@linkplain
   * io.github.attentive.djl.graph.Graph#seldomCalled() seldom called} takes longer: the engine
   * brings it into its native form then, over the weights that it has.
   *
   * @param function its name
   * @param inputs in the function's order
   * @return the outputs in the function's order; nothing native is left behind
   * @throws io.github.attentive.InferenceException if the engine fails
   */
  List<HostArray.Floats> run(String function, List<HostArray> inputs);

  /** Frees the native memory. Nothing may run any more. */
  @Override
  void close();
}
