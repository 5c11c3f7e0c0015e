package io.github.attentive.pytorch;

import ai.djl.Model;
import io.github.attentive.Device;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.util.List;
import java.util.OptionalInt;

/** A graph loaded for inference. Every call has a manager of its own, closed on every path. */
final class PyTorchGraph implements CompiledGraph {
  private final Model model;
  private final SeldomCalledModules seldomCalled;
  private final OperationThreads threads;

  private PyTorchGraph(Model model, SeldomCalledModules seldomCalled, OperationThreads threads) {
    this.model = model;
    this.seldomCalled = seldomCalled;
    this.threads = threads;
  }

  static PyTorchGraph load(Graph graph, Device device, OptionalInt threads) {
    DenseLayers denseLayers = DenseLayers.fastestOn(device);
    TorchScriptCode.Bindable code =
        TorchScriptCode.bindable(graph, new TorchScriptNames(graph), denseLayers);
    Model model =
        PyTorchRuntime.load(out -> TorchScriptArchive.writeBindable(code, out), device, false);
    try {
      WeightBinding.bind(graph, denseLayers, model);
      return new PyTorchGraph(
          model,
          new SeldomCalledModules(model, code, graph.outline(), denseLayers, device),
          OperationThreads.of(graph, threads));
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  @Override
  public List<HostArray.Floats> run(String function, List<HostArray> inputs) {
    threads.apply();
    return NativeCall.run(
        seldomCalled.moduleOf(function),
        function,
        inputs,
        (result, manager) -> NativeArrays.toHost(result.toNDList(manager)));
  }

  @Override
  public void close() {
    try {
      seldomCalled.close();
    } finally {
      model.close();
    }
  }
}
