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
 * the others. Where a text is not a sequence of ids, as in every {@link OutputMode} but {@link
 * OutputMode#INT}, there is no padding and {@code [UNK]} is the first. Immutable.
 */
public final class Vocabulary {
  /** The id of padding, where there is padding. */
  public static final int PADDING = 0;

  /** The id of every word that is not in the vocabulary, where there is padding. */
  public static final int UNKNOWN = 1;

  /** How the {@link #unknown()} word is written. */
  public static final String UNKNOWN_WORD = "[UNK]";

  private final List<String> words;
  private final Map<String, Integer> ids;
  private final int unknown;

  private Vocabulary(List<String> words, OutputMode mode) {
    this.words = List.copyOf(words);
    this.ids = new HashMap<>();
    List<String> special = mode.specialWords();
    this.unknown = special.indexOf(UNKNOWN_WORD);
    for (int i = 0; i < this.words.size(); i++) {
      Integer earlier = ids.put(this.words.get(i), i);
      if (earlier != null) {
        throw new IllegalArgumentException(
            "word '%s' stands at %s and %s".formatted(this.words.get(i), earlier, i));
      }
    }
    if (!startsWith(this.words, special)) {
      throw new IllegalArgumentException(
          "expected %s first, got %s"
              .formatted(
                  hasPadding() ? "the empty word and " + UNKNOWN_WORD : UNKNOWN_WORD,
                  this.words.subList(0, Math.min(special.size(), this.words.size()))));
    }
    if (!hasPadding() && ids.containsKey("")) {
      throw new IllegalArgumentException(
          "word '' stands at %s; expected no empty word where there is no padding"
              .formatted(ids.get("")));
    }
  }

  private static boolean startsWith(List<String> words, List<String> special) {
    return words.size() >= special.size() && words.subList(0, special.size()).equals(special);
  }

  /**
   * A vocabulary of these words, with padding.
   *
   * @param words in the order of their ids
   * @return the vocabulary
   * @throws IllegalArgumentException if the first two are not the empty word and {@code [UNK]}, or
   *     a word appears twice
   */
  public static Vocabulary of(List<String> words) {
    return of(words, OutputMode.INT);
  }

  /**
   * A vocabulary of these words.
   *
   * @param words in the order of their ids
   * @param mode whose {@linkplain OutputMode#specialWords() special words} come first
   * @return the vocabulary
   * @throws IllegalArgumentException if the first ones are not the special words, a word appears
   *     twice, or there is an empty word without there being padding
   */
  public static Vocabulary of(List<String> words, OutputMode mode) {
    return new Vocabulary(words, mode);
  }

  /**
   * A vocabulary of the words given to Keras's layer as {@code vocabulary}, which its {@code
   * config} then has: the special words are put first unless they are there.
   *
   * @param words in the order of their ids, with all the special words or with none
   * @param mode whose {@linkplain OutputMode#specialWords() special words} come first
   * @return the vocabulary
   * @throws IllegalArgumentException if a word appears twice, or a special word elsewhere than
   *     first, which Keras takes where it is {@code [UNK]}
   */
  public static Vocabulary given(List<String> words, OutputMode mode) {
    List<String> special = mode.specialWords();
    return startsWith(words, special)
        ? of(words, mode)
        : of(Stream.concat(special.stream(), words.stream()).toList(), mode);
  }

  /**
   * Learns a vocabulary with padding, as {@link #adapt(TextVectorization, Stream, int, OutputMode)}
   * does.
   *
   * @param vectorization how texts are cut
   * @param texts what to learn from
   * @param maxTokens entries at most, padding and the unknown included
   * @return the vocabulary
   * @throws IllegalArgumentException if {@code maxTokens} is less than 2
   */
  public static Vocabulary adapt(
      TextVectorization vectorization, Stream<String> texts, int maxTokens) {
    return adapt(vectorization, texts, maxTokens, OutputMode.INT);
  }

  /**
   * Learns a vocabulary as Keras's {@code adapt} does: by falling count; equal counts by falling
   * code points, so that late letters come first.
   *
   * <p>A token with a lone surrogate cannot be written as UTF-8 and stays unknown.
   *
   * @param vectorization how texts are cut
   * @param texts what to learn from
   * @param maxTokens entries at most, the special words included
   * @param mode whose {@linkplain OutputMode#specialWords() special words} come first
   * @return the vocabulary
   * @throws IllegalArgumentException if {@code maxTokens} leaves no room for the special words
   */
  public static Vocabulary adapt(
      TextVectorization vectorization, Stream<String> texts, int maxTokens, OutputMode mode) {
    List<String> special = mode.specialWords();
    if (maxTokens < special.size()) {
      throw new IllegalArgumentException(
          "maximum of tokens: expected at least %s, the number of special words, got %s"
              .formatted(special.size(), maxTokens));
    }
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
            .limit(maxTokens - special.size())
            .map(Map.Entry::getKey);
    return of(Stream.concat(special.stream(), learned).toList(), mode);
  }

  private static boolean isUnicode(String word) {
    return word.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /**
   * The id of a word.
   *
   * @param word the word
   * @return its id, or {@link #unknown()}
   */
  public int idOf(String word) {
    return ids.getOrDefault(word, unknown);
  }

  /**
   * The id of every word that is not in the vocabulary.
   *
   * @return {@link #UNKNOWN} where there is padding, else 0
   */
  public int unknown() {
    return unknown;
  }

  /**
   * Says whether the empty word, which stands for padding, is in the vocabulary.
   *
   * @return true for vocabularies of {@link OutputMode#INT}
   */
  public boolean hasPadding() {
    return unknown == UNKNOWN;
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
   * @return at least 1
   */
  public int size() {
    return words.size();
  }
}
