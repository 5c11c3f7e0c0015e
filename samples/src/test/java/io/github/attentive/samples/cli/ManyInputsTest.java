package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are worked through chunk by chunk. */
class ManyInputsTest {
  private static final int ROWS = 2500;

  @TempDir private static Path folder;

  private static FakeEngineRun run;
  private static String model;

  @BeforeAll
  static void model() throws IOException {
    run = new FakeEngineRun(folder);
    model = run.model("single.pt");
  }

  @AfterAll
  static void close() throws IOException {
    run.close();
  }

  @BeforeEach
  void forgetCalls() {
    run.calls();
  }

  private static List<String> rows(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> "row " + i).toList());
  }

  private static String file(List<String> rows) throws IOException {
    return Files.write(Files.createTempFile(folder, "in", ".txt"), rows).toString();
  }

  private static List<String> texts(String out) {
    return CommandRun.lines(out).stream().map(line -> line.split("\t")[2]).toList();
  }

  @Test
  void everyRowHasItsLineInOrder() throws IOException {
    List<String> rows = rows(ROWS);
    String out = run.done("classify", "--model", model, "--input", file(rows));
    assertThat(texts(out)).isEqualTo(rows);
    assertThat(run.calls())
        .as("a row alone first, then chunks")
        .containsExactly(1, 1024, 1024, 452);
  }

  @Test
  void aFileTakesTheSame() throws IOException {
    String input = file(rows(ROWS));
    Path output = folder.resolve("out.txt");
    Files.writeString(output, "what was there before ".repeat(100_000));
    assertThat(
            run.done("classify", "--model", model, "--input", input, "--output", output.toString()))
        .isEmpty();
    assertThat(Files.readString(output))
        .isEqualTo(run.done("classify", "--model", model, "--input", input));
  }

  @Test
  void aFewRowsAreOneCall() throws IOException {
    run.done("classify", "--model", model, "--input", file(rows(1024)));
    assertThat(run.calls()).containsExactly(1024);
  }

  @Test
  void explanationsComeInSmallerChunks() throws IOException {
    List<String> rows = rows(70);
    List<Json> results = run.json("explain", "--model", model, "--input", file(rows));
    assertThat(results.stream().map(result -> result.at("text").string())).isEqualTo(rows);
    assertThat(run.calls()).containsExactly(1, 32, 32, 6);
    run.done("explain", "--model", model, "--batch-size", "64", "--input", file(rows));
    assertThat(run.calls()).as("no smaller than a batch").containsExactly(1, 64, 6);
  }

  @Test
  void aRowThatCannotBeReadLeavesStandardOutputEmpty() throws IOException {
    List<String> rows = new ArrayList<>(Collections.nCopies(ROWS, "{\"text\":\"a\"}"));
    rows.add("{\"text\":");
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    CommandRun broken = run.of("classify", "--model", model, "--input", input.toString());
    assertThat(broken.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err()).contains("line 2501");
    assertThat(run.calls()).isEmpty();
  }

  @Test
  void aLatePairThatTheModelDoesNotTakeLeavesStandardOutputEmpty() throws IOException {
    List<String> rows = new ArrayList<>(Collections.nCopies(ROWS, "{\"text\":\"a\"}"));
    rows.add("{\"text\":\"a\",\"pair\":\"b\"}");
    Path input = Files.write(folder.resolve("pairs.jsonl"), rows);
    String unpaired = run.model("unpaired.pt");
    for (String command : List.of("classify", "explain")) {
      CommandRun refused = run.of(command, "--model", unpaired, "--input", input.toString());
      assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err()).isEqualTo("attentive: the model takes no pair\n");
    }
    String out = run.done("classify", "--model", model, "--input", input.toString());
    assertThat(CommandRun.lines(out)).hasSize(ROWS + 1);
  }

  @Test
  void aFailureInTheFirstChunkLeavesNothing() throws IOException {
    List<String> rows = rows(ROWS);
    rows.set(1000, "fail");
    Path output = Files.writeString(folder.resolve("kept.txt"), "before");
    String input = file(rows);
    CommandRun failed =
        run.of("classify", "--model", model, "--input", input, "--output", output.toString());
    assertThat(failed.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(failed.err()).isEqualTo("attentive: the model fails over 'fail'\n");
    assertThat(Files.readString(output)).isEqualTo("before");
  }

  @Test
  void aFailureInALaterChunkNamesItsRowsInOneLine() throws IOException {
    List<String> rows = rows(ROWS);
    rows.set(2000, "fail");
    CommandRun failed = run.of("classify", "--model", model, "--input", file(rows));
    assertThat(failed.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(failed.err())
        .isEqualTo(
            "attentive: rows 1025 to 2048: the model fails over 'fail'; the results of the rows"
                + " before them are written\n");
    assertThat(texts(failed.out())).isEqualTo(rows.subList(0, 1024));
    rows.set(2000, "row 2000");
    rows.set(ROWS - 1, "refuse");
    CommandRun refused = run.of("classify", "--model", model, "--input", file(rows));
    assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.err()).startsWith("attentive: rows 2049 to 2500: the model takes no pair;");
    assertThat(texts(refused.out())).isEqualTo(rows.subList(0, 2048));
  }
}
