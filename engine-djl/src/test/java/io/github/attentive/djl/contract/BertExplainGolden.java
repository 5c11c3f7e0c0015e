package io.github.attentive.djl.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** The contributions by the trapezoidal rule. */
  double[] integratedGradients() {
    return numbers(fromPadding().getAsJsonObject("trapezoid").getAsJsonArray("attributions"));
  }

  /** Special tokens kept, the others padding. */
  private JsonObject fromPadding() {
    return json.getAsJsonObject("integrated_gradients").getAsJsonObject("pad_keep_special");
  }

  double[] cheferRow() {
    return numbers(json.getAsJsonObject("chefer").getAsJsonArray("cls_row"));
  }

  int predicted() {
    return json.get("predicted_class").getAsInt();
  }

  int length() {
    return json.getAsJsonArray("ids").size();
  }

  HostArray.Longs ids(int rows) {
    return repeated(numbers("ids"), rows);
  }

  HostArray.Longs baselineIds() {
    return repeated(numbers(fromPadding().getAsJsonArray("baseline_ids")), 1);
  }

  /** Tokens, mask and types, as many times as there are to be rows. */
  List<HostArray> inputs(int rows) {
    double[] mask = new double[length()];
    Arrays.fill(mask, 1);
    return List.of(ids(rows), repeated(mask, rows), repeated(types(), rows));
  }

  /** 1 after the first separator, where there is a second text. */
  private double[] types() {
    double[] types = new double[length()];
    List<JsonElement> tokens = json.getAsJsonArray("tokens").asList();
    boolean second = false;
    for (int i = 0; i < types.length; i++) {
      types[i] = second ? 1 : 0;
      second |= !json.get("pair").isJsonNull() && tokens.get(i).getAsString().equals("[SEP]");
    }
    return types;
  }

  private static HostArray.Longs repeated(double[] row, int rows) {
    long[] longs = Arrays.stream(row).mapToLong(number -> (long) number).toArray();
    List<long[]> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(longs);
    }
    return HostArray.Longs.ofRows(all);
  }

  /**
   * Weights of the logits that choose the predicted class: {@link ModelFunctions#OUTPUT_WEIGHTS}.
   */
  HostArray.Floats outputWeights(int rows) {
    int classes = json.getAsJsonArray("logits").size();
    float[] weights = new float[rows * classes];
    for (int row = 0; row < rows; row++) {
      weights[row * classes + predicted()] = 1;
    }
    return new HostArray.Floats(new long[] {rows, classes}, weights);
  }
}
