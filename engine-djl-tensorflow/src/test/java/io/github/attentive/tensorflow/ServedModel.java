package io.github.attentive.tensorflow;

import io.github.attentive.Device;
import io.github.attentive.djl.runtime.HostArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** What was exported, opened as a host opens it that reads its signatures. */
record ServedModel(SavedModelSession session) implements AutoCloseable {
  static ServedModel open(Path directory) {
    return new ServedModel(SavedModelSession.load(directory, Device.CPU, 1));
  }

  /** Runs a signature; its inputs are asked for by name, its outputs have theirs. */
  Map<String, HostArray.Floats> run(String name, Function<String, HostArray.Longs> given) {
    SignatureDef signature = session.signatures().get(name);
    Map<TensorInfo, NativeTensor> inputs = new LinkedHashMap<>();
    Map<String, HostArray.Floats> results = new LinkedHashMap<>();
    List<String> outputs = List.copyOf(signature.getOutputsMap().keySet());
    try {
      signature
          .getInputsMap()
          .forEach(
              (input, info) ->
                  inputs.put(info, NativeTensor.of(given.apply(input), DataType.DT_INT64)));
      List<HostArray.Floats> values =
          session.run(
              inputs,
              outputs.stream().map(signature::getOutputsOrThrow).toList(),
              tensors -> Arrays.stream(tensors).map(NativeTensor::floats).toList());
      for (int i = 0; i < values.size(); i++) {
        results.put(outputs.get(i), values.get(i));
      }
      return results;
    } finally {
      inputs.values().forEach(NativeTensor::close);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
