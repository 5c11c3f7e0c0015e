package io.github.attentive.pytorch;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.github.attentive.Device;
import io.github.attentive.InferenceException;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.util.List;
import java.util.OptionalInt;

/** A graph loaded for inference. Every call has a manager of its own, closed on every path. */
final class PyTorchGraph implements CompiledGraph {
  private final Model model;
  private final PtSymbolBlock block;
  private final OperationThreads threads;

  private PyTorchGraph(Model model, OperationThreads threads) {
    this.model = model;
    this.threads = threads;
    this.block = (PtSymbolBlock) model.getBlock();
  }

  static PyTorchGraph load(Graph graph, Device device, OptionalInt threads) {
    DenseLayers denseLayers = DenseLayers.fastestOn(device);
    Model model =
        PyTorchRuntime.load(
            out -> TorchScriptArchive.writeBindable(graph, denseLayers, out), device, false);
    try {
      WeightBinding.bind(graph, denseLayers, model);
      return new PyTorchGraph(model, OperationThreads.of(graph, threads));
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  @Override
  public List<HostArray.Floats> run(String function, List<HostArray> inputs) {
    threads.apply();
    IValue[] arguments = new IValue[inputs.size()];
    try (NDManager manager = model.getNDManager().newSubManager()) {
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = IValue.from((PtNDArray) NativeArrays.toNative(inputs.get(i), manager));
      }
      try (IValue result = IValueUtils.runMethod(block, function, arguments)) {
        return NativeArrays.toHost(result.toNDList((PtNDManager) manager));
      }
    } catch (EngineException | IllegalStateException e) {
      throw new InferenceException(
          "PyTorch failed in '%s' on %s: %s".formatted(function, inputs, e.getMessage()), e);
    } finally {
      for (IValue argument : arguments) {
        if (argument != null) {
          argument.close();
        }
      }
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
