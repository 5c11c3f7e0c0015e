package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.attentive.Attribution;
import io.github.attentive.Classification;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explainer;
import io.github.attentive.Explanation;
import io.github.attentive.Method;
import io.github.attentive.ModelInfo;
import io.github.attentive.Provenance;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.TrustCard;
import io.github.attentive.Word;
import io.github.attentive.contract.ExplanationMethodsContract;
import io.github.attentive.testing.FakeBuilder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of methods fails over explainers that break it. */
class MethodsContractCatchesTest {
  /** Spoils what an honest explainer gives. */
  private interface Spoil {
    Explanation of(Explanation honest, ExplainOptions options, int inBatch);
  }

  private static final class Spoiled implements Explainer {
    private final Explainer honest =
        FakeBuilder.of("no", "yes").word("boring", "no", 2).word("loved", "yes", 3).explainer();
    private final Spoil spoil;

    Spoiled(Spoil spoil) {
      this.spoil = spoil;
    }

    @Override
    public ModelInfo info() {
      return honest.info();
    }

    @Override
    public List<Classification> classifyAll(List<TextInput> inputs) {
      return honest.classifyAll(inputs);
    }

    @Override
    public List<Explanation> explainAll(List<TextInput> inputs, ExplainOptions options) {
      return honest.explainAll(inputs, options).stream()
          .map(explanation -> spoil.of(explanation, options, inputs.size()))
          .toList();
    }

    @Override
    public void close() {
      honest.close();
    }
  }

  private static ExplanationMethodsContract contract(Spoil spoil, Set<Method> methods) {
    return new ExplanationMethodsContract() {
      @Override
      protected Explainer openExplainer() {
        return new Spoiled(spoil);
      }

      @Override
      protected Set<Method> methods() {
        return methods;
      }
    };
  }

  private static DynamicTest catches(
      String fault, Spoil spoil, Consumer<ExplanationMethodsContract> test) {
    return dynamicTest(
        fault,
        () ->
            assertThatThrownBy(() -> test.accept(contract(spoil, EnumSet.allOf(Method.class))))
                .isInstanceOf(AssertionError.class));
  }

  private static Explanation with(
      Explanation e, List<Token> positions, Provenance provenance, TrustCard trust) {
    Attribution was = e.attribution();
    List<Word> words = was.words();
    Attribution now =
        new Attribution(
            was.method(),
            was.target(),
            was.granularity(),
            was.specialTokens(),
            was.tokens(),
            words,
            was.dropped(),
            provenance);
    return new Explanation(
        e.model(),
        e.classification(),
        now,
        positions,
        e.attention(),
        e.positionsRead(),
        null,
        trust);
  }

  /** Adds to the weight of the first position. */
  private static Explanation shifted(Explanation e, float by) {
    List<Token> positions = new ArrayList<>(e.positions());
    Token was = positions.get(0);
    positions.set(
        0,
        new Token(
            was.text(),
            was.id(),
            was.position(),
            was.segment(),
            was.word(),
            was.start(),
            was.end(),
            was.special(),
            was.weight() + by));
    return with(e, positions, e.attribution().provenance(), e.trust().orElse(null));
  }

  private static Explanation withoutWords(Explanation e) {
    Attribution was = e.attribution();
    Attribution now =
        new Attribution(
            was.method(),
            was.target(),
            was.granularity(),
            was.specialTokens(),
            was.tokens(),
            List.of(),
            was.dropped(),
            was.provenance());
    return new Explanation(
        e.model(),
        e.classification(),
        now,
        e.positions(),
        e.attention(),
        e.positionsRead(),
        null,
        e.trust().orElse(null));
  }

  @TestFactory
  Stream<DynamicTest> faults() {
    AtomicInteger calls = new AtomicInteger();
    return Stream.of(
        catches(
            "weights that depend on the batch",
            (e, options, inBatch) -> shifted(e, 0.01f * inBatch),
            ExplanationMethodsContract::batchEqualsSinglesInAnyOrder),
        catches(
            "weights that change from call to call",
            (e, options, inBatch) -> shifted(e, 0.01f * calls.incrementAndGet()),
            ExplanationMethodsContract::sameCallTwiceGivesEqualExplanations),
        catches(
            "words that are lost",
            (e, options, inBatch) -> withoutWords(e),
            ExplanationMethodsContract::wordsWeighWhatTheirTokensWeigh),
        catches(
            "attention that sums to more than 1",
            (e, options, inBatch) -> shifted(e, 0.1f),
            ExplanationMethodsContract::signsAndSumsAreTheMethods),
        catches(
            "relevance below 0",
            (e, options, inBatch) -> options.method() == Method.RELEVANCE ? shifted(e, -1) : e,
            ExplanationMethodsContract::signsAndSumsAreTheMethods),
        catches(
            "no attention with some methods",
            (e, options, inBatch) ->
                new Explanation(
                    e.model(),
                    e.classification(),
                    e.attribution(),
                    e.positions(),
                    null,
                    e.positionsRead(),
                    null,
                    null),
            ExplanationMethodsContract::attentionIsThereWhateverTheMethod),
        catches(
            "special tokens with a share of integrated gradients",
            (e, options, inBatch) -> shifted(e, 0.1f),
            ExplanationMethodsContract::integratedGradientsAreComplete),
        catches(
            "integrated gradients that do not say what they miss",
            (e, options, inBatch) -> with(e, e.positions(), Provenance.unknown(), null),
            ExplanationMethodsContract::integratedGradientsAreComplete),
        catches(
            "Shapley values that are lost",
            (e, options, inBatch) -> options.method() == Method.SHAP ? withoutWords(e) : e,
            ExplanationMethodsContract::shapleyValuesAddUp),
        catches(
            "another explanation where the predicted label is named",
            (e, options, inBatch) -> options.target().isPresent() ? shifted(e, 0.5f) : e,
            ExplanationMethodsContract::targetsAndContrasts),
        catches(
            "contrasts that are not recorded",
            (e, options, inBatch) -> with(e, e.positions(), Provenance.unknown(), null),
            ExplanationMethodsContract::targetsAndContrasts),
        catches(
            "contrasts that are no differences",
            (e, options, inBatch) -> options.contrast().isPresent() ? shifted(e, 0.5f) : e,
            ExplanationMethodsContract::targetsAndContrasts),
        catches(
            "cards that nobody asked for, or none",
            (e, options, inBatch) -> with(e, e.positions(), e.attribution().provenance(), null),
            ExplanationMethodsContract::trustCardsOnRequest),
        dynamicTest(
            "methods that work and should not",
            () ->
                assertThatThrownBy(
                        () ->
                            contract((e, options, inBatch) -> e, EnumSet.of(Method.ATTENTION))
                                .otherMethodsAreRefusedByName())
                    .isInstanceOf(AssertionError.class)));
  }
}
