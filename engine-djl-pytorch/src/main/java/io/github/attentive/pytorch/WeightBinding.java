package io.github.attentive.pytorch;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives a loaded module its weights: each goes from the checkpoint straight into native memory,
 * with no archive on disk and nothing on the Java heap in between.
 */
final class WeightBinding {
  private final PtSymbolBlock block;
  private final DenseLayers denseLayers;
  private final Set<Parameter> ofDenseLayers;

  private WeightBinding(Graph graph, DenseLayers denseLayers, PtSymbolBlock block) {
    this.block = block;
    this.denseLayers = denseLayers;
    this.ofDenseLayers = new HashSet<>();
    graph.functions().forEach(this::findDenseLayers);
  }

  private void findDenseLayers(Function function) {
    for (Function.Step step : function.steps()) {
      if (step.operation() instanceof Operation.Linear linear) {
        ofDenseLayers.add(linear.weight());
      }
    }
  }

  /**
   * Binds.
   *
   * @param graph the model
   * @param denseLayers how the module's dense layers are written
   * @param model the module, loaded from a bindable archive of the graph
   * @throws ModelLoadException if PyTorch does not take a weight
   */
  static void bind(Graph graph, DenseLayers denseLayers, Model model) {
    WeightBinding binding = new WeightBinding(graph, denseLayers, (PtSymbolBlock) model.getBlock());
    try (NDManager manager = model.getNDManager().newSubManager()) {
      binding.bindAll(graph.parameters(), (PtNDManager) manager);
    } catch (EngineException | IllegalStateException e) {
      throw new ModelLoadException("PyTorch cannot take the weights: " + e.getMessage(), e);
    }
  }

  private void bindAll(List<Parameter> parameters, PtNDManager manager) {
    PtNDArray[] weights = new PtNDArray[parameters.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weight(parameters.get(i), manager);
    }
    try (IValue list = IValue.listFrom(weights)) {
      // The module holds the weights from here on.
      IValueUtils.runMethod(block, TorchScriptCode.BIND, list).close();
    }
  }

  private PtNDArray weight(Parameter parameter, PtNDManager manager) {
    PtNDArray weight =
        JniUtils.createEmptyNdArray(
            manager,
            new Shape(parameter.shape().sizes()),
            parameter.type() == ElementType.INT64 ? DataType.INT64 : DataType.FLOAT32,
            ai.djl.Device.cpu(),
            SparseFormat.DENSE);
    parameter.copyTo(JniUtils.getByteBuffer(weight, true));
    if (denseLayers.packs(parameter) && ofDenseLayers.contains(parameter)) {
      try (IValue plain = IValue.from(weight);
          IValue packed = IValueUtils.runMethod(block, TorchScriptCode.PACK, plain)) {
        return packed.toTensor(manager);
      } finally {
        weight.close();
      }
    }
    return manager.getDevice().isGpu() ? weight.toDevice(manager.getDevice(), false) : weight;
  }
}
