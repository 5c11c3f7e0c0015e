package io.github.attentive;

import java.util.List;
import java.util.Objects;

/**
 * The weights of a text's tokens and words, and the rule they were made by.
 *
 * <p>Weights are raw: nothing is normalised but by {@link SpecialTokens#RENORMALISE}, which divides
 * by a sum that of signed weights may be small or negative. What they mean, their signs and their
 * sum are the {@link Method}'s. For {@link Method#ATTENTION} they are in [0, 1], and with {@link
 * SpecialTokens#KEEP} the tokens' weights sum to 1 within rounding.
 *
 * <p>A word weighs the sum of its tokens. Methods that leave units out ({@link Method#perturbs()})
 * weigh units, not tokens: the tokens of a unit share its weight equally, and tokens of none, such
 * as special ones, weigh 0.
 *
 * @param method how tokens were weighed
 * @param target the label the weights speak for
 * @param granularity the unit asked for
 * @param specialTokens what happened to special tokens
 * @param tokens the tokens in text order, special ones only with {@link SpecialTokens#KEEP}
 * @param words the words in text order; a word's weight is the sum over its tokens
 * @param dropped the weight of the special tokens left out; 0 with {@link SpecialTokens#KEEP}
 * @param provenance what the weights were made with
 */
public record Attribution(
    Method method,
    String target,
    Granularity granularity,
    SpecialTokens specialTokens,
    List<Token> tokens,
    List<Word> words,
    float dropped,
    Provenance provenance) {

  /**
   * Creates an attribution of which no more is known than its method.
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
  public Attribution(
      Method method,
      String target,
      Granularity granularity,
      SpecialTokens specialTokens,
      List<Token> tokens,
      List<Word> words,
      float dropped) {
    this(method, target, granularity, specialTokens, tokens, words, dropped, Provenance.unknown());
  }

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
   * @param provenance as above
   * @throws InvalidInputException if {@code dropped} is not finite
   */
  public Attribution {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(granularity, "granularity");
    Objects.requireNonNull(specialTokens, "specialTokens");
    tokens = List.copyOf(tokens);
    words = List.copyOf(words);
    Objects.requireNonNull(provenance, "provenance");
    if (!Float.isFinite(dropped)) {
      throw new InvalidInputException("dropped weight: expected a finite number, got " + dropped);
    }
  }
}
