package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, for what a test cannot see in one that other tests have used. */
public final class ChildJvm {
  private final Class<?> main;
  private final Path folder;
  private final List<String> launcher = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final ProcessBuilder process = new ProcessBuilder();

  /** Lines on standard output and standard error. */
  public record Printed(List<String> out, List<String> err) {}

  /** A main class on this class path, and a folder for what it prints. */
  public ChildJvm(Class<?> main, Path folder) {
    this.main = main;
    this.folder = folder;
  }

  /** Options of the JVM. */
  public ChildJvm options(List<String> more) {
    options.addAll(more);
    return this;
  }

  /** A command that starts the one after it. */
  public ChildJvm launcher(String... command) {
    launcher.addAll(List.of(command));
    return this;
  }

  public ChildJvm environment(String name, String value) {
    process.environment().put(name, value);
    return this;
  }

  /** Runs to the end, which must be a good one. */
  public Printed run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process child =
        process.command(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(child.waitFor(300, TimeUnit.SECONDS)).as("the child ended in time").isTrue();
      assertThat(child.exitValue()).as(Files.readString(err)).isZero();
    } finally {
      child.destroyForcibly();
    }
    return new Printed(Files.readAllLines(out), Files.readAllLines(err));
  }
}
