package io.github.attentive.djl.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds a {@code model.keras} and its vocabulary for a test, as Keras lays them out. */
final class KerasArchive {
  static final List<String> WORDS = List.of("", "[UNK]", "sun", "rain", "wind", "snow");

  private final List<String> layers = new ArrayList<>();
  private final Map<String, Integer> kinds = new HashMap<>();
  private final Map<String, Object> weights = new LinkedHashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private String outputs = "";
  private String compiled = "";

  /** An input of so many tokens, and an embedding of two numbers with or without mask. */
  static KerasArchive ofTokens(String length, boolean masks) {
    KerasArchive archive = new KerasArchive();
    archive.layer("InputLayer", "ids", "\"batch_shape\":[null,%s]".formatted(length), "");
    archive.embedding("embedding", masks, "ids");
    return archive;
  }

  KerasArchive embedding(String name, boolean masks, String input) {
    float[][] table = new float[WORDS.size()][2];
    for (int i = 0; i < table.length; i++) {
      table[i][0] = 0.5f * i - 1;
      table[i][1] = 0.75f - 0.25f * i * i % 2;
    }
    return layer(
        "Embedding",
        name,
        "\"input_dim\":%s,\"output_dim\":2,\"mask_zero\":%s".formatted(WORDS.size(), masks),
        call(input),
        (Object) table);
  }

  /** A result of a layer. */
  static String result(String layer) {
    return result(layer, 0, 0);
  }

  static String result(String layer, int call, int number) {
    return "{\"class_name\":\"__keras_tensor__\",\"config\":{\"keras_history\":[\"%s\",%s,%s]}}"
        .formatted(layer, call, number);
  }

  /** A call with one result. */
  static String call(String input) {
    return "{\"args\":[%s],\"kwargs\":{}}".formatted(result(input));
  }

  /** A call with a list of results. */
  static String callOfList(String... inputs) {
    return callOfListWith("", inputs);
  }

  /** A call with a list of results, and what is named. */
  static String callOfListWith(String kwargs, String... inputs) {
    List<String> results = new ArrayList<>();
    for (String input : inputs) {
      results.add(result(input));
    }
    return "{\"args\":[[%s]],\"kwargs\":{%s}}".formatted(String.join(",", results), kwargs);
  }

  /** A call with several arguments. */
  static String callOf(String kwargs, String... inputs) {
    List<String> results = new ArrayList<>();
    for (String input : inputs) {
      results.add(result(input));
    }
    return "{\"args\":[%s],\"kwargs\":{%s}}".formatted(String.join(",", results), kwargs);
  }

  /** A layer, its calls separated by commas, and its weights {@code vars/0} and so on. */
  KerasArchive layer(String kind, String name, String options, String calls, Object... variables) {
    String group = group(kind);
    for (int i = 0; i < variables.length; i++) {
      weights.put(group + "/vars/" + i, variables[i]);
    }
    return raw(
        """
        {"module":"keras.layers","class_name":"%s","config":{"name":"%s"%s},"registered_name":null,
         "name":"%s","inbound_nodes":[%s]}"""
            .formatted(kind, name, options.isEmpty() ? "" : "," + options, name, calls));
  }

  private String group(String kind) {
    String snake = KerasModelConfig.snakeCase(kind);
    int earlier = kinds.merge(snake, 1, Integer::sum) - 1;
    return "layers/" + snake + (earlier == 0 ? "" : "_" + earlier);
  }

  /** A weight at a path below the last layer of a kind. */
  KerasArchive weight(String path, Object value) {
    weights.put(path, value);
    return this;
  }

  /** The name of the layer that a group of weights belongs to, as Keras writes it there. */
  KerasArchive owner(String group, String layer) {
    owners.put("/" + group, layer);
    return this;
  }

  /** An operation among the layers. */
  KerasArchive operation(String kind, String name, String arguments) {
    return raw(
        """
        {"module":"keras.src.ops.numpy","class_name":"%s","config":{"name":"%s"},"name":"%s",
         "inbound_nodes":[{"args":[%s],"kwargs":{}}]}"""
            .formatted(kind, name, name, arguments));
  }

  KerasArchive raw(String layer) {
    layers.add(layer);
    return this;
  }

  KerasArchive entry(String name, String content) {
    entries.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** The results the model gives: name, name and number, with commas between. */
  KerasArchive outputs(String... results) {
    List<String> all = new ArrayList<>();
    for (String each : results) {
      String[] parts = each.split(":");
      all.add("[\"%s\",0,%s]".formatted(parts[0], parts.length > 1 ? parts[1] : "0"));
    }
    outputs = String.join(",", all);
    return this;
  }

  KerasArchive loss(String json) {
    compiled = ",\"compile_config\":{\"loss\":" + json + "}";
    return this;
  }

  /** Ends with an average and a dense layer of one sigmoid. */
  KerasArchive averaged(String input) {
    return layer("GlobalAveragePooling1D", "pool", "", call(input)).dense("pool", "sigmoid", 1, 2);
  }

  /** Ends with a dense layer. */
  KerasArchive dense(String input, String activation, int units, int in) {
    float[][] kernel = new float[in][units];
    float[] bias = new float[units];
    for (int i = 0; i < in; i++) {
      for (int u = 0; u < units; u++) {
        kernel[i][u] = 0.5f + 0.25f * u - 0.5f * i;
      }
    }
    for (int u = 0; u < units; u++) {
      bias[u] = 0.125f * u;
    }
    return layer(
            "Dense",
            "head",
            "\"units\":%s,\"activation\":\"%s\",\"use_bias\":true".formatted(units, activation),
            call(input),
            kernel,
            bias)
        .outputs("head");
  }

  private String config() {
    return """
        {"module":"keras.src.models.functional","class_name":"Functional","config":{"name":"m",
         "layers":[%s],"input_layers":["ids",0,0],"output_layers":[%s]}%s}"""
        .formatted(String.join(",\n", layers), outputs, compiled);
  }

  /** Writes {@code model.keras} and {@code vocabulary.txt}. */
  Path write(Path folder) throws IOException {
    Files.writeString(folder.resolve("vocabulary.txt"), String.join("\n", WORDS) + "\n");
    return writeAlone(folder);
  }

  Path writeAlone(Path folder) throws IOException {
    Path file = folder.resolve("model.keras");
    entries.putIfAbsent("metadata.json", "{}".getBytes(StandardCharsets.UTF_8));
    entries.putIfAbsent("config.json", config().getBytes(StandardCharsets.UTF_8));
    entries.putIfAbsent("model.weights.h5", hdf5(folder));
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }

  private byte[] hdf5(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "weights", ".hdf5");
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      Map<String, WritableGroup> groups = new HashMap<>();
      for (Map.Entry<String, Object> weight : weights.entrySet()) {
        String[] names = weight.getKey().split("/");
        WritableGroup group = hdf5;
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < names.length - 1; i++) {
          WritableGroup parent = group;
          String name = names[i];
          group =
              groups.computeIfAbsent(
                  path.append('/').append(name).toString(), added -> parent.putGroup(name));
        }
        group.putDataset(names[names.length - 1], weight.getValue());
      }
      owners.forEach((group, layer) -> groups.get(group).putAttribute("name", layer));
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }
}
