package io.github.attentive.djl.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.Finding;
import io.github.attentive.Finding.Severity;
import io.github.attentive.LoadOptions;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttentiveInspectionTest {
  @TempDir Path folder;

  private void write(float number, String... labels) throws IOException {
    KerasConfig config = new KerasConfig(true, 6, 2, 4, List.of(labels));
    List<Parameter> weights = new ArrayList<>();
    KerasGraph.parameterShapes(config)
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) shape.elements()];
              Arrays.fill(values, number);
              weights.add(Parameter.of(name, shape, values));
            });
    Files.writeString(folder.resolve("config.json"), config.toJson().toString());
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights);
    Files.writeString(folder.resolve("vocabulary.txt"), "\n[UNK]\nthe\nfilm\n");
  }

  private List<Finding> findings() {
    return DirectoryInspection.of(folder, LoadOptions.defaults());
  }

  @Test
  void aDirectoryAsTrainingWritesItIsHealthy() throws IOException {
    write(0.5f, "bad", "good");
    assertThat(findings())
        .containsExactly(
            new Finding(
                Severity.OK,
                "configuration",
                "attentive-keras, with attention, 4 positions, 6 words of 2 numbers",
                null),
            new Finding(Severity.OK, "labels", "one applies of bad, good", null),
            new Finding(
                Severity.OK, "numbers", "every weight is finite, and no matrix is all zeros", null),
            new Finding(Severity.OK, "vocabulary", "4 words, the model has room for 6", null));
  }

  @Test
  void namesAndNumbersAreChecked() throws IOException {
    write(0, "LABEL_0", "LABEL_1");
    assertThat(findings().stream().filter(f -> f.severity() == Severity.WARNING))
        .extracting(Finding::subject)
        .containsExactly("labels", "numbers");
    write(Float.NaN, "bad", "good");
    assertThat(findings().stream().filter(f -> f.severity() == Severity.PROBLEM))
        .extracting(Finding::text)
        .singleElement()
        .asString()
        .contains("'embedding.weight' (12 of 12)");
  }

  @Test
  void eachBrokenFileIsNamed() throws IOException {
    write(1, "bad", "good");
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"attentive-keras\"}");
    Files.delete(folder.resolve("model.safetensors"));
    Files.delete(folder.resolve("vocabulary.txt"));
    assertThat(findings())
        .allSatisfy(f -> assertThat(f.severity()).isEqualTo(Severity.PROBLEM))
        .extracting(Finding::subject)
        .containsExactly("configuration", "weights", "vocabulary");
  }
}
