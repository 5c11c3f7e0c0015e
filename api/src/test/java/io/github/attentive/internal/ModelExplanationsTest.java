package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Baseline;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Method;
import io.github.attentive.Provenance;
import io.github.attentive.Removal;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.TrustCard;
import io.github.attentive.UnsupportedByModelException;
import io.github.attentive.UntrustedExplanationException;
import io.github.attentive.Verdict;
import io.github.attentive.Word;
import io.github.attentive.explain.Golden;
import io.github.attentive.explain.HeadFusion;
import io.github.attentive.explain.QuadratureRule;
import io.github.attentive.spi.AttentionNorms;
import io.github.attentive.spi.PositionsRead;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which numbers of a model become which weights, by each method. */
class ModelExplanationsTest {
  private static final double FLOAT = 1e-6;

  private final PlainModel model = new PlainModel();

  private static ExplainOptions.Builder by(Method method) {
    return ExplainOptions.builder().method(method);
  }

  private Explanation explain(ExplainOptions.Builder options) {
    return new ModelExplainer(model).explain(PlainModel.TEXT, options.build());
  }

  private void assertPositions(ExplainOptions.Builder options, double... expected) {
    assertThat(explain(options).positions().stream().mapToDouble(Token::weight).toArray())
        .containsExactly(expected, within(FLOAT));
  }

  private static double[] words(Explanation explanation) {
    return explanation.words().stream().mapToDouble(Word::weight).toArray();
  }

  /** Two layers of two heads over {@code [CLS] good movie}, as the golden vectors have them. */
  private void golden() {
    model.spans =
        List.of(
            model.spans.get(0), model.spans.get(1), new TokenSpan("movie", 3, 0, 1, 5, 10, false));
    model.values = new float[] {0, 1, 1};
    model.attention = new AttentionTensor(2, 2, 3, 3, flat(Golden.attention()));
    model.gradient = flat(Golden.gradient());
  }

  private static float[] flat(double[][][][] array) {
    List<Float> values = new ArrayList<>();
    for (double[][][] layer : array) {
      for (double[][] head : layer) {
        for (double[] row : head) {
          for (double value : row) {
            values.add((float) value);
          }
        }
      }
    }
    float[] flat = new float[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.get(i);
    }
    return flat;
  }

  @Test
  void goldenVectorsInTheFirstRow() {
    golden();
    assertPositions(by(Method.ATTENTION), 0.35, 0.425, 0.225);
    assertPositions(by(Method.ATTENTION).fusion(HeadFusion.MAX), 0.7, 0.6, 0.3);
    assertPositions(by(Method.ROLLOUT), 0.515625, 0.2946875, 0.1896875);
    assertPositions(
        by(Method.ROLLOUT).fusion(HeadFusion.MAX),
        0.48633184996821366,
        0.3100762873490146,
        0.2035918626827718);
    assertPositions(by(Method.FLOW), 0.5165562913907285, 0.2913907284768212, 0.19205298013245034);
    assertPositions(by(Method.GRAD_ATTENTION), 0.12, 0.355, 0.01);
    assertPositions(by(Method.GRAD_ATTENTION).layer(0), 0.175, 0.24, 0.07);
    assertPositions(by(Method.GRAD_ATTENTION).head(1), 0, 0.36, 0.02);
    assertPositions(by(Method.RELEVANCE), 0.37055, 0.64595, 0.0934375);
  }

  @Test
  void goldenVectorsInTheMeanOverAllRows() {
    golden();
    model.read = PositionsRead.ALL;
    assertPositions(
        by(Method.ROLLOUT),
        (0.515625 + 0.23 + 0.2575) / 3,
        (0.2946875 + 0.5740625 + 0.21484375) / 3,
        (0.1896875 + 0.1959375 + 0.52765625) / 3);
    assertPositions(
        by(Method.FLOW),
        (0.5165562913907285 + 0.24590163934426232 + 0.2602739726027397) / 3,
        (0.2913907284768212 + 0.5491803278688525 + 0.2534246575342466) / 3,
        (0.19205298013245034 + 0.20491803278688525 + 0.4863013698630137) / 3);
    assertPositions(
        by(Method.GRAD_ATTENTION),
        (0.12 + 0.05 + 0.0625) / 3,
        (0.355 + 0.05 + 0.09) / 3,
        (0.01 + 0.015 + 0.215) / 3);
    assertPositions(
        by(Method.RELEVANCE),
        (0.37055 + 0.2182 + 0.2448875) / 3,
        (0.64595 + 0.126275 + 0.213675) / 3,
        (0.0934375 + 0.032525 + 0.2934) / 3);
  }

