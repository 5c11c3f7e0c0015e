package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.attentive.samples.cli.CommandRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: locale, streams, exit codes. */
@EnabledOnOs(OS.LINUX)
class MainTest {
  private static final int SECONDS = 60;
  private static final String UTF_8 = "C.UTF-8";

  @TempDir private static Path folder;

  private static String model;

  @BeforeAll
  static void train() throws IOException {
    model = "--model '" + CommandRun.train(folder.resolve("model"), "keras-attention") + "' ";
  }

  /**
   * Starts the program from a directory of no account. A script has the arguments, so that their
   * bytes do not depend on the locale of this process.
   */
  private static CommandRun start(String locale, File out, String arguments)
      throws IOException, InterruptedException {
    Path script = Files.createTempFile(folder, "start", ".sh");
    Files.writeString(
        script,
        "exec '%s' -cp '%s' %s %s\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName(),
                arguments));
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString()).directory(folder.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("LC_ALL", locale);
    Process process = builder.redirectOutput(out).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("ends in time").isTrue();
    String written = out.isFile() ? Files.readString(out.toPath()) : "";
    return new CommandRun(process.exitValue(), written, Files.readString(err));
  }

  private static CommandRun start(String locale, String arguments)
      throws IOException, InterruptedException {
    return start(locale, Files.createTempFile(folder, "out", "").toFile(), arguments);
  }

  @Test
  void localeThatIsNotUtf8IsNamed() throws IOException, InterruptedException {
    CommandRun run = start("C", "classify " + model + "'caf\u00e9'");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .matches("attentive: argument 4 [^\n]*locale[^\n]*ANSI_X3\\.4-1968[^\n]*UTF-8[^\n]*\n");
  }

  @Test
  void filesAndOutputAreUtf8WhateverTheLocale() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("in.txt"), "caf\u00e9 \ud83c\udfac\n");
    CommandRun run = start("C", "classify " + model + "--input in.txt");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).endsWith("\tcaf\u00e9 \ud83c\udfac\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void ordinaryRunSaysNothingOnStandardError() throws IOException, InterruptedException {
    CommandRun run = start(UTF_8, "classify " + model + "'caf\u00e9 \ufffd' great");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .matches("\\w+\t0\\.\\d{4}\tcaf\u00e9 \ufffd\nPositive\t0\\.\\d{4}\tgreat\n");
  }

  @Test
  void failureIsOneLineAndItsCode() throws IOException, InterruptedException {
    CommandRun run = start(UTF_8, "explain --model nowhere x");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).matches("attentive: [^\n]*nowhere[^\n]*\n");
  }

  @Test
  void verboseLogsAndTraces() throws IOException, InterruptedException {
    CommandRun run = start(UTF_8, "classify --verbose " + model + "--device gpu:77 x");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(" DEBUG ", "\tat io.github.attentive.", "\nattentive: ");
  }

  @Test
  void resultsThatCannotBeWrittenAreAFailure() throws IOException, InterruptedException {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "there is no /dev/full");
    CommandRun run = start(UTF_8, full, "classify " + model + "x");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("attentive: standard output cannot be written\n");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException, InterruptedException {
    CommandRun run = start(UTF_8, "classify " + model + "\"$(printf 'caf\\351')\"");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).matches("attentive: argument 4 is not valid UTF-8[^\n]*\n");
  }
}
