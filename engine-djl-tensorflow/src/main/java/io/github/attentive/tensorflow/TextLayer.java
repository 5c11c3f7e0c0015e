package io.github.attentive.tensorflow;

import com.google.protobuf.ByteString;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.TextVectorization.Split;
import io.github.attentive.djl.text.TextVectorization.Standardize;
import io.github.attentive.djl.text.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * The TextVectorization inside a SavedModel that takes texts, read from the operations it is made
 * of: how texts are cut, the words of its table, and how many positions it pads to.
 *
 * @param vectorization how texts are cut
 * @param vocabulary the words
 * @param positions it pads to, or empty for those of the longest text
 */
record TextLayer(TextVectorization vectorization, Vocabulary vocabulary, OptionalInt positions) {
  /** By which the layer removes punctuation, whatever the order of escapes. */
  private static final Set<Integer> PUNCTUATION = punctuation();

  private static Set<Integer> punctuation() {
    Set<Integer> all = new java.util.HashSet<>();
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".chars().forEach(all::add);
    return all;
  }

  /**
   * Looks for the layer.
   *
   * @param graph of the model
   * @return the layer; empty if the model cuts its texts in another way, or hides its words
   */
  static Optional<TextLayer> of(GraphDef graph) {
    Optional<Vocabulary> vocabulary = vocabulary(graph);
    List<FunctionDef> functions =
        graph.getLibrary().getFunctionList().stream()
            .filter(f -> has(f, node -> node.getOp().equals("LookupTableFindV2")))
            .toList();
    if (functions.isEmpty() || vocabulary.isEmpty()) {
      return Optional.empty();
    }
    FunctionDef layer = functions.get(0);
    // A function of each signature; two layers would be another matter.
    boolean alike =
        functions.stream()
            .allMatch(
                other ->
                    vectorization(other).equals(vectorization(layer))
                        && positions(other).equals(positions(layer)));
    return vectorization(layer)
        .filter(cut -> alike)
        .map(cut -> new TextLayer(cut, vocabulary.get(), positions(layer)));
  }

  private static boolean has(FunctionDef function, Predicate<NodeDef> wanted) {
    return function.getNodeDefList().stream().anyMatch(wanted);
  }

  private static boolean has(FunctionDef function, String operation) {
    return has(function, node -> node.getOp().equals(operation));
  }

  private static Optional<TextVectorization> vectorization(FunctionDef layer) {
    boolean strips = false;
    for (NodeDef node : layer.getNodeDefList()) {
      if (node.getOp().equals("StaticRegexReplace")) {
        if (!removesPunctuation(node)) {
          return Optional.empty();
        }
        strips = true;
      }
    }
    if (has(layer, TextLayer::changesTextsInAnotherWay)) {
      return Optional.empty();
    }
    boolean lowers = has(layer, "StringLower");
    Standardize standardize =
        lowers
            ? strips ? Standardize.LOWER_AND_STRIP_PUNCTUATION : Standardize.LOWER
            : strips ? Standardize.STRIP_PUNCTUATION : Standardize.NONE;
    boolean characters = has(layer, node -> node.getOp().startsWith("UnicodeDecode"));
    Split split =
        has(layer, "StringSplitV2") ? Split.WHITESPACE : characters ? Split.CHARACTER : Split.NONE;
    return Optional.of(new TextVectorization(standardize, split));
  }

  private static boolean changesTextsInAnotherWay(NodeDef node) {
    String operation = node.getOp();
    return switch (operation) {
      case "StaticRegexReplace" -> false;
      // Keras lowers ASCII alone.
      case "StringLower" ->
          !node.getAttrOrDefault("encoding", AttrValue.getDefaultInstance()).getS().isEmpty();
      case "StringSplitV2" ->
          node.getAttrOrDefault("maxsplit", AttrValue.newBuilder().setI(-1).build()).getI() >= 0;
      default ->
          operation.startsWith("String")
              || operation.startsWith("Regex")
              || operation.equals("Substr")
              || operation.equals("UnicodeTranscode");
    };
  }

