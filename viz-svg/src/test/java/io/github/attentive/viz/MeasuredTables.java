package io.github.attentive.viz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tables in {@code VIEWERS.md} that tests write. */
final class MeasuredTables {
  private static final Path FILE = Path.of("VIEWERS.md");

  private MeasuredTables() {}

  /** Replaces what is between the two marks of a table. */
  static void replace(String name, String markdown) {
    String start = "<!-- measured: %s -->\n".formatted(name);
    String end = "<!-- end of %s -->".formatted(name);
    try {
      String all = Files.readString(FILE);
      int from = all.indexOf(start) + start.length();
      int to = all.indexOf(end);
      if (from < start.length() || to < from) {
        throw new AssertionError(FILE + " has no marks for " + name);
      }
      Files.writeString(
          FILE, all.substring(0, from) + "\n" + markdown + "\n\n" + all.substring(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
