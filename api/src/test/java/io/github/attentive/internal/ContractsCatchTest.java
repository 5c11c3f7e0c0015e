package io.github.attentive.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.AttentionTensor;
import io.github.attentive.Attribution;
import io.github.attentive.Classification;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.ModelInfo;
import io.github.attentive.ProblemType;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Word;
import io.github.attentive.contract.AttentionExplainerContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract tests fail over explainers that break the contract. */
class ContractsCatchTest {
  /** An honest explainer, to be spoiled in one respect. */
  private static class Spoiled implements AttentionExplainer {
    final AttentionExplainer honest = new ModelExplainer(StubModel.ordinary());

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
      return honest.explainAll(inputs, options);
    }

    @Override
    public void close() {
      honest.close();
    }
  }

  private static Spoiled classifications(UnaryOperator<Classification> spoil) {
    return new Spoiled() {
      @Override
      public List<Classification> classifyAll(List<TextInput> inputs) {
        return super.classifyAll(inputs).stream().map(spoil).toList();
      }
    };
  }

  private static Spoiled explanations(UnaryOperator<Explanation> spoil) {
    return new Spoiled() {
      @Override
      public List<Explanation> explainAll(List<TextInput> inputs, ExplainOptions options) {
        return super.explainAll(inputs, options).stream().map(spoil).toList();
      }
    };
  }

  private static Spoiled words(UnaryOperator<List<Word>> spoil) {
    return explanations(
        e -> with(e, e.tokens(), spoil.apply(e.words()), e.attribution().dropped()));
  }

  private static Spoiled attention(UnaryOperator<AttentionTensor> spoil) {
    return explanations(
        e ->
            new Explanation(
                e.model(),
                e.classification(),
                e.attribution(),
                e.positions(),
                spoil.apply(e.attention())));
  }

  private static Explanation with(
      Explanation e, List<Token> tokens, List<Word> words, float dropped) {
    Attribution was = e.attribution();
    Attribution now =
        new Attribution(
            was.method(),
            was.target(),
            was.granularity(),
            was.specialTokens(),
            tokens,
            words,
            dropped);
    return new Explanation(e.model(), e.classification(), now, e.positions(), e.attention());
  }

  private static Explanation withPositions(Explanation e, List<Token> positions) {
    return new Explanation(
        e.model(), e.classification(), e.attribution(), positions, e.attention());
  }

  private static Classification scaled(Classification c, float factor) {
    return new Classification(
        c.input(),
        List.copyOf(c.scores().keySet()),
        times(factor, scores(c)),
        c.logits(),
        c.tokens(),
        c.truncated());
  }

  /** Moves some of the last label's probability to the first. */
  private static Classification shifted(Classification c, float by) {
    float[] scores = scores(c);
    scores[0] += by;
    scores[scores.length - 1] -= by;
    return new Classification(
        c.input(), List.copyOf(c.scores().keySet()), scores, c.logits(), c.tokens(), c.truncated());
  }

  private static float[] scores(Classification c) {
    float[] scores = new float[c.scores().size()];
    int i = 0;
    for (float score : c.scores().values()) {
      scores[i++] = score;
    }
    return scores;
  }

  private static float[] times(float factor, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  private static Token token(Token t, int position, int start, int end, float weight) {
    return new Token(
        t.text(), t.id(), position, t.segment(), t.word(), start, end, t.special(), weight);
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  /** A check of the contract. */
  private interface Check {
    void of(AttentionExplainerContract contract) throws Exception;
  }

  private static AttentionExplainerContract over(Supplier<AttentionExplainer> explainer) {
    return new AttentionExplainerContract() {
      @Override
      protected AttentionExplainer openExplainer() {
        return explainer.get();
      }

      @Override
      protected List<String> texts() {
        return List.of("the unforgettable movie", "some other words", "");
      }
    };
  }

  private static DynamicTest caught(
      String what, Supplier<AttentionExplainer> explainer, Check check) {
    return dynamicTest(
        what,
        () ->
            assertThatThrownBy(() -> check.of(over(explainer)))
                .isInstanceOfAny(AssertionError.class, ExecutionException.class));
  }

  @Test
  void theHonestOnePasses() throws Exception {
    AttentionExplainerContract honest = over(Spoiled::new);
    honest.scoresAreWhatTheProblemTypeSays();
    honest.batchEqualsSinglesInAnyOrder();
    honest.closingWaitsForRunningCalls();
    honest.keptWeightsAreTheAttentionReceived();
    honest.wordsWeighWhatTheirTokensWeigh();
    honest.batchOfExplanationsEqualsSinglesInAnyOrder();
  }

  /** Scores that an honest model of one label would not have. */
  private static Spoiled typed(ProblemType problemType, float factor) {
    return new Spoiled() {
      @Override
      public ModelInfo info() {
        ModelInfo info = super.info();
        return new ModelInfo(
            info.engine(),
            info.family(),
            info.layers(),
            info.heads(),
            info.maxLength(),
            info.labels(),
            problemType);
      }

      @Override
      public List<Classification> classifyAll(List<TextInput> inputs) {
        return super.classifyAll(inputs).stream()
            .map(
                c ->
                    new Classification(
                        c.input(),
                        problemType,
                        List.copyOf(c.scores().keySet()),
                        times(factor, scores(c)),
                        c.logits(),
                        c.tokens(),
                        c.truncated()))
            .toList();
      }
    };
  }

  @Test
  void onlyProbabilitiesAreBoundAndOnlyThoseOfOneLabelSumToOne() {
    over(() -> typed(ProblemType.REGRESSION, -40)).scoresAreWhatTheProblemTypeSays();
    over(() -> typed(ProblemType.MULTI_LABEL, 0.5f)).scoresAreWhatTheProblemTypeSays();
    for (float factor : new float[] {-1, 4}) {
      AttentionExplainerContract outside = over(() -> typed(ProblemType.MULTI_LABEL, factor));
      assertThatThrownBy(outside::scoresAreWhatTheProblemTypeSays)
          .isInstanceOf(AssertionError.class);
    }
  }

  @TestFactory
  Stream<DynamicTest> classifiersThatBreakTheContract() {
    AtomicInteger calls = new AtomicInteger();
    return Stream.of(
        caught(
            "scores that do not sum to 1",
            () -> classifications(c -> scaled(c, 0.999f)),
            AttentionExplainerContract::scoresAreWhatTheProblemTypeSays),
        caught(
            "negative scores",
            () -> classifications(c -> shifted(c, 1.5f)),
            AttentionExplainerContract::scoresAreWhatTheProblemTypeSays),
        caught(
            "labels in another order",
            () ->
                classifications(
                    c ->
                        new Classification(
                            c.input(),
                            reversed(List.copyOf(c.scores().keySet())),
                            scores(c),
                            c.logits(),
                            c.tokens(),
                            c.truncated())),
            AttentionExplainerContract::scoresAreWhatTheProblemTypeSays),
        caught(
            "scores that mean something else than the model's",
            () ->
                classifications(
                    c ->
                        new Classification(
                            c.input(),
                            ProblemType.REGRESSION,
                            List.copyOf(c.scores().keySet()),
                            scores(c),
                            c.logits(),
                            c.tokens(),
                            c.truncated())),
            AttentionExplainerContract::labelsThatApplyAreWhatTheProblemTypeSays),
        caught(
            "a result for another input",
            () ->
                classifications(
                    c ->
                        new Classification(
                            TextInput.of("other"),
                            List.copyOf(c.scores().keySet()),
                            scores(c),
                            c.logits(),
                            c.tokens(),
                            c.truncated())),
            AttentionExplainerContract::resultSaysHowMuchOfTheTextWasRead),
        caught(
            "a cut that is not told",
            () ->
                classifications(
                    c ->
                        new Classification(
                            c.input(),
                            List.copyOf(c.scores().keySet()),
                            scores(c),
                            c.logits(),
                            c.tokens(),
                            false)),
            AttentionExplainerContract::resultSaysHowMuchOfTheTextWasRead),
        caught(
            "other numbers at each call",
            () -> classifications(c -> shifted(c, 1e-6f * (calls.incrementAndGet() % 2))),
            AttentionExplainerContract::sameTextTwiceGivesEqualResults),
        caught(
            "other numbers at each opening",
            () -> {
              float shift = 1e-4f * (calls.incrementAndGet() % 2);
              return classifications(c -> shifted(c, shift));
            },
            AttentionExplainerContract::openingAgainGivesTheSameResults),
        caught(
            "other numbers in a batch",
            () ->
                new Spoiled() {
                  @Override
                  public List<Classification> classifyAll(List<TextInput> inputs) {
                    return super.classifyAll(inputs).stream()
                        .map(c -> shifted(c, inputs.size() * 1e-5f))
                        .toList();
                  }
                },
            AttentionExplainerContract::batchEqualsSinglesInAnyOrder),
        caught(
            "a batch in another order",
            () ->
                new Spoiled() {
                  @Override
                  public List<Classification> classifyAll(List<TextInput> inputs) {
                    return reversed(super.classifyAll(inputs));
                  }
                },
            AttentionExplainerContract::batchEqualsSinglesInAnyOrder),
        caught(
            "an empty list refused",
            () ->
                new Spoiled() {
                  @Override
                  public List<Classification> classifyAll(List<TextInput> inputs) {
                    if (inputs.isEmpty()) {
                      throw new AssertionError("nothing to do");
                    }
                    return super.classifyAll(inputs);
                  }
                },
            AttentionExplainerContract::emptyListGivesEmptyList),
        caught(
            "a list that can be changed",
            () ->
                new Spoiled() {
                  @Override
                  public List<Classification> classifyAll(List<TextInput> inputs) {
                    return new ArrayList<>(super.classifyAll(inputs));
                  }
                },
            AttentionExplainerContract::resultsAreImmutable),
        caught(
            "other numbers on other threads",
            () -> {
              Thread opener = Thread.currentThread();
              return classifications(
                  c -> shifted(c, Thread.currentThread().equals(opener) ? 0 : 1e-4f));
            },
            AttentionExplainerContract::manyThreadsGetTheSerialResults),
        caught(
            "null taken for an empty text",
            () ->
                new Spoiled() {
                  @Override
                  public Classification classify(TextInput input) {
                    return super.classify(input == null ? TextInput.of("") : input);
                  }
                },
            AttentionExplainerContract::nullIsRefused),
        caught(
            "closing again fails",
            () ->
                new Spoiled() {
                  private boolean closed;

                  @Override
                  public void close() {
                    if (closed) {
                      throw new AssertionError("closed already");
                    }
                    closed = true;
                  }
                },
            AttentionExplainerContract::closingAgainDoesNothing),
        caught("closing without effect", NeverClosed::new, c -> c.useAfterCloseIsRefused()),
        caught("closing while calls run", Torn::new, c -> c.closingWaitsForRunningCalls()),
        caught("closing while it explains", Torn::new, c -> c.closingWaitsForRunningExplanations()),
        caught("explaining after close", NeverClosed::new, c -> c.explainingAfterCloseIsRefused()));
  }

  /** Works on when it is closed. */
  private static final class NeverClosed extends Spoiled {
    @Override
    public void close() {}
  }

  /** Gives damaged numbers where it is closed during a call. */
  private static final class Torn extends Spoiled {
    private volatile boolean closed;

    @Override
    public List<Classification> classifyAll(List<TextInput> inputs) {
      return super.classifyAll(inputs).stream().map(this::late).toList();
    }

    @Override
    public List<Explanation> explainAll(List<TextInput> inputs, ExplainOptions options) {
      return super.explainAll(inputs, options).stream()
          .map(
              e ->
                  new Explanation(
                      e.model(),
                      late(e.classification()),
                      e.attribution(),
                      e.positions(),
                      e.attention()))
          .toList();
    }

    private Classification late(Classification result) {
      try {
        Thread.sleep(30);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return closed ? shifted(result, 0.1f) : result;
    }

    @Override
    public void close() {
      super.close();
      closed = true;
    }
  }

  @TestFactory
  Stream<DynamicTest> explainersThatBreakTheContract() {
    return Stream.of(
        caught(
            "other scores than the classifier's",
            () ->
                explanations(
                    e ->
                        new Explanation(
                            e.model(),
                            shifted(e.classification(), 1e-4f),
                            e.attribution(),
                            e.positions(),
                            e.attention())),
            AttentionExplainerContract::explainingAndClassifyingAgree),
        caught(
            "more tokens than positions",
            () ->
                explanations(
                    e ->
                        new Explanation(
                            e.model(),
                            new Classification(
                                e.input(),
                                e.model().labels(),
                                scores(e.classification()),
                                e.classification().logits(),
                                e.classification().tokens() + 1,
                                false),
                            e.attribution(),
                            e.positions(),
                            e.attention())),
            AttentionExplainerContract::positionsAreWhatTheModelRead),
        caught(
            "positions in another order",
            () -> explanations(e -> withPositions(e, reversed(e.positions()))),
            AttentionExplainerContract::positionsAreWhatTheModelRead),
        caught(
            "a layer left out",
            () ->
                attention(
                    a ->
                        new AttentionTensor(
                            1,
                            a.heads(),
                            a.queries(),
                            a.keys(),
                            Arrays.copyOf(a.toArray(), a.toArray().length / 2))),
            AttentionExplainerContract::attentionHasTheShapeOfModelAndInput),
        caught(
            "rows that do not sum to 1",
            () ->
                attention(
                    a ->
                        new AttentionTensor(
                            a.layers(),
                            a.heads(),
                            a.queries(),
                            a.keys(),
                            times(0.9999f, a.toArray()))),
            AttentionExplainerContract::attentionRowsAreDistributions),
        caught(
            "negative attention",
            () ->
                attention(
                    a -> {
                      float[] values = a.toArray();
                      values[0] += values[1] + 1e-4f;
                      values[1] = -1e-4f;
                      return new AttentionTensor(
                          a.layers(), a.heads(), a.queries(), a.keys(), values);
                    }),
            AttentionExplainerContract::attentionRowsAreDistributions),
        caught(
            "a span beyond the text",
            () ->
                explanations(
                    e ->
                        withPositions(
                            e,
                            e.positions().stream()
                                .map(
                                    t ->
                                        token(
                                            t,
                                            t.position(),
                                            t.start(),
                                            t.special() ? 0 : t.end() + 1,
                                            t.weight()))
                                .toList())),
            AttentionExplainerContract::spansLieInsideTheText),
        caught(
            "a word that is not the caller's",
            () ->
                words(
                    words ->
                        words.stream()
                            .map(
                                w ->
                                    new Word(
                                        w.text().toUpperCase(Locale.ROOT),
                                        w.segment(),
                                        w.start(),
                                        w.end(),
                                        w.weight()))
                            .toList()),
            AttentionExplainerContract::wordsAreSubstringsInOrder),
        caught(
            "words backwards",
            () -> words(ContractsCatchTest::reversed),
            AttentionExplainerContract::wordsAreSubstringsInOrder),
        caught(
            "a word twice",
            () -> words(words -> words.isEmpty() ? words : List.of(words.get(0), words.get(0))),
            AttentionExplainerContract::wordsAreSubstringsInOrder),
        caught(
            "a word left out",
            () -> words(words -> words.subList(0, Math.max(0, words.size() - 1))),
            AttentionExplainerContract::wordsWeighWhatTheirTokensWeigh),
        caught(
            "a word that weighs its first piece",
            () ->
                explanations(
                    e -> {
                      List<Word> words = new ArrayList<>();
                      for (Word w : e.words()) {
                        Token first =
                            e.tokens().stream()
                                .filter(t -> !t.special() && t.start() == w.start())
                                .findFirst()
                                .orElseThrow();
                        words.add(
                            new Word(w.text(), w.segment(), w.start(), w.end(), first.weight()));
                      }
                      return with(e, e.tokens(), words, e.attribution().dropped());
                    }),
            AttentionExplainerContract::wordsWeighWhatTheirTokensWeigh),
        caught(
            "weights by another rule",
            () ->
                explanations(
                    e -> {
                      AttentionTensor a = e.attention();
                      List<Token> tokens = new ArrayList<>();
                      for (Token t : e.positions()) {
                        float weight = a.at(0, 0, 1, t.position());
                        tokens.add(token(t, t.position(), t.start(), t.end(), weight));
                      }
                      return new Explanation(
                          e.model(), e.classification(), e.attribution(), tokens, a);
                    }),
            AttentionExplainerContract::keptWeightsAreTheAttentionReceived),
        caught(
            "a layer that is not looked at",
            () ->
                new Spoiled() {
                  @Override
                  public List<Explanation> explainAll(
                      List<TextInput> inputs, ExplainOptions options) {
                    return super.explainAll(
                        inputs,
                        options.layer().isEmpty()
                            ? options
                            : ExplainOptions.builder().head(options.head().orElse(0)).build());
                  }
                },
            AttentionExplainerContract::oneLayerAndHeadAreReadAlone),
        caught(
            "special tokens that are not dropped",
            () -> explanations(e -> with(e, e.positions(), e.words(), e.attribution().dropped())),
            AttentionExplainerContract::droppingLeavesSpecialTokensOut),
        caught(
            "a dropped weight that is not told",
            () -> explanations(e -> with(e, e.tokens(), e.words(), 0)),
            AttentionExplainerContract::droppingLeavesSpecialTokensOut),
        caught(
            "dropped in place of renormalised",
            () ->
                new Spoiled() {
                  @Override
                  public List<Explanation> explainAll(
                      List<TextInput> inputs, ExplainOptions options) {
                    return super.explainAll(
                        inputs, ExplainOptions.builder().specialTokens(SpecialTokens.DROP).build());
                  }
                },
            AttentionExplainerContract::renormalisedWeightsSumToOne),
        caught(
            "options that are not recorded",
            () ->
                new Spoiled() {
                  @Override
                  public List<Explanation> explainAll(
                      List<TextInput> inputs, ExplainOptions options) {
                    return super.explainAll(inputs, ExplainOptions.defaults());
                  }
                },
            AttentionExplainerContract::attributionRecordsWhatWasAsked),
        caught(
            "a layer that the model does not have",
            () ->
                new Spoiled() {
                  @Override
                  public List<Explanation> explainAll(
                      List<TextInput> inputs, ExplainOptions options) {
                    return super.explainAll(inputs, ExplainOptions.defaults());
                  }
                },
            AttentionExplainerContract::whatTheModelDoesNotHaveIsRefused),
        caught(
            "another explanation at each call",
            () -> {
              AtomicInteger calls = new AtomicInteger();
              return explanations(e -> with(e, e.tokens(), e.words(), calls.incrementAndGet()));
            },
            AttentionExplainerContract::sameTextTwiceGivesEqualExplanations),
        caught(
            "other attention in a batch",
            () ->
                new Spoiled() {
                  @Override
                  public List<Explanation> explainAll(
                      List<TextInput> inputs, ExplainOptions options) {
                    List<Explanation> honest = super.explainAll(inputs, options);
                    return inputs.size() == 1
                        ? honest
                        : honest.stream()
                            .map(
                                e ->
                                    new Explanation(
                                        e.model(),
                                        e.classification(),
                                        e.attribution(),
                                        e.positions(),
                                        new AttentionTensor(
                                            e.attention().layers(),
                                            e.attention().heads(),
                                            e.attention().queries(),
                                            e.attention().keys(),
                                            times(1.0001f, e.attention().toArray()))))
                            .toList();
                  }
                },
            AttentionExplainerContract::batchOfExplanationsEqualsSinglesInAnyOrder),
        caught(
            "other explanations on other threads",
            () -> {
              Thread opener = Thread.currentThread();
              return explanations(
                  e ->
                      Thread.currentThread().equals(opener)
                          ? e
                          : withPositions(
                              e,
                              e.positions().stream()
                                  .map(
                                      t ->
                                          token(
                                              t, t.position(), t.start(), t.end(), t.weight() / 2))
                                  .toList()));
            },
            AttentionExplainerContract::manyThreadsGetTheSerialExplanations),
        caught(
            "null options taken for the defaults",
            () ->
                new Spoiled() {
                  @Override
                  public List<Explanation> explainAll(
                      List<TextInput> inputs, ExplainOptions options) {
                    return super.explainAll(
                        inputs, options == null ? ExplainOptions.defaults() : options);
                  }
                },
            AttentionExplainerContract::nullIsRefusedByExplain));
  }
}
