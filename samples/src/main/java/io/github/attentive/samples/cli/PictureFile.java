package io.github.attentive.samples.cli;

import io.github.attentive.InvalidInputException;
import io.github.attentive.viz.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Files of pictures or pages, named by an option. */
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

  /**
   * Writes the figures of a report.
   *
   * @param option the option that names the folder
   * @throws InvalidInputException if they cannot be written
   */
  static void writeAll(String option, Path folder, Report report) {
    try {
      report.writeFigures(folder);
    } catch (IOException e) {
      throw new InvalidInputException(option + " " + folder + ": cannot be written: " + e, e);
    }
  }
}
