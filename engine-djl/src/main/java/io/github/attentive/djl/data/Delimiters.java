package io.github.attentive.djl.data;

import io.github.attentive.DatasetFile;
import io.github.attentive.DatasetFile.Format;
import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Guesses which delimiter a file has where the one it is read with does not occur. */
final class Delimiters {
  private static final String COMMON = ",;\t|";

  private Delimiters() {}

  /** Refuses a header that is one only with another delimiter. */
  static void refuseOther(
      DatasetFile file, long line, List<String> first, Optional<List<String>> textColumn) {
    if (first.size() != 1) {
      return;
    }
    List<String> names = textColumn.orElse(List.of("text", "sentence"));
    others(file)
        .filter(first.get(0)::contains)
        .filter(
            other ->
                Arrays.stream(first.get(0).split(Pattern.quote(other), -1))
                    .map(field -> field.replace("\"", "").strip())
                    .anyMatch(names::contains))
        .findFirst()
        .ifPresent(
            other -> {
              throw new InvalidInputException(
                  "%s, line %s: expected %s between columns, got a header with %s; %s"
                      .formatted(
                          file.path(), line, shown(current(file)), shown(other), remedy(file)));
            });
  }

  /** What to do about rows of one column, as the end of a sentence, or nothing. */
  static String guess(DatasetFile file, List<String> row) {
    if (row.size() != 1) {
      return "";
    }
    return others(file)
        .filter(row.get(0)::contains)
        .max(Comparator.comparingInt(other -> row.get(0).split(Pattern.quote(other), -1).length))
        .map(
            other ->
                "; the row is one column, with %s in it: if that separates columns, %s"
                    .formatted(shown(other), remedy(file)))
        .orElse("");
  }

  private static Stream<String> others(DatasetFile file) {
    return COMMON.chars().mapToObj(Character::toString).filter(c -> !c.equals(current(file)));
  }

  private static String current(DatasetFile file) {
    return file.format() == Format.TSV ? "\t" : String.valueOf(file.delimiter());
  }

  private static String remedy(DatasetFile file) {
    return file.format() == Format.TSV
        ? "the file is CSV with that delimiter"
        : "name it as the delimiter";
  }

  private static String shown(String delimiter) {
    return delimiter.equals("\t") ? "a tab" : "'" + delimiter + "'";
  }
}
