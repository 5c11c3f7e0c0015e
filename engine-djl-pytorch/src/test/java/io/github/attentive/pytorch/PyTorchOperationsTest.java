package io.github.attentive.pytorch;

import io.github.attentive.Device;
import io.github.attentive.djl.contract.GraphOperationsContract;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import java.util.OptionalInt;

/** The operations of every engine, on PyTorch. */
class PyTorchOperationsTest extends GraphOperationsContract {
  @Override
  protected CompiledGraph load(Graph graph) {
    return PyTorchGraph.load(graph, Device.CPU, OptionalInt.empty());
  }
}
