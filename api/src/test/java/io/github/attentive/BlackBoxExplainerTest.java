package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.testing.FakeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Classifiers of which nothing but predictions is known. */
class BlackBoxExplainerTest {
  private static final double FLOAT = 1e-6;

  /** Somebody's own: probability 0.9 of yes where "good" stands in the text or its pair. */
  private static final class OneWord implements Classifier {
    final List<String> seen = new ArrayList<>();

    @Override
    public ModelInfo info() {
      return new ModelInfo("own", "one-word", 0, 0, 100, List.of("no", "yes"));
    }

    @Override
    public List<Classification> classifyAll(List<TextInput> inputs) {
      return inputs.stream().map(this::one).toList();
    }

    private Classification one(TextInput input) {
      seen.add(input.text());
      boolean good = input.text().contains("good") || String.valueOf(input.pair()).contains("good");
      float yes = good ? 0.9f : 0.2f;
      return new Classification(
          input, info().labels(), new float[] {1 - yes, yes}, new float[0], 0, false);
    }

    @Override
    public void close() {}
  }

  private final OneWord classifier = new OneWord();
  private final BlackBoxExplainer explainer = BlackBoxExplainer.of(classifier);

  private static ExplainOptions.Builder by(Method method) {
    return ExplainOptions.builder().method(method);
  }

  @Test
  void wordsLoseTheirCharactersAndNothingElse() {
    Explanation e = explainer.explain("a good,  film");
    assertThat(classifier.seen)
        .containsExactlyInAnyOrder(
            "a good,  film",
            " good,  film",
            "a ,  film",
            "a good  film",
            "a good,  ",
            "a good,  film");
    assertThat(e.words()).extracting(Word::text).containsExactly("a", "good", ",", "film");
    assertThat(e.words().get(1).start()).isEqualTo(2);
    assertThat((double) e.words().get(1).weight()).isCloseTo(0.7, within(FLOAT));
    assertThat((double) e.words().get(3).weight()).isZero();
    assertThat(e.positions()).extracting(Token::id).containsOnly(Token.NO_ID);
    assertThat(e.label()).isEqualTo("yes");
    assertThat(e.hasAttention()).isFalse();
    assertThat(e.attribution().method()).isEqualTo(Method.OCCLUSION);
    assertThat(e.attribution().provenance().removal()).contains(Removal.DELETE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"OCCLUSION", "LIME", "SHAP"})
  void everyMethodFindsTheOneWord(Method method) {
    TextInput input = TextInput.of("an old film with one good joke in it");
    Explanation e = explainer.explain(input, by(method).trust(true).build());
    Word highest =
        e.words().stream().max((a, b) -> Float.compare(a.weight(), b.weight())).orElseThrow();
    assertThat(highest.text()).isEqualTo("good");
    TrustCard card = e.trust().orElseThrow();
    assertThat(card.comprehensiveness()).isCloseTo(0.7, within(FLOAT));
    assertThat(card.sufficiency()).isCloseTo(0, within(FLOAT));
    assertThat(card.verdict()).isNotIn(Verdict.NOT_FAITHFUL);
    assertThat(card.specialMass()).isZero();
  }

  @Test
  void pairsAndOtherTargets() {
    TextInput pair = TextInput.of("is it", "a good one");
    Explanation e = explainer.explain(pair, by(Method.OCCLUSION).target("no").build());
    assertThat(e.words()).extracting(Word::segment).containsExactly(0, 0, 1, 1, 1);
    assertThat((double) e.words().get(3).weight()).isCloseTo(-0.7, within(FLOAT));
    Explanation contrast =
        explainer.explain(pair, by(Method.OCCLUSION).target("yes").contrast("no").build());
    assertThat((double) contrast.words().get(3).weight()).isCloseTo(1.4, within(FLOAT));
  }

  @Test
  void sentencesAndTokensAreUnitsToo() {
    TextInput input = TextInput.of("It was long. It was good.");
    Explanation sentences =
        explainer.explain(input, by(Method.OCCLUSION).granularity(Granularity.SENTENCE).build());
    double[] weights = sentences.words().stream().mapToDouble(Word::weight).toArray();
    double share = 0.7 / 4;
    assertThat(weights)
        .containsExactly(new double[] {0, 0, 0, 0, share, share, share, share}, within(FLOAT));
    assertThat(
            explainer
                .explain(input, by(Method.OCCLUSION).granularity(Granularity.TOKEN).build())
                .words())
        .isEqualTo(explainer.explain(input, by(Method.OCCLUSION).build()).words());
  }

