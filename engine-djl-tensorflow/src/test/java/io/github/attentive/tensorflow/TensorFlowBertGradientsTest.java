package io.github.attentive.tensorflow;

import io.github.attentive.Device;
import io.github.attentive.djl.contract.BertGradientsContract;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import java.util.OptionalInt;

/** Explanations by gradients, on TensorFlow. */
class TensorFlowBertGradientsTest extends BertGradientsContract {
  @Override
  protected CompiledGraph load(Graph graph) {
    return TensorFlowGraph.load(graph, Device.CPU, OptionalInt.empty());
  }
}
