package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, for what a test cannot see in one that other tests have used. */
final class ChildJvm {
  private ChildJvm() {}

  /** Runs a main class on this class path and returns what it printed. */
  static List<String> run(Class<?> main, Path folder, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process child =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(child.waitFor(300, TimeUnit.SECONDS)).as("the child ended in time").isTrue();
      assertThat(child.exitValue()).as(Files.readString(err)).isZero();
    } finally {
      child.destroyForcibly();
    }
    return Files.readAllLines(out);
  }
}
