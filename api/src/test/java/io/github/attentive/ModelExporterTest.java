package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.attentive.internal.IsolatedApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExporterTest {
  @TempDir Path folder;

  @Test
  void aModelThatIsNotThereIsNamed() {
    Path model = folder.resolve("nowhere");
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(
            () -> ModelExporter.export(model, ExportFormat.TORCHSCRIPT, folder.resolve("out")))
        .withMessageStartingWith("model " + model + ": there is no such file or directory");
  }

  @Test
  void noEngineExports() {
    Path out = folder.resolve("out");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> ModelExporter.export(folder, ExportFormat.TORCHSCRIPT, out))
        .withMessageStartingWith("no engine is on the class path")
        .withMessageContaining("io.github.attentive:attentive-engine-djl-pytorch");
    assertThat(out).doesNotExist();
  }

  @Test
  void theEngineOfTheClassPathExports() throws Exception {
    Path out = Files.createDirectory(folder.resolve("out"));
    assertThat(IsolatedApi.run(folder, Exporting.class, out.toString()))
        .isEqualTo(
            "ExportedModel[path="
                + out
                + ", functions=[forward, torchscript],"
                + " inputs=[input_ids]]; export format 'savedmodel': no engine writes it; found"
                + " 'good'.");
  }

  @Test
  void formatsAreFoundByTheirNames() {
    for (ExportFormat format : ExportFormat.values()) {
      assertThat(ExportFormat.of(format.id())).isEqualTo(format);
    }
    assertThat(ExportFormat.SAVED_MODEL.id()).isEqualTo("savedmodel");
    for (String unknown : List.of("", "onnx", "TorchScript", "saved_model")) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> ExportFormat.of(unknown))
          .withMessage(
              "export format: expected one of torchscript, savedmodel, got '" + unknown + "'");
    }
  }

  @Test
  void whatWasWrittenDoesNotChange() {
    List<String> names = new ArrayList<>(List.of("forward"));
    ExportedModel written = new ExportedModel(folder, names, names);
    names.add("other");
    assertThat(written.functions()).containsExactly("forward");
    assertThat(written.inputs()).containsExactly("forward");
  }

  /** Runs in its own copy of the API, on a class path with an engine. */
  public static final class Exporting implements UnaryOperator<String> {
    @Override
    public String apply(String directory) {
      Path path = Path.of(directory);
      ExportedModel written = ModelExporter.export(path, ExportFormat.TORCHSCRIPT, path);
      try {
        ModelExporter.export(path, ExportFormat.SAVED_MODEL, path);
        return "no failure";
      } catch (EngineUnavailableException e) {
        return written + "; " + e.getMessage().substring(0, e.getMessage().indexOf('.') + 1);
      }
    }
  }
}
