package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.PositionsRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file of a path is the model, and what is known of a model that Keras saved. */
class KerasDirectoryTest {
  @TempDir Path folder;

  private final List<StubGraph> graphs = new ArrayList<>();

  private EngineModel open(Path model, LoadOptions options) {
    return ModelDirectory.open(
        model,
        options,
        "stub",
        (graph, device, threads) -> {
          graphs.add(new StubGraph(graph));
          return graphs.get(graphs.size() - 1);
        });
  }

  private static void place(Path folder, String... names) throws IOException {
    Path fixture = SharedFixtures.path("keras/v_mask_zero");
    for (String name : names) {
      String source = name.equals("vocabulary.txt") ? name : "model.keras";
      Files.copy(fixture.resolve(source), folder.resolve(name));
    }
  }

  @Test
  void whatIsKnownOfTheModel() throws IOException {
    place(folder, "model.keras", "vocabulary.txt");
    try (EngineModel model = open(folder, LoadOptions.defaults())) {
      ModelInfo info = model.info();
      assertThat(info.engine()).isEqualTo("stub");
      assertThat(info.family()).isEqualTo("keras");
      assertThat(info.layers()).isEqualTo(1);
      assertThat(info.heads()).isEqualTo(1);
      assertThat(info.labels()).containsExactly("Negative", "Positive");
      assertThat(model.positionsRead()).isEqualTo(PositionsRead.ALL);
      model.run(List.of(TextInput.of("a b"), TextInput.of("a")), Detail.SCORES);
      assertThat(graphs.get(0).calls).containsExactly("classify 2");
    }
    assertThat(graphs.get(0).closed).isTrue();
  }

  @Test
  void optionsLimitLengthAndBatch() throws IOException {
    place(folder, "model.keras", "vocabulary.txt");
    LoadOptions options = LoadOptions.builder().maxLength(2).batchSize(1).build();
    try (EngineModel model = open(folder, options)) {
      assertThat(model.info().maxLength()).isEqualTo(2);
      var outputs = model.run(List.of(TextInput.of("a b c"), TextInput.of("a")), Detail.SCORES);
      assertThat(outputs.get(0).truncated()).isTrue();
      assertThat(outputs.get(0).positions()).hasSize(2);
      assertThat(outputs.get(1).truncated()).isFalse();
      assertThat(graphs.get(0).calls).containsExactly("classify 1", "classify 1");
    }
  }

  @Test
  void aFileMayBeNamedAndItsCaseDoesNotMatter() throws IOException {
    place(folder, "a.KERAS", "b.keras", "vocabulary.txt");
    for (String name : List.of("a.KERAS", "b.keras")) {
      assertThat(ModelDirectory.kerasFile(folder.resolve(name))).hasValue(folder.resolve(name));
      open(folder.resolve(name), LoadOptions.defaults()).close();
    }
    assertThatThrownBy(() -> ModelDirectory.kerasFile(folder))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(
            folder
                + ": expected one model of Keras, got [a.KERAS, b.keras]; name the file instead of"
                + " the directory");
    assertThat(ModelDirectory.objection(folder))
        .hasValueSatisfying(reason -> assertThat(reason).contains("expected one model of Keras"));
  }

  /** An archive before an older file of the same model; weights alone are no model. */
  @Test
  void archivesComeFirst() throws IOException {
    Files.createFile(folder.resolve("model.h5"));
    Files.createFile(folder.resolve("model.weights.h5"));
    Files.createDirectory(folder.resolve("folder.keras"));
    assertThat(ModelDirectory.kerasFile(folder)).hasValue(folder.resolve("model.h5"));
    Files.createFile(folder.resolve("model.keras"));
    assertThat(ModelDirectory.kerasFile(folder)).hasValue(folder.resolve("model.keras"));
    assertThat(ModelDirectory.kerasFile(folder.resolve("model.weights.h5"))).isEmpty();
    assertThat(ModelDirectory.kerasFile(folder.resolve("none"))).isEmpty();
  }

  /** A directory that says what it is, is it. */
  @Test
  void aConfigurationComesBeforeAModelBesideIt() throws IOException {
    place(folder, "model.keras", "vocabulary.txt");
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"painter\"}");
    assertThat(ModelDirectory.kerasFile(folder)).isEmpty();
    assertThat(ModelDirectory.objection(folder))
        .hasValueSatisfying(reason -> assertThat(reason).contains("'model_type': expected one of"));
    assertThat(ModelDirectory.objection(folder.resolve("model.keras"))).isEmpty();
  }

  @Test
  void otherFilesAreNoModel() throws IOException {
    Path file = Files.createFile(folder.resolve("model.txt"));
    assertThat(ModelDirectory.objection(file))
        .hasValue("expected a directory with config.json, or a model.keras, got another file");
    assertThatThrownBy(() -> ModelDirectory.portable(file, LoadOptions.defaults()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(
            "model %s: expected a directory with config.json and weights, got a file"
                .formatted(file));
  }

  @Test
  void exportsGraphAndFiles() throws IOException {
    place(folder, "model.keras", "vocabulary.txt");
    PortableModel model = ModelDirectory.portable(folder, LoadOptions.defaults());
    assertThat(model.files()).containsOnlyKeys("attentive.json", "vocabulary.txt");
    assertThat(model.graph().functions()).extracting("name").containsExactly("classify", "explain");
    assertThat(model.files().get("vocabulary.txt"))
        .isEqualTo(Files.readAllBytes(folder.resolve("vocabulary.txt")));
  }
}
