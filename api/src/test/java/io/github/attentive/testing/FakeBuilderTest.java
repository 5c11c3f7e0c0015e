package io.github.attentive.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.Explanation;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Word;
import io.github.attentive.spi.Detail;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeBuilderTest {
  private static final FakeBuilder REVIEWS =
      FakeBuilder.of("negative", "positive")
          .word("boring", "negative", 2)
          .word("great", "positive", 1);

  @Test
  void scoresAreTheSoftmaxOfTheEvidence() {
    try (Classifier fake = REVIEWS.classifier()) {
      Classification result = fake.classify("a boring but great and great plot");
      assertThat(result.logits()).containsExactly(2f, 2f);
      assertThat(result.scores())
          .containsExactly(Map.entry("negative", 0.5f), Map.entry("positive", 0.5f));
      assertThat(result.label()).isEqualTo("negative");
      Classification sure = fake.classify("boring");
      assertThat(sure.score("negative")).isCloseTo(0.880797f, within(1e-6f));
      assertThat(sure.tokens()).isEqualTo(2);
      assertThat(fake.info())
          .isEqualTo(new ModelInfo("fake", "fake", 0, 0, 512, List.of("negative", "positive")));
    }
  }

  @Test
  void scoresOfAMultiLabelFakeAreTheSigmoids() {
    try (Classifier fake =
        FakeBuilder.of("dull", "loud", "long")
            .problemType(ProblemType.MULTI_LABEL)
            .word("boring", "dull", 2)
            .word("quiet", "loud", -1)
            .classifier()) {
      Classification result = fake.classify("quiet and boring");
      assertThat(result.logits()).containsExactly(2f, -1f, 0f);
      assertThat(result.score("dull")).isCloseTo(0.880797f, within(1e-6f));
      assertThat(result.score("loud")).isCloseTo(0.268941f, within(1e-6f));
      assertThat(result.score("long")).isEqualTo(0.5f);
      assertThat(result.label()).isEqualTo("dull");
      assertThat(result.labels()).containsExactly("dull", "long");
      assertThat(fake.info().problemType()).isEqualTo(ProblemType.MULTI_LABEL);
    }
  }

  @Test
  void scoresOfARegressionAreTheLogits() {
    FakeBuilder stars =
        FakeBuilder.of("stars").problemType(ProblemType.REGRESSION).word("great", "stars", 2.5f);
    try (AttentionExplainer fake = stars.word("boring", "stars", -4).explainer()) {
      assertThat(fake.classify("great and great").scores()).containsExactly(Map.entry("stars", 5f));
      Explanation e = fake.explain("great but boring");
      assertThat(e.score("stars")).isEqualTo(-1.5f);
      assertThat(e.label()).isEqualTo("stars");
      assertThat(e.model().problemType()).isEqualTo(ProblemType.REGRESSION);
    }
    assertThatNullPointerException().isThrownBy(() -> stars.problemType(null));
  }

  @Test
  void caseCountsAndUnknownWordsSayNothing() {
    try (Classifier fake = REVIEWS.classifier()) {
      assertThat(fake.classify("Boring boring, [CLS]").logits()).containsExactly(0f, 0f);
    }
  }

  @Test
  void attentionIsTheSoftmaxOfTheStrengths() {
    try (AttentionExplainer fake = REVIEWS.explainer()) {
      Explanation e = fake.explain("so boring");
      assertThat(fake.info().hasAttention()).isTrue();
      assertThat(e.attention().shape()).containsExactly(1, 1, 3, 3);
      double all = 2 + Math.exp(2);
      assertThat(e.tokens()).extracting(Token::text).containsExactly("[CLS]", "so", "boring");
      assertThat(e.tokens().get(0).special()).isTrue();
      assertThat((double) e.tokens().get(0).weight()).isCloseTo(1 / all, within(1e-6));
      assertThat(e.words()).extracting(Word::text).containsExactly("so", "boring");
      assertThat((double) e.words().get(1).weight()).isCloseTo(Math.exp(2) / all, within(1e-6));
      assertThat(e.attention().at(0, 0, 2, 1)).isEqualTo(e.attention().at(0, 0, 0, 1));
    }
  }

  @Test
  void pairsAreTheSecondSegment() {
    try (AttentionExplainer fake = REVIEWS.explainer()) {
      Explanation e = fake.explain(TextInput.of("so so", " boring"));
      assertThat(e.words())
          .extracting(Word::segment, Word::text, Word::start, Word::end)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(0, "so", 0, 2),
              org.assertj.core.groups.Tuple.tuple(0, "so", 3, 5),
              org.assertj.core.groups.Tuple.tuple(1, "boring", 1, 7));
      assertThat(e.label()).isEqualTo("negative");
    }
  }

  @Test
  void longTextsAreCutAt512() {
    try (Classifier fake = REVIEWS.classifier()) {
      Classification whole = fake.classify("great ".repeat(511));
      assertThat(whole.tokens()).isEqualTo(512);
      assertThat(whole.truncated()).isFalse();
      Classification cut = fake.classify("great ".repeat(511) + "boring");
      assertThat(cut.tokens()).isEqualTo(512);
      assertThat(cut.truncated()).isTrue();
      assertThat(cut.logits()).containsExactly(0f, 511f);
    }
  }

  @Test
  void aWordTaughtLaterDoesNotReachAFakeThatIsBuilt() {
    FakeBuilder builder = FakeBuilder.of("a", "b");
    try (Classifier before = builder.classifier()) {
      builder.word("x", "b", 1);
      assertThat(before.classify("x").label()).isEqualTo("a");
      try (Classifier after = builder.classifier()) {
        assertThat(after.classify("x").label()).isEqualTo("b");
      }
    }
  }

  @Test
  void strengthsBeyondFloatAreReported() {
    try (Classifier fake = FakeBuilder.of("a", "b").word("x", "b", 3e38f).classifier()) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> fake.classify("x x"))
          .withMessageContaining("finite");
    }
  }

  @Test
  void refusesWhatCannotBeBuilt() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(FakeBuilder::of)
        .withMessage("labels: expected different names, got []");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> FakeBuilder.of("a", "a"))
        .withMessage("labels: expected different names, got [a, a]");
    assertThatNullPointerException().isThrownBy(() -> FakeBuilder.of("a", null));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> FakeBuilder.of("a").word("x", "c", 1))
        .withMessage("word 'x': expected a label of [a] and a finite strength, got 'c' and 1.0");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> FakeBuilder.of("a").word("x", "a", Float.NaN))
        .withMessageContaining("got 'a' and NaN");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> FakeBuilder.of("a").word("x", "a", Float.POSITIVE_INFINITY));
  }

  @Test
  void aFakeWithoutAttentionGivesNone() {
    FakeModel model = new FakeModel(ProblemType.SINGLE_LABEL, List.of("a"), Map.of(), false);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> model.run(List.of(TextInput.of("x")), Detail.ATTENTION))
        .withMessageContaining("no attention");
    model.close();
  }
}
