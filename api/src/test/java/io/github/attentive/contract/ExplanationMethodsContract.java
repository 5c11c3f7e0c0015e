package io.github.attentive.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Baseline;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explainer;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.Method;
import io.github.attentive.Provenance;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.TrustCard;
import io.github.attentive.UnsupportedByModelException;
import io.github.attentive.Verdict;
import io.github.attentive.Word;
import io.github.attentive.explain.Sentences;
import io.github.attentive.explain.TrustAssessment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every {@link Method} promises through an {@link Explainer}, whichever engine runs the model.
 *
 * <pre>{@code
 * class MyEngineMethodsTest extends ExplanationMethodsContract {
 *   @Override
 *   protected Explainer openExplainer() {
 *     return Explainer.load(MODEL, LoadOptions.builder().engine("mine").build());
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ExplanationMethodsContract {
  private static final Set<Method> SUM_TO_ONE =
      EnumSet.of(Method.ATTENTION, Method.ROLLOUT, Method.FLOW);
  private static final Set<Method> NEVER_NEGATIVE =
      EnumSet.range(Method.ATTENTION, Method.RELEVANCE);
  private static final int SAMPLES = 60;

  private final SharedModel<Explainer> shared = new SharedModel<>(this::openExplainer);

  /** For subclasses. */
  protected ExplanationMethodsContract() {}

  /**
   * Opens the explainer under test.
   *
   * @return a new one; the contract closes it
   */
  protected abstract Explainer openExplainer();

  private Explainer explainer() {
    return shared.get();
  }

  /** Closes what the tests shared. */
  @AfterAll
  public void closeShared() {
    shared.close();
  }

  /**
   * The methods that the model has what they need for.
   *
   * @return all by default; many models cannot give {@link Method#CONTRIBUTIONS}
   */
  protected Set<Method> methods() {
    return EnumSet.allOf(Method.class);
  }

  /**
   * The texts to try: a few words each, since every one is explained by every method.
   *
   * @return at least two different inputs
   */
  protected List<TextInput> inputs() {
    return List.of(
        TextInput.of("the movie was boring"),
        TextInput.of("I loved the acting. But the plot didn't hold together!"),
        TextInput.of(""),
        TextInput.of("?"));
  }

  /**
   * How far a weight may be from what it should be, as a share of the largest weight, or of 1.
   *
   * @return a small number
   */
  protected double tolerance() {
    return 1e-4;
  }

  private static ExplainOptions.Builder options(Method method) {
    ExplainOptions.Builder options = ExplainOptions.builder().method(method);
    return method == Method.LIME || method == Method.SHAP ? options.samples(SAMPLES) : options;
  }

  private interface Check {
    void of(Explainer explainer, Method method, TextInput input);
  }

  private void forEach(Check check) {
    Explainer explainer = explainer();
    for (Method method : methods()) {
      for (TextInput input : inputs()) {
        try {
          check.of(explainer, method, input);
        } catch (AssertionError e) {
          throw new AssertionError(
              "method %s, '%s': %s".formatted(method.id(), input.text(), e.getMessage()), e);
        }
      }
    }
  }

  /** A batch gives what its texts give alone, in the order of the texts. */
  @Test
  public void batchEqualsSinglesInAnyOrder() {
    Explainer explainer = explainer();
    List<TextInput> inputs = new ArrayList<>(inputs());
    Collections.shuffle(inputs, new Random(5));
    inputs.add(inputs.get(0));
    for (Method method : methods()) {
      ExplainOptions options = options(method).build();
      List<Explanation> together = explainer.explainAll(inputs, options);
      assertThat(together).hasSameSizeAs(inputs);
      for (int i = 0; i < inputs.size(); i++) {
        assertThat(together.get(i).input()).isEqualTo(inputs.get(i));
        assertClose(
            weights(together.get(i)), weights(explainer.explain(inputs.get(i), options)), method);
      }
    }
  }

  /** The same call gives the same bits. */
  @Test
  public void sameCallTwiceGivesEqualExplanations() {
    forEach(
        (explainer, method, input) -> {
          ExplainOptions options = options(method).trust(true).seed(3).build();
          assertThat(explainer.explain(input, options).equals(explainer.explain(input, options)))
              .isTrue();
        });
  }

  /** Words are the sums of their tokens, whatever the unit and the policy. */
  @Test
  public void wordsWeighWhatTheirTokensWeigh() {
    forEach(
        (explainer, method, input) -> {
          for (Granularity granularity : Granularity.values()) {
            for (SpecialTokens policy : EnumSet.of(SpecialTokens.KEEP, SpecialTokens.DROP)) {
              Explanation explanation =
                  explainer.explain(
                      input,
                      options(method).granularity(granularity).specialTokens(policy).build());
              assertThat(explanation.attribution().method()).isEqualTo(method);
              assertThat(explanation.attribution().granularity()).isEqualTo(granularity);
              double ofWords = explanation.words().stream().mapToDouble(Word::weight).sum();
              double ofTokens =
                  explanation.tokens().stream()
                      .filter(token -> !token.special() && token.start() < token.end())
                      .mapToDouble(Token::weight)
                      .sum();
              double all =
                  explanation.positions().stream().mapToDouble(t -> Math.abs(t.weight())).sum();
              assertThat(ofWords).isCloseTo(ofTokens, within(1e-5 * Math.max(1, all)));
              double kept = explanation.tokens().stream().mapToDouble(Token::weight).sum();
              assertThat(kept + explanation.attribution().dropped())
                  .isCloseTo(
                      explanation.positions().stream().mapToDouble(Token::weight).sum(),
                      within(1e-5 * Math.max(1, all)));
            }
          }
        });
  }

  /** Signs and sums are those of the method. */
  @Test
  public void signsAndSumsAreTheMethods() {
    forEach(
        (explainer, method, input) -> {
          double[] weights = weights(explainer.explain(input, options(method).build()));
          double sum = 0;
          for (double weight : weights) {
            sum += weight;
            if (NEVER_NEGATIVE.contains(method)) {
              assertThat(weight).isGreaterThanOrEqualTo(-tolerance());
            }
          }
          if (SUM_TO_ONE.contains(method)) {
            assertThat(sum).isCloseTo(1, within(1e-5));
          }
        });
  }

  /** Attention is there for every method if the model has it, and for none if it has not. */
  @Test
  public void attentionIsThereWhateverTheMethod() {
    forEach(
        (explainer, method, input) -> {
          Explanation explanation = explainer.explain(input, options(method).build());
          assertThat(explanation.hasAttention()).isEqualTo(explainer.info().hasAttention());
          if (explanation.hasAttention()) {
            assertThat(explanation.attention().layers()).isEqualTo(explainer.info().layers());
          } else {
            assertThatExceptionOfType(UnsupportedByModelException.class)
                .isThrownBy(explanation::attention)
                .withMessageContaining(explainer.info().family());
          }
        });
  }

  /** Integrated gradients miss their sum by little, and give special tokens nothing. */
  @Test
  public void integratedGradientsAreComplete() {
    if (!methods().contains(Method.INTEGRATED_GRADIENTS)) {
      return;
    }
    Explainer explainer = explainer();
    for (TextInput input : inputs()) {
      Explanation explanation =
          explainer.explain(input, options(Method.INTEGRATED_GRADIENTS).build());
      Provenance provenance = explanation.attribution().provenance();
      assertThat(provenance.baseline()).contains(Baseline.PAD);
      assertThat(provenance.steps()).hasValue(ExplainOptions.DEFAULT_STEPS);
      assertThat(provenance.completenessError().orElseThrow())
          .isCloseTo(0, within(Verdict.LARGEST_COMPLETENESS_ERROR));
      for (Token token : explanation.positions()) {
        if (token.special()) {
          assertThat((double) token.weight()).isCloseTo(0, within(1e-6));
        }
      }
    }
  }

  /** Shapley values share out what a text's only sentence adds to no text at all. */
  @Test
  public void shapleyValuesAddUp() {
    if (!methods().contains(Method.SHAP)) {
      return;
    }
    Explainer explainer = explainer();
    for (TextInput input : inputs()) {
      Explanation sentence =
          explainer.explain(
              input, options(Method.OCCLUSION).granularity(Granularity.SENTENCE).build());
      if (Sentences.of(input, sentence.words()).sentences().size() == 1) {
        Explanation words = explainer.explain(input, options(Method.SHAP).build());
        assertThat(sum(words)).isCloseTo(sum(sentence), within(tolerance()));
      }
    }
  }

  /**
   * Any label can be explained, the predicted one if none is named; of two, the difference is what
   * speaks for one of them.
   */
  @Test
  public void targetsAndContrasts() {
    forEach(
        (explainer, method, input) -> {
          List<String> labels = explainer.labels();
          Explanation predicted = explainer.explain(input, options(method).build());
          String prediction = predicted.classification().label();
          assertThat(predicted.attribution().target()).isEqualTo(prediction);
          for (String label : labels) {
            Explanation explanation =
                explainer.explain(input, options(method).target(label).build());
            assertThat(explanation.attribution().target()).isEqualTo(label);
            if (label.equals(prediction)) {
              assertClose(weights(predicted), weights(explanation), method);
            }
          }
          boolean linear =
              method == Method.INPUT_GRADIENT
                  || method == Method.INTEGRATED_GRADIENTS
                  || method == Method.OCCLUSION;
          if (labels.size() < 2 || !linear) {
            return;
          }
          Explanation first =
              explainer.explain(input, options(method).target(labels.get(0)).build());
          Explanation second =
              explainer.explain(input, options(method).target(labels.get(1)).build());
          Explanation contrast =
              explainer.explain(
                  input, options(method).target(labels.get(0)).contrast(labels.get(1)).build());
          assertThat(contrast.attribution().provenance().contrast()).contains(labels.get(1));
          if (first.classification().logits().length != labels.size()) {
            return;
          }
          double[] difference = weights(first);
          double[] others = weights(second);
          for (int i = 0; i < difference.length; i++) {
            difference[i] -= others[i];
          }
          assertClose(weights(contrast), difference, method);
        });
  }

  /** A card is there where it is asked for, costs what it says, and keeps within its ranges. */
  @Test
  public void trustCardsOnRequest() {
    forEach(
        (explainer, method, input) -> {
          assertThat(explainer.explain(input, options(method).build()).trust()).isEmpty();
          Explanation judged = explainer.explain(input, options(method).trust(true).build());
          assertThat(judged.trust()).isPresent();
          TrustCard card = judged.trust().orElseThrow();
          int words = judged.words().size();
          assertThat(card.forwardPasses())
              .isBetween(0, words + 11 + 5 * TrustAssessment.RANDOM_ORDERS);
          assertThat(card.completeness().isPresent())
              .isEqualTo(method == Method.INTEGRATED_GRADIENTS);
          if (words < Verdict.FEWEST_UNITS) {
            assertThat(card.verdict()).isEqualTo(Verdict.UNDECIDED);
          }
          assertThat(
                  explainer.explain(input, options(method).atLeast(Verdict.NOT_FAITHFUL).build()))
              .isEqualTo(judged);
        });
  }

  /** What the model has not what it needs for is refused by name, whatever the text. */
  @Test
  public void otherMethodsAreRefusedByName() {
    Set<Method> others = EnumSet.allOf(Method.class);
    others.removeAll(methods());
    Explainer explainer = explainer();
    for (Method method : others) {
      assertThatExceptionOfType(UnsupportedByModelException.class)
          .isThrownBy(() -> explainer.explain(inputs().get(0), options(method).build()))
          .withMessageContaining("'" + method.id() + "'")
          .withMessageContaining("'" + explainer.info().family() + "'");
    }
  }

  private static double sum(Explanation explanation) {
    return explanation.words().stream().mapToDouble(Word::weight).sum();
  }

  private static double[] weights(Explanation explanation) {
    return explanation.positions().stream().mapToDouble(Token::weight).toArray();
  }

  private void assertClose(double[] actual, double[] expected, Method method) {
    double largest = 1;
    for (double weight : expected) {
      largest = Math.max(largest, Math.abs(weight));
    }
    assertThat(actual).as(method.id()).containsExactly(expected, within(tolerance() * largest));
  }
}