  @Test
  void oddTextsHaveAnExplanation() {
    for (String text :
        List.of("", " \t\n", "\u00a0", "?!", "\uD83D", "nul \u0000 good", "\u597D\u770B good")) {
      Explanation e = explainer.explain(text);
      assertThat(e.input().text()).isEqualTo(text);
      assertThat(e.words())
          .allSatisfy(
              word -> assertThat(word.text()).isEqualTo(text.substring(word.start(), word.end())));
    }
    assertThat(explainer.explain("").words()).isEmpty();
    assertThat(explainer.explainAll(List.of(), by(Method.LIME).build())).isEmpty();
  }

  @Test
  void aBatchIsItsSingles() {
    List<TextInput> inputs =
        Stream.of("good", "a film", "so good a film").map(TextInput::of).toList();
    for (Method method : List.of(Method.OCCLUSION, Method.LIME, Method.SHAP)) {
      ExplainOptions options = by(method).seed(9).build();
      assertThat(explainer.explainAll(inputs, options))
          .isEqualTo(inputs.stream().map(input -> explainer.explain(input, options)).toList());
    }
  }

  @Test
  void modelsOfThisLibraryKeepTheirTokensAndTheirAttention() {
    FakeBuilder fake = FakeBuilder.of("no", "yes").word("good", "yes", 2);
    try (Classifier without = fake.classifier();
        Classifier with = fake.explainer()) {
      Explanation e = BlackBoxExplainer.of(without).explain("so good");
      assertThat(e.positions()).extracting(Token::text).containsExactly("[CLS]", "so", "good");
      assertThat(e.hasAttention()).isFalse();
      assertThat(BlackBoxExplainer.of(with).explain("so good").hasAttention()).isTrue();
      ExplainOptions masked = by(Method.OCCLUSION).removal(Removal.MASK).build();
      assertThat(BlackBoxExplainer.of(with).explain(TextInput.of("so good"), masked).words())
          .isEqualTo(e.words());
    }
  }

  @Test
  void weightsFromElsewhereHaveTheCardOfAnExplanationWithTheSame() {
    TextInput input = TextInput.of("an old film with one good joke in it");
    ExplainOptions options = by(Method.OCCLUSION).seed(3).trust(true).build();
    Explanation e = explainer.explain(input, options);
    double[] weights = e.words().stream().mapToDouble(Word::weight).toArray();
    TrustCard card = e.trust().orElseThrow();
    TrustCard given = explainer.assess(input, weights, options);
    assertThat(given.comprehensiveness()).isEqualTo(card.comprehensiveness());
    assertThat(given.looTau()).isEqualTo(card.looTau());
    assertThat(given.randomPercentile()).isEqualTo(card.randomPercentile());
    assertThat(given.verdict()).isEqualTo(card.verdict());
    double[] reversed = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      reversed[i] = -weights[i];
    }
    assertThat(explainer.assess(input, reversed, options).randomPercentile())
        .isLessThan(given.randomPercentile());
    try (Explainer model = FakeBuilder.of("no", "yes").word("good", "yes", 2).explainer()) {
      TextInput two = TextInput.of("so good");
      assertThat(
              BlackBoxExplainer.of(model)
                  .assess(two, new double[] {0, 1}, options)
                  .comprehensiveness())
          .isPositive();
    }
  }

  @Test
  void weightsThatDoNotFitAreRefused() {
    TextInput input = TextInput.of("a good film");
    ExplainOptions options = by(Method.OCCLUSION).build();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explainer.assess(input, new double[2], options))
        .withMessage(
            "weights to assess: expected one for each of the text's 3 units (word), got 2");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explainer.assess(input, new double[] {0, Double.NaN, 1}, options))
        .withMessageContaining("NaN");
    assertThatExceptionOfType(UnsupportedByModelException.class)
        .isThrownBy(() -> explainer.assess(input, new double[3], by(Method.ATTENTION).build()));
  }

  @Test
  void refusals() {
    TextInput input = TextInput.of("good");
    for (Method method : Method.values()) {
      if (!method.perturbs()) {
        assertThatExceptionOfType(UnsupportedByModelException.class)
            .isThrownBy(() -> explainer.explain(input, by(method).build()))
            .withMessageContaining("'" + method.id() + "'");
      }
    }
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explainer.explain(input, by(Method.SHAP).removal(Removal.PAD).build()))
        .withMessageContaining("operator 'pad': expected delete");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explainer.explain(input, by(Method.SHAP).target("maybe").build()))
        .withMessage("target 'maybe': expected one of the labels [no, yes]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explainer.explain(input, by(Method.LIME).budget(1).build()))
        .withMessageContaining("budget");
    assertThatExceptionOfType(UntrustedExplanationException.class)
        .isThrownBy(
            () -> explainer.explain(input, by(Method.LIME).atLeast(Verdict.FAITHFUL).build()));
    assertThatNullPointerException().isThrownBy(() -> BlackBoxExplainer.of(null));
  }
}
