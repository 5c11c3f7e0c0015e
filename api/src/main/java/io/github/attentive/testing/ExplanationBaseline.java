package io.github.attentive.testing;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The words' weights of an explanation, to be kept in a file and compared with later ones.
 * Immutable.
 *
 * <p>The file is text in UTF-8 with a tab between fields: a first line {@code attentive-baseline
 * 1}; {@code text}, perhaps {@code pair}, {@code label}, {@code target} and {@code method}, each
 * with its value; then for each word {@code word}, its segment, start and end in UTF-16 units, its
 * weight and its text. In values, a backslash stands before {@code t}, {@code n}, {@code r} for
 * tab, line feed and carriage return, and before a backslash. So a difference is one line in a
 * review.
 *
 * @param text the text
 * @param pair the second text, or null
 * @param label predicted
 * @param target the label the weights speak for
 * @param method the {@link io.github.attentive.Method#id()} of the method
 * @param words the words in text order
 */
public record ExplanationBaseline(
    String text,
    @Nullable String pair,
    String label,
    String target,
    String method,
    List<Word> words) {
  private static final String FIRST_LINE = "attentive-baseline 1";
  private static final int FIELDS_OF_A_WORD = 6;

  /**
   * Creates a baseline.
   *
   * @param text as above
   * @param pair as above
   * @param label as above
   * @param target as above
   * @param method as above
   * @param words as above
   */
  public ExplanationBaseline {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(method, "method");
    words = List.copyOf(words);
  }

  /**
   * The baseline an explanation makes.
   *
   * @param explanation to be kept
   * @return its words and weights
   */
  public static ExplanationBaseline of(Explanation explanation) {
    return new ExplanationBaseline(
        explanation.input().text(),
        explanation.input().pair(),
        explanation.label(),
        explanation.attribution().target(),
        explanation.attribution().method().id(),
        explanation.words());
  }

  /** Whether the other is of the same text, label, target, method and words, whatever weights. */
  boolean sameQuestion(ExplanationBaseline other) {
    return withoutWeights().equals(other.withoutWeights());
  }

  private ExplanationBaseline withoutWeights() {
    List<Word> spans =
        words.stream().map(w -> new Word(w.text(), w.segment(), w.start(), w.end(), 0)).toList();
    return new ExplanationBaseline(text, pair, label, target, method, spans);
  }

  /** The weights in text order. */
  double[] weights() {
    return words.stream().mapToDouble(Word::weight).toArray();
  }

  /**
   * Writes the file, in place of one that is there.
   *
   * @param file to write
   * @throws InvalidInputException if it cannot be written, or a value has a lone surrogate, which
   *     UTF-8 cannot hold
   */
  public void write(Path file) {
    StringBuilder lines = new StringBuilder(FIRST_LINE).append('\n');
    line(lines, "text", text);
    if (pair != null) {
      line(lines, "pair", pair);
    }
    line(lines, "label", label);
    line(lines, "target", target);
    line(lines, "method", method);
    for (Word word : words) {
      line(
          lines,
          "word",
          Integer.toString(word.segment()),
          Integer.toString(word.start()),
          Integer.toString(word.end()),
          Float.toString(word.weight()),
          word.text());
    }
    try {
      Files.writeString(file, lines);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be written: " + e, e);
    }
  }

  private static void line(StringBuilder lines, String key, String... values) {
    lines.append(key);
    for (String value : values) {
      lines
          .append('\t')
          .append(
              value
                  .replace("\\", "\\\\")
                  .replace("\t", "\\t")
                  .replace("\n", "\\n")
                  .replace("\r", "\\r"));
    }
    lines.append('\n');
  }

  /**
   * Reads a file that {@link #write} wrote. Line ends that a version control system changed are
   * understood.
   *
   * @param file to read
   * @return the baseline
   * @throws InvalidInputException if it cannot be read, is not UTF-8, or a line is not as
   *     described; the message names the line
   */
  public static ExplanationBaseline read(Path file) {
    String content;
    try {
      content = Files.readString(file);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be read: " + e, e);
    }
    return new Reader(file, content).read();
  }

  /** The lines of a file, read from the first to the last. */
  private static final class Reader {
    private final Path file;
    private final List<String> lines;
    private int next;

    Reader(Path file, String content) {
      this.file = file;
      this.lines = content.lines().toList();
    }

    ExplanationBaseline read() {
      if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
        next = 1;
        throw failure("'" + FIRST_LINE + "'", lines.isEmpty() ? "nothing" : lines.get(0));
      }
      next = 1;
      String text = value("text");
      String pair = at("pair") ? value("pair") : null;
      String label = value("label");
      String target = value("target");
      String method = value("method");
      List<Word> words = new ArrayList<>();
      while (next < lines.size()) {
        words.add(word());
      }
      return new ExplanationBaseline(text, pair, label, target, method, words);
    }

    private boolean at(String key) {
      return next < lines.size() && lines.get(next).startsWith(key + "\t");
    }

    private String value(String key) {
      return fields(key, 2)[1];
    }

    private String[] fields(String key, int count) {
      String line = next < lines.size() ? lines.get(next) : "the end";
      String[] fields = line.split("\t", -1);
      next++;
      if (!fields[0].equals(key) || fields.length != count) {
        throw failure(
            "'%s' and %s more fields with tabs between them".formatted(key, count - 1), line);
      }
      for (int i = 0; i < count; i++) {
        fields[i] = plain(fields[i]);
      }
      return fields;
    }

    private Word word() {
      String[] fields = fields("word", FIELDS_OF_A_WORD);
      try {
        return new Word(
            fields[5],
            Integer.parseInt(fields[1]),
            Integer.parseInt(fields[2]),
            Integer.parseInt(fields[3]),
            Float.parseFloat(fields[4]));
      } catch (NumberFormatException | InvalidInputException e) {
        throw failure("segment, start, end and weight of a word", e.getMessage());
      }
    }

    private String plain(String value) {
      StringBuilder plain = new StringBuilder();
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\\') {
          i++;
          int known = i < value.length() ? "tnr\\".indexOf(value.charAt(i)) : -1;
          if (known < 0) {
            throw failure("a backslash only before t, n, r or a backslash", value);
          }
          c = "\t\n\r\\".charAt(known);
        }
        plain.append(c);
      }
      return plain.toString();
    }

    private InvalidInputException failure(String expected, @Nullable String found) {
      return new InvalidInputException(
          "%s, line %s: expected %s, got '%s'".formatted(file, next, expected, found));
    }
  }
}
