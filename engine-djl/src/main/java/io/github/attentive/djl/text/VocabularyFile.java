package io.github.attentive.djl.text;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code vocabulary.txt}: a word a line in the order of their ids, UTF-8. Lines end with a line
 * feed, with or without a carriage return; no other character ends one.
 */
public final class VocabularyFile {
  private static final long MAX_BYTES = 1L << 28;

  private VocabularyFile() {}

  /**
   * Reads a vocabulary with padding.
   *
   * @param file the file
   * @return the words
   * @throws ModelLoadException if it cannot be read, does not start with an empty line and {@code
   *     [UNK]}, or holds a word twice
   */
  public static Vocabulary read(Path file) {
    return parse(TextFile.read(file, MAX_BYTES), OutputMode.INT, file.toString());
  }

  /**
   * Takes a vocabulary from the text of such a file, which may lie in an archive.
   *
   * @param text the file's text
   * @param mode whose {@linkplain OutputMode#specialWords() special words} come first
   * @param source the file's name, for messages
   * @return the words
   * @throws ModelLoadException if it does not start with the special words, or holds a word twice
   */
  public static Vocabulary parse(String text, OutputMode mode, String source) {
    List<String> words = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int trimmed = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      words.add(text.substring(start, trimmed));
      start = end + 1;
    }
    try {
      return Vocabulary.of(words, mode);
    } catch (IllegalArgumentException e) {
      throw new ModelLoadException(
          source
              + ": "
              + e.getMessage()
              + " (counted from 0); expected a word a line as"
              + " get_vocabulary() returns them",
          e);
    }
  }

  /**
   * Writes a vocabulary.
   *
   * @param vocabulary words without line ends
   * @return the file's text
   */
  public static String write(Vocabulary vocabulary) {
    return String.join("\n", vocabulary.words()) + "\n";
  }
}
