package io.github.attentive.djl.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The words a model knows, in the order of their ids, as Keras's {@code
 * TextVectorization.get_vocabulary()} returns them: padding (the empty word), {@code [UNK]}, then
 * the others. Immutable.
 */
public final class Vocabulary {
  /** The id of padding. */
  public static final int PADDING = 0;

  /** The id of every word that is not in the vocabulary. */
  public static final int UNKNOWN = 1;

  /** How {@link #UNKNOWN} is written. */
  public static final String UNKNOWN_WORD = "[UNK]";

  private final List<String> words;
  private final Map<String, Integer> ids;

  private Vocabulary(List<String> words) {
    this.words = List.copyOf(words);
    this.ids = new HashMap<>();
    for (int i = 0; i < this.words.size(); i++) {
      Integer earlier = ids.put(this.words.get(i), i);
      if (earlier != null) {
        throw new IllegalArgumentException(
            "word '%s' stands at %s and %s".formatted(this.words.get(i), earlier, i));
      }
    }
    if (this.words.size() < 2
        || !this.words.get(PADDING).isEmpty()
        || !this.words.get(UNKNOWN).equals(UNKNOWN_WORD)) {
      throw new IllegalArgumentException(
          "expected the empty word and "
              + UNKNOWN_WORD
              + " first, got "
              + this.words.subList(0, Math.min(2, this.words.size())));
    }
  }

  /**
   * A vocabulary of these words.
   *
   * @param words in the order of their ids
   * @return the vocabulary
   * @throws IllegalArgumentException if the first two are not the empty word and {@code [UNK]}, or
   *     a word appears twice
   */
  public static Vocabulary of(List<String> words) {
    return new Vocabulary(words);
  }

  /**
   * Learns a vocabulary as Keras's {@code adapt} does: by falling count; equal counts by falling
   * code points, so that late letters come first.
   *
   * <p>A token with a lone surrogate cannot be written as UTF-8 and stays unknown.
   *
   * @param vectorization how texts are cut
   * @param texts what to learn from
   * @param maxTokens entries at most, padding and the unknown included
   * @return the vocabulary
   */
  public static Vocabulary adapt(
      TextVectorization vectorization, Stream<String> texts, int maxTokens) {
    Map<String, Long> counts = new HashMap<>();
    texts.forEach(
        text -> {
          for (TextVectorization.Piece piece : vectorization.pieces(text, Integer.MAX_VALUE)) {
            counts.merge(piece.text(), 1L, Long::sum);
          }
        });
    Comparator<Map.Entry<String, Long>> byCount = Map.Entry.comparingByValue();
    Comparator<Map.Entry<String, Long>> order =
        byCount
            .thenComparing(entry -> entry.getKey().codePoints().toArray(), Arrays::compare)
            .reversed();
    Stream<String> learned =
        counts.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(UNKNOWN_WORD) && isUnicode(entry.getKey()))
            .sorted(order)
            .limit(maxTokens - 2L)
            .map(Map.Entry::getKey);
    return new Vocabulary(Stream.concat(Stream.of("", UNKNOWN_WORD), learned).toList());
  }

  private static boolean isUnicode(String word) {
    return word.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /**
   * The id of a word.
   *
   * @param word the word
   * @return its id, or {@link #UNKNOWN}
   */
  public int idOf(String word) {
    return ids.getOrDefault(word, UNKNOWN);
  }

  /**
   * The words.
   *
   * @return an unmodifiable list in the order of their ids
   */
  public List<String> words() {
    return words;
  }

  /**
   * The number of words.
   *
   * @return at least 2
   */
  public int size() {
    return words.size();
  }
}
