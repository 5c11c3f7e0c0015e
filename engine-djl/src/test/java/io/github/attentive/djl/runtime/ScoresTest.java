package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InferenceException;
import io.github.attentive.ProblemType;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoresTest {
  private static double sum(float[] scores) {
    double sum = 0;
    for (float score : scores) {
      sum += score;
    }
    return sum;
  }

  @Test
  void oneLogitIsThatOfTheSecondClass() {
    assertThat(Scores.of(new float[] {0})).containsExactly(0.5f, 0.5f);
    assertThat(Scores.of(new float[] {2})[1]).isCloseTo(0.880797f, within(1e-6f));
    assertThat(Scores.of(new float[] {-2})[1]).isCloseTo(0.119203f, within(1e-6f));
  }

  @Test
  void severalLogitsAreThoseOfASoftmax() {
    float[] scores = Scores.of(new float[] {0, (float) Math.log(2), (float) Math.log(5)});
    assertThat(scores).containsExactly(new float[] {0.125f, 0.25f, 0.625f}, within(1e-6f));
    assertThat(Scores.of(new float[] {7, 7})).containsExactly(0.5f, 0.5f);
  }

  @Test
  void scoresSumToOneAndFollowTheLogits() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 2000; round++) {
      float[] logits = new float[1 + random.nextInt(6)];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(4)));
      }
      float[] scores = Scores.of(logits);
      assertThat(scores).hasSize(Math.max(2, logits.length));
      assertThat(sum(scores)).isCloseTo(1, within(1e-6));
      for (int i = 0; logits.length > 1 && i < logits.length; i++) {
        for (int j = 0; j < logits.length; j++) {
          assertThat(logits[i] > logits[j] && scores[i] < scores[j]).isFalse();
        }
      }
      for (float score : scores) {
        assertThat(score).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void extremeLogitsAreCertain() {
    float max = Float.MAX_VALUE;
    assertThat(Scores.of(new float[] {max})).containsExactly(0, 1);
    assertThat(Scores.of(new float[] {-max})).containsExactly(1, 0);
    assertThat(Scores.of(new float[] {max, -max, 0})).containsExactly(1, 0, 0);
    assertThat(Scores.of(new float[] {-max, -max})).containsExactly(0.5f, 0.5f);
    assertThat(Scores.of(new float[] {1000, 1001})[1]).isCloseTo(0.7310586f, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsRefused(float bad) {
    for (float[] logits : new float[][] {{bad}, {1, bad, 2}, {bad, 0}}) {
      assertThatThrownBy(() -> Scores.of(logits))
          .isInstanceOf(InferenceException.class)
          .hasMessage(
              "logits: expected finite numbers, got %s; the model's weights are damaged", bad);
    }
  }

  @Test
  void severalLabelsApplyEachByItself() {
    float[] scores = Scores.of(new float[] {0, 2, -2}, ProblemType.MULTI_LABEL, 3);
    assertThat(scores).containsExactly(new float[] {0.5f, 0.880797f, 0.119203f}, within(1e-6f));
    assertThat(Scores.of(new float[] {2}, ProblemType.MULTI_LABEL, 1))
        .containsExactly(new float[] {0.880797f}, within(1e-6f));
    float max = Float.MAX_VALUE;
    assertThat(Scores.of(new float[] {max, -max}, ProblemType.MULTI_LABEL, 2))
        .containsExactly(1, 0);
  }

  @Test
  void theOnlyLabelIsCertain() {
    assertThat(Scores.of(new float[] {-3}, ProblemType.SINGLE_LABEL, 1)).containsExactly(1);
    assertThat(Scores.of(new float[] {2}, ProblemType.SINGLE_LABEL, 2))
        .isEqualTo(Scores.of(new float[] {2}));
  }

  @Test
  void measuresAreTheLogitsThemselves() {
    float[] logits = {-3.5f, 0, 1e30f};
    float[] scores = Scores.of(logits, ProblemType.REGRESSION, 3);
    assertThat(scores).containsExactly(-3.5f, 0, 1e30f).isNotSameAs(logits);
    assertThat(Scores.of(new float[] {7}, ProblemType.REGRESSION, 1)).containsExactly(7);
  }

  @Test
  void withoutProblemTypeOneLabelApplies() {
    float[] logits = {1, 2, 4};
    assertThat(Scores.of(logits)).isEqualTo(Scores.of(logits, ProblemType.SINGLE_LABEL, 3));
  }

  @ParameterizedTest
  @EnumSource
  void noProblemTypeTakesWhatIsNotFinite(ProblemType problemType) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> Scores.of(new float[] {0, bad}, problemType, 2))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("got " + bad);
    }
  }
}
