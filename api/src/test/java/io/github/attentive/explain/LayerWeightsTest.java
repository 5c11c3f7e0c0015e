package io.github.attentive.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.AttentionTensor;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.SpecialTokens;
import io.github.attentive.spi.PositionsRead;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LayerWeightsTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  /** Two layers of two heads over five positions; every row is the same in a head but the first. */
  private static AttentionTensor attention() {
    float[][] first = {
      {0.1f, 0.2f, 0.3f, 0.3f, 0.1f}, {0.3f, 0.4f, 0.1f, 0.1f, 0.1f},
      {0.5f, 0.1f, 0.1f, 0.1f, 0.2f}, {0.7f, 0.1f, 0.1f, 0f, 0.1f}
    };
    float[] values = new float[2 * 2 * 5 * 5];
    for (int head = 0; head < 4; head++) {
      for (int query = 0; query < 5; query++) {
        for (int key = 0; key < 5; key++) {
          values[(head * 5 + query) * 5 + key] = query == 0 ? first[head][key] : 0.2f;
        }
      }
    }
    return new AttentionTensor(2, 2, 5, 5, values);
  }

  private static Explanation explanation(
      Granularity granularity, SpecialTokens policy, PositionsRead read) {
    ExplainOptions options =
        ExplainOptions.builder().granularity(granularity).specialTokens(policy).build();
    Explanation e =
        Samples.explanation(Samples.GOOD_MOVIE, Samples.goodMovie(), attention(), options);
    return new Explanation(
        e.model(), e.classification(), e.attribution(), e.positions(), e.attention(), read, null);
  }

  @Test
  void eachLayerIsTheMeanOfItsHeads() {
    LayerWeights weights =
        LayerWeights.of(explanation(Granularity.TOKEN, SpecialTokens.KEEP, PositionsRead.FIRST));
    assertThat(weights.labels()).containsExactly("[CLS]", "good", "mov", "##ie", "[SEP]");
    assertThat(weights.toArray()[0])
        .containsExactly(new double[] {0.2, 0.3, 0.2, 0.2, 0.1}, ROUNDING);
    assertThat(weights.toArray()[1])
        .containsExactly(new double[] {0.6, 0.1, 0.1, 0.05, 0.15}, ROUNDING);
  }

  @Test
  void wordsAreSumsOfTheirTokens() {
    LayerWeights weights =
        LayerWeights.of(explanation(Granularity.WORD, SpecialTokens.DROP, PositionsRead.FIRST));
    assertThat(weights.labels()).containsExactly("good", "movie");
    assertThat(weights.toArray()[0]).containsExactly(new double[] {0.3, 0.4}, ROUNDING);
  }

  @Test
  void eachLayerIsRenormalisedByItself() {
    double[][] weights =
        LayerWeights.of(
                explanation(Granularity.WORD, SpecialTokens.RENORMALISE, PositionsRead.FIRST))
            .toArray();
    assertThat(weights[0]).containsExactly(new double[] {3 / 7.0, 4 / 7.0}, ROUNDING);
    assertThat(weights[1]).containsExactly(new double[] {0.4, 0.6}, ROUNDING);
  }

  @Test
  void aHeadThatReadsAllPositionsMakesAMeanOverRows() {
    double[][] weights =
        LayerWeights.of(explanation(Granularity.TOKEN, SpecialTokens.KEEP, PositionsRead.ALL))
            .toArray();
    assertThat(weights[1]).containsExactly(new double[] {0.28, 0.18, 0.18, 0.17, 0.19}, ROUNDING);
  }

  /** Layers have one size, so the mean over them is what attention over all of them says. */
  @Test
  void theirMeanIsTheAttentionOverAllLayers() {
    double[][] weights =
        LayerWeights.of(explanation(Granularity.TOKEN, SpecialTokens.KEEP, PositionsRead.FIRST))
            .toArray();
    double[] all =
        AttentionAggregation.received(
            attention(), OptionalInt.empty(), OptionalInt.empty(), PositionsRead.FIRST);
    for (int i = 0; i < all.length; i++) {
      assertThat((weights[0][i] + weights[1][i]) / 2).isCloseTo(all[i], ROUNDING);
    }
  }
}
