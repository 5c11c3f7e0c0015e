package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ExportedModel;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.contract.SmallGraph;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportDirectoryTest {
  private static final Graph GRAPH = SmallGraph.ofEveryOperation();
  private static final PortableModel MODEL =
      new PortableModel(GRAPH, Map.of("config.json", new byte[] {1}, "words.txt", new byte[] {2}));

  @TempDir Path folder;

  private static ExportDirectory directory(Path out) {
    return ExportDirectory.of(out, "graph.bin", List.of("theirs/index"), "a directory");
  }

  private static AtomicFiles.Content content(int... bytes) {
    return file -> {
      for (int each : bytes) {
        AtomicFiles.writeAll(file, ByteBuffer.wrap(new byte[] {(byte) each}));
      }
    };
  }

  @Test
  void theModelAndWhatBelongsToItAreWritten() {
    Path out = folder.resolve("new/out");
    ExportDirectory directory = directory(out);
    assertThat(out).doesNotExist();
    directory.write(MODEL, content(3, 4));
    assertThat(directory.file()).isEqualTo(out.resolve("graph.bin")).hasBinaryContent(bytes(3, 4));
    assertThat(out.resolve("config.json")).hasBinaryContent(bytes(1));
    assertThat(out.resolve("words.txt")).hasBinaryContent(bytes(2));
    directory(out).write(MODEL, content(5));
    assertThat(directory.file()).hasBinaryContent(bytes(5));
    assertThat(out.toFile().list()).hasSize(3);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void aFailureLeavesNoModelThatOpens() {
    Path out = folder.resolve("out");
    directory(out).write(MODEL, content(3));
    AtomicFiles.Content failing =
        file -> {
          content(4).writeTo(file);
          throw new IOException("the disk is full");
        };
    assertThatThrownBy(() -> directory(out).write(MODEL, failing))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContainingAll(out.resolve("graph.bin").toString(), "the disk is full");
    assertThat(out.toFile().list()).containsExactlyInAnyOrder("config.json", "words.txt");
  }

  @Test
  void whatIsSomeoneElsesIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("theirs"));
    for (String name :
        List.of("model.safetensors", "model.safetensors.index.json", "theirs/index")) {
      Path file = Files.createFile(folder.resolve(name));
      assertThatThrownBy(() -> directory(folder))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "output %s: expected a new directory, or one of an earlier export, got one with %s, a"
                      .formatted(folder, name)
                  + " model's own; choose another");
      Files.delete(file);
    }
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> directory(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("output " + file + ": expected a directory, got a file");
  }

  @Test
  void theDescriptionNamesFunctionsAndInputs() {
    ExportedModel described = ExportDirectory.describe(folder, GRAPH);
    assertThat(described.path()).isEqualTo(folder);
    assertThat(described.functions())
        .isEqualTo(GRAPH.functions().stream().map(Function::name).toList());
    assertThat(described.inputs()).containsExactly("ids");
  }
}
