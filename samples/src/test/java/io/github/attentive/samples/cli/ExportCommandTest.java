package io.github.attentive.samples.cli;

import static io.github.attentive.samples.cli.CommandRun.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir private static Path folder;

  private static String attention;
  private static String pooling;

  @BeforeAll
  static void train() throws IOException {
    attention = CommandRun.train(folder.resolve("attention"), "keras-attention");
    pooling = CommandRun.train(folder.resolve("pooling"), "keras-pooling");
  }

  private static CommandRun export(String model, Path out, String... more) {
    String[] usual = {"export", "--model", model, "--to", "torchscript", "--out", out.toString()};
    return done(Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new));
  }

  private static CommandRun exportSavedModel(String model, Path out) {
    return done("export", "--model", model, "--to", "savedmodel", "--out", out.toString());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileIsWrittenAndSaysWhatItTakes() {
    Path out = folder.resolve("reviews.pt");
    CommandRun run = export(attention, out);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("wrote " + out + ": forward, explain of input_ids\n");
    assertThat(out).isNotEmptyFile();
    assertThat(export(pooling, out).err()).isEqualTo("wrote " + out + ": forward of input_ids\n");
  }

  @Test
  void aDirectoryIsMadeAndHasLabelsAndVocabulary() throws IOException {
    Path out = folder.resolve("new/served");
    CommandRun run = export(attention, out, "--engine", "pytorch");
    assertThat(run.err()).startsWith("wrote " + out.resolve("model.pt") + ": ");
    assertThat(names(out)).containsExactly("config.json", "model.pt", "vocabulary.txt");
    Json config = Json.parse(Files.readString(out.resolve("config.json")));
    assertThat(config.at("id2label").at("1").string()).isEqualTo("Positive");
  }

  @Test
  void aSavedModelIsWrittenByTheEngineThatCan() throws IOException {
    Path out = folder.resolve("new/saved");
    CommandRun run = exportSavedModel(attention, out);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("wrote " + out + ": classify, explain of input_ids\n");
    assertThat(names(out)).containsExactly("config.json", "saved_model.pb", "vocabulary.txt");
    assertThat(exportSavedModel(pooling, out).err())
        .isEqualTo("wrote " + out + ": classify of input_ids\n");
    done(
        "export",
        "--to",
        "savedmodel",
        "--engine",
        "tensorflow",
        "--model",
        attention,
        "--out",
        folder.resolve("named").toString());
    assertThat(names(folder.resolve("named"))).contains("saved_model.pb");
  }

  @Test
  void equalModelsGiveEqualBytes() {
    Path first = folder.resolve("first.pt");
    Path second = folder.resolve("second.pt");
    export(attention, first);
    export(attention, second, "--threads", "2");
    assertThat(second).hasSameBinaryContentAs(first);
  }
}
