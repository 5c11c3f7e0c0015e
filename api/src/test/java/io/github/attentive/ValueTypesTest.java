package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of the small value types. */
class ValueTypesTest {
  private static void assertRefused(String message, ThrowingCallable call) {
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(call).withMessage(message);
  }

  private static Token token(int start, int end, float weight) {
    return new Token("the", 3, 1, 0, 0, start, end, false, weight);
  }

  @Test
  void textInputsMayHoldAnyString() {
    assertThat(TextInput.of("")).isEqualTo(new TextInput("", null));
    assertThat(TextInput.of("a").pair()).isNull();
    assertThat(TextInput.of("a", "")).isNotEqualTo(TextInput.of("a"));
    assertThat(TextInput.of("\uD83D\0", "\uDE00").pair()).isEqualTo("\uDE00");
    assertThatNullPointerException().isThrownBy(() -> TextInput.of(null)).withMessage("text");
    assertThatNullPointerException().isThrownBy(() -> TextInput.of("a", null)).withMessage("pair");
    assertThatNullPointerException().isThrownBy(() -> new TextInput(null, "b"));
  }

  @Test
  void labelledTextsHaveBoth() {
    assertThat(LabelledText.of("a", "x")).isEqualTo(new LabelledText(TextInput.of("a"), "x"));
    assertThatNullPointerException().isThrownBy(() -> LabelledText.of("a", null));
    assertThatNullPointerException().isThrownBy(() -> LabelledText.of(null, "x"));
    assertThatNullPointerException().isThrownBy(() -> new LabelledText(null, "x"));
  }

