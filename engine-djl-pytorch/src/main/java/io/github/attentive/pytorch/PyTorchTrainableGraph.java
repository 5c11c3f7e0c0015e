package io.github.attentive.pytorch;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.training.GradientCollector;
import io.github.attentive.Device;
import io.github.attentive.InferenceException;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.training.TrainableGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/** A graph loaded for training, differentiated by PyTorch's own autograd. */
final class PyTorchTrainableGraph implements TrainableGraph {
  /** DJL collects gradients for one caller in a JVM at a time. */
  private static final ReentrantLock COLLECTING = new ReentrantLock();

  /** How DJL is told which method to run. */
  private static final String METHOD_PREFIX = "module_method:";

  private final Model model;
  private final PtSymbolBlock block;
  private final OperationThreads threads;

  /** The native weights in the graph's order. */
  private final List<NDArray> weights = new ArrayList<>();

  private PyTorchTrainableGraph(Graph graph, Model model, OperationThreads threads) {
    this.model = model;
    this.threads = threads;
    this.block = (PtSymbolBlock) model.getBlock();
    block.freezeParameters(false);
    Map<String, NDArray> byAttribute = new HashMap<>();
    block
        .getDirectParameters()
        .forEach(entry -> byAttribute.put(entry.getKey(), entry.getValue().getArray()));
    TorchScriptNames names = new TorchScriptNames(graph);
    for (Parameter parameter : graph.parameters()) {
      weights.add(byAttribute.get(names.of(parameter)));
    }
  }

  static PyTorchTrainableGraph load(Graph graph, Device device, OptionalInt threads) {
    Model model =
        PyTorchRuntime.load(out -> TorchScriptArchive.write(graph, true, out), device, true);
    return new PyTorchTrainableGraph(graph, model, OperationThreads.of(graph, threads));
  }

  @Override
  public Gradients differentiate(List<HostArray> inputs, int probe) {
    threads.apply();
    COLLECTING.lock();
    try (NDManager manager = model.getNDManager().newSubManager();
        GradientCollector collector = PyTorchRuntime.engine().newGradientCollector()) {
      NDList arguments = arguments(inputs, manager);
      arguments.get(probe).setRequiresGradient(true);
      NDList outputs = IValueUtils.forward(block, arguments, true);
      collector.backward(outputs.get(0));
      List<float[]> gradients = new ArrayList<>();
      for (NDArray weight : weights) {
        try (NDArray gradient = weight.getGradient()) {
          gradients.add(gradient.toFloatArray());
          // PyTorch adds to what is there.
          gradient.muli(0);
        }
      }
      try (NDArray gradient = arguments.get(probe).getGradient()) {
        return new Gradients(loss(outputs), gradients, gradient.toFloatArray());
      }
    } catch (EngineException e) {
      throw new InferenceException("PyTorch failed in a training step: " + e.getMessage(), e);
    } finally {
      COLLECTING.unlock();
    }
  }

  /** Outside a collector PyTorch records nothing for differentiation. */
  @Override
  public Loss evaluate(List<HostArray> inputs) {
    threads.apply();
    try (NDManager manager = model.getNDManager().newSubManager()) {
      return loss(IValueUtils.forward(block, arguments(inputs, manager), true));
    } catch (EngineException e) {
      throw new InferenceException("PyTorch failed in an evaluation: " + e.getMessage(), e);
    }
  }

  private static NDList arguments(List<HostArray> inputs, NDManager manager) {
    NDList arguments = new NDList();
    for (HostArray input : inputs) {
      arguments.add(NativeArrays.toNative(input, manager));
    }
    NDArray method = manager.create(0);
    method.setName(METHOD_PREFIX + ModelFunctions.LOSS);
    arguments.add(method);
    return arguments;
  }

  private static Loss loss(NDList outputs) {
    return new Loss(outputs.get(0).toFloatArray()[0], NativeArrays.toHost(outputs.get(1)));
  }

  @Override
  public void assign(int parameter, float[] values) {
    NDArray weight = weights.get(parameter);
    // NDArray.set would exchange the storage, and PyTorch warns of the way DJL does that.
    try (NDArray now = weight.getManager().create(values, weight.getShape())) {
      weight.muli(0).addi(now);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
