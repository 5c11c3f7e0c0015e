package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Device;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.InferenceException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.PositionsRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of Hugging Face models, opened on an engine that computes nothing. */
class HuggingFaceDirectoryTest {
  private static final List<String> FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

  @TempDir Path folder;
  private final List<EncodingGraph> compiled = new ArrayList<>();

  @BeforeEach
  void copyModel() throws IOException {
    for (String name : FILES) {
      Files.write(folder.resolve(name), Files.readAllBytes(SharedFixtures.path("hf/bert/" + name)));
    }
  }

  private CompiledGraph compile(Graph graph, Device device, OptionalInt threads) {
    compiled.add(new EncodingGraph());
    return compiled.get(compiled.size() - 1);
  }

  private EngineModel open(LoadOptions options) {
    return ModelDirectory.open(folder, options, "stub", this::compile);
  }

  private void edit(String field, String from, String to) throws IOException {
    Path file = folder.resolve("config.json");
    String json = Files.readString(file);
    String changed =
        json.replaceFirst("\"%s\":\\s*%s".formatted(field, from), "\"%s\":%s".formatted(field, to));
    assertThat(changed).isNotEqualTo(json);
    Files.writeString(file, changed);
  }

  private void assertRefused(String file, String... says) {
    assertThatThrownBy(() -> open(LoadOptions.defaults()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(folder.resolve(file) + ": ")
        .satisfies(e -> assertThat(says).allMatch(part -> e.getMessage().contains(part)));
    assertThat(compiled).as("graphs loaded in vain").isEmpty();
  }

  @Test
  void opensAModel() {
    EngineModel model = open(LoadOptions.defaults());
    assertThat(model.info())
        .isEqualTo(
            new ModelInfo(
                "stub",
                "bert",
                3,
                4,
                32,
                List.of("Negative", "Neutral", "Positive"),
                ProblemType.SINGLE_LABEL));
    assertThat(model.positionsRead()).isEqualTo(PositionsRead.FIRST);
    assertThat(model.run(List.of(TextInput.of("good", "bad")), Detail.SCORES)).hasSize(1);
    model.close();
    assertThat(compiled.get(0).closed).isTrue();
    assertThat(ModelDirectory.objection(folder)).isEmpty();
  }

  @Test
  void theLimitOfTheOptionsCutsTexts() {
    EngineModel model = open(LoadOptions.builder().maxLength(4).build());
    assertThat(model.info().maxLength()).isEqualTo(4);
    assertThat(model.run(List.of(TextInput.of("one two three")), Detail.SCORES).get(0).positions())
        .hasSize(4);
  }

  @Test
  void theProblemTypeIsThatOfTheConfiguration() throws IOException {
    edit("use_cache", "true", "true,\"problem_type\":\"multi_label_classification\"");
    assertThat(open(LoadOptions.defaults()).info().problemType())
        .isEqualTo(ProblemType.MULTI_LABEL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
  void eachFileMustBeThereAndWhole(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] content = Files.readAllBytes(file);
    Files.write(file, new byte[0]);
    assertRefused(name);
    Files.write(file, Arrays.copyOf(content, content.length - 2));
    assertRefused(name);
    Files.write(file, Arrays.copyOf(content, content.length / 2));
    assertRefused(name);
    Files.delete(file);
    assertThatThrownBy(() -> open(LoadOptions.defaults()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(folder.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "vocab_size, 240, 241, 'bert.embeddings.word_embeddings.weight', '[241, 32]', '[240, 32]'",
    "intermediate_size, 48, 64, 'intermediate.dense.weight', '[64, 32]', '[48, 32]'",
    "num_hidden_layers, 3, 4, 'bert.encoder.layer.3.', '[32, 32]', 'no such tensor'",
    "max_position_embeddings, 32, 64, 'position_embeddings.weight', '[64, 32]', '[32, 32]'",
    "type_vocab_size, 2, 3, 'token_type_embeddings.weight', '[3, 32]', '[2, 32]'"
  })
  void weightsMustBeThoseOfTheConfiguration(
      String field, String from, String to, String tensor, String expected, String found)
      throws IOException {
    edit(field, from, to);
    assertRefused("model.safetensors", tensor, "expected shape " + expected, "got " + found);
  }

  @Test
  void aTokenizerOfMoreTokensThanTheModelHasIsCaughtAtTheText() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    String json = Files.readString(file);
    // The last row is 239: the word "the" is to have one that is not there.
    String changed = json.replaceFirst("\"the\":\\s*\\d+", "\"the\": 5000");
    assertThat(changed).isNotEqualTo(json);
    Files.writeString(file, changed);
    EngineModel model = open(LoadOptions.defaults());
    assertThat(model.run(List.of(TextInput.of("movie")), Detail.SCORES)).hasSize(1);
    assertThatThrownBy(() -> model.run(List.of(TextInput.of("the movie")), Detail.SCORES))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "%s: token 'the' has number 5000; expected one below vocab_size = 240 of config.json:"
                + " this tokenizer is not the model's own",
            folder);
    model.close();
  }

  @Test
  void whatTheEngineThrowsIsPassedOn() {
    assertThatThrownBy(
            () ->
                ModelDirectory.open(
                    folder,
                    LoadOptions.defaults(),
                    "stub",
                    (graph, device, threads) -> {
                      throw new EngineUnavailableException("no engine");
                    }))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessage("no engine");
  }
}