  @Test
  void gradientsOfTheFirstOfTwoLabelsAreNegated() {
    golden();
    // What speaks for "no" is what speaks against "yes": the negative products.
    assertPositions(by(Method.GRAD_ATTENTION).target("no"), 0.12, 0, 0.075);
    assertThat(model.factors).containsExactly(new float[] {-1});
    explain(by(Method.GRAD_ATTENTION).target("no").contrast("yes"));
    explain(by(Method.INPUT_GRADIENT).target("yes").contrast("no"));
    assertThat(model.factors.get(1)).containsExactly(-1);
    assertThat(model.factors.get(2)).containsExactly(1);
  }

  @Test
  void thePredictedLabelIsDifferentiatedWithoutAnotherRun() {
    golden();
    model.values = new float[] {1, 1, 1};
    assertPositions(by(Method.GRAD_ATTENTION), 0.12, 0.355, 0.01);
    model.values = new float[] {-1, -1, -1};
    assertPositions(by(Method.GRAD_ATTENTION), 0.12, 0, 0.075);
    assertThat(model.runs).isZero();
    assertThat(model.factors).isEmpty();
  }

  @Test
  void anotherLabelThanThatOfTheLargestLogitIsAskedForAgain() {
    golden();
    model.logits = new float[] {0, 1};
    model.values = new float[] {1, 1, 1};
    explain(by(Method.RELEVANCE));
    assertThat(model.factors).containsExactly(new float[] {0, 1});
    model.values = new float[] {-1, -1, -1};
    explain(by(Method.RELEVANCE));
    assertThat(model.factors).hasSize(1);
  }

  @Test
  void poolingHasOneQueryAndNoWayFromLayerToLayer() {
    model.attention = new AttentionTensor(1, 1, 1, 4, new float[] {0.1f, 0.2f, 0.3f, 0.4f});
    model.gradient = new float[] {1, 2, -3, 4};
    assertPositions(by(Method.ATTENTION), 0.1, 0.2, 0.3, 0.4);
    model.read = PositionsRead.ALL;
    assertPositions(by(Method.ATTENTION), 0.1, 0.2, 0.3, 0.4);
    assertPositions(by(Method.GRAD_ATTENTION).target("yes"), 0.1, 0.4, 0, 1.6);
    assertPositions(by(Method.CONTRIBUTIONS).target("yes"), 0.1, 0.4, -0.9, 1.6);
    for (Method method : List.of(Method.ROLLOUT, Method.FLOW, Method.RELEVANCE)) {
      assertThatExceptionOfType(UnsupportedByModelException.class)
          .isThrownBy(() -> explain(by(method)))
          .withMessageContaining("'" + method.id() + "'")
          .withMessageContaining("one query");
    }
  }

  /** Sums over layers, heads and queries, whichever rows the head reads. */
  @Test
  void contributionsAreAttentionTimesGradient() {
    golden();
    assertPositions(by(Method.CONTRIBUTIONS).target("yes"), 0.985, 0.69, 0.185);
    assertPositions(by(Method.CONTRIBUTIONS).target("no"), -0.985, -0.69, -0.185);
    model.read = PositionsRead.ALL;
    assertPositions(by(Method.CONTRIBUTIONS).target("yes"), 0.985, 0.69, 0.185);
    model.linear = false;
    assertThatExceptionOfType(UnsupportedByModelException.class)
        .isThrownBy(() -> explain(by(Method.CONTRIBUTIONS)))
        .withMessageContainingAll("'contributions'", "linear in its attention", "relevance");
  }

