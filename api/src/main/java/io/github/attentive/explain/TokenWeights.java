package io.github.attentive.explain;

import io.github.attentive.Attribution;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Provenance;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights of positions, turned into weighted tokens and words under a policy for special tokens.
 *
 * <p>Stateless. Sums are taken in double precision.
 */
public final class TokenWeights {
  private TokenWeights() {}

  /**
   * Applies the policy and merges tokens into words.
   *
   * @param input the text, for the words' own spelling
   * @param positions every position with its raw weight
   * @param target the label the weights speak for
   * @param options method, unit, policy
   * @return the attribution
   */
  public static Attribution attribute(
      TextInput input, List<Token> positions, String target, ExplainOptions options) {
    return attribute(input, positions, target, options, Provenance.unknown());
  }

  /**
   * Applies the policy, merges tokens into words, and notes what the weights were made with.
   *
   * @param input the text, for the words' own spelling
   * @param positions every position with its raw weight
   * @param target the label the weights speak for
   * @param options method, unit, policy
   * @param provenance what the weights were made with
   * @return the attribution
   */
  public static Attribution attribute(
      TextInput input,
      List<Token> positions,
      String target,
      ExplainOptions options,
      Provenance provenance) {
    boolean keep = options.specialTokens() == SpecialTokens.KEEP;
    double[] weights = positions.stream().mapToDouble(Token::weight).toArray();
    double dropped = 0;
    for (int i = 0; i < weights.length; i++) {
      if (positions.get(i).special() && !keep) {
        dropped += weights[i];
        weights[i] = 0;
      }
    }
    if (options.specialTokens() == SpecialTokens.RENORMALISE) {
      divideBySum(weights);
    }
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      if (keep || !positions.get(i).special()) {
        tokens.add(withWeight(positions.get(i), (float) weights[i]));
      }
    }
    return new Attribution(
        options.method(),
        target,
        options.granularity(),
        options.specialTokens(),
        tokens,
        words(input, positions, weights),
        (float) dropped,
        provenance);
  }

  private static List<Word> words(TextInput input, List<Token> positions, double[] weights) {
    WordSpans spans = WordSpans.of(positions, input);
    double[] sums = GroupAggregation.sum(weights, spans.indices(), spans.words().size());
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      WordSpans.Span span = spans.words().get(i);
      words.add(new Word(span.text(), span.segment(), span.start(), span.end(), (float) sums[i]));
    }
    return words;
  }

  static Token withWeight(Token token, float weight) {
    return new Token(
        token.text(),
        token.id(),
        token.position(),
        token.segment(),
        token.word(),
        token.start(),
        token.end(),
        token.special(),
        weight);
  }

  /** Divides weights by their sum; leaves them as they are where the sum is 0. */
  static void divideBySum(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int i = 0; sum != 0 && i < weights.length; i++) {
      weights[i] /= sum;
    }
  }
}
