package io.github.attentive.pytorch;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.github.attentive.Device;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.runtime.ForeignOutput;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * A TorchScript file that PyTorch has loaded. Thread-safe but for {@link #close}.
 *
 * <p>Its outputs are the tensors in what a method returns: tuples, lists and dictionaries are
 * unfolded, a dictionary in the order of its keys, numbers in them counting as numbers; what is no
 * tensor is left out.
 */
final class ForeignModule implements AutoCloseable {
  private final Model model;
  private final OperationThreads threads;

  private ForeignModule(Model model, OperationThreads threads) {
    this.model = model;
    this.threads = threads;
  }

  static ForeignModule load(Path file, Device device, OptionalInt threads) {
    Model model = PyTorchRuntime.open(file, device);
    // A module that was saved while it was trained would go on dropping out.
    JniUtils.enableInferenceMode((PtSymbolBlock) model.getBlock());
    return new ForeignModule(model, OperationThreads.ofForeign(size(file), threads));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be read: " + e, e);
    }
  }

  /**
   * Runs a method.
   *
   * @param method its name
   * @param inputs in its order
   * @param wanted which outputs to copy; the others come with their shapes alone
   * @return the outputs
   * @throws io.github.attentive.InferenceException if the model fails
   */
  List<ForeignOutput> run(String method, List<HostArray> inputs, IntPredicate wanted) {
    threads.apply();
    return NativeCall.run(
        model,
        method,
        inputs,
        (result, manager) -> {
          NDList tensors = new NDList();
          unfold(result, "", manager, tensors);
          List<ForeignOutput> outputs = new ArrayList<>();
          for (int i = 0; i < tensors.size(); i++) {
            outputs.add(output(tensors.get(i), wanted.test(i)));
          }
          return outputs;
        });
  }

  private static ForeignOutput output(NDArray tensor, boolean wanted) {
    boolean floating = tensor.getDataType().isFloating();
    HostArray.Floats array =
        floating && wanted
            ? NativeArrays.toHost(tensor.toType(DataType.FLOAT32, false))
            : new HostArray.Floats(tensor.getShape().getShape(), new float[0]);
    return new ForeignOutput(tensor.getName(), floating, array);
  }

  private static void unfold(IValue value, String name, PtNDManager manager, NDList tensors) {
    if (value.isTensor()) {
      add(value.toTensor(manager), name, tensors);
    } else if (value.isTensorList()) {
      for (PtNDArray tensor : value.toTensorArray(manager)) {
        add(tensor, name, tensors);
      }
    } else if (value.isTuple()) {
      unfoldAll(List.of(value.toIValueTuple()), name, manager, tensors);
    } else if (value.isMap()) {
      Map<String, IValue> entries = value.toIValueMap();
      try {
        entries.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(ForeignOutput.ORDER_OF_NAMES))
            .forEach(entry -> unfold(entry.getValue(), entry.getKey(), manager, tensors));
      } finally {
        entries.values().forEach(IValue::close);
      }
    } else if (value.isList()) {
      unfoldAll(List.of(value.toIValueArray()), name, manager, tensors);
    }
  }

  private static void unfoldAll(
      List<IValue> values, String name, PtNDManager manager, NDList tensors) {
    try {
      values.forEach(value -> unfold(value, name, manager, tensors));
    } finally {
      values.forEach(IValue::close);
    }
  }

  private static void add(PtNDArray tensor, String name, NDList tensors) {
    tensor.setName(name);
    tensors.add(tensor);
  }

  @Override
  public void close() {
    model.close();
  }
}