  @Test
  void normsAreMeansOverLayersOrThoseOfAHead() {
    float[] layers = new float[2 * 16];
    float[] heads = new float[2 * 2 * 16];
    for (int i = 0; i < heads.length; i++) {
      heads[i] = i;
      layers[i % layers.length] = i % layers.length;
    }
    model.norms = new AttentionNorms(2, 2, 4, 4, layers, heads);
    assertPositions(by(Method.NORM), 8, 9, 10, 11);
    assertPositions(by(Method.NORM).layer(1), 16, 17, 18, 19);
    assertPositions(by(Method.NORM).head(1), 32, 33, 34, 35);
    assertPositions(by(Method.NORM).layer(0).head(1), 16, 17, 18, 19);
    model.read = PositionsRead.ALL;
    assertPositions(by(Method.NORM).layer(0), 6, 7, 8, 9);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explain(by(Method.NORM).layer(2)))
        .withMessage("layer: expected 0 to 1, the model's, got 2");
  }

  @Test
  void integratedGradientsAreOfTheLogit() {
    assertPositions(by(Method.INTEGRATED_GRADIENTS).target("yes"), 0, 1, 0.5, -2);
    assertPositions(by(Method.INTEGRATED_GRADIENTS), 0, -1, -0.5, 2);
    assertPositions(
        by(Method.INTEGRATED_GRADIENTS).target("yes").baseline(Baseline.MASK),
        0,
        0.875,
        0.375,
        -2.125);
    assertPositions(by(Method.INPUT_GRADIENT).target("yes"), 0.25, 1, 0.5, -2);
  }

  @Test
  void whatIntegratedGradientsMissIsReported() {
    model.power = 3;
    Explanation e =
        explain(
            by(Method.INTEGRATED_GRADIENTS)
                .target("yes")
                .rule(QuadratureRule.MIDDLE)
                .steps(1)
                .trust(true));
    Provenance provenance = e.attribution().provenance();
    assertThat(provenance.rule()).contains(QuadratureRule.MIDDLE);
    assertThat(provenance.steps()).hasValue(1);
    // Three quarters of 1, 0.125 and -8 in place of all of it.
    assertThat(provenance.completenessError().orElseThrow()).isCloseTo(1.71875, within(FLOAT));
    assertThat(e.trust().orElseThrow().completeness().orElseThrow())
        .isCloseTo(1.71875, within(FLOAT));
    Explanation exact = explain(by(Method.INTEGRATED_GRADIENTS).steps(2));
    assertThat(exact.attribution().provenance().completenessError().orElseThrow())
        .isCloseTo(0, within(FLOAT));
  }

  /** The probability of the label in a text with this logit. */
  private static double no(double logit) {
    return 1 - PlainModel.probability(logit);
  }

  @Test
  void occlusionOfWordsTokensAndSentences() {
    double whole = no(-0.25);
    double good = whole - no(-1.25);
    double movie = whole - no(1.25);
    Explanation e = explain(by(Method.OCCLUSION));
    assertThat(e.attribution().target()).isEqualTo("no");
    assertThat(words(e)).containsExactly(new double[] {good, movie}, within(FLOAT));
    assertPositions(by(Method.OCCLUSION), 0, good, movie / 2, movie / 2);
    assertPositions(
        by(Method.OCCLUSION).granularity(Granularity.TOKEN),
        0,
        good,
        whole - no(-0.75),
        whole - no(1.75));
    double all = (whole - no(0.25)) / 3;
    assertPositions(by(Method.OCCLUSION).granularity(Granularity.SENTENCE), 0, all, all, all);
    assertThat(words(explain(by(Method.OCCLUSION).granularity(Granularity.TOKEN)))[1])
        .isCloseTo(2 * whole - no(-0.75) - no(1.75), within(FLOAT));
  }

  @Test
  void occlusionOfAnotherTargetAndOfADifference() {
    double movie = PlainModel.probability(-0.25) - PlainModel.probability(1.25);
    assertThat(words(explain(by(Method.OCCLUSION).target("yes")))[1])
        .isCloseTo(movie, within(FLOAT));
    assertThat(words(explain(by(Method.OCCLUSION).target("yes").contrast("no")))[1])
        .isCloseTo(2 * movie, within(FLOAT));
  }

  @Test
  void limeAndShapShareOutWhatTheTextAdds() {
    Explanation shap = explain(by(Method.SHAP).seed(4));
    assertThat(words(shap)[0] + words(shap)[1]).isCloseTo(no(-0.25) - no(0.25), within(FLOAT));
    Provenance provenance = shap.attribution().provenance();
    assertThat(provenance.seed()).hasValue(4);
    assertThat(provenance.samples()).hasValue(1028);
    assertThat(provenance.determination()).isEmpty();
    Explanation lime = explain(by(Method.LIME).samples(30));
    assertThat(words(lime)[0]).isNegative();
    assertThat(words(lime)[1]).isPositive();
    assertThat(lime.attribution().provenance().samples()).hasValue(30);
    assertThat(lime.attribution().provenance().determination().orElseThrow()).isBetween(0.5, 1.0);
  }

  @ParameterizedTest
  @EnumSource(Removal.class)
  void theOperatorReachesTheModelAndTheResult(Removal removal) {
    Explanation e = explain(by(Method.OCCLUSION).removal(removal));
    assertThat(model.removals).containsOnly(removal);
    assertThat(e.attribution().provenance().removal()).contains(removal);
    assertThat(explain(by(Method.ATTENTION)).attribution().provenance().removal()).isEmpty();
    explain(by(Method.ATTENTION).removal(removal).trust(true));
    assertThat(model.removals).containsOnly(removal);
  }

  @Test
  void whatSpecialTokensWeighedIsReported() {
    Explanation e = explain(by(Method.INPUT_GRADIENT).specialTokens(SpecialTokens.DROP));
    assertThat(e.attribution().dropped()).isEqualTo(-0.25f);
    assertThat(e.tokens()).hasSize(3);
    assertThat(e.positions()).hasSize(4);
    Explanation one =
        explain(by(Method.INPUT_GRADIENT).target("yes").specialTokens(SpecialTokens.RENORMALISE));
    assertThat(words(one)).containsExactly(new double[] {-2, 3}, within(FLOAT));
  }

  @Test
  void cardsAndOcclusionShareTheirEvaluations() {
    TrustCard card = explain(by(Method.OCCLUSION).trust(true)).trust().orElseThrow();
    // Whole, none, good alone and movie alone are all there is of two words.
    assertThat(card.forwardPasses()).isLessThanOrEqualTo(1);
    assertThat(model.versions).isLessThanOrEqualTo(4);
    assertThat(card.looTau()).hasValue(1);
    assertThat(card.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(card.comprehensiveness()).isCloseTo(no(-0.25) - no(1.25), within(FLOAT));
    model.versions = 0;
    TrustCard attention = explain(by(Method.ATTENTION).trust(true)).trust().orElseThrow();
    assertThat(attention.forwardPasses()).isEqualTo(model.versions);
    assertThat(attention.specialMass()).isCloseTo(0.25, within(FLOAT));
    assertThat(attention.entropy()).isCloseTo(1, within(FLOAT));
  }

  @Test
  void cardsAreAboutTheTarget() {
    TrustCard card =
        explain(by(Method.INTEGRATED_GRADIENTS).target("yes").trust(true)).trust().orElseThrow();
    // "good" ranks first for "yes"; without it "yes" loses.
    assertThat(card.comprehensiveness())
        .isCloseTo(PlainModel.probability(-0.25) - PlainModel.probability(-1.25), within(FLOAT));
  }

  @Test
  void budgetsAreKept() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explain(by(Method.OCCLUSION).budget(2)))
        .withMessageContaining("expected at most 2, the budget");
    assertThat(model.versions).isZero();
    explain(by(Method.OCCLUSION).budget(3));
    ExplainOptions.Builder tokens = by(Method.OCCLUSION).granularity(Granularity.TOKEN);
    explain(tokens.budget(4));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explain(tokens.trust(true)))
        .withMessageContaining("budget");
    explain(tokens.budget(8));
  }

  @Test
  void explanationsBelowAVerdictAreRefusedWithTheirCard() {
    assertThat(explain(by(Method.ATTENTION).atLeast(Verdict.UNDECIDED)).trust()).isPresent();
    assertThatExceptionOfType(UntrustedExplanationException.class)
        .isThrownBy(() -> explain(by(Method.ATTENTION).atLeast(Verdict.FAITHFUL)))
        .withMessageContainingAll("'good movie'", "'attention'", "faithful", "undecided")
        .satisfies(e -> assertThat(e.trust().verdict()).isEqualTo(Verdict.UNDECIDED));
  }

  @Test
  void modelsThatGiveNothingButScoresAreExplainedByTheirText() {
    model.capable = false;
    for (Method method :
        List.of(
            Method.NORM,
            Method.GRAD_ATTENTION,
            Method.RELEVANCE,
            Method.CONTRIBUTIONS,
            Method.INTEGRATED_GRADIENTS,
            Method.INPUT_GRADIENT)) {
      assertThatExceptionOfType(UnsupportedByModelException.class)
          .isThrownBy(() -> explain(by(method)))
          .withMessageContainingAll("'" + method.id() + "'", "'plain'");
    }
    Explanation e = explain(by(Method.OCCLUSION));
    assertThat(words(e))
        .containsExactly(new double[] {no(-0.25) - no(-1.25), no(-0.25) - no(1.25)}, within(FLOAT));
    assertThat(e.hasAttention()).isTrue();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explain(by(Method.OCCLUSION).removal(Removal.MASK)))
        .withMessageContaining("operator 'mask'");
    assertThat(explain(by(Method.ATTENTION).trust(true)).trust()).isPresent();
  }

  @Test
  void faultsOfTheModelAreNotTheCallers() {
    model.gradient[3] = Float.NaN;
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> explain(by(Method.RELEVANCE)))
        .withMessageContaining("gradient by attention");
    model.logits = new float[] {1, 2, 3};
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> explain(by(Method.INPUT_GRADIENT)))
        .withMessageContaining("got 3");
    model.norms = new AttentionNorms(1, 1, 1, 3, new float[3], new float[3]);
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> explain(by(Method.NORM)))
        .withMessageContaining("expected 4 weights of positions, got 3");
  }

  @Test
  void labelsAreTheModels() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explain(by(Method.OCCLUSION).contrast("maybe")))
        .withMessage("contrast 'maybe': expected one of the labels [no, yes]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explain(by(Method.OCCLUSION).contrast("no")))
        .withMessageContainingAll("contrast 'no'", "the predicted one; name a target");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explain(by(Method.OCCLUSION).target("yes").contrast("yes")))
        .withMessage("contrast 'yes': expected another label than the target, which is the same");
  }

  @Test
  void tokensOfWhiteSpaceAloneAreNoWordAndStay() {
    model.spans =
        List.of(
            model.spans.get(0),
            model.spans.get(1),
            new TokenSpan(" ", 9, 0, 1, 4, 4, false),
            new TokenSpan("movie", 3, 0, 2, 5, 10, false));
    assertPositions(by(Method.OCCLUSION), 0, no(-0.25) - no(-1.25), 0, no(-0.25) - no(1.75));
  }

  @Test
  void anEmptyTextHasNoUnits() {
    model.spans = List.of(model.spans.get(0));
    model.values = new float[] {0.25f};
    model.attention = new AttentionTensor(1, 1, 1, 1, new float[] {1});
    model.gradient = new float[] {1};
    model.norms = new AttentionNorms(1, 1, 1, 1, new float[1], new float[1]);
    for (Method method : Method.values()) {
      Explanation e =
          new ModelExplainer(model).explain(TextInput.of(""), by(method).trust(true).build());
      assertThat(e.words()).isEmpty();
      assertThat(e.positions()).hasSize(1);
      assertThat(e.trust().orElseThrow().verdict()).isEqualTo(Verdict.UNDECIDED);
    }
  }
}
