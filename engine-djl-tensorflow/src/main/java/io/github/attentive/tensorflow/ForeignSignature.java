package io.github.attentive.tensorflow;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.runtime.ForeignOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The signature of a SavedModel that classifies: one input, the text or its tokens, and outputs of
 * floats.
 *
 * @param name its own
 * @param inputName the name of the input
 * @param input the input
 * @param outputs floats of any width, by name in the order of the alphabet and of the numbers in it
 */
record ForeignSignature(
    String name, String inputName, TensorInfo input, Map<String, TensorInfo> outputs) {
  /** Names that Keras and TensorFlow give; others follow in the order of the alphabet. */
  private static final List<String> USUAL = List.of("serving_default", "serve");

  /**
   * Chooses the signature.
   *
   * @param model the files
   * @param idsInput the input's name, if a file beside says it
   * @throws ModelLoadException if there is none
   */
  static ForeignSignature of(SavedModelDirectory model, Optional<String> idsInput) {
    Map<String, SignatureDef> all = new TreeMap<>(model.meta().getSignatureDefMap());
    List<String> order = new ArrayList<>(USUAL);
    all.keySet().stream().filter(name -> !USUAL.contains(name)).forEach(order::add);
    List<String> refused = new ArrayList<>();
    for (String name : order) {
      SignatureDef signature = all.get(name);
      // What initialises a model is a signature without inputs.
      if (signature == null || signature.getInputsCount() == 0) {
        continue;
      }
      Optional<Map.Entry<String, TensorInfo>> input = input(signature, idsInput);
      Map<String, TensorInfo> outputs = floats(signature);
      if (input.isPresent() && !outputs.isEmpty()) {
        return new ForeignSignature(name, input.get().getKey(), input.get().getValue(), outputs);
      }
      refused.add(describe(name, signature));
    }
    Path file = model.directory().resolve(SavedModelFile.NAME);
    throw new ModelLoadException(
        "%s: expected a signature of one input, texts or tokens of type float32, int32 or int64"
                .formatted(file)
            + " [batch, positions]"
            + idsInput.map(name -> " named '" + name + "'").orElse("")
            + ", and outputs of floats, got "
            + (refused.isEmpty() ? "none with inputs" : String.join("; ", refused))
            + "; export the model with model.export(...)");
  }

  private static Optional<Map.Entry<String, TensorInfo>> input(
      SignatureDef signature, Optional<String> wanted) {
    Map<String, TensorInfo> inputs = signature.getInputsMap();
    if (inputs.size() != 1) {
      return Optional.empty();
    }
    return inputs.entrySet().stream()
        .filter(entry -> wanted.map(entry.getKey()::equals).orElse(true))
        .filter(entry -> isReadable(entry.getValue()))
        .findFirst();
  }

  private static boolean isReadable(TensorInfo info) {
    TensorShapeProto shape = info.getTensorShape();
    return info.getDtype() == DataType.DT_STRING
        ? shape.getUnknownRank() || shape.getDimCount() <= 2
        : NativeTensor.takes(info.getDtype())
            && (shape.getUnknownRank() || shape.getDimCount() == 2);
  }

  private static Map<String, TensorInfo> floats(SignatureDef signature) {
    Map<String, TensorInfo> outputs = new TreeMap<>(ForeignOutput.ORDER_OF_NAMES);
    signature
        .getOutputsMap()
        .forEach(
            (name, info) -> {
              if (NativeTensor.isFloating(info.getDtype())) {
                outputs.put(name, info);
              }
            });
    return outputs;
  }

  private static String describe(String name, SignatureDef signature) {
    return "'%s' of %s to %s"
        .formatted(name, describe(signature.getInputsMap()), describe(signature.getOutputsMap()));
  }

  private static List<String> describe(Map<String, TensorInfo> tensors) {
    return new TreeMap<>(tensors)
        .entrySet().stream()
            .map(
                entry ->
                    "'%s' %s%s"
                        .formatted(
                            entry.getKey(),
                            entry.getValue().getDtype(),
                            sizes(entry.getValue().getTensorShape())))
            .toList();
  }

  private static List<Long> sizes(TensorShapeProto shape) {
    return shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
  }

  /** Whether it takes texts, the vectoriser being inside. */
  boolean takesTexts() {
    return input.getDtype() == DataType.DT_STRING;
  }

  /** How many axes the input of texts has. */
  int textAxes() {
    return Math.max(1, input.getTensorShape().getDimCount());
  }

  /** The positions of the input of tokens; 0 where any number will do. */
  int positions() {
    TensorShapeProto shape = input.getTensorShape();
    return takesTexts() || shape.getDimCount() < 2
        ? 0
        : (int) Math.max(0, Math.min(Integer.MAX_VALUE, shape.getDim(1).getSize()));
  }

  /** The positions of what may be attention, from the shapes that are written down; else 0. */
  int positionsOfAttention() {
    return outputs.values().stream()
        .map(info -> sizes(info.getTensorShape()))
        .filter(sizes -> sizes.size() > 2)
        .filter(sizes -> sizes.get(sizes.size() - 1).equals(sizes.get(sizes.size() - 2)))
        .mapToInt(sizes -> (int) Math.max(0, Math.min(1 << 20, sizes.get(sizes.size() - 1))))
        .findFirst()
        .orElse(0);
  }

  /** The texts of a batch; 0 where any number will do. */
  long batch() {
    TensorShapeProto shape = input.getTensorShape();
    return shape.getDimCount() == 0 ? 0 : Math.max(0, shape.getDim(0).getSize());
  }
}
