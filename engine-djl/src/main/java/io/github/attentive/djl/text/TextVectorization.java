package io.github.attentive.djl.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts a text into tokens as the layer of that name in Keras 3 does. Immutable.
 *
 * <p>What Keras does, and other tokenizers do not: lower case is ASCII only, so that {@code É}
 * stays; the 32 ASCII punctuation characters are removed, not replaced by blanks, so that {@code
 * so-so} becomes {@code soso}; white space is space, tab, line feed, vertical tab, form feed and
 * carriage return only, so that a no-break space is part of a token.
 *
 * <p>Tokens are made of words, which are what the split gives: {@code n} neighbouring words, joined
 * by one blank, for each size {@code n}. All tokens of one size come before those of the next, each
 * size in text order, so that a limit may leave out whole sizes. A text of fewer words than a size
 * has no tokens of it.
 *
 * @param standardize what happens to the characters
 * @param split where words end
 * @param ngrams how many words a token has: 1 to {@value #MAX_NGRAM} sizes from 1 to {@value
 *     #MAX_NGRAM}, in the order in which Keras lists their tokens; a size that stands twice gives
 *     its tokens twice, as in Keras
 */
public record TextVectorization(Standardize standardize, Split split, List<Integer> ngrams) {

  /** The most sizes, and the most words a token has; Keras knows no limit. */
  public static final int MAX_NGRAM = 64;

  /** Keras's defaults. */
  public static final TextVectorization DEFAULT =
      new TextVectorization(Standardize.LOWER_AND_STRIP_PUNCTUATION, Split.WHITESPACE);

  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  /** What happens to the characters of a text. */
  public enum Standardize {
    /** Nothing. */
    NONE(false, false),
    /** ASCII capitals become small. */
    LOWER(true, false),
    /** ASCII punctuation goes. */
    STRIP_PUNCTUATION(false, true),
    /** Both. */
    LOWER_AND_STRIP_PUNCTUATION(true, true);

    private final boolean lower;
    private final boolean strip;

    Standardize(boolean lower, boolean strip) {
      this.lower = lower;
      this.strip = strip;
    }
  }

  /** Where words end. */
  public enum Split {
    /** At ASCII white space. */
    WHITESPACE,
    /** After each code point; white space is a word like others. */
    CHARACTER,
    /**
     * Nowhere: the whole text is one word, unless it is empty. Keras then gives the empty word, id
     * 0, which is what padding is.
     */
    NONE
  }

  /**
   * A token and the stretch of the text it was made from.
   *
   * @param text the token
   * @param start of its first character, in UTF-16 units
   * @param end of its last character, exclusive
   */
  public record Piece(String text, int start, int end) {}

  /**
   * Creates a vectorization.
   *
   * @param standardize as above
   * @param split as above
   * @param ngrams as above, copied
   * @throws IllegalArgumentException if there are none or too many sizes, or one is out of range
   */
  public TextVectorization {
    ngrams = List.copyOf(ngrams);
    if (ngrams.isEmpty() || ngrams.size() > MAX_NGRAM) {
      throw new IllegalArgumentException(
          "ngrams: expected 1 to %s sizes, got %s".formatted(MAX_NGRAM, ngrams.size()));
    }
    for (int size : ngrams) {
      requireSize(size);
    }
  }

  /**
   * A vectorization whose tokens are single words.
   *
   * @param standardize what happens to the characters
   * @param split where words end
   */
  public TextVectorization(Standardize standardize, Split split) {
    this(standardize, split, List.of(1));
  }

  /**
   * The sizes Keras makes of the number {@code ngrams}, as opposed to a tuple.
   *
   * @param largest the largest size
   * @return 1 to {@code largest}
   * @throws IllegalArgumentException if it is not from 1 to {@value #MAX_NGRAM}
   */
  public static List<Integer> ngramsUpTo(int largest) {
    requireSize(largest);
    return IntStream.rangeClosed(1, largest).boxed().toList();
  }

  private static void requireSize(int size) {
    if (size < 1 || size > MAX_NGRAM) {
      throw new IllegalArgumentException(
          "ngrams: expected sizes from 1 to %s, got %s".formatted(MAX_NGRAM, size));
    }
  }

  /**
   * Cuts a text.
   *
   * @param text any string; a lone surrogate is a character like others
   * @param limit how many tokens are wanted at most; the rest of the text is not looked at
   * @return at most {@code limit} tokens in order
   */
  public List<Piece> pieces(String text, int limit) {
    // Either the tokens of the first size are enough, or these are all words of the text.
    List<Piece> words = words(text, (int) Math.min(Integer.MAX_VALUE, limit - 1L + ngrams.get(0)));
    List<Piece> pieces = new ArrayList<>();
    for (int size : ngrams) {
      for (int i = 0; i + size <= words.size() && pieces.size() < limit; i++) {
        pieces.add(joined(words.subList(i, i + size)));
      }
    }
    return pieces;
  }

  private static Piece joined(List<Piece> words) {
    Piece first = words.get(0);
    if (words.size() == 1) {
      return first;
    }
    String text = words.stream().map(Piece::text).collect(Collectors.joining(" "));
    return new Piece(text, first.start(), words.get(words.size() - 1).end());
  }

  private List<Piece> words(String text, int limit) {
    List<Piece> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int start = 0;
    int end = 0;
    for (int i = 0; i < text.length() && words.size() < limit; ) {
      int codePoint = text.codePointAt(i);
      int next = i + Character.charCount(codePoint);
      if (split == Split.WHITESPACE && isSpace(codePoint)) {
        if (!word.isEmpty()) {
          words.add(new Piece(word.toString(), start, end));
          word.setLength(0);
        }
      } else if (!standardize.strip || PUNCTUATION.indexOf(codePoint) < 0) {
        start = word.isEmpty() ? i : start;
        end = next;
        word.appendCodePoint(standardize.lower ? asciiLower(codePoint) : codePoint);
        if (split == Split.CHARACTER) {
          words.add(new Piece(word.toString(), start, end));
          word.setLength(0);
        }
      }
      i = next;
    }
    if (!word.isEmpty() && words.size() < limit) {
      words.add(new Piece(word.toString(), start, end));
    }
    return words;
  }

  private static boolean isSpace(int codePoint) {
    return codePoint == ' ' || (codePoint >= '\t' && codePoint <= '\r');
  }

  private static int asciiLower(int codePoint) {
    return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
  }
}
