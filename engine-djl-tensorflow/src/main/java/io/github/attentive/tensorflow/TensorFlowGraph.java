package io.github.attentive.tensorflow;

import io.github.attentive.Device;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.SmallGraphs;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** A graph that was written as a SavedModel and loaded. */
final class TensorFlowGraph implements CompiledGraph {
  private final SavedModelSession session;
  private final Map<String, FunctionSignature> signatures = new ConcurrentHashMap<>();
  private final Graph outline;

  private TensorFlowGraph(Graph graph, SavedModelSession session) {
    this.session = session;
    this.outline = graph.outline();
    for (Function function : graph.functions()) {
      SignatureDef signature = session.signatures().get(function.name());
      signatures.put(function.name(), FunctionSignature.of(function, signature));
    }
  }

  static TensorFlowGraph load(Graph graph, Device device, OptionalInt threads) {
    TensorFlowRuntime.require(device);
    @Nullable Path folder = null;
    try {
      folder = Files.createTempDirectory("attentive");
      // Goes with the process if it is killed in between.
      folder.toFile().deleteOnExit();
      Path file = folder.resolve(SavedModelFile.NAME);
      file.toFile().deleteOnExit();
      GraphNodes nodes = new GraphNodes();
      VariableParameters parameters = VariableParameters.of(graph, nodes);
      Files.write(file, SavedModelFile.withoutWeights(graph, parameters, nodes));
      SavedModelSession session =
          SavedModelSession.load(folder, device, SmallGraphs.threads(graph, threads));
      try {
        parameters.assign(session);
        return new TensorFlowGraph(graph, session);
      } catch (RuntimeException | Error e) {
        session.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ModelLoadException("the graph cannot be written for TensorFlow: " + e, e);
    } finally {
      delete(folder);
    }
  }

  /** TensorFlow has read all of it. */
  private static void delete(@Nullable Path folder) {
    if (folder != null) {
      folder.resolve(SavedModelFile.NAME).toFile().delete();
      folder.toFile().delete();
    }
  }

  @Override
  public List<HostArray.Floats> run(String function, List<HostArray> inputs) {
    FunctionSignature signature = signatureOf(function);
    Map<TensorInfo, NativeTensor> fed = new LinkedHashMap<>();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        fed.put(signature.inputs().get(i), nativeOf(inputs.get(i)));
      }
      return session.run(
          fed,
          signature.outputs(),
          results -> Arrays.stream(results).map(NativeTensor::floats).toList());
    } finally {
      fed.values().forEach(NativeTensor::close);
    }
  }

  private FunctionSignature signatureOf(String function) {
    FunctionSignature signature =
        outline.has(function)
            ? signatures.computeIfAbsent(
                function, added -> SeldomCalledFunction.add(outline, added, session))
            : signatures.get(function);
    if (signature == null) {
      throw new IllegalArgumentException(
          "function '%s': expected one of %s".formatted(function, signatures.keySet()));
    }
    return signature;
  }

  private static NativeTensor nativeOf(HostArray array) {
    return array instanceof HostArray.Longs longs
        ? NativeTensor.of(longs, DataType.DT_INT64)
        : NativeTensor.of((HostArray.Floats) array);
  }

  @Override
  public void close() {
    session.close();
  }
}
