package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command run in this process, and what it left.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int code, String out, String err) {

  /** What the program takes for the encoding its arguments came in. */
  static final String ENCODING_PROPERTY = "sun.jnu.encoding";

  /** Runs a command, however it ends; the locale of the machine has no say in its arguments. */
  public static CommandRun of(String... arguments) {
    String before = System.setProperty(ENCODING_PROPERTY, "UTF-8");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code;
    try {
      code =
          AttentiveCommand.run(
              arguments,
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8));
    } finally {
      System.setProperty(ENCODING_PROPERTY, before);
    }
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command that has to succeed. */
  public static CommandRun done(String... arguments) {
    CommandRun run = of(arguments);
    assertThat(run.code).as(run.err).isZero();
    return run;
  }

  /** Runs a command that has to fail with this code, in one line, without results. */
  public static String fails(int code, String... arguments) {
    CommandRun run = of(arguments);
    assertThat(run.code).as(String.join(" ", arguments) + ": " + run.err).isEqualTo(code);
    assertThat(run.out).isEmpty();
    assertThat(run.err).matches("attentive: [^\r\n]+\n");
    return run.err;
  }

  /** Runs a command that prints JSON objects, a line each. */
  static List<Json> json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--format", "json"));
    String out = done(all.toArray(String[]::new)).out;
    assertThat(out).endsWith("\n");
    List<Json> objects = new ArrayList<>();
    for (String line : lines(out)) {
      objects.add(Json.parse(line));
    }
    return objects;
  }

  /** What stands between line feeds. */
  static List<String> lines(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    return lines.subList(0, lines.size() - 1);
  }

  /** Trains on a few words whose meaning is plain: {@code great}, {@code boring}. */
  public static String train(Path directory, String recipe, String... more) throws IOException {
    Path reviews = Files.createTempFile(directory.toAbsolutePath().getParent(), "train", ".tsv");
    Files.writeString(
        reviews,
        """
        text\tlabel
        the story was great\t1
        what a great film\t1
        great\t1
        the story was boring\t0
        what a boring film\t0
        boring\t0
        """);
    List<String> arguments = new ArrayList<>(List.of("train", "--recipe", recipe));
    arguments.addAll(List.of("--train", reviews.toString(), "--out", directory.toString()));
    arguments.addAll(List.of("--labels", "Negative,Positive", "--epochs", "200"));
    arguments.addAll(List.of(more));
    done(arguments.toArray(String[]::new));
    return directory.toString();
  }
}
