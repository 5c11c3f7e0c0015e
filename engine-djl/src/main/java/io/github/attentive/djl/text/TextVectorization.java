package io.github.attentive.djl.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens as the layer of that name in Keras 3 does. Stateless.
 *
 * <p>What Keras does, and other tokenizers do not: lower case is ASCII only, so that {@code É}
 * stays; the 32 ASCII punctuation characters are removed, not replaced by blanks, so that {@code
 * so-so} becomes {@code soso}; white space is space, tab, line feed, vertical tab, form feed and
 * carriage return only, so that a no-break space is part of a token.
 *
 * @param standardize what happens to the characters
 * @param split where tokens end
 */
public record TextVectorization(Standardize standardize, Split split) {

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

  /** Where tokens end. */
  public enum Split {
    /** At ASCII white space. */
    WHITESPACE,
    /** After each code point. */
    CHARACTER,
    /** Nowhere: the whole text is one token, unless it is empty. */
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
   * Cuts a text.
   *
   * @param text any string; a lone surrogate is a character like others
   * @param limit how many tokens are wanted at most; the rest of the text is not looked at
   * @return at most {@code limit} tokens in order
   */
  public List<Piece> pieces(String text, int limit) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    int start = 0;
    int end = 0;
    for (int i = 0; i < text.length() && pieces.size() < limit; ) {
      int codePoint = text.codePointAt(i);
      int next = i + Character.charCount(codePoint);
      if (split == Split.WHITESPACE && isSpace(codePoint)) {
        if (!token.isEmpty()) {
          pieces.add(new Piece(token.toString(), start, end));
          token.setLength(0);
        }
      } else if (!standardize.strip || PUNCTUATION.indexOf(codePoint) < 0) {
        start = token.isEmpty() ? i : start;
        end = next;
        token.appendCodePoint(standardize.lower ? asciiLower(codePoint) : codePoint);
        if (split == Split.CHARACTER) {
          pieces.add(new Piece(token.toString(), start, end));
          token.setLength(0);
        }
      }
      i = next;
    }
    if (!token.isEmpty() && pieces.size() < limit) {
      pieces.add(new Piece(token.toString(), start, end));
    }
    return pieces;
  }

  private static boolean isSpace(int codePoint) {
    return codePoint == ' ' || (codePoint >= '\t' && codePoint <= '\r');
  }

  private static int asciiLower(int codePoint) {
    return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
  }
}
