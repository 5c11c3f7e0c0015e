package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationTest {
  private static final TextInput INPUT = TextInput.of("a text");
  private static final List<String> LABELS = List.of("b", "a", "c");

  private static Classification of(float... scores) {
    return new Classification(INPUT, LABELS, scores, new float[] {1, 2, 3}, 7, true);
  }

  @Test
  void holdsWhatItWasGiven() {
    Classification c = of(0.2f, 0.5f, 0.3f);
    assertThat(c.input()).isSameAs(INPUT);
    assertThat(c.label()).isEqualTo("a");
    assertThat(c.scores())
        .containsExactly(Map.entry("b", 0.2f), Map.entry("a", 0.5f), Map.entry("c", 0.3f));
    assertThat(c.score("c")).isEqualTo(0.3f);
    assertThat(c.logits()).containsExactly(1, 2, 3);
    assertThat(c.tokens()).isEqualTo(7);
    assertThat(c.truncated()).isTrue();
    assertThat(c).hasToString("Classification[a {b=0.2, a=0.5, c=0.3}]");
  }

  @Test
  void ofEqualScoresTheFirstLabelWins() {
    assertThat(of(0.4f, 0.4f, 0.2f).label()).isEqualTo("b");
    assertThat(of(0.2f, 0.4f, 0.4f).label()).isEqualTo("a");
    assertThat(of(0, 0, 0).label()).isEqualTo("b");
    assertThat(of(0, 0, 1).label()).isEqualTo("c");
  }

  @Test
  void arraysAreCopiedInAndOut() {
    float[] scores = {0.2f, 0.5f, 0.3f};
    float[] logits = {1, 2};
    Classification c = new Classification(INPUT, LABELS, scores, logits, 0, false);
    scores[0] = 9;
    logits[0] = 9;
    c.logits()[1] = 9;
    assertThat(c.score("b")).isEqualTo(0.2f);
    assertThat(c.logits()).containsExactly(1, 2);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> c.scores().put("b", 9f));
    assertThat(new Classification(INPUT, LABELS, scores, new float[0], 0, false).logits())
        .isEmpty();
  }

  @Test
  void labelsAndScoresHaveToMatch() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of(0.5f, 0.5f))
        .withMessage("classification: expected a score for each of the labels [b, a, c], got 2");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> new Classification(INPUT, List.of(), new float[0], new float[0], 0, false))
        .withMessage("classification: expected a score for each of the labels [], got 0");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new Classification(INPUT, LABELS, new float[3], new float[0], -1, false))
        .withMessage("tokens: expected 0 or above, got -1");
    assertThatNullPointerException()
        .isThrownBy(() -> new Classification(null, LABELS, new float[3], new float[0], 0, false));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void numbersAreFinite(float value) {
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> of(0.5f, value, 0.5f))
        .withMessage(
            "score of 'a': expected a finite number, got %s; the model's weights or its input are"
                + " damaged",
            value);
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(
            () -> new Classification(INPUT, LABELS, new float[3], new float[] {0, value}, 0, false))
        .withMessageStartingWith("logit: expected a finite number, got " + value);
  }

  private static Classification of(ProblemType problemType, float... scores) {
    return new Classification(INPUT, problemType, LABELS, scores, new float[0], 7, false);
  }

  @Test
  void labelsThatApplyOfAMultiLabelModelAreThoseFromOneHalf() {
    ProblemType multi = ProblemType.MULTI_LABEL;
    float below = Math.nextDown(0.5f);
    assertThat(of(multi, 0.5f, below, 0.9f).labels()).containsExactly("b", "c");
    assertThat(of(multi, 0.5f, below, 0.9f).label()).isEqualTo("c");
    assertThat(of(multi, 1, 1, 1).labels()).containsExactly("b", "a", "c");
    assertThat(of(multi, 0, below, 0.1f).labels()).isEmpty();
    assertThat(of(multi, 0, below, 0.1f).label()).isEqualTo("a");
    assertThat(of(multi, 1, 0, 0).problemType()).isEqualTo(multi);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> of(multi, 1, 0, 0).labels().clear());
  }

  @Test
  void otherModelsHaveOneLabelWhateverItsScore() {
    assertThat(of(0.3f, 0.4f, 0.3f).problemType()).isEqualTo(ProblemType.SINGLE_LABEL);
    assertThat(of(0.3f, 0.4f, 0.3f).labels()).containsExactly("a");
    Classification regression = of(ProblemType.REGRESSION, -7.5f, -120, -7.25f);
    assertThat(regression.label()).isEqualTo("c");
    assertThat(regression.labels()).containsExactly("c");
    assertThat(regression.score("a")).isEqualTo(-120);
    Classification one =
        new Classification(
            INPUT,
            ProblemType.REGRESSION,
            List.of("similarity"),
            new float[] {4.25f},
            new float[] {4.25f},
            7,
            false);
    assertThat(one.labels()).containsExactly("similarity");
    assertThat(one.score(one.label())).isEqualTo(4.25f);
    assertThatNullPointerException().isThrownBy(() -> of(null, 1, 0, 0)).withMessage("problemType");
  }

  @Test
  void rawValuesAreFiniteToo() {
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> of(ProblemType.REGRESSION, 1, Float.NaN, 1))
        .withMessageStartingWith("score of 'a': expected a finite number, got NaN");
  }

  @Test
  void anUnknownLabelIsRefusedByName() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of(1, 0, 0).score("A"))
        .withMessage("label 'A': expected one of [b, a, c]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of(1, 0, 0).score(null));
  }

  @Test
  void equalMeansEqualInputsAndBits() {
    Classification c = of(0.2f, 0.5f, 0.3f);
    Classification same = of(0.2f, 0.5f, 0.3f);
    assertThat(c).isEqualTo(same).hasSameHashCodeAs(same);
    float[] scores = {0.2f, 0.5f, 0.3f};
    float[] logits = {1, 2, 3};
    assertThat(c)
        .isNotEqualTo(of(0.2f, 0.5f, 0.30001f))
        .isNotEqualTo(
            new Classification(INPUT, ProblemType.MULTI_LABEL, LABELS, scores, logits, 7, true))
        .isNotEqualTo(
            new Classification(TextInput.of("a text", ""), LABELS, scores, logits, 7, true))
        .isNotEqualTo(new Classification(INPUT, List.of("b", "a", "d"), scores, logits, 7, true))
        .isNotEqualTo(
            new Classification(
                INPUT, List.of("a", "b", "c"), new float[] {0.5f, 0.2f, 0.3f}, logits, 7, true))
        .isNotEqualTo(new Classification(INPUT, LABELS, scores, new float[] {1, 2}, 7, true))
        .isNotEqualTo(new Classification(INPUT, LABELS, scores, logits, 8, true))
        .isNotEqualTo(new Classification(INPUT, LABELS, scores, logits, 7, false))
        .isNotEqualTo("a")
        .isNotEqualTo(null);
  }
}
