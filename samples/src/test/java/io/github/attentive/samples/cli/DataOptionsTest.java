package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as the options of the command line say. */
class DataOptionsTest {
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

  private static Path file(String name, String content, Charset charset) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(charset));
  }

  private static Path file(String name, String content) throws IOException {
    return file(name, content, StandardCharsets.UTF_8);
  }

  private static CommandRun of(String command, Path input, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--model", model));
    arguments.addAll(List.of("--input", input.toString()));
    arguments.addAll(List.of(options));
    return run.of(arguments.toArray(String[]::new));
  }

  private static List<String> texts(CommandRun done) {
    assertThat(done.code()).as(done.err()).isZero();
    return CommandRun.lines(done.out()).stream().map(line -> line.split("\t")[2]).toList();
  }

  private static void refused(CommandRun refused, String... named) {
    assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).matches("attentive: [^\n]+\n").contains(named);
  }

  @Test
  void filesOfOtherEncodings() throws IOException {
    Path input = file("latin.txt", "caf\u00e9\n", Charset.forName("windows-1252"));
    refused(of("classify", input), input.toString(), "line 1", "UTF-8");
    assertThat(texts(of("classify", input, "--encoding", "windows-1252")))
        .containsExactly("caf\u00e9");
    refused(of("classify", input, "--encoding", "no-such"), "--encoding", "no-such");
  }

  @Test
  void columnsDelimitersAndHeaders() throws IOException {
    Path input = file("a.csv", "id;Comment;Reply\n1;one;two\n2;three;\n");
    refused(of("classify", input, "--text-column", "Comment"), "','", "';'", "delimiter");
    CommandRun done =
        of(
            "classify",
            input,
            "--delimiter",
            ";",
            "--text-column",
            "Comment",
            "--pair-column",
            "Reply",
            "--format",
            "json");
    assertThat(done.out())
        .contains("\"text\":\"one\",\"pair\":\"two\"", "\"text\":\"three\",\"pair\":null");
    Path tabs = file("tabs.csv", "text\tlabel\n");
    for (String tab : List.of("tab", "\\t", "\t")) {
      assertThat(texts(of("classify", tabs, "--delimiter", tab, "--header", "absent")))
          .containsExactly("text");
    }
    refused(of("classify", tabs, "--delimiter", "tab", "--header", "present"), "at least one row");
  }

  @ParameterizedTest
  @ValueSource(strings = {"classify", "explain"})
  void skippedRowsAreCountedOnStandardError(String command) throws IOException {
    Path input = file("bad.csv", "text,label\ngreat,yes\nbad\nfine,no\n\"a\"b,no\n");
    refused(of(command, input), "line 3", "2 columns");
    CommandRun done = of(command, input, "--bad-rows", "skip", "--format", "json");
    assertThat(done.code()).isZero();
    assertThat(CommandRun.lines(done.out())).hasSize(2);
    assertThat(done.err())
        .matches("[^\n]+\n")
        .startsWith(input + ": 2 rows skipped: line 3: expected 2 columns")
        .contains("line 5: is not valid CSV");
    assertThat(of(command, file("good.txt", "a\n"), "--bad-rows", "skip").err()).isEmpty();
  }

  @Test
  void evaluationOverWhatIsLeft() throws IOException {
    Path input = file("stars.csv", "stars,text\n5,great\n1,poor\n3,so so\n4,great\n2\n");
    CommandRun done =
        of(
            "evaluate",
            input,
            "--label-column",
            "stars",
            "--map-labels",
            "1=no,2=no,4=yes,5=yes",
            "--bad-rows",
            "skip");
    assertThat(done.out()).startsWith("examples 3  accuracy 1.0000");
    assertThat(done.err())
        .startsWith(input + ": 2 rows skipped: line 4: label: expected one of")
        .contains("'3'", "line 6: expected 2 columns");
    refused(
        of("evaluate", input, "--label-column", "stars", "--map-labels", "1=no,5=yes"),
        "line 4",
        "[1, 5]",
        "'3'");
  }

  @Test
  void reportsTakeTheSameOptions() throws IOException {
    Path input = file("latin.csv", "caf\u00e9;x\n", Charset.forName("windows-1252"));
    Path page = folder.resolve("page.html");
    CommandRun done =
        of(
            "report",
            input,
            "--encoding",
            "windows-1252",
            "--delimiter",
            ";",
            "--out",
            page.toString());
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(page).content(StandardCharsets.UTF_8).contains("caf\u00e9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "--delimiter ;; ! one character",
        "--delimiter \" ! U+0022",
        "--header maybe ! maybe",
        "--bad-rows drop ! drop",
        "--map-labels A ! 'A'",
        "--map-labels A=B,A=C ! A twice",
        "--text-column body ! 'body'",
        "--text-column text --header absent ! no header",
        "--encoding x ! --encoding",
      })
  void wrongOptionsAreNamed(String options, String named) throws IOException {
    refused(of("classify", file("a.csv", "text,label\na,b\n"), options.split(" ")), named);
  }

  @Test
  void optionsWithoutAFileAreRefused() {
    refused(run.of("classify", "--model", model, "--bad-rows", "skip", "x"), "--input");
    refused(run.of("explain", "--model", model, "--encoding", "UTF-8", "x"), "--input");
  }

  @Test
  void trainingTakesTheSameOptions() throws IOException {
    Path data = file("train.csv", "great;1;x\nfine;1\nbad;0\npoor;0\n");
    Path model = folder.resolve("trained");
    String[] train = {
      "train",
      "--recipe",
      "keras-pooling",
      "--train",
      data.toString(),
      "--out",
      model.toString(),
      "--epochs",
      "1",
      "--delimiter",
      ";",
      "--map-labels",
      "1=good,0=bad"
    };
    CommandRun refused = CommandRun.of(train);
    refused(refused, "line 2", "3 columns");
    List<String> skipping = new ArrayList<>(List.of(train));
    file("train.csv", "great;1\nfine;1;x\nbad;0\npoor;0\n");
    skipping.addAll(List.of("--bad-rows", "skip"));
    CommandRun done = CommandRun.done(skipping.toArray(String[]::new));
    assertThat(done.err()).startsWith(data + ": 1 row skipped: line 2: ");
    assertThat(Files.readString(model.resolve("config.json"))).contains("\"good\"", "\"bad\"");
  }

  /** A pipe can be read once only. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void pipesAreFiles() throws Exception {
    for (String command : List.of("classify", "evaluate")) {
      Path pipe = folder.resolve(command + ".csv");
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try {
                  Files.writeString(pipe, "great,yes\npoor,no\n");
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      CommandRun done = of(command, pipe);
      writer.join();
      assertThat(done.code()).as(done.err()).isZero();
      assertThat(done.out()).contains(command.equals("evaluate") ? "examples 2" : "poor");
    }
  }
}
