package io.github.attentive.pytorch;

import io.github.attentive.Device;
import io.github.attentive.djl.contract.SeldomCalledContract;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import java.util.OptionalInt;

/** Functions that are seldom called, on PyTorch. */
class SeldomCalledTest extends SeldomCalledContract {
  @Override
  protected CompiledGraph load(Graph graph) {
    return PyTorchGraph.load(graph, Device.CPU, OptionalInt.empty());
  }
}
