package io.github.attentive.djl.text;

import org.jspecify.annotations.Nullable;

/**
 * A caller's string as a tokenizer outside Java reads it, which counts code points, with the way
 * back to UTF-16 units. Immutable.
 *
 * <p>A lone surrogate is no character and cannot leave Java; in its place stands U+FFFD, one code
 * point for one, so that offsets hold.
 */
final class ScalarText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final char NEXT_LINE = '\u0085';

  private final String original;
  private final String scalars;
  private final int codePoints;

  /** Where each code point starts, and at last the length; null where each is one unit. */
  private final int @Nullable [] starts;

  ScalarText(String original) {
    this.original = original;
    this.codePoints = original.codePointCount(0, original.length());
    StringBuilder replaced = null;
    int[] table = codePoints == original.length() ? null : new int[codePoints + 1];
    int unit = 0;
    for (int i = 0; i < codePoints; i++) {
      if (table != null) {
        table[i] = unit;
      }
      int codePoint = original.codePointAt(unit);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        replaced = replaced == null ? new StringBuilder(original) : replaced;
        replaced.setCharAt(unit, REPLACEMENT);
      }
      unit += Character.charCount(codePoint);
    }
    if (table != null) {
      table[codePoints] = unit;
    }
    this.starts = table;
    this.scalars = replaced == null ? original : replaced.toString();
  }

  /** The text without lone surrogates. */
  String scalars() {
    return scalars;
  }

  /**
   * The UTF-16 units of a stretch, without white space at its ends; of white space alone nothing is
   * left but its end.
   */
  Span span(int startCodePoint, int endCodePoint) {
    int start = unit(startCodePoint);
    int end = Math.max(start, unit(endCodePoint));
    while (start < end && isSpace(original.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(original.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end);
  }

  private int unit(int codePoint) {
    int inside = Math.max(0, Math.min(codePoint, codePoints));
    return starts == null ? inside : starts[inside];
  }

  private static boolean isSpace(char unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit) || unit == NEXT_LINE;
  }

  /** From {@code start} to {@code end}, exclusive, in UTF-16 units. */
  record Span(int start, int end) {}
}
