package io.github.attentive.explain;

import io.github.attentive.Attribution;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How much attention each word or token receives in each layer from the positions that the
 * classification head reads, mean over all heads.
 *
 * <p>Each layer by itself is weighed as {@link io.github.attentive.Method#ATTENTION} weighs the
 * mean over all of them, whatever the explanation's own method: pieces of a word are summed, and
 * special tokens follow the explanation's policy, layer by layer. Weights are finite. Immutable.
 */
public final class LayerWeights {
  private final List<String> labels;
  private final double[][] weights;

  private LayerWeights(List<String> labels, double[][] weights) {
    this.labels = List.copyOf(labels);
    this.weights = weights;
  }

  /**
   * Weighs the words or tokens of an explanation in each layer.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return the weights; without labels if the text has no tokens but special ones and those are
   *     left out
   */
  public static LayerWeights of(Explanation explanation) {
    Attribution given = explanation.attribution();
    boolean words = given.granularity() != Granularity.TOKEN;
    ExplainOptions options =
        ExplainOptions.builder()
            .granularity(given.granularity())
            .specialTokens(given.specialTokens())
            .build();
    List<String> labels = List.of();
    double[][] weights = new double[explanation.attention().layers()][];
    for (int layer = 0; layer < weights.length; layer++) {
      Attribution attribution =
          TokenWeights.attribute(
              explanation.input(), positions(explanation, layer), given.target(), options);
      labels =
          words
              ? attribution.words().stream().map(Word::text).toList()
              : attribution.tokens().stream().map(Token::text).toList();
      weights[layer] =
          words
              ? attribution.words().stream().mapToDouble(Word::weight).toArray()
              : attribution.tokens().stream().mapToDouble(Token::weight).toArray();
    }
    return new LayerWeights(labels, weights);
  }

  private static List<Token> positions(Explanation explanation, int layer) {
    double[] received =
        AttentionAggregation.received(
            explanation.attention(),
            OptionalInt.of(layer),
            OptionalInt.empty(),
            explanation.positionsRead());
    List<Token> positions = new ArrayList<>(received.length);
    for (int i = 0; i < received.length; i++) {
      positions.add(TokenWeights.withWeight(explanation.positions().get(i), (float) received[i]));
    }
    return positions;
  }

  /**
   * The words or tokens.
   *
   * @return an unmodifiable list in text order
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * All weights.
   *
   * @return a new array {@code [layers][labels]}, layers from the first one on
   */
  public double[][] toArray() {
    double[][] copy = new double[weights.length][];
    for (int layer = 0; layer < copy.length; layer++) {
      copy[layer] = weights[layer].clone();
    }
    return copy;
  }
}
