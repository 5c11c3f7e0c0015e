package io.github.attentive.viz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that tests make use of where they are. */
final class Programs {
  private Programs() {}

  /**
   * Finds a program, or else skips the test.
   *
   * @param debianPackage what to install for it
   * @param names that it may have
   */
  static Path findOrSkip(String debianPackage, String... names) {
    Optional<Path> found = Arrays.stream(names).flatMap(name -> find(name).stream()).findFirst();
    if (found.isEmpty()) {
      Assumptions.abort(
          "no %s in PATH; on Debian the package %s has it".formatted(names[0], debianPackage));
    }
    return found.orElseThrow();
  }

  private static Optional<Path> find(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs a program to its end and returns what it writes to its standard output. */
  static byte[] run(String input, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      byte[] output = process.getInputStream().readAllBytes();
      int status = process.waitFor();
      if (status != 0) {
        throw new AssertionError(command + ": exit status " + status);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
