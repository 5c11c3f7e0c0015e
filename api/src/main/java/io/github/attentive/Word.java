package io.github.attentive;

import java.util.Objects;

/**
 * One word of an explained text with its weight: the tokens of one segment that share a word, put
 * together again.
 *
 * @param text the caller's own substring, as written
 * @param segment 0 for the text, 1 for the pair
 * @param start where it starts in the caller's string, in UTF-16 units, without white space
 * @param end where it ends, exclusive
 * @param weight the sum of its tokens' weights
 */
public record Word(String text, int segment, int start, int end, float weight) {

  /**
   * Creates a word.
   *
   * @param text as above
   * @param segment as above
   * @param start as above
   * @param end as above
   * @param weight as above
   * @throws InvalidInputException if the span is reversed or negative, or the weight is not finite
   */
  public Word {
    Objects.requireNonNull(text, "text");
    if (start < 0 || end < start) {
      throw new InvalidInputException(
          "word '%s': expected a span with 0 <= start <= end, got [%s, %s)"
              .formatted(text, start, end));
    }
    if (!Float.isFinite(weight)) {
      throw new InvalidInputException(
          "word '%s': expected a finite weight, got %s".formatted(text, weight));
    }
  }
}
