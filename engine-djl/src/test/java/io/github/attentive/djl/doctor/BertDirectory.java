package io.github.attentive.djl.doctor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.Finding;
import io.github.attentive.Finding.Severity;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A copy of the small BERT of the fixtures that a test may break. */
record BertDirectory(Path folder) {
  static final String CONFIG = "config.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String SETTINGS = "tokenizer_config.json";
  static final String WEIGHTS = "model.safetensors";

  static BertDirectory copy(Path folder) throws IOException {
    Path fixture = SharedFixtures.path("hf/bert");
    for (String name : List.of(CONFIG, TOKENIZER, SETTINGS, WEIGHTS)) {
      Files.copy(fixture.resolve(name), folder.resolve(name));
    }
    return new BertDirectory(folder);
  }

  /** Changes one of the JSON files. */
  void edit(String file, Consumer<JsonObject> change) throws IOException {
    Path path = folder.resolve(file);
    JsonObject json = JsonParser.parseString(Files.readString(path)).getAsJsonObject();
    change.accept(json);
    Files.writeString(path, json.toString());
  }

  static JsonElement list(String... strings) {
    JsonArray list = new JsonArray();
    for (String string : strings) {
      list.add(string);
    }
    return list;
  }

  /** Changes the weights, by name. */
  void weights(Consumer<Map<String, Parameter>> change) throws IOException {
    Path path = folder.resolve(WEIGHTS);
    Map<String, Parameter> weights = new LinkedHashMap<>();
    for (StoredTensor tensor : Safetensors.read(path).values()) {
      Parameter of = tensor.parameter();
      weights.put(tensor.name(), Parameter.of(tensor.name(), of.shape(), of.values()));
    }
    change.accept(weights);
    Files.delete(path);
    SafetensorsWriter.write(path, new ArrayList<>(weights.values()));
  }

  /** A weight of the same name and shape with other numbers. */
  static void change(Map<String, Parameter> weights, String name, Consumer<float[]> change) {
    float[] values = weights.get(name).values();
    change.accept(values);
    weights.put(name, Parameter.of(name, weights.get(name).shape(), values));
  }

  /** A copy of a weight under another name. */
  static void copy(Map<String, Parameter> weights, String name, String other) {
    Parameter of = weights.get(name);
    weights.put(other, Parameter.of(other, of.shape(), of.values()));
  }

  List<Finding> findings() {
    return DirectoryInspection.of(folder, LoadOptions.defaults());
  }

  /** What is not as it should be. */
  List<Finding> complaints() {
    return findings().stream().filter(f -> f.severity() != Severity.OK).toList();
  }
}
