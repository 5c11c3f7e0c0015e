package io.github.attentive;

import java.util.Objects;

/**
 * One token of an explained text, as the model read it, with its weight.
 *
 * @param text the token's text in the model's vocabulary, for instance {@code [UNK]} for a word it
 *     does not know
 * @param id its number in the vocabulary, or {@link #NO_ID} for one of a classifier that shows none
 * @param position its place in the model's input: the index of its row and column in the attention
 * @param segment 0 for the text, 1 for the pair
 * @param word index of its word within the segment, or {@link #NO_WORD} for a special token
 * @param start where it starts in the caller's string, in UTF-16 units
 * @param end where it ends, exclusive; equal to {@code start} for a special token, and for white
 *     space that a tokenizer keeps, which makes no word
 * @param special true for tokens that stand for no text, such as {@code [CLS]} or {@code [PAD]}
 * @param weight how much the model looked at it; see {@link Attribution}
 */
public record Token(
    String text,
    long id,
    int position,
    int segment,
    int word,
    int start,
    int end,
    boolean special,
    float weight) {

  /** The {@link #word} of a token that belongs to none. */
  public static final int NO_WORD = -1;

  /** The {@link #id} of a word that stands for the tokens of a classifier that shows none. */
  public static final long NO_ID = -1;

  /**
   * Creates a token.
   *
   * @param text as above
   * @param id as above
   * @param position as above
   * @param segment as above
   * @param word as above
   * @param start as above
   * @param end as above
   * @param special as above
   * @param weight as above
   * @throws InvalidInputException if the span is reversed or negative, or the weight is not finite
   */
  public Token {
    Objects.requireNonNull(text, "text");
    if (start < 0 || end < start) {
      throw new InvalidInputException(
          "token '%s': expected a span with 0 <= start <= end, got [%s, %s)"
              .formatted(text, start, end));
    }
    if (!Float.isFinite(weight)) {
      throw new InvalidInputException(
          "token '%s': expected a finite weight, got %s".formatted(text, weight));
    }
  }
}
