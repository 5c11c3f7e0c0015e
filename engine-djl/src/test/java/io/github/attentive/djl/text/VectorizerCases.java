package io.github.attentive.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What Keras's own {@code TextVectorization} made of some texts. */
record VectorizerCases(List<String> texts, JsonObject cases) {

  /**
   * One configuration of the layer.
   *
   * @param maxTokens entries at most, or all
   * @param vocabulary as {@code get_vocabulary()} returned it
   * @param output the ids of each text, padded to one length
   */
  record Case(
      TextVectorization vectorization,
      int maxTokens,
      List<String> vocabulary,
      List<List<Integer>> output) {}

  static VectorizerCases read() throws IOException {
    String json = Files.readString(SharedFixtures.path("keras/vectorizer_cases.json"));
    JsonObject file = JsonParser.parseString(json).getAsJsonObject();
    return new VectorizerCases(
        strings(file.getAsJsonArray("texts")), file.getAsJsonObject("cases"));
  }

  Case named(String name) {
    JsonObject fields = cases.getAsJsonObject(name);
    JsonObject config = fields.getAsJsonObject("config");
    List<List<Integer>> output = new ArrayList<>();
    for (JsonElement row : fields.getAsJsonArray("output")) {
      // Without a split each text is one id, and Keras gives no row.
      output.add(row.isJsonArray() ? integers(row.getAsJsonArray()) : List.of(row.getAsInt()));
    }
    return new Case(
        new TextVectorization(standardize(config), split(config)),
        config.has("max_tokens") ? config.get("max_tokens").getAsInt() : Integer.MAX_VALUE,
        strings(fields.getAsJsonArray("vocabulary")),
        output);
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

  private static List<String> strings(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }

  private static List<Integer> integers(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsInt).toList();
  }
}
