package io.github.attentive.djl.architecture;

import io.github.attentive.djl.contract.BiGruGoldenContract;
import io.github.attentive.djl.contract.GraphInterpreter;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;

/** Recurrent classifiers, their graphs run without an engine. */
class BiGruInterpretedTest extends BiGruGoldenContract {
  @Override
  protected CompiledGraph load(Graph graph) {
    return new GraphInterpreter(graph);
  }
}
