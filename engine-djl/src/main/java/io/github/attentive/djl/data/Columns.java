package io.github.attentive.djl.data;

import io.github.attentive.DatasetFile;
import io.github.attentive.DatasetFile.Header;
import io.github.attentive.InvalidInputException;
import io.github.attentive.djl.checkpoint.Excerpt;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where in a row text, pair and label are; -1 for one that there is not. */
record Columns(int text, int pair, int label, int width) {
  private static final String TEXT = "text";
  private static final String SENTENCE = "sentence";

  /** The columns that the first row names, or null if it names none. */
  static @Nullable Columns named(DatasetFile file, long line, List<String> first) {
    if (file.header() == Header.ABSENT) {
      return null;
    }
    String text = file.textColumn().orElse(first.contains(TEXT) ? TEXT : SENTENCE);
    boolean asked =
        file.header() == Header.PRESENT
            || file.textColumn().isPresent()
            || file.pairColumn().isPresent()
            || file.labelColumn().isPresent();
    if (!first.contains(text)) {
      Delimiters.refuseOther(file, line, first, file.textColumn().map(List::of));
      if (asked) {
        throw missing(file, line, file.textColumn().orElse("text' or 'sentence"), first);
      }
      return null;
    }
    return new Columns(
        first.indexOf(text),
        optional(file, line, file.pairColumn(), "pair", first),
        optional(file, line, file.labelColumn(), "label", first),
        first.size());
  }

  /** Text and label, as far as there are so many columns. */
  static Columns unnamed(List<String> first) {
    return new Columns(0, -1, first.size() > 1 ? 1 : -1, first.size());
  }

  private static int optional(
      DatasetFile file, long line, Optional<String> asked, String usual, List<String> first) {
    int index = first.indexOf(asked.orElse(usual));
    if (index < 0 && asked.isPresent()) {
      throw missing(file, line, asked.get(), first);
    }
    return index;
  }

  private static InvalidInputException missing(
      DatasetFile file, long line, String name, List<String> first) {
    return new InvalidInputException(
        "%s, line %s: expected a column '%s', got %s%s"
            .formatted(
                file.path(),
                line,
                name,
                Excerpt.of(first.toString()),
                Delimiters.guess(file, first)));
  }
}