  /** A class of exactly Keras's punctuation characters, replaced by nothing. */
  private static boolean removesPunctuation(NodeDef node) {
    String pattern = node.getAttrOrThrow("pattern").getS().toStringUtf8();
    if (!node.getAttrOrThrow("rewrite").getS().isEmpty()
        || !pattern.startsWith("[")
        || !pattern.endsWith("]")) {
      return false;
    }
    Set<Integer> characters = new java.util.HashSet<>();
    for (int i = 1; i < pattern.length() - 1; i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
      }
      characters.add((int) pattern.charAt(i));
    }
    return characters.equals(PUNCTUATION);
  }

  /** The second number of the shape that tokens are padded to. */
  private static OptionalInt positions(FunctionDef layer) {
    Map<String, NodeDef> nodes = new HashMap<>();
    layer.getNodeDefList().forEach(node -> nodes.put(node.getName(), node));
    for (NodeDef node : layer.getNodeDefList()) {
      if (!node.getOp().equals("RaggedTensorToTensor") || node.getInputCount() == 0) {
        continue;
      }
      NodeDef shape = nodes.get(node.getInput(0).split(":")[0]);
      long[] sizes = shape == null ? null : integers(shape);
      if (sizes != null && sizes.length == 2 && sizes[1] > 0 && sizes[1] <= Integer.MAX_VALUE) {
        return OptionalInt.of((int) sizes[1]);
      }
    }
    return OptionalInt.empty();
  }

  /** The words that a table is filled with when the model is loaded. */
  private static Optional<Vocabulary> vocabulary(GraphDef graph) {
    Map<String, NodeDef> nodes = new HashMap<>();
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    for (NodeDef node : graph.getNodeList()) {
      if (!node.getOp().endsWith("PartitionedCall") && !node.getOp().startsWith("LookupTable")) {
        continue;
      }
      List<String> words = null;
      long[] ids = null;
      boolean ofTable = false;
      for (String input : node.getInputList()) {
        NodeDef source = nodes.get(input.split(":")[0]);
        if (source == null) {
          continue;
        }
        ofTable |= source.getOp().startsWith("HashTable");
        words = words == null ? texts(source) : words;
        ids = ids == null ? integers(source) : ids;
      }
      if (ofTable && words != null && ids != null && words.size() == ids.length) {
        return inOrder(words, ids);
      }
    }
    return Optional.empty();
  }

  /** Padding and the unknown word have no entry in the table. */
  private static Optional<Vocabulary> inOrder(List<String> words, long[] ids) {
    @Nullable String[] all = new String[words.size() + 2];
    all[Vocabulary.PADDING] = "";
    all[Vocabulary.UNKNOWN] = Vocabulary.UNKNOWN_WORD;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 2 || ids[i] >= all.length || all[(int) ids[i]] != null) {
        return Optional.empty();
      }
      all[(int) ids[i]] = words.get(i);
    }
    List<String> inOrder = new ArrayList<>();
    for (@Nullable String word : all) {
      if (word == null) {
        return Optional.empty();
      }
      inOrder.add(word);
    }
    try {
      return Optional.of(Vocabulary.of(inOrder));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable TensorProto constant(NodeDef node, DataType... types) {
    if (!node.getOp().equals("Const")) {
      return null;
    }
    TensorProto value = node.getAttrOrThrow("value").getTensor();
    return List.of(types).contains(value.getDtype()) ? value : null;
  }

  private static @Nullable List<String> texts(NodeDef node) {
    TensorProto value = constant(node, DataType.DT_STRING);
    return value == null || value.getTensorShape().getDimCount() != 1
        ? null
        : value.getStringValList().stream().map(ByteString::toStringUtf8).toList();
  }

  private static long @Nullable [] integers(NodeDef node) {
    TensorProto value = constant(node, DataType.DT_INT64, DataType.DT_INT32);
    if (value == null || value.getTensorShape().getDimCount() != 1) {
      return null;
    }
    int count = (int) Math.min(Integer.MAX_VALUE, value.getTensorShape().getDim(0).getSize());
    boolean wide = value.getDtype() == DataType.DT_INT64;
    if (!value.getTensorContent().isEmpty()) {
      ByteBuffer bytes =
          value.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      if (bytes.remaining() != (long) count * (wide ? Long.BYTES : Integer.BYTES)) {
        return null;
      }
      long[] values = new long[count];
      for (int i = 0; i < count; i++) {
        values[i] = wide ? bytes.getLong() : bytes.getInt();
      }
      return values;
    }
    long[] listed =
        wide
            ? value.getInt64ValList().stream().mapToLong(Long::longValue).toArray()
            : value.getIntValList().stream().mapToLong(Integer::longValue).toArray();
    return listed.length == count ? listed : null;
  }
}