  @Test
  void spansAreForwardAndNotNegative() {
    assertThat(new Word("", 0, 0, 0, 0).end()).isZero();
    assertThat(token(2, 5, -1).weight()).isEqualTo(-1);
    assertRefused(
        "word 'a': expected a span with 0 <= start <= end, got [2, 1)",
        () -> new Word("a", 0, 2, 1, 0));
    assertRefused(
        "word 'a': expected a span with 0 <= start <= end, got [-1, 1)",
        () -> new Word("a", 0, -1, 1, 0));
    assertRefused(
        "token 'the': expected a span with 0 <= start <= end, got [5, 2)", () -> token(5, 2, 0));
    assertRefused(
        "token 'the': expected a span with 0 <= start <= end, got [-3, 2)", () -> token(-3, 2, 0));
    assertThatNullPointerException().isThrownBy(() -> new Word(null, 0, 0, 0, 0));
    assertThatNullPointerException().isThrownBy(() -> new Token(null, 0, 0, 0, 0, 0, 0, false, 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void weightsAreFinite(float weight) {
    assertRefused(
        "word 'a': expected a finite weight, got " + weight, () -> new Word("a", 0, 0, 1, weight));
    assertRefused(
        "token 'the': expected a finite weight, got " + weight, () -> token(0, 3, weight));
    assertRefused(
        "dropped weight: expected a finite number, got " + weight,
        () -> attribution(List.of(), List.of(), weight));
  }

  private static Attribution attribution(List<Token> tokens, List<Word> words, float dropped) {
    return new Attribution(
        Method.ATTENTION, "x", Granularity.WORD, SpecialTokens.KEEP, tokens, words, dropped);
  }

  @Test
  void attributionsCopyTheirLists() {
    List<Token> tokens = new ArrayList<>(List.of(token(0, 3, 1)));
    List<Word> words = new ArrayList<>(List.of(new Word("the", 0, 0, 3, 1)));
    Attribution attribution = attribution(tokens, words, 0);
    tokens.clear();
    words.clear();
    assertThat(attribution.tokens()).hasSize(1);
    assertThat(attribution.words()).hasSize(1);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> attribution.tokens().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> attribution.words().clear());
  }

  static Stream<ThrowingCallable> attributionsWithNull() {
    Method m = Method.ATTENTION;
    Granularity g = Granularity.WORD;
    SpecialTokens s = SpecialTokens.KEEP;
    return Stream.of(
        () -> new Attribution(null, "x", g, s, List.of(), List.of(), 0),
        () -> new Attribution(m, null, g, s, List.of(), List.of(), 0),
        () -> new Attribution(m, "x", null, s, List.of(), List.of(), 0),
        () -> new Attribution(m, "x", g, null, List.of(), List.of(), 0),
        () -> new Attribution(m, "x", g, s, null, List.of(), 0),
        () -> new Attribution(m, "x", g, s, List.of(), null, 0));
  }

  @ParameterizedTest
  @MethodSource("attributionsWithNull")
  void attributionsHaveNoNull(ThrowingCallable creation) {
    assertThatNullPointerException().isThrownBy(creation);
  }

  @Test
  void problemTypesAreNamedAsModelFilesNameThem() {
    assertThat(ProblemType.values())
        .extracting(ProblemType::id)
        .containsExactly("single_label_classification", "multi_label_classification", "regression");
    for (ProblemType type : ProblemType.values()) {
      assertThat(ProblemType.of(type.id())).isSameAs(type);
    }
    assertRefused(
        "problem type: expected one of [single_label_classification, multi_label_classification,"
            + " regression], got 'Regression'",
        () -> ProblemType.of("Regression"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ProblemType.of(null))
        .withMessageContaining("'null'");
  }

  @Test
  void aModelIsOfOneLabelUnlessItSaysOtherwise() {
    List<String> labels = List.of("a", "b");
    ModelInfo single = new ModelInfo("e", "f", 0, 0, 1, labels);
    assertThat(single.problemType()).isEqualTo(ProblemType.SINGLE_LABEL);
    assertThat(single)
        .isEqualTo(new ModelInfo("e", "f", 0, 0, 1, labels, ProblemType.SINGLE_LABEL))
        .isNotEqualTo(new ModelInfo("e", "f", 0, 0, 1, labels, ProblemType.MULTI_LABEL));
    assertThatNullPointerException()
        .isThrownBy(() -> new ModelInfo("e", "f", 0, 0, 1, labels, null))
        .withMessage("problemType");
  }

  @Test
  void modelsAreDescribed() {
    List<String> labels = new ArrayList<>(List.of("b", "a"));
    ModelInfo info = new ModelInfo("pytorch", "bert", 12, 12, 512, labels);
    labels.clear();
    assertThat(info.labels()).containsExactly("b", "a");
    assertThat(info.hasAttention()).isTrue();
    assertThat(new ModelInfo("e", "f", 0, 0, 1, List.of("a")).hasAttention()).isFalse();
    List<String> one = List.of("a");
    assertRefused(
        "layers: expected 0 or above, got -1", () -> new ModelInfo("e", "f", -1, 0, 1, one));
    assertRefused(
        "heads: expected 0 or above, got -1", () -> new ModelInfo("e", "f", 0, -1, 1, one));
    assertRefused(
        "maximum length: expected at least 1, got 0", () -> new ModelInfo("e", "f", 0, 0, 0, one));
    assertRefused(
        "labels: expected different names, got []",
        () -> new ModelInfo("e", "f", 0, 0, 1, List.of()));
    assertRefused(
        "labels: expected different names, got [a, a]",
        () -> new ModelInfo("e", "f", 0, 0, 1, List.of("a", "a")));
    assertThatNullPointerException().isThrownBy(() -> new ModelInfo(null, "f", 0, 0, 1, one));
    assertThatNullPointerException().isThrownBy(() -> new ModelInfo("e", null, 0, 0, 1, one));
    assertThatNullPointerException().isThrownBy(() -> new ModelInfo("e", "f", 0, 0, 1, null));
  }

  @Test
  void historiesKnowTheirLastAndTheirKeptEpoch() {
    EpochReport one = new EpochReport(1, 2, 0.7, 0.5, null, 0.1);
    EpochReport two = new EpochReport(2, 2, 0.6, 0.75, new EpochReport.Validation(0.65, 0.5), 0.1);
    List<EpochReport> epochs = new ArrayList<>(List.of(one, two));
    TrainingHistory history = new TrainingHistory(epochs, 1);
    epochs.clear();
    assertThat(history.epochs()).containsExactly(one, two);
    assertThat(history.last()).isSameAs(two);
    assertThat(history.last().validation().accuracy()).isEqualTo(0.5);
    assertThat(new TrainingHistory(List.of(one, two), 2).kept()).isEqualTo(2);
    assertRefused(
        "kept epoch: expected 1 to 2, got 3", () -> new TrainingHistory(List.of(one, two), 3));
    assertRefused(
        "kept epoch: expected 1 to 2, got 0", () -> new TrainingHistory(List.of(one, two), 0));
    assertRefused("kept epoch: expected 1 to 0, got 1", () -> new TrainingHistory(List.of(), 1));
  }

  @Test
  void namesOnTheCommandLine() {
    Locale before = Locale.getDefault();
    try {
      // Where "I" has another lower case.
      Locale.setDefault(new Locale.Builder().setLanguage("tr").build());
      assertThat(Stream.of(Recipe.values()).map(Recipe::id))
          .containsExactly("keras-attention", "keras-pooling", "bigru-attention", "bert");
      assertThat(Stream.of(Method.values()).map(Method::id))
          .containsExactly(
              "attention",
              "rollout",
              "flow",
              "norm",
              "grad-attention",
              "relevance",
              "contributions",
              "integrated-gradients",
              "input-gradient",
              "occlusion",
              "lime",
              "shap");
      assertThat(Stream.of(Granularity.values()).map(Granularity::id))
          .containsExactly("word", "token", "sentence");
      assertThat(Stream.of(SpecialTokens.values()).map(SpecialTokens::id))
          .containsExactly("keep", "drop", "renormalise");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void methodsAreFoundByTheirNames() {
    for (Method method : Method.values()) {
      assertThat(Method.of(method.id())).isSameAs(method);
    }
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Method.of("Lime"))
        .withMessageStartingWith("method: expected one of [attention, rollout, ")
        .withMessageEndingWith("shap], got 'Lime'");
  }

  @Test
  void provenanceIsFinite() {
    assertThat(Provenance.unknown().seed()).isEmpty();
    assertRefused(
        "provenance: expected finite numbers, got a completeness error of OptionalDouble[NaN] and"
            + " an R2 of OptionalDouble.empty",
        () ->
            new Provenance(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalDouble.of(Double.NaN),
                OptionalDouble.empty()));
  }

  static Stream<AttentiveException> exceptions() {
    Throwable cause = new IllegalStateException("why");
    return Stream.of(
        new EngineUnavailableException("what", cause),
        new ModelLoadException("what", cause),
        new InvalidInputException("what", cause),
        new InferenceException("what", cause));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void exceptionsCarryMessageAndCause(AttentiveException e) throws Exception {
    assertThat(e).hasMessage("what").hasCause(new IllegalStateException("why"));
    AttentiveException without = e.getClass().getConstructor(String.class).newInstance("alone");
    assertThat(without).hasMessage("alone").hasNoCause();
  }
}
