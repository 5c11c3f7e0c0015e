package io.github.attentive.djl.contract;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;

/** The interpreter that tests use computes what every engine has to. */
class GraphInterpreterTest extends GraphOperationsContract {
  @Override
  protected CompiledGraph load(Graph graph) {
    return new GraphInterpreter(graph);
  }
}
