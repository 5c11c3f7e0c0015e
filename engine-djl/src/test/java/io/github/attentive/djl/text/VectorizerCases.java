package io.github.attentive.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What Keras's own {@code TextVectorization} made of some texts. */
record VectorizerCases(List<String> texts, JsonObject cases) {

  /** One configuration of the layer. */
  record Case(JsonObject fields) {

    private JsonObject config() {
      return fields.getAsJsonObject("config");
    }

    TextVectorization vectorization() {
      return new TextVectorization(standardize(config()), split(config()), ngrams(config()));
    }

    OutputMode mode() {
      return config().has("output_mode")
          ? OutputMode.valueOf(config().get("output_mode").getAsString().toUpperCase(Locale.ROOT))
          : OutputMode.INT;
    }

    /** Entries at most, or all. */
    int maxTokens() {
      return config().has("max_tokens") ? config().get("max_tokens").getAsInt() : Integer.MAX_VALUE;
    }

    /** False if the outputs are as long as that of the longest text. */
    boolean isFixedLength() {
      return config().has("output_sequence_length");
    }

    /** As {@code get_vocabulary()} returned it. */
    List<String> vocabulary() {
      return strings(fields.getAsJsonArray("vocabulary"));
    }

    /** The ids of each text, padded to one length. */
    List<List<Integer>> ids() {
      return fields.getAsJsonArray("output").asList().stream()
          // Without a split each text is one id, and Keras gives no row.
          .map(row -> row.isJsonArray() ? integers(row.getAsJsonArray()) : List.of(row.getAsInt()))
          .toList();
    }

    /** The features of each text. */
    List<float[]> features() {
      return fields.getAsJsonArray("output").asList().stream()
          .map(row -> floats(row.getAsJsonArray()))
          .toList();
    }

    /** The inverse document frequencies of {@link OutputMode#TF_IDF}. */
    float[] frequencies() {
      return floats(fields.getAsJsonArray("idf"));
    }
  }

  static VectorizerCases read() throws IOException {
    String json = Files.readString(SharedFixtures.path("keras/vectorizer_cases.json"));
    JsonObject file = JsonParser.parseString(json).getAsJsonObject();
    return new VectorizerCases(
        strings(file.getAsJsonArray("texts")), file.getAsJsonObject("cases"));
  }

  Set<String> names() {
    return cases.keySet();
  }

  Case named(String name) {
    return new Case(cases.getAsJsonObject(name));
  }

  private static TextVectorization.Standardize standardize(JsonObject config) {
    if (!config.has("standardize")) {
      return TextVectorization.Standardize.LOWER_AND_STRIP_PUNCTUATION;
    }
    if (config.get("standardize").isJsonNull()) {
      return TextVectorization.Standardize.NONE;
    }
    return switch (config.get("standardize").getAsString()) {
      case "lower" -> TextVectorization.Standardize.LOWER;
      case "strip_punctuation" -> TextVectorization.Standardize.STRIP_PUNCTUATION;
      default -> throw new IllegalArgumentException(config.toString());
    };
  }

  private static TextVectorization.Split split(JsonObject config) {
    if (!config.has("split")) {
      return TextVectorization.Split.WHITESPACE;
    }
    return config.get("split").isJsonNull()
        ? TextVectorization.Split.NONE
        : TextVectorization.Split.CHARACTER;
  }

  private static List<Integer> ngrams(JsonObject config) {
    JsonElement ngrams = config.get("ngrams");
    if (ngrams == null) {
      return List.of(1);
    }
    return ngrams.isJsonArray()
        ? integers(ngrams.getAsJsonArray())
        : TextVectorization.ngramsUpTo(ngrams.getAsInt());
  }

  private static List<String> strings(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }

  private static List<Integer> integers(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsInt).toList();
  }

  private static float[] floats(JsonArray array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = array.get(i).getAsFloat();
    }
    return floats;
  }
}
