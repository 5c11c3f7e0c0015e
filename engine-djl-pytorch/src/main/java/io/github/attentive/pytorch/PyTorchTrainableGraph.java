package io.github.attentive.pytorch;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.github.attentive.Device;
import io.github.attentive.InferenceException;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.training.AdamW;
import io.github.attentive.djl.training.BatchTooLargeException;
import io.github.attentive.djl.training.TrainableGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;

/** A graph loaded for training, differentiated by PyTorch's own autograd. */
final class PyTorchTrainableGraph implements TrainableGraph {
  /** DJL collects gradients for one caller in a JVM at a time. */
  private static final ReentrantLock COLLECTING = new ReentrantLock();

  /** DJL's own setting. */
  private static final String OPTIMIZER = "ai.djl.pytorch.graph_optimizer";

  /** How DJL is told which method to run. */
  private static final String METHOD_PREFIX = "module_method:";

  private final Graph graph;
  private final Model model;
  private final Device device;
  private final PtSymbolBlock block;
  private final OperationThreads threads;

  private final String validationFunction;

  /** The native weights in the graph's order; null for fixed tables, which DJL does not show. */
  private final List<NDArray> weights = new ArrayList<>();

  private final List<Model> others = new ArrayList<>();

  private PyTorchTrainableGraph(Graph graph, Model model, Device device, OperationThreads threads) {
    this.device = device;
    this.graph = graph;
    this.model = model;
    this.validationFunction =
        graph.functions().stream().anyMatch(f -> f.name().equals(ModelFunctions.VALIDATION_LOSS))
            ? ModelFunctions.VALIDATION_LOSS
            : ModelFunctions.LOSS;
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
    // PyTorch rewrites a graph for the shapes it has seen; training brings others all the time.
    JniUtils.setGraphExecutorOptimize(false);
    return new PyTorchTrainableGraph(graph, model, device, OperationThreads.of(graph, threads));
  }

  @Override
  public Gradients differentiate(List<HostArray> inputs, int probe) {
    threads.apply();
    COLLECTING.lock();
    try (NDManager manager = model.getNDManager().newSubManager();
        GradientCollector collector = PyTorchRuntime.engine().newGradientCollector()) {
      NDList arguments = arguments(ModelFunctions.LOSS, inputs, manager);
      arguments.get(probe).setRequiresGradient(true);
      NDList outputs = IValueUtils.forward(block, arguments, true);
      collector.backward(outputs.get(0));
      List<float[]> gradients = new ArrayList<>();
      for (int i = 0; i < weights.size(); i++) {
        gradients.add(isTrained(i) ? takenGradient(weights.get(i)) : new float[0]);
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

  private static float[] takenGradient(NDArray weight) {
    try (NDArray gradient = weight.getGradient()) {
      float[] values = gradient.toFloatArray();
      // PyTorch adds to what is there.
      gradient.muli(0);
      return values;
    }
  }

  /**
   * Adds the gradients of the loss to those of the weights.
   *
   * @param share what they are multiplied by
   * @param seed of dropout
   */
  Loss accumulate(List<HostArray> inputs, float share, long seed) throws BatchTooLargeException {
    threads.apply();
    // The seed, too, is one for the whole process.
    COLLECTING.lock();
    try (NDManager manager = model.getNDManager().newSubManager();
        GradientCollector collector = PyTorchRuntime.engine().newGradientCollector()) {
      JniUtils.setSeed(seed);
      NDList outputs =
          IValueUtils.forward(block, arguments(ModelFunctions.LOSS, inputs, manager), true);
      NDArray mean = outputs.get(0);
      collector.backward(share == 1 ? mean : mean.mul(share));
      return loss(outputs);
    } catch (EngineException e) {
      if (String.valueOf(e.getMessage()).contains("can't allocate memory")
          || String.valueOf(e.getMessage()).contains("out of memory")) {
        throw new BatchTooLargeException(NativeCall.reason(e), e);
      }
      throw new InferenceException("PyTorch failed in a training step: " + NativeCall.reason(e), e);
    } finally {
      COLLECTING.unlock();
    }
  }

  /** Outside a collector PyTorch records nothing for differentiation. */
  @Override
  public Loss evaluate(List<HostArray> inputs) {
    threads.apply();
    try (NDManager manager = model.getNDManager().newSubManager()) {
      return loss(IValueUtils.forward(block, arguments(validationFunction, inputs, manager), true));
    } catch (EngineException e) {
      throw new InferenceException("PyTorch failed in an evaluation: " + NativeCall.reason(e), e);
    }
  }

  private static NDList arguments(String function, List<HostArray> inputs, NDManager manager) {
    NDList arguments = new NDList();
    for (HostArray input : inputs) {
      arguments.add(NativeArrays.toNative(input, manager));
    }
    NDArray method = manager.create(0);
    method.setName(METHOD_PREFIX + function);
    arguments.add(method);
    return arguments;
  }

  private static Loss loss(NDList outputs) {
    return new Loss(outputs.get(0).toFloatArray()[0], NativeArrays.toHost(outputs.get(1)));
  }

  @Override
  public AdamW adamW(IntPredicate decays) {
    return PyTorchAdamW.of(this, decays);
  }

  @Override
  public float[] values(int parameter) {
    return isTrained(parameter)
        ? NativeArrays.toHost(weights.get(parameter)).values()
        : graph.parameters().get(parameter).values();
  }

  /** The native weights in the graph's order; null for fixed tables. */
  List<NDArray> weights() {
    return weights;
  }

  /** Whether training changes a parameter. */
  boolean isTrained(int parameter) {
    return graph.parameters().get(parameter).trainable();
  }

  /** Owns what lives as long as this. */
  NDManager manager() {
    return model.getNDManager();
  }

  @Override
  public void assign(int parameter, float[] values) {
    set(weights.get(parameter), values);
  }

  /** Gives an array other values. */
  static void set(NDArray array, float[] values) {
    // NDArray.set would exchange the storage, and PyTorch warns of the way DJL does that.
    try (NDArray now = array.getManager().create(values, array.getShape())) {
      array.muli(0).addi(now);
    }
  }

  Device device() {
    return device;
  }

  /** Closed with this. */
  void owns(Model other) {
    others.add(other);
  }

  @Override
  public void close() {
    JniUtils.setGraphExecutorOptimize(Boolean.parseBoolean(System.getProperty(OPTIMIZER, "true")));
    others.forEach(Model::close);
    model.close();
  }
}
