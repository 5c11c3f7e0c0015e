package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.InferenceException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Padding;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.contract.BiGruModel;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PositionsRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is opened, and what is refused with a message. */
class BiGruDirectoryTest {
  private static final BiGruConfig CONFIG = BiGruModel.config(Attention.FINAL_STATE, Padding.MASK);

  @TempDir Path folder;
  private final List<StubGraph> compiled = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    BiGruModel.write(folder, CONFIG);
  }

  private EngineModel open(LoadOptions options) {
    return ModelDirectory.open(
        folder,
        options,
        "stub",
        (graph, device, threads) -> {
          compiled.add(new StubGraph(graph));
          return compiled.get(compiled.size() - 1);
        });
  }

  private void assertRefused(String file, String... says) {
    assertThatThrownBy(() -> open(LoadOptions.defaults()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(folder.resolve(file).toString())
        .satisfies(e -> assertThat(says).allMatch(part -> e.getMessage().contains(part)));
    assertThat(compiled).as("graphs loaded in vain").isEmpty();
  }

  private void editConfig(String field, String value) throws IOException {
    JsonObject json = CONFIG.toJson();
    json.addProperty(field, value);
    Files.writeString(folder.resolve("config.json"), json.toString());
  }

  @Test
  void opensAModel() {
    try (EngineModel model = open(LoadOptions.defaults())) {
      assertThat(model.info())
          .isEqualTo(
              new ModelInfo("stub", "attentive-bigru", 1, 1, 24, List.of("bad", "fair", "good")));
      assertThat(model.positionsRead()).isEqualTo(PositionsRead.FIRST);
      assertThat(model.examine()).isEmpty();
    }
    assertThat(compiled.get(0).closed).isTrue();
  }

  @Test
  void theSmallestLimitWins() throws IOException {
    LoadOptions seven = LoadOptions.builder().maxLength(7).build();
    Path settings = folder.resolve("tokenizer_config.json");
    try (Classifier model = Classifier.load(folder, seven)) {
      assertThat(model.info().maxLength()).isEqualTo(7);
      assertThat(model.classify("good ".repeat(9)).tokens()).isEqualTo(7);
    }
    Files.writeString(settings, "{\"model_max_length\": 5}");
    try (Classifier model = Classifier.load(folder, seven)) {
      assertThat(model.info().maxLength()).isEqualTo(5);
    }
    Files.writeString(settings, "{\"model_max_length\": 512}");
    try (Classifier model = Classifier.load(folder, LoadOptions.builder().maxLength(100).build())) {
      assertThat(model.info().maxLength()).isEqualTo(24);
      assertThat(model.classify("good ".repeat(99)).tokens()).isEqualTo(24);
    }
  }

  @Test
  void aShorterTextIsPaddedAllTheSameWhereThatIsRead() throws IOException {
    BiGruModel.write(folder, BiGruModel.config(Attention.FINAL_STATE, Padding.ATTEND));
    try (EngineModel model = open(LoadOptions.builder().maxLength(4).build())) {
      assertThat(model.info().maxLength()).isEqualTo(4);
      ModelOutput output =
          model.run(List.of(TextInput.of("the plot was thin")), Detail.SCORES).get(0);
      assertThat(output.truncated()).isTrue();
      assertThat(output.positions()).hasSize(24);
      assertThat(output.positions().subList(4, 24)).allMatch(token -> token.id() == 0);
    }
  }

  /** The checkpoint of a PyTorch program with its own configuration, given a tokenizer. */
  @Test
  void aCheckpointOfTheProgramThatTheFamilyIsFrom() throws IOException {
    Path author = SharedFixtures.path("bigru_author");
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.write(folder.resolve(file), Files.readAllBytes(author.resolve(file)));
    }
    List<TextInput> texts =
        List.of(TextInput.of("a thin plot"), TextInput.of("good"), TextInput.of(""));
    try (Classifier model = Classifier.load(folder)) {
      assertThat(model.info().maxLength()).isEqualTo(512);
      assertThat(model.labels()).containsExactly("negative", "positive");
      List<Classification> together = model.classifyAll(texts);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(together.get(i).logits())
            .containsExactly(model.classify(texts.get(i)).logits(), within(1e-6f));
      }
    }
  }

  @Test
  void eachFileMustBeThere() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    assertRefused("", "tokenizer.json");
    write();
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\":");
    assertRefused("tokenizer.json");
    write();
    Files.delete(folder.resolve("model.safetensors"));
    assertRefused("model.safetensors", "is missing");
    Files.write(folder.resolve("model.safetensors"), new byte[] {9, 0, 0});
    assertRefused("model.safetensors");
  }

  @Test
  void theConfigurationMustBeWhole() throws IOException {
    editConfig("padding", "ignore");
    assertRefused("config.json", "field 'padding': expected mask or attend, got \"ignore\"");
    editConfig("attention", "dot");
    assertRefused("config.json", "field 'attention': expected final-state or query-free");
    editConfig("attention", "query-free");
    assertRefused("model.safetensors", "'attention_w.weight': expected shape [6, 12]", "got none");
    editConfig("dropout", "0.3");
    assertRefused("config.json", "field 'dropout'", "no such field");
  }

  @Test
  void weightsMustBeThoseOfTheConfiguration() throws IOException {
    Map<String, Parameter> weights = BiGruModel.weights(CONFIG);
    for (String name : weights.keySet()) {
      List<Parameter> others = new ArrayList<>(weights.values());
      others.removeIf(weight -> weight.name().equals(name));
      BiGruModel.writeWeights(folder, others);
      assertRefused("model.safetensors", "tensor '" + name + "'", "got none");
      long elements = weights.get(name).shape().elements();
      others.add(Parameter.of(name, Shape.ofSizes(1, elements, 1), new float[(int) elements]));
      BiGruModel.writeWeights(folder, others);
      assertRefused("model.safetensors", "tensor '" + name + "'", "got [1, " + elements + ", 1]");
    }
    List<Parameter> more = new ArrayList<>(weights.values());
    more.add(Parameter.of("gru.weight_ih_l1", Shape.ofSizes(1), new float[1]));
    BiGruModel.writeWeights(folder, more);
    assertRefused("model.safetensors", "tensor 'gru.weight_ih_l1'", "expected only");
  }

  @Test
  void aTokenThatTheModelHasNoRowFor() throws IOException {
    Path tokenizer = folder.resolve("tokenizer.json");
    String text = Files.readString(tokenizer);
    Files.writeString(tokenizer, text.replace("\"good\":9", "\"good\":64"));
    try (Classifier model = Classifier.load(folder)) {
      model.classify("boring");
      assertThatThrownBy(() -> model.classify("good"))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("token 'good' has number 64")
          .hasMessageContaining("vocab_size = 64");
    }
  }

  @Test
  void weightsThatAreNoNumbers() throws IOException {
    Map<String, Parameter> weights = BiGruModel.weights(CONFIG);
    Parameter bias = weights.get("gru.bias_hh_l0_reverse");
    float[] values = bias.values();
    values[0] = Float.NaN;
    weights.put(bias.name(), Parameter.of(bias.name(), bias.shape(), values));
    BiGruModel.writeWeights(folder, new ArrayList<>(weights.values()));
    try (Classifier model = Classifier.load(folder)) {
      assertThatThrownBy(() -> model.classify("good"))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("expected finite numbers, got NaN");
    }
  }
}
