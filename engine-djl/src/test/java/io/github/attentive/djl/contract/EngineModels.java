package io.github.attentive.djl.contract;

import io.github.attentive.LoadOptions;
import io.github.attentive.Padding;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;

/** Models of all kinds as the engine of the class path opens them, below the public API. */
final class EngineModels {
  /** Texts of different lengths, each with some words that all kinds of models know. */
  static final List<TextInput> TEXTS =
      List.of(
          TextInput.of("The movie was boring."),
          TextInput.of("good"),
          TextInput.of("a good movie, not a boring film, and the plot was thin"),
          TextInput.of("not good"));

  private static final Map<String, EngineModel> SHARED = new HashMap<>();

  private EngineModels() {}

  static EngineModel open(Path model, LoadOptions options) {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .max(Comparator.comparingInt(EngineProvider::priority))
        .orElseThrow()
        .open(model, options);
  }

  static EngineModel open(Path model) {
    return open(model, LoadOptions.builder().batchSize(3).build());
  }

  /**
   * One of them, opened once for all tests of this process: what they call is compiled at the first
   * call. Not to be closed.
   */
  static EngineModel shared(String name) throws IOException {
    EngineModel known = SHARED.get(name);
    if (known == null) {
      known = open(path(name, Files.createTempDirectory("attentive-model")));
      SHARED.put(name, known);
    }
    return known;
  }

  /** Kinds of models, those without attention last. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    SharedFixtures.HUGGING_FACE.forEach(family -> names.add("hf/" + family));
    SharedFixtures.KERAS_WITH_ATTENTION.forEach(fixture -> names.add("keras/" + fixture));
    for (Attention attention : Attention.values()) {
      for (Padding padding : Padding.values()) {
        names.add("bigru/" + attention + "/" + padding);
      }
    }
    names.add("attentive-keras/true");
    names.add("keras/c_100_noatt");
    names.add("attentive-keras/false");
    return names;
  }

  /** One of each way in which texts become numbers, batches are padded and positions are read. */
  static List<String> kinds() {
    return List.of(
        "hf/bert",
        "hf/roberta",
        "hf/deberta-v3",
        "hf/modernbert",
        "keras/b_100",
        "keras/v_mha2_mask",
        "keras/v_bigru_mask",
        "bigru/FINAL_STATE/MASK",
        "bigru/QUERY_FREE/ATTEND",
        "attentive-keras/true",
        "keras/c_100_noatt",
        "attentive-keras/false");
  }

  /** Whether dense layers, linear or with rectifiers, read what one of them weighs by attention. */
  static boolean isLinearInAttention(String name) {
    return name.startsWith("bigru/")
        || name.equals("attentive-keras/true")
        || (name.startsWith("keras/") && !name.equals("keras/c_100_noatt"));
  }

  /** The path of one of them; what is no fixture is written into a folder. */
  static Path path(String name, Path folder) throws IOException {
    String[] parts = name.split("/");
    return switch (parts[0]) {
      case "hf" -> SharedFixtures.path(name);
      case "keras" -> SharedFixtures.path(name).resolve("model.keras");
      case "bigru" ->
          BiGruModel.write(
              folder, BiGruModel.config(Attention.valueOf(parts[1]), Padding.valueOf(parts[2])));
      default -> attentiveKeras(folder, Boolean.parseBoolean(parts[1]));
    };
  }

  private static Path attentiveKeras(Path folder, boolean attention) throws IOException {
    List<String> words = List.of("", "[UNK]", "the", "movie", "was", "boring", "good", "not", "a");
    KerasConfig config =
        new KerasConfig(attention, words.size(), 6, 10, List.of("bad", "fair", "good"));
    SplittableRandom random = new SplittableRandom(17);
    List<Parameter> weights = new ArrayList<>();
    KerasGraph.parameterShapes(config)
        .forEach(
            (weight, shape) ->
                weights.add(
                    Parameter.of(
                        weight, shape, GradientGraph.floats(random, (int) shape.elements()))));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config.toJson().toString());
    Files.writeString(folder.resolve("vocabulary.txt"), String.join("\n", words) + "\n");
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights);
    return folder;
  }
}
