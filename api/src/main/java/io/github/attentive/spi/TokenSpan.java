package io.github.attentive.spi;

import io.github.attentive.InvalidInputException;
import java.util.Objects;

/**
 * One position of a model's input: a token and the stretch of the caller's text it stands for.
 *
 * @param text the token's text in the model's vocabulary
 * @param id its number in the vocabulary
 * @param segment 0 for the text, 1 for the pair
 * @param word index of its word within the segment, counted from 0 in text order, or {@link
 *     io.github.attentive.Token#NO_WORD} for a special token
 * @param start where it starts in the caller's string, in UTF-16 units; 0 for a special token
 * @param end where it ends, exclusive; 0 for a special token
 * @param special true for a token that stands for no text
 */
public record TokenSpan(
    String text, long id, int segment, int word, int start, int end, boolean special) {

  /**
   * Creates a span.
   *
   * @param text as above
   * @param id as above
   * @param segment as above
   * @param word as above
   * @param start as above
   * @param end as above
   * @param special as above
   * @throws InvalidInputException if the span is reversed or negative, or a token that is not
   *     special has no word
   */
  public TokenSpan {
    Objects.requireNonNull(text, "text");
    if (start < 0 || end < start || (!special && word < 0)) {
      throw new InvalidInputException(
          "token '%s': expected 0 <= start <= end and a word, got [%s, %s), word %s"
              .formatted(text, start, end, word));
    }
  }
}
