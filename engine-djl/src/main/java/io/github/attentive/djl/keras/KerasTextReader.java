package io.github.attentive.djl.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.checkpoint.Hdf5File;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.text.OutputMode;
import io.github.attentive.djl.text.TextFeatures;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import io.github.attentive.djl.text.VocabularyFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads how texts enter a model: from its own TextVectorization, or from the files beside it. */
final class KerasTextReader {
  private static final String VOCABULARY = "vocabulary.txt";
  private static final float[] NONE = {};

  private final KerasFile file;
  private final KerasModelConfig config;
  private final KerasSettings settings;

  KerasTextReader(KerasFile file, KerasModelConfig config, KerasSettings settings) {
    this.file = file;
    this.config = config;
    this.settings = settings;
  }

  KerasText read() {
    if (config.inputs().size() != 1) {
      throw new ModelLoadException(
          "%s: expected a model of one input, the text, got %s"
              .formatted(
                  file.path(), config.inputs().stream().map(KerasArgument.Result::layer).toList()));
    }
    Optional<KerasLayer> layer = config.find("TextVectorization");
    return layer.isPresent() ? inside(layer.get()) : beside();
  }

  /** The positions that the input layer has. */
  private OptionalInt inputLength() {
    String name = config.inputs().get(0).layer();
    KerasLayer input =
        config.layers().stream()
            .filter(layer -> layer.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new ModelLoadException(file.path() + ": has no input layer '" + name + "'"));
    JsonFile options = input.options();
    JsonElement shape =
        options.has("batch_shape")
            ? options.element("batch_shape")
            : options.element("batch_input_shape");
    if (!(shape instanceof JsonArray sizes)) {
      return OptionalInt.empty();
    }
    if (sizes.size() != 2) {
      throw new ModelLoadException(
          "%s: expected tokens [batch, positions], got %s".formatted(input.place(), shape));
    }
    JsonElement size = sizes.get(1);
    if (size.isJsonNull()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(checkedLength(input.place(), size));
  }

  private static int checkedLength(String place, JsonElement size) {
    double length =
        size.isJsonPrimitive() && size.getAsJsonPrimitive().isNumber()
            ? size.getAsDouble()
            : Double.NaN;
    if (!(length >= 1 && length <= KerasConfig.LONGEST_SEQUENCE && length == Math.rint(length))) {
      throw new ModelLoadException(
          "%s: expected from 1 to %s positions, got %s"
              .formatted(place, KerasConfig.LONGEST_SEQUENCE, size));
    }
    return (int) length;
  }

  private KerasText beside() {
    OptionalInt length = inputLength();
    OptionalInt wished = settings.sequenceLength();
    if (length.isPresent() && wished.isPresent() && wished.getAsInt() != length.getAsInt()) {
      throw new ModelLoadException(
          "%s: sequenceLength: expected %s, as many positions as the model has, got %s"
              .formatted(
                  settings.directory().resolve(KerasSettings.SETTINGS),
                  length.getAsInt(),
                  wished.getAsInt()));
    }
    return new KerasText(
        settings.vectorization(),
        OutputMode.INT,
        settings.vocabulary(Integer.MAX_VALUE),
        length.isPresent() ? length : wished,
        0,
        NONE,
        false);
  }

  private KerasText inside(KerasLayer layer) {
    KerasOptions options = new KerasOptions(layer);
    options.element("dtype");
    options.require("ragged", false);
    options.require("sparse", false);
    options.require("encoding", "utf-8");
    options.element("batch_input_shape");
    OutputMode mode = choice(options, "output_mode", OutputMode.INT);
    TextVectorization vectorization =
        new TextVectorization(
            choice(
                options, "standardize", TextVectorization.Standardize.LOWER_AND_STRIP_PUNCTUATION),
            choice(options, "split", TextVectorization.Split.WHITESPACE),
            ngrams(options));
    Vocabulary vocabulary = vocabulary(layer, options, mode);
    JsonElement length = options.element("output_sequence_length");
    OptionalInt positions =
        length == null || length.isJsonNull()
            ? OptionalInt.empty()
            : OptionalInt.of(checkedLength(layer.place(), length));
    int limit = options.has("max_tokens") ? options.positive("max_tokens") : 0;
    boolean pads = options.flag("pad_to_max_tokens", false);
    options.element("vocabulary_size");
    options.requireAllRead();
    if (mode == OutputMode.INT) {
      return new KerasText(vectorization, mode, vocabulary, positions, 0, NONE, true);
    }
    int features = pads ? Math.max(limit, vocabulary.size()) : vocabulary.size();
    requireReasonable(layer, features);
    float[] frequencies = mode == OutputMode.TF_IDF ? frequencies(layer, options) : NONE;
    if (mode == OutputMode.TF_IDF) {
      try {
        TextFeatures.tfIdf(vectorization, vocabulary, features, frequencies);
      } catch (IllegalArgumentException e) {
        throw new ModelLoadException(layer.place() + ": " + e.getMessage(), e);
      }
    }
    return new KerasText(
        vectorization, mode, vocabulary, OptionalInt.empty(), features, frequencies, true);
  }

  private static void requireReasonable(KerasLayer layer, int features) {
    if (features > 10_000_000) {
      throw new ModelLoadException(
          "%s: option 'max_tokens': expected at most 10000000, got %s"
              .formatted(layer.place(), features));
    }
  }

  private static <E extends Enum<E>> E choice(KerasOptions options, String name, E absent) {
    JsonElement value = options.element(name);
    if (value == null) {
      return absent;
    }
    // Keras writes null for none.
    @Nullable String wanted =
        value.isJsonNull() ? "none" : value.isJsonPrimitive() ? value.getAsString() : null;
    E[] constants = absent.getDeclaringClass().getEnumConstants();
    for (E constant : constants) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return constant;
      }
    }
    throw options.unsupported(name, List.of(constants).toString().toLowerCase(Locale.ROOT), value);
  }

  private static List<Integer> ngrams(KerasOptions options) {
    JsonElement value = options.element("ngrams");
    if (value == null || value.isJsonNull()) {
      return TextVectorization.DEFAULT.ngrams();
    }
    try {
      return value.isJsonArray()
          ? StreamSupport.stream(value.getAsJsonArray().spliterator(), false)
              .map(JsonElement::getAsInt)
              .toList()
          : TextVectorization.ngramsUpTo(value.getAsInt());
    } catch (IllegalArgumentException | UnsupportedOperationException | IllegalStateException e) {
      throw options.unsupported("ngrams", "a size or sizes of n-grams", value);
    }
  }

  private Vocabulary vocabulary(KerasLayer layer, KerasOptions options, OutputMode mode) {
    JsonElement given = options.element("vocabulary");
    try {
      if (given instanceof JsonArray words) {
        return Vocabulary.given(
            StreamSupport.stream(words.spliterator(), false).map(JsonElement::getAsString).toList(),
            mode);
      }
      Optional<String> asset = file.asset(layer, VOCABULARY);
      if (asset.isPresent()) {
        return VocabularyFile.parse(asset.get(), mode, layer.place());
      }
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw new ModelLoadException(layer.place() + ": vocabulary: " + e.getMessage(), e);
    }
    if (mode == OutputMode.INT) {
      return settings.vocabulary(Integer.MAX_VALUE);
    }
    throw new ModelLoadException(
        layer.place()
            + ": expected its vocabulary in the file, got none; save the model again after adapt");
  }

  private float[] frequencies(KerasLayer layer, KerasOptions options) {
    JsonElement given = options.element("idf_weights");
    if (given instanceof JsonArray numbers) {
      float[] frequencies = new float[numbers.size()];
      for (int i = 0; i < frequencies.length; i++) {
        if (!(numbers.get(i) instanceof JsonPrimitive number && number.isNumber())) {
          throw options.unsupported("idf_weights", "numbers", given);
        }
        frequencies[i] = numbers.get(i).getAsFloat();
      }
      return frequencies;
    }
    return file.weights()
        .find(layer, "vars/idf_weights", 0)
        .map(Hdf5File.Floats::values)
        .orElseThrow(
            () ->
                new ModelLoadException(
                    layer.place()
                        + ": expected inverse document frequencies in the file, got none; save the"
                        + " model again after adapt"));
  }
}
