package io.github.attentive.tensorflow;

import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.javacpp.JavacppUtils;
import io.github.attentive.Device;
import io.github.attentive.InferenceException;
import io.github.attentive.ModelLoadException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.AbstractTF_Buffer;
import org.tensorflow.internal.c_api.AbstractTF_Status;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.RewriterConfig;
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
  private final Map<String, TF_Operation> operations = new ConcurrentHashMap<>();

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
    return load(directory, configuration(device, threads));
  }

  /** The same without fusing operations; see {@link SavedModelDirectory#hasTransposedFactors()}. */
  static SavedModelSession loadUnfused(Path directory, Device device, int threads) {
    ConfigProto.Builder config = configuration(device, threads);
    config
        .getGraphOptionsBuilder()
        .getRewriteOptionsBuilder()
        .setRemapping(RewriterConfig.Toggle.OFF);
    return load(directory, config);
  }

  private static SavedModelSession load(Path directory, ConfigProto.Builder config) {
    try {
      return new SavedModelSession(
          JavacppUtils.loadSavedModelBundle(
              directory.toString(), new String[] {TAG}, config.build(), null));
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw new ModelLoadException(
          "%s: expected a SavedModel that TensorFlow %s loads, got: %s"
              .formatted(directory, TensorFlowNatives.VERSION, reason(e)),
          e);
    }
  }

  private static ConfigProto.Builder configuration(Device device, int threads) {
    TensorFlowRuntime.require(device);
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
    return config;
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
      Function<TF_Tensor[], R> reader) {
    TF_Tensor[] results = {};
    try {
      results = runAll(inputs, outputs, List.of());
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

  /**
   * Runs operations that give nothing.
   *
   * @param inputs native arrays by the node that each feeds
   * @param targets the nodes to run
   * @throws ModelLoadException if TensorFlow fails
   */
  void runTargets(Map<String, NativeTensor> inputs, List<String> targets) {
    Map<TensorInfo, NativeTensor> fed = new LinkedHashMap<>();
    inputs.forEach(
        (node, value) -> fed.put(TensorInfo.newBuilder().setName(node + ":0").build(), value));
    try {
      runAll(fed, List.of(), targets);
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw new ModelLoadException(
          "TensorFlow cannot take the weights %s: %s".formatted(inputs.keySet(), reason(e)), e);
    }
  }

  /**
   * Adds nodes to the graph, for any further run.
   *
   * @param nodes a graph as bytes; what it is to share with the session's own has its shared names
   * @param prefix of the names of the added nodes, before a slash
   * @throws ModelLoadException if TensorFlow does not take them
   */
  void extend(byte[] nodes, String prefix) {
    TF_ImportGraphDefOptions options = tensorflow.TF_NewImportGraphDefOptions();
    try (BytePointer bytes = new BytePointer(nodes);
        TF_Buffer buffer = AbstractTF_Buffer.newBufferFromString(bytes);
        TF_Status status = AbstractTF_Status.newStatus()) {
      tensorflow.TF_ImportGraphDefOptionsSetPrefix(options, prefix);
      tensorflow.TF_GraphImportGraphDef(bundle.getGraph(), buffer, options, status);
      status.throwExceptionIfNotOK();
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw new ModelLoadException(
          "TensorFlow cannot add the nodes '%s/...': %s".formatted(prefix, reason(e)), e);
    } finally {
      tensorflow.TF_DeleteImportGraphDefOptions(options);
    }
  }

  private TF_Tensor[] runAll(
      Map<TensorInfo, NativeTensor> inputs, List<TensorInfo> outputs, List<String> targets) {
    List<TensorInfo> fed = List.copyOf(inputs.keySet());
    return JavacppUtils.runSession(
        bundle.getSession(),
        null,
        fed.stream().map(input -> inputs.get(input).handle()).toArray(TF_Tensor[]::new),
        operations(fed),
        indices(fed),
        operations(outputs),
        indices(outputs),
        targets.stream().map(this::operation).toArray(TF_Operation[]::new));
  }

  private TF_Operation[] operations(List<TensorInfo> tensors) {
    return tensors.stream().map(tensor -> operation(tensor.getName())).toArray(TF_Operation[]::new);
  }

  private static int[] indices(List<TensorInfo> tensors) {
    return tensors.stream()
        .map(TensorInfo::getName)
        .mapToInt(name -> Integer.parseInt(name.substring(name.lastIndexOf(':') + 1)))
        .toArray();
  }

  /** A node, by its own name or by that of one of its outputs. */
  private TF_Operation operation(String name) {
    return operations.computeIfAbsent(
        name, added -> JavacppUtils.getGraphOperationByName(bundle.getGraph(), added).getKey());
  }

  /** What went wrong, without the places in the graph that TensorFlow lists after it. */
  static String reason(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse(message);
  }

  @Override
  public void close() {
    bundle.close();
  }
}
