package io.github.attentive.tensorflow;

import io.github.attentive.Device;
import io.github.attentive.djl.contract.BiGruGoldenContract;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import java.util.OptionalInt;

/** Recurrent classifiers give what PyTorch's own modules gave, on TensorFlow. */
class BiGruGoldenTest extends BiGruGoldenContract {
  @Override
  protected CompiledGraph load(Graph graph) {
    return TensorFlowGraph.load(graph, Device.CPU, OptionalInt.empty());
  }
}
