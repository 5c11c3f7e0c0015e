package io.github.attentive.tensorflow;

import io.github.attentive.djl.runtime.ForeignOutput;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.tensorflow.proto.TensorInfo;

/** A signature of a SavedModel that TensorFlow has loaded. Thread-safe but for {@link #close}. */
final class ForeignFunction implements AutoCloseable {
  private final SavedModelSession session;
  private final ForeignSignature signature;

  /**
   * Takes a signature.
   *
   * @param session closed with this
   * @param signature of the session's model
   */
  ForeignFunction(SavedModelSession session, ForeignSignature signature) {
    this.session = session;
    this.signature = signature;
  }

  ForeignSignature signature() {
    return signature;
  }

  /**
   * Runs it.
   *
   * @param input whole numbers or texts, as the signature has it
   * @param wanted the names of the outputs to compute
   * @return these, by name in the signature's order
   * @throws io.github.attentive.InferenceException if the model fails
   */
  Map<String, ForeignOutput> run(HostArray input, Predicate<String> wanted) {
    List<String> names = signature.outputs().keySet().stream().filter(wanted).toList();
    List<TensorInfo> outputs = names.stream().map(signature.outputs()::get).toList();
    try (NativeTensor fed = nativeOf(input)) {
      List<HostArray.Floats> arrays =
          session.run(
              Map.of(signature.input(), fed),
              outputs,
              results -> {
                List<HostArray.Floats> copies = new ArrayList<>();
                for (var result : results) {
                  copies.add(NativeTensor.floatsOfAnyWidth(result));
                }
                return copies;
              });
      Map<String, ForeignOutput> given = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        given.put(names.get(i), new ForeignOutput(names.get(i), true, arrays.get(i)));
      }
      return given;
    }
  }

  private NativeTensor nativeOf(HostArray input) {
    return input instanceof HostArray.Texts texts
        ? NativeTensor.ofTexts(texts.values(), texts.shape())
        : NativeTensor.of((HostArray.Longs) input, signature.input().getDtype());
  }

  @Override
  public void close() {
    session.close();
  }
}
