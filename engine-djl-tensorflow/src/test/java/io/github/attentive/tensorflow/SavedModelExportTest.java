package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelExporter;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an export goes, and what goes along. */
class SavedModelExportTest {
  private static final String[] FILES = {
    "config.json", "saved_model.pb", "tokenizer.json", "tokenizer_config.json"
  };

  @TempDir Path folder;

  private static ExportedModel export(Path model, Path out) {
    return ModelExporter.export(model, ExportFormat.SAVED_MODEL, out);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDirectoryHasWhatBelongsToIt() throws IOException {
    Path model = SharedFixtures.path("hf/bert");
    Path out = folder.resolve("new/served");
    ExportedModel written = export(model, out);
    assertThat(written.path()).isEqualTo(out);
    assertThat(written.functions()).containsExactly("classify", "explain");
    assertThat(written.inputs()).containsExactly("input_ids", "attention_mask", "token_type_ids");
    assertThat(names(out)).containsExactly(FILES);
    assertThat(out.resolve("config.json")).hasSameBinaryContentAs(model.resolve("config.json"));
  }

  @Test
  void anEarlierExportIsReplaced() throws IOException {
    Path out = folder.resolve("served");
    export(SharedFixtures.path("hf/bert"), out);
    Path roberta = SharedFixtures.path("hf/roberta");
    assertThat(export(roberta, out).inputs()).containsExactly("input_ids", "attention_mask");
    assertThat(names(out)).containsExactly(FILES);
    assertThat(out.resolve("config.json")).hasSameBinaryContentAs(roberta.resolve("config.json"));
  }

  @Test
  void equalModelsGiveEqualBytes() throws IOException {
    Path model = SharedFixtures.path("hf/deberta-v3");
    Path copy = Files.createDirectory(folder.resolve("copy"));
    for (String name :
        List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(model.resolve(name), copy.resolve(name));
    }
    Path first = export(model, folder.resolve("first")).path();
    Path second = export(copy, folder.resolve("second")).path();
    for (String name : FILES) {
      assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
    }
  }

  @Test
  void theLengthIsToldToThoseWhoReadTheTokenizer() throws IOException {
    Path out = folder.resolve("served");
    ModelExporter.export(
        SharedFixtures.path("hf/bert"),
        ExportFormat.SAVED_MODEL,
        out,
        LoadOptions.builder().maxLength(11).build());
    assertThat(Files.readString(out.resolve("tokenizer_config.json")))
        .contains("\"model_max_length\": 11");
  }

  @Test
  void otherPlacesAreRefused() throws IOException {
    Path model = SharedFixtures.path("hf/bert");
    Path torchscript = folder.resolve("served.PT");
    assertThatThrownBy(() -> export(model, torchscript))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "output %s: expected a directory, which a SavedModel is, got a name ending in .pt, as a"
                    .formatted(torchscript)
                + " TorchScript file has it; choose another name, or export torchscript");
    Path file = Files.createFile(folder.resolve("notes.txt"));
    assertThatThrownBy(() -> export(model, file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("output " + file + ": expected a directory, got a file");
    assertThatThrownBy(() -> export(model, model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("got one with model.safetensors, a model's own; choose another");
    Path below = file.resolve("served");
    assertThatThrownBy(() -> export(model, below))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(below + "/saved_model.pb: cannot be made");
    assertThat(names(folder)).containsExactly("notes.txt");
  }

  /** What TensorFlow itself wrote has files that an export has not. */
  @Test
  void aSavedModelOfSomeoneElseIsKept() throws IOException {
    Path model = SharedFixtures.path("hf/bert");
    Path kept = Files.createDirectories(folder.resolve("other/variables")).getParent();
    Path graph = Files.writeString(kept.resolve("saved_model.pb"), "graph");
    for (String own : List.of("variables/variables.index", "fingerprint.pb")) {
      Path file = Files.createFile(kept.resolve(own));
      assertThatThrownBy(() -> export(model, kept))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("got one with " + own + ", a model's own");
      Files.delete(file);
    }
    assertThat(graph).hasContent("graph");
  }

  @Test
  void whatIsNoModelLeavesNothing() throws IOException {
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    Files.copy(
        SharedFixtures.path("hf/bert").resolve("config.json"), damaged.resolve("config.json"));
    for (Path model : List.of(folder, damaged, damaged.resolve("config.json"))) {
      assertThatThrownBy(() -> export(model, folder.resolve("out")))
          .isInstanceOf(ModelLoadException.class)
          .hasMessageContaining(model.toString());
    }
    assertThat(names(folder)).containsExactly("damaged");
  }
}
