package io.github.attentive.tensorflow;

import io.github.attentive.InferenceException;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.TensorInfo;

/** The signature of a SavedModel that was written elsewhere, as a graph of this library. */
final class ForeignSession implements CompiledGraph {
  private final SavedModelSession session;
  private final ForeignSignature signature;
  private List<String> scores = List.of();
  private List<String> attentions = List.of();

  /**
   * Wraps a session; {@link #assign} says what its outputs are before it is run as a graph.
   *
   * @param session closed with this
   * @param signature what it takes and gives
   */
  ForeignSession(SavedModelSession session, ForeignSignature signature) {
    this.session = session;
    this.signature = signature;
  }

  void assign(ForeignRoles roles) {
    scores = List.of(roles.scores());
    attentions = roles.attentions();
  }

  /** All outputs, by name. */
  Map<String, HostArray.Floats> runAll(HostArray input) {
    List<String> names = List.copyOf(signature.outputs().keySet());
    List<HostArray.Floats> results = run(input, names);
    Map<String, HostArray.Floats> outputs = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      outputs.put(names.get(i), results.get(i));
    }
    return outputs;
  }

  private List<HostArray.Floats> run(HostArray input, List<String> names) {
    List<TensorInfo> wanted = names.stream().map(signature.outputs()::get).toList();
    try (NativeTensor fed = nativeOf(input)) {
      return session.run(
          Map.of(signature.input(), fed),
          wanted,
          results -> java.util.Arrays.stream(results).map(NativeTensor::floats).toList());
    }
  }

  private NativeTensor nativeOf(HostArray input) {
    return input instanceof HostArray.Texts texts
        ? NativeTensor.ofTexts(texts.values(), texts.shape())
        : NativeTensor.of((HostArray.Longs) input, signature.input().getDtype());
  }

  @Override
  public List<HostArray.Floats> run(String function, List<HostArray> inputs) {
    HostArray input = inputs.get(0);
    List<String> names = new ArrayList<>(scores);
    if (function.equals(ModelFunctions.EXPLAIN)) {
      names.addAll(attentions);
    }
    List<HostArray.Floats> outputs = run(input, names);
    List<HostArray.Floats> results = new ArrayList<>();
    results.add(outputs.get(0));
    for (HostArray.Floats output : outputs.subList(1, outputs.size())) {
      results.add(layer(output, input));
    }
    return results;
  }

  /** The positions are the last axis, or that before an axis of size 1. */
  private static HostArray.Floats layer(HostArray.Floats output, HostArray input) {
    long[] shape = output.shape();
    long last = shape[shape.length - 1];
    long positions =
        input instanceof HostArray.Longs
            ? input.shape()[1]
            : shape.length == 3 && last == 1 ? shape[1] : last;
    AttentionLayout layout = AttentionLayout.of(shape, Math.toIntExact(positions));
    if (layout == null) {
      throw new InferenceException(
          "SavedModel on %s: expected attention as when it was opened, got %s"
              .formatted(input, output));
    }
    return layout.layer(output);
  }

  @Override
  public void close() {
    session.close();
  }
}
