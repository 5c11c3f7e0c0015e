package io.github.attentive.pytorch;

import io.github.attentive.Device;
import io.github.attentive.djl.contract.GradientsContract;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import java.util.OptionalInt;

/** The gradients of every kind of model, on PyTorch. */
class PyTorchGradientsTest extends GradientsContract {
  @Override
  protected CompiledGraph load(Graph graph) {
    return PyTorchGraph.load(graph, Device.CPU, OptionalInt.empty());
  }
}
