package io.github.attentive;

import java.util.List;
import java.util.Objects;

/**
 * The weights of a text's tokens and words, and the rule they were made by.
 *
 * <p>Weights are raw: nothing is normalised but by {@link SpecialTokens#RENORMALISE}. For {@link
 * Method#ATTENTION} they are in [0, 1], and with {@link SpecialTokens#KEEP} the tokens' weights sum
 * to 1 within rounding.
 *
 * @param method how tokens were weighed
 * @param target the label the weights speak for
 * @param granularity the unit asked for
 * @param specialTokens what happened to special tokens
 * @param tokens the tokens in text order, special ones only with {@link SpecialTokens#KEEP}
 * @param words the words in text order; a word's weight is the sum over its tokens
 * @param dropped the weight of the special tokens left out; 0 with {@link SpecialTokens#KEEP}
 */
public record Attribution(
    Method method,
    String target,
    Granularity granularity,
    SpecialTokens specialTokens,
    List<Token> tokens,
    List<Word> words,
    float dropped) {

  /**
   * Creates an attribution.
   *
   * @param method as above
   * @param target as above
   * @param granularity as above
   * @param specialTokens as above
   * @param tokens as above
   * @param words as above
   * @param dropped as above
   * @throws InvalidInputException if {@code dropped} is not finite
   */
  public Attribution {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(granularity, "granularity");
    Objects.requireNonNull(specialTokens, "specialTokens");
    tokens = List.copyOf(tokens);
    words = List.copyOf(words);
    if (!Float.isFinite(dropped)) {
      throw new InvalidInputException("dropped weight: expected a finite number, got " + dropped);
    }
  }
}
