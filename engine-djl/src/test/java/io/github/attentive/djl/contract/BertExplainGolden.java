package io.github.attentive.djl.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What PyTorch's own differentiation gave for one text by the fixture {@code hf/bert}. */
record BertExplainGolden(JsonObject json) {
  static List<BertExplainGolden> all() throws IOException {
    String text = Files.readString(SharedFixtures.path("explain/bert_explain.json"));
    List<BertExplainGolden> goldens = new ArrayList<>();
    JsonParser.parseString(text)
        .getAsJsonObject()
        .getAsJsonArray("texts")
        .forEach(golden -> goldens.add(new BertExplainGolden(golden.getAsJsonObject())));
    return goldens;
  }

  private static double[] numbers(JsonArray array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).getAsDouble();
    }
    return numbers;
  }

  double[] numbers(String name) {
    return numbers(json.getAsJsonArray(name));
  }

  /** The contributions from a baseline by a rule. */
  double[] integratedGradients(String baseline, String rule) {
    return numbers(integrated(baseline, rule).getAsJsonArray("attributions"));
  }

  double completenessError(String baseline, String rule) {
    return integrated(baseline, rule).get("convergence_delta").getAsDouble();
  }

  private JsonObject integrated(String baseline, String rule) {
    return json.getAsJsonObject("integrated_gradients")
        .getAsJsonObject(baseline)
        .getAsJsonObject(rule);
  }

  double[] cheferRow() {
    return numbers(json.getAsJsonObject("chefer").getAsJsonArray("cls_row"));
  }

  double[] rolloutRow(String fusion) {
    return numbers(
        json.getAsJsonObject("rollout").getAsJsonObject(fusion).getAsJsonArray("cls_row"));
  }

  int predicted() {
    return json.get("predicted_class").getAsInt();
  }

  TextInput input() {
    String text = json.get("text").getAsString();
    JsonElement pair = json.get("pair");
    return pair.isJsonNull() ? TextInput.of(text) : TextInput.of(text, pair.getAsString());
  }

  /**
   * The text and pair that are left of what was too long: those of the pieces that were read. Later
   * versions of the reference's tokenizer cut pairs in another way.
   */
  TextInput inputAsCut() {
    List<StringBuilder> texts = new ArrayList<>(List.of(new StringBuilder()));
    for (JsonElement element : json.getAsJsonArray("tokens")) {
      String piece = element.getAsString();
      if (piece.equals("[SEP]")) {
        texts.add(new StringBuilder());
      } else if (!piece.equals("[CLS]")) {
        texts
            .get(texts.size() - 1)
            .append(piece.startsWith("##") ? piece.substring(2) : " " + piece);
      }
    }
    return TextInput.of(texts.get(0).toString(), texts.get(1).toString());
  }

  /** What chooses the predicted class. */
  float[] factors() {
    float[] factors = new float[json.getAsJsonArray("logits").size()];
    factors[predicted()] = 1;
    return factors;
  }
}
