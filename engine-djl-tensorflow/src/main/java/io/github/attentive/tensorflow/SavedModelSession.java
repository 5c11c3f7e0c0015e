package io.github.attentive.tensorflow;

import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.javacpp.JavacppUtils;
import io.github.attentive.Device;
import io.github.attentive.InferenceException;
import io.github.attentive.ModelLoadException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A SavedModel that TensorFlow has loaded. Thread-safe but for {@link #close}; every call frees
 * what it allocates.
 */
final class SavedModelSession implements AutoCloseable {
  /** The tag of the graph to serve. */
  static final String TAG = "serve";

  private final SavedModelBundle bundle;
  private final Map<String, TF_Operation> operations = new java.util.concurrent.ConcurrentHashMap<>();

  private SavedModelSession(SavedModelBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * Loads a directory.
   *
   * @param directory with {@code saved_model.pb}
   * @param device where to compute
   * @param threads of one operation
   * @throws io.github.attentive.EngineUnavailableException if the engine or the device is missing
   * @throws ModelLoadException if TensorFlow does not take it
   */
  static SavedModelSession load(Path directory, Device device, int threads) {
    TensorFlowRuntime.require(device);
    try {
      return new SavedModelSession(
          JavacppUtils.loadSavedModelBundle(
              directory.toString(), new String[] {TAG}, configuration(device, threads), null));
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw new ModelLoadException(
          "%s: expected a SavedModel that TensorFlow %s loads, got: %s"
              .formatted(directory, TensorFlowNatives.VERSION, reason(e)),
          e);
    }
  }

  private static ConfigProto configuration(Device device, int threads) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            // A call computes in the thread that makes it; only operations are shared.
            .setInterOpParallelismThreads(-1)
            .setIntraOpParallelismThreads(threads);
    if (device.kind() == Device.Kind.CPU) {
      config.putDeviceCount("GPU", 0);
    } else {
      config
          .setAllowSoftPlacement(true)
          .setGpuOptions(
              GPUOptions.newBuilder()
                  .setAllowGrowth(true)
                  .setVisibleDeviceList(Integer.toString(device.index())));
    }
    return config.build();
  }

  /** The signatures by name, those without inputs left out. */
  Map<String, SignatureDef> signatures() {
    return bundle.getMetaGraphDef().getSignatureDefMap();
  }

  /**
   * Runs a part of the graph.
   *
   * @param inputs native arrays by the tensor that each feeds
   * @param outputs the tensors wanted
   * @param reader copies what it wants out of them, in their order; all are freed after it
   * @return what the reader gave
   * @throws InferenceException if TensorFlow fails
   */
  <R> R run(
      Map<TensorInfo, NativeTensor> inputs,
      List<TensorInfo> outputs,
      java.util.function.Function<TF_Tensor[], R> reader) {
    TF_Tensor[] fed = new TF_Tensor[inputs.size()];
    TF_Operation[] inputOperations = new TF_Operation[inputs.size()];
    int[] inputIndices = new int[inputs.size()];
    int i = 0;
    for (Map.Entry<TensorInfo, NativeTensor> input : inputs.entrySet()) {
      fed[i] = input.getValue().handle();
      inputOperations[i] = operation(input.getKey());
      inputIndices[i] = index(input.getKey());
      i++;
    }
    TF_Tensor[] results = {};
    try {
      results =
          JavacppUtils.runSession(
              bundle.getSession(),
              null,
              fed,
              inputOperations,
              inputIndices,
              outputs.stream().map(this::operation).toArray(TF_Operation[]::new),
              outputs.stream().mapToInt(SavedModelSession::index).toArray(),
              new TF_Operation[0]);
      return reader.apply(results);
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw new InferenceException(
          "TensorFlow failed on %s: %s".formatted(inputs.values(), reason(e)), e);
    } finally {
      for (TF_Tensor result : results) {
        result.close();
      }
    }
  }

  private TF_Operation operation(TensorInfo tensor) {
    String name = tensor.getName();
    return operations.computeIfAbsent(
        name, added -> JavacppUtils.getGraphOperationByName(bundle.getGraph(), added).getKey());
  }

  private static int index(TensorInfo tensor) {
    String name = tensor.getName();
    return Integer.parseInt(name.substring(name.lastIndexOf(':') + 1));
  }

  /** What went wrong, without the places in the graph that TensorFlow lists after it. */
  static String reason(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst()
        .orElse(message);
  }

  @Override
  public void close() {
    bundle.close();
  }
}
