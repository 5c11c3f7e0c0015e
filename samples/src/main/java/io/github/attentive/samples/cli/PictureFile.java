package io.github.attentive.samples.cli;

import io.github.attentive.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A file for one picture or page, named by an option. */
final class PictureFile {
  private PictureFile() {}

  /**
   * Says early, before a long computation, that a name will not do.
   *
   * @param option the option that gives it
   * @throws InvalidInputException unless it ends in {@code .svg}, in a folder that exists
   */
  static void requireSvg(String option, Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
      throw new InvalidInputException(option + ": expected a name ending in .svg, got " + file);
    }
    if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
      throw new InvalidInputException(option + ": expected a folder that exists, got " + file);
    }
  }

  /**
   * Writes the file.
   *
   * @param option the option that names it
   * @throws InvalidInputException if it cannot be written
   */
  static void write(String option, Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new InvalidInputException(option + " " + file + ": cannot be written: " + e, e);
    }
  }
}
