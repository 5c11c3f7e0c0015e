package io.github.attentive.djl.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a whole-model {@code .h5} file as Keras 2 lays it out, with its vocabulary. */
final class WholeModelFile {
  private final List<String> layers = new ArrayList<>();
  private final Map<String, Map<String, Object>> weights = new LinkedHashMap<>();
  private String training = "";

  /** An input of three tokens and the embedding of {@link KerasCase#embedded}. */
  static WholeModelFile ofTokens(boolean masks) {
    WholeModelFile file = new WholeModelFile();
    file.layer("InputLayer", "ids", "\"batch_input_shape\":[null,3],\"sparse\":false", "");
    float[][] table = new float[KerasArchive.WORDS.size()][2];
    for (int i = 0; i < table.length; i++) {
      table[i][0] = (float) KerasCase.embedded(i)[0];
      table[i][1] = (float) KerasCase.embedded(i)[1];
    }
    return file.layer(
        "Embedding",
        "words",
        "\"input_dim\":%s,\"output_dim\":2,\"mask_zero\":%s,\"input_length\":3"
            .formatted(table.length, masks),
        node("ids", ""),
        (Object) table);
  }

  /** One call with one result, and named arguments. */
  static String node(String input, String named) {
    return "[[\"%s\",0,0,{%s}]]".formatted(input, named);
  }

  WholeModelFile layer(
      String kind, String name, String options, String nodes, Object... variables) {
    return inner(name, kind, options, nodes, name, variables);
  }

  /** A model among the layers, with the weights of one layer of its own. */
  WholeModelFile inner(
      String name, String kind, String options, String nodes, String layer, Object... variables) {
    layers.add(
        "{\"class_name\":\"%s\",\"config\":{\"name\":\"%s\"%s},\"name\":\"%s\",\"inbound_nodes\":[%s]}"
            .formatted(kind, name, options.isEmpty() ? "" : "," + options, name, nodes));
    Map<String, Object> own = new LinkedHashMap<>();
    for (int i = 0; i < variables.length; i++) {
      own.put("%s/v%s:0".formatted(layer, i), variables[i]);
    }
    weights.put(name, own);
    return this;
  }

  WholeModelFile training(String json) {
    training = json;
    return this;
  }

  String functional(String output) {
    return """
        {"class_name":"Functional","config":{"name":"m","layers":[%s],
         "input_layers":[["ids",0,0]],"output_layers":[["%s",0,0]]}}"""
        .formatted(String.join(",", layers), output);
  }

  String sequential() {
    return "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"m\",\"layers\":[%s]}}"
        .formatted(String.join(",", layers));
  }

  /** Writes {@code model.h5}; without a configuration it is weights alone. */
  Path write(Path folder, String config) throws IOException {
    Files.writeString(
        folder.resolve("vocabulary.txt"), String.join("\n", KerasArchive.WORDS) + "\n");
    Path file = folder.resolve("model.h5");
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      if (!config.isEmpty()) {
        hdf5.putAttribute("model_config", config);
      }
      if (!training.isEmpty()) {
        hdf5.putAttribute("training_config", training);
      }
      WritableGroup all = hdf5.putGroup("model_weights");
      all.putAttribute("layer_names", weights.keySet().toArray(String[]::new));
      weights.forEach(
          (layer, own) -> {
            if (!own.isEmpty()) {
              WritableGroup group = all.putGroup(layer);
              group.putAttribute("weight_names", own.keySet().toArray(String[]::new));
              Map<String, WritableGroup> inner = new HashMap<>();
              own.forEach(
                  (weight, values) -> {
                    String[] names = weight.split("/");
                    inner.computeIfAbsent(names[0], group::putGroup).putDataset(names[1], values);
                  });
            }
          });
    }
    return file;
  }
}
