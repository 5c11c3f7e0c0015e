package io.github.attentive.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Method;
import io.github.attentive.ModelInfo;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Word;
import io.github.attentive.explain.AttentionMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What {@link AttentionExplainer} promises, whichever engine runs the model.
 *
 * <pre>{@code
 * class MyEngineExplainsTest extends AttentionExplainerContract {
 *   @Override
 *   protected AttentionExplainer openExplainer() {
 *     return AttentionExplainer.load(MODEL, LoadOptions.builder().engine("mine").build());
 *   }
 * }
 * }</pre>
 */
public abstract class AttentionExplainerContract extends ClassifierContract {
  /** How far a weight may be from its recomputation in double precision. */
  private static final double WEIGHT_TOLERANCE = 1e-6;

  /** How far a row of attention may be from the sum 1. */
  private static final double ROW_TOLERANCE = 1e-5;

  private static final ExplainOptions WITH_QUERIES_AND_KEYS =
      ExplainOptions.builder().queriesAndKeys(true).build();

  /** For subclasses. */
  protected AttentionExplainerContract() {}

  /**
   * Opens the explainer under test.
   *
   * @return a new one at each call; the contract closes it
   */
  protected abstract AttentionExplainer openExplainer();

  private AttentionExplainer explainer() {
    return (AttentionExplainer) classifier();
  }

  /**
   * Whether the model's attention compares queries with keys.
   *
   * @return true; a subclass says false where the model refuses to give them
   */
  protected boolean hasQueriesAndKeys() {
    return true;
  }

  /** Opens the explainer as a classifier. */
  @Override
  protected Classifier open() {
    return openExplainer();
  }

  /** Explaining and classifying say the same. */
  @Test
  public void explainingAndClassifyingAgree() {
    AttentionExplainer explainer = explainer();
    for (TextInput input : inputs()) {
      Classification classification = explainer.classify(input);
      Explanation explanation = explainer.explain(input);
      assertThat(explanation.input()).isEqualTo(input);
      assertThat(explanation.model()).isEqualTo(explainer.info());
      assertThat(explanation.label())
          .as("label of %s", shown(input))
          .isEqualTo(classification.label());
      assertThat(explanation.scores().keySet()).containsExactlyElementsOf(explainer.labels());
      for (String label : explainer.labels()) {
        assertThat(explanation.score(label))
            .as("score of '%s' for %s", label, shown(input))
            .isCloseTo(classification.score(label), within(SUM_TOLERANCE));
      }
      assertThat(explanation.classification().tokens()).isEqualTo(classification.tokens());
      assertThat(explanation.classification().truncated()).isEqualTo(classification.truncated());
    }
  }

  /** As many positions as the classification counts, in order, each with its column. */
  @Test
  public void positionsAreWhatTheModelRead() {
    forEachExplanation(
        ExplainOptions.defaults(),
        explanation -> {
          List<Token> positions = explanation.positions();
          assertThat(positions).hasSize(explanation.classification().tokens()).isNotEmpty();
          for (int i = 0; i < positions.size(); i++) {
            assertThat(positions.get(i).position()).isEqualTo(i);
          }
          assertThat(explanation.tokens()).isEqualTo(positions);
        });
  }

  /** The tensor has the model's layers and heads and a column for each position. */
  @Test
  public void attentionHasTheShapeOfModelAndInput() {
    forEachExplanation(
        ExplainOptions.defaults(),
        explanation -> {
          ModelInfo info = explanation.model();
          AttentionTensor attention = explanation.attention();
          assertThat(info.hasAttention()).isTrue();
          assertThat(attention.layers()).isEqualTo(info.layers());
          assertThat(attention.heads()).isEqualTo(info.heads());
          assertThat(attention.keys()).isEqualTo(explanation.positions().size());
          assertThat(attention.queries()).isIn(1, explanation.positions().size());
        });
  }

  /** Each row of attention is a distribution over the positions. */
  @Test
  public void attentionRowsAreDistributions() {
    forEachExplanation(
        ExplainOptions.defaults(),
        explanation -> {
          AttentionTensor attention = explanation.attention();
          float[] values = attention.toArray();
          int keys = attention.keys();
          for (int row = 0; row < values.length / keys; row++) {
            double sum = 0;
            for (int k = 0; k < keys; k++) {
              float value = values[row * keys + k];
              if (!(value >= 0 && value <= 1 + WEIGHT_TOLERANCE)) {
                fail("attention row %d, key %d: expected [0, 1], got %s", row, k, value);
              }
              sum += value;
            }
            if (!(Math.abs(sum - 1) <= ROW_TOLERANCE)) {
              fail("attention row %d: expected the sum 1, got %s", row, sum);
            }
          }
        });
  }

  /** Every explanation can be drawn: its map has a row for each query, each summing to 1. */
  @Test
  public void mapsHaveTheWholeAttention() {
    for (Granularity granularity : Granularity.values()) {
      forEachExplanation(
          ExplainOptions.builder()
              .granularity(granularity)
              .specialTokens(SpecialTokens.KEEP)
              .build(),
          explanation -> {
            AttentionMap map = AttentionMap.of(explanation);
            assertThat(map.queries()).isNotEmpty();
            for (int query = 0; query < map.queries().size(); query++) {
              double sum = 0;
              for (int key = 0; key < map.keys().size(); key++) {
                sum += map.at(query, key);
              }
              assertThat(sum).isCloseTo(1, within((double) SUM_TOLERANCE));
            }
          });
    }
  }

  /** Every token stands for a stretch of its own text; special tokens stand for none. */
  @Test
  public void spansLieInsideTheText() {
    forEachExplanation(
        ExplainOptions.defaults(),
        explanation -> {
          for (Token token : explanation.positions()) {
            String text = segment(explanation.input(), token.segment());
            assertThat(token.start()).as("start of %s", token).isBetween(0, token.end());
            if (token.special()) {
              assertThat(token.end()).as("end of special %s", token).isEqualTo(token.start());
              assertThat(token.word()).isEqualTo(Token.NO_WORD);
            } else {
              assertThat(token.end()).as("end of %s", token).isLessThanOrEqualTo(text.length());
              assertThat(token.word()).as("word of %s", token).isNotNegative();
            }
          }
        });
  }

  /** Words are the caller's own substrings, without blanks around, in order, not overlapping. */
  @Test
  public void wordsAreSubstringsInOrder() {
    forEachExplanation(
        ExplainOptions.defaults(),
        explanation -> {
          int segment = 0;
          int end = 0;
          for (Word word : explanation.words()) {
            if (word.segment() != segment) {
              assertThat(word.segment()).as("segments in order").isGreaterThan(segment);
              segment = word.segment();
              end = 0;
            }
            String text = segment(explanation.input(), segment);
            assertThat(word.start()).as("start of %s", word).isGreaterThanOrEqualTo(end);
            assertThat(word.end()).as("end of %s", word).isBetween(word.start(), text.length());
            assertThat(word.text())
                .isEqualTo(text.substring(word.start(), word.end()))
                .isNotEmpty()
                .as("no blanks around it")
                .isEqualTo(word.text().strip());
            end = word.end();
          }
        });
  }

  /** A word is made of the tokens that share its index, and weighs what they weigh. */
  @Test
  public void wordsWeighWhatTheirTokensWeigh() {
    for (SpecialTokens policy : SpecialTokens.values()) {
      forEachExplanation(
          ExplainOptions.builder().specialTokens(policy).build(),
          explanation -> {
            Map<List<Integer>, List<Token>> tokensOfWord = new LinkedHashMap<>();
            for (Token token : explanation.tokens()) {
              if (!token.special()) {
                tokensOfWord
                    .computeIfAbsent(List.of(token.segment(), token.word()), w -> new ArrayList<>())
                    .add(token);
              }
            }
            // White space that a tokenizer keeps makes no word and extends none.
            List<List<Token>> groups =
                tokensOfWord.values().stream()
                    .filter(tokens -> tokens.stream().anyMatch(AttentionExplainerContract::isText))
                    .toList();
            assertThat(explanation.words()).hasSameSizeAs(groups);
            for (int i = 0; i < groups.size(); i++) {
              Word word = explanation.words().get(i);
              List<Token> tokens = groups.get(i);
              assertThat(word.segment()).isEqualTo(tokens.get(0).segment());
              assertThat(word.start())
                  .isEqualTo(
                      tokens.stream()
                          .filter(AttentionExplainerContract::isText)
                          .mapToInt(Token::start)
                          .min()
                          .orElse(0));
              assertThat(word.end())
                  .isEqualTo(
                      tokens.stream()
                          .filter(AttentionExplainerContract::isText)
                          .mapToInt(Token::end)
                          .max()
                          .orElse(0));
              assertThat((double) word.weight())
                  .as("weight of %s under %s", word, policy)
                  .isCloseTo(sum(tokens), within(WEIGHT_TOLERANCE));
            }
          });
    }
  }

  /**
   * A token's weight is the attention it receives, averaged over all layers and heads, from the
   * first position or from all of them: by the same one of these rules for every text.
   */
  @Test
  public void keptWeightsAreTheAttentionReceived() {
    ExplainOptions keep = ExplainOptions.builder().specialTokens(SpecialTokens.KEEP).build();
    forEachExplanation(
        keep,
        explanation -> {
          assertThat(explanation.attribution().dropped()).isZero();
          assertThat(sum(explanation.tokens())).isCloseTo(1, within(ROW_TOLERANCE));
        });
    AttentionExplainer explainer = explainer();
    ModelInfo info = explainer.info();
    assertReceived(explainer, keep, 0, info.layers(), 0, info.heads());
  }

  /** With a layer or a head, the weights come from those alone. */
  @Test
  public void oneLayerAndHeadAreReadAlone() {
    AttentionExplainer explainer = explainer();
    int layers = explainer.info().layers();
    int heads = explainer.info().heads();
    for (int[] at : new int[][] {{0, 0}, {layers - 1, heads - 1}, {0, heads - 1}}) {
      ExplainOptions both = ExplainOptions.builder().layer(at[0]).head(at[1]).build();
      assertReceived(explainer, both, at[0], at[0] + 1, at[1], at[1] + 1);
    }
    ExplainOptions layer = ExplainOptions.builder().layer(layers - 1).build();
    assertReceived(explainer, layer, layers - 1, layers, 0, heads);
    ExplainOptions head = ExplainOptions.builder().head(heads - 1).build();
    assertReceived(explainer, head, 0, layers, heads - 1, heads);
  }

  /** Dropping leaves special tokens out, says what they weighed, and changes nothing else. */
  @Test
  public void droppingLeavesSpecialTokensOut() {
    forEachExplanation(
        ExplainOptions.builder().specialTokens(SpecialTokens.DROP).build(),
        explanation -> {
          List<Token> special = explanation.positions().stream().filter(Token::special).toList();
          List<Token> rest =
              explanation.positions().stream().filter(token -> !token.special()).toList();
          assertThat(explanation.tokens()).isEqualTo(rest);
          assertThat((double) explanation.attribution().dropped())
              .isCloseTo(sum(special), within(WEIGHT_TOLERANCE));
        });
  }

  /** Renormalising makes what is left sum to 1 and keeps its proportions. */
  @Test
  public void renormalisedWeightsSumToOne() {
    forEachExplanation(
        ExplainOptions.builder().specialTokens(SpecialTokens.RENORMALISE).build(),
        explanation -> {
          List<Token> special = explanation.positions().stream().filter(Token::special).toList();
          List<Token> rest =
              explanation.positions().stream().filter(token -> !token.special()).toList();
          double left = sum(rest);
          assertThat(explanation.tokens()).hasSameSizeAs(rest);
          for (int i = 0; i < rest.size(); i++) {
            assertThat(explanation.tokens().get(i).position()).isEqualTo(rest.get(i).position());
            assertThat((double) explanation.tokens().get(i).weight())
                .isCloseTo(left == 0 ? 0 : rest.get(i).weight() / left, within(WEIGHT_TOLERANCE));
          }
          if (left != 0) {
            assertThat(sum(explanation.tokens())).isCloseTo(1, within(ROW_TOLERANCE));
          }
          assertThat((double) explanation.attribution().dropped())
              .isCloseTo(sum(special), within(WEIGHT_TOLERANCE));
        });
  }

  /** The policy for special tokens touches neither the positions nor the tensor. */
  @Test
  public void policiesLeavePositionsAndAttentionAlone() {
    AttentionExplainer explainer = explainer();
    for (TextInput input : inputs()) {
      Explanation kept = explainer.explain(input);
      for (SpecialTokens policy : SpecialTokens.values()) {
        Explanation other =
            explainer.explain(input, ExplainOptions.builder().specialTokens(policy).build());
        assertThat(other.attribution().specialTokens()).isEqualTo(policy);
        assertThat(other.positions()).isEqualTo(kept.positions());
        assertThat(other.attention().equals(kept.attention())).isTrue();
      }
    }
  }

  /** No number that reaches the caller is NaN or infinite. */
  @Test
  public void everyNumberIsFinite() {
    for (SpecialTokens policy : SpecialTokens.values()) {
      forEachExplanation(
          ExplainOptions.builder().specialTokens(policy).build(),
          explanation -> {
            explanation.scores().values().forEach(score -> assertThat(score).isFinite());
            explanation.tokens().forEach(token -> assertThat(token.weight()).isFinite());
            explanation.positions().forEach(token -> assertThat(token.weight()).isFinite());
            explanation.words().forEach(word -> assertThat(word.weight()).isFinite());
            assertThat(explanation.attribution().dropped()).isFinite();
            for (float logit : explanation.classification().logits()) {
              assertThat(logit).isFinite();
            }
            for (float weight : explanation.attention().toArray()) {
              if (!Float.isFinite(weight)) {
                fail("attention: expected finite weights, got %s", weight);
              }
            }
          });
    }
  }

  /** The attribution records what was asked, and the prediction where no target was named. */
  @Test
  public void attributionRecordsWhatWasAsked() {
    AttentionExplainer explainer = explainer();
    TextInput input = inputs().get(0);
    Explanation plain = explainer.explain(input);
    assertThat(plain.attribution().method()).isEqualTo(Method.ATTENTION);
    assertThat(plain.attribution().target()).isEqualTo(plain.label());
    assertThat(plain.attribution().granularity()).isEqualTo(Granularity.WORD);
    assertThat(plain.attribution().specialTokens()).isEqualTo(SpecialTokens.KEEP);
    for (String label : explainer.labels()) {
      Explanation targeted =
          explainer.explain(
              input, ExplainOptions.builder().target(label).granularity(Granularity.TOKEN).build());
      assertThat(targeted.attribution().target()).isEqualTo(label);
      assertThat(targeted.attribution().granularity()).isEqualTo(Granularity.TOKEN);
      assertThat(targeted.label()).isEqualTo(plain.label());
      assertThat(targeted.tokens()).isEqualTo(plain.tokens());
      assertThat(targeted.words()).isEqualTo(plain.words());
    }
  }

  /** Layers, heads and labels that the model does not have are refused by name. */
  @Test
  public void whatTheModelDoesNotHaveIsRefused() {
    AttentionExplainer explainer = explainer();
    int layers = explainer.info().layers();
    int heads = explainer.info().heads();
    assertRefused(explainer, ExplainOptions.builder().layer(layers).build(), "layer");
    assertRefused(explainer, ExplainOptions.builder().head(heads).build(), "head");
    assertRefused(
        explainer, ExplainOptions.builder().layer(Integer.MAX_VALUE).head(0).build(), "layer");
    String unknown = String.join("+", explainer.labels()) + "?";
    assertRefused(explainer, ExplainOptions.builder().target(unknown).build(), unknown);
  }

  /** The same call gives the same bits, by whichever method. */
  @Test
  public void sameTextTwiceGivesEqualExplanations() {
    AttentionExplainer explainer = explainer();
    for (TextInput input : inputs()) {
      Explanation first = explainer.explain(input);
      assertThat(explainer.explain(input).equals(first))
          .as("explanation of %s, again", shown(input))
          .isTrue();
      assertThat(explainer.explain(input, ExplainOptions.defaults())).hasSameHashCodeAs(first);
      if (input.pair() == null) {
        assertThat(explainer.explain(input.text()).equals(first)).isTrue();
      }
    }
  }

  /** A batch gives what its texts give alone, in the order of the texts. */
  @Test
  public void batchOfExplanationsEqualsSinglesInAnyOrder() {
    AttentionExplainer explainer = explainer();
    for (List<TextInput> batch : batches(inputs())) {
      List<Explanation> together = explainer.explainAll(batch, ExplainOptions.defaults());
      assertThat(together).hasSameSizeAs(batch);
      for (int i = 0; i < batch.size(); i++) {
        assertSame(explainer.explain(batch.get(i)), together.get(i));
      }
    }
  }

  /** Where queries and keys are given, the softmax of their scores is the attention. */
  @Test
  public void queriesAndKeysGiveTheAttention() {
    if (hasQueriesAndKeys()) {
      forEachExplanation(WITH_QUERIES_AND_KEYS, QueriesAndKeysCheck::assertGiveAttention);
    } else {
      AttentionExplainer explainer = explainer();
      assertRefused(explainer, WITH_QUERIES_AND_KEYS, "queries and keys");
      assertThat(explainer.explain(inputs().get(0))).as("it works on after that").isNotNull();
    }
  }

  /** Asking for queries and keys changes nothing else, and without asking there are none. */
  @Test
  public void askingForQueriesAndKeysChangesNothingElse() {
    if (!hasQueriesAndKeys()) {
      return;
    }
    AttentionExplainer explainer = explainer();
    for (TextInput input : inputs()) {
      Explanation without = explainer.explain(input);
      assertThat(without.queriesAndKeys()).isEmpty();
      assertSame(without, explainer.explain(input, WITH_QUERIES_AND_KEYS));
      assertSame(without, explainer.explain(input));
    }
  }

  /** Queries and keys of a batch are those of its texts alone. */
  @Test
  public void queriesAndKeysOfABatchEqualThoseOfSingles() {
    if (!hasQueriesAndKeys()) {
      return;
    }
    AttentionExplainer explainer = explainer();
    for (List<TextInput> batch : batches(inputs())) {
      List<Explanation> together = explainer.explainAll(batch, WITH_QUERIES_AND_KEYS);
      assertThat(together).hasSameSizeAs(batch);
      for (int i = 0; i < batch.size(); i++) {
        Explanation alone = explainer.explain(batch.get(i), WITH_QUERIES_AND_KEYS);
        assertSame(alone, together.get(i));
        QueriesAndKeysCheck.assertClose(
            together.get(i).queriesAndKeys().orElseThrow(),
            alone.queriesAndKeys().orElseThrow(),
            batchTolerance());
      }
    }
  }

  /** No texts give no explanations. */
  @Test
  public void emptyListGivesNoExplanations() {
    AttentionExplainer explainer = explainer();
    assertThat(explainer.explainAll(List.of(), ExplainOptions.defaults())).isEmpty();
  }

  /** Many threads at once, some classifying and some explaining, get what one gets. */
  @Test
  public void manyThreadsGetTheSerialExplanations() throws Exception {
    AttentionExplainer explainer = explainer();
    List<TextInput> inputs = inputs();
    List<Explanation> serial = inputs.stream().map(explainer::explain).toList();
    inParallel(
        thread -> {
          for (int i = 0; i < inputs.size(); i++) {
            int at = (i + thread) % inputs.size();
            if (thread % 4 == 3) {
              assertThat(explainer.classify(inputs.get(at)).label())
                  .isEqualTo(serial.get(at).label());
            } else {
              assertSame(serial.get(at), explainer.explain(inputs.get(at)));
            }
          }
        });
  }

  /** Null is refused where it enters. */
  @Test
  public void nullIsRefusedByExplain() {
    AttentionExplainer explainer = explainer();
    TextInput input = inputs().get(0);
    ExplainOptions options = ExplainOptions.defaults();
    assertThatNullPointerException().isThrownBy(() -> explainer.explain((String) null));
    assertThatNullPointerException().isThrownBy(() -> explainer.explain((TextInput) null));
    assertThatNullPointerException().isThrownBy(() -> explainer.explain(input, null));
    assertThatNullPointerException().isThrownBy(() -> explainer.explainAll(null, options));
    assertThatNullPointerException()
        .isThrownBy(() -> explainer.explainAll(Arrays.asList(input, null), options));
    assertThat(explainer.explain(input)).as("it works on after a refusal").isNotNull();
  }

  /** A closed model explains nothing more, and says so. */
  @Test
  public void explainingAfterCloseIsRefused() {
    AttentionExplainer explainer = openExplainer();
    TextInput input = inputs().get(0);
    explainer.explain(input);
    explainer.close();
    explainer.close();
    assertClosed(() -> explainer.explain(input));
    assertClosed(() -> explainer.explainAll(List.of(input), ExplainOptions.defaults()));
    assertClosed(() -> explainer.explainAll(List.of(), ExplainOptions.defaults()));
  }

  /** Closing waits for explanations that are under way. */
  @Test
  public void closingWaitsForRunningExplanations() throws Exception {
    AttentionExplainer explainer = openExplainer();
    TextInput input = inputs().get(1);
    Explanation expected = explainer.explain(input);
    closeWhileRunning(
        explainer, () -> explainer.explain(input), result -> assertSame(expected, result));
  }

  private void forEachExplanation(ExplainOptions options, Check<Explanation> check) {
    AttentionExplainer explainer = explainer();
    for (TextInput input : inputs()) {
      Explanation explanation = explainer.explain(input, options);
      try {
        check.accept(explanation);
      } catch (AssertionError e) {
        throw new AssertionError("explanation of " + shown(input) + ": " + e.getMessage(), e);
      } catch (Exception e) {
        throw new AssertionError("explanation of " + shown(input), e);
      }
    }
  }

  private void assertReceived(
      AttentionExplainer explainer,
      ExplainOptions options,
      int firstLayer,
      int endLayer,
      int firstHead,
      int endHead) {
    StringBuilder fromFirst = new StringBuilder();
    StringBuilder fromMean = new StringBuilder();
    for (TextInput input : inputs()) {
      Explanation explanation = explainer.explain(input, options);
      double[][] mean = mean(explanation.attention(), firstLayer, endLayer, firstHead, endHead);
      fromFirst.append(difference(explanation, received(mean, true)));
      fromMean.append(difference(explanation, received(mean, false)));
    }
    assertThat(fromFirst.isEmpty() || fromMean.isEmpty())
        .as(
            "layers [%d, %d), heads [%d, %d): expected the first row, but%s; or the mean, but%s",
            firstLayer, endLayer, firstHead, endHead, fromFirst, fromMean)
        .isTrue();
  }

  private void assertRefused(AttentionExplainer explainer, ExplainOptions options, String named) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> explainer.explain(inputs().get(0), options))
        .withMessageContaining(named);
  }

  /** Equal but for the rounding that a batch may bring. */
  private void assertSame(Explanation expected, Explanation actual) {
    String of = shown(expected.input());
    assertSame(expected.classification(), actual.classification());
    assertThat(actual.positions()).as("positions of %s", of).hasSameSizeAs(expected.positions());
    for (int i = 0; i < expected.positions().size(); i++) {
      Token token = expected.positions().get(i);
      Token other = actual.positions().get(i);
      assertThat(withWeight(other, 0)).isEqualTo(withWeight(token, 0));
      assertThat(other.weight())
          .as("weight of %s in %s", token, of)
          .isCloseTo(token.weight(), within(batchTolerance()));
    }
    assertThat(actual.words().stream().map(Word::text).toList())
        .isEqualTo(expected.words().stream().map(Word::text).toList());
    assertThat(actual.attention().shape()).isEqualTo(expected.attention().shape());
    float[] weights = expected.attention().toArray();
    float[] others = actual.attention().toArray();
    for (int i = 0; i < weights.length; i++) {
      if (!(Math.abs(weights[i] - others[i]) <= batchTolerance())) {
        fail("attention of %s at %d: expected %s, got %s", of, i, weights[i], others[i]);
      }
    }
  }

  private static Token withWeight(Token token, float weight) {
    return new Token(
        token.text(),
        token.id(),
        token.position(),
        token.segment(),
        token.word(),
        token.start(),
        token.end(),
        token.special(),
        weight);
  }

  private static String segment(TextInput input, int segment) {
    assertThat(segment).as("segment").isBetween(0, input.pair() == null ? 0 : 1);
    return segment == 0 ? input.text() : Objects.requireNonNull(input.pair());
  }

  private static double sum(List<Token> tokens) {
    return tokens.stream().mapToDouble(Token::weight).sum();
  }

  private static double[][] mean(
      AttentionTensor attention, int firstLayer, int endLayer, int firstHead, int endHead) {
    double[][] mean = new double[attention.queries()][attention.keys()];
    int matrices = (endLayer - firstLayer) * (endHead - firstHead);
    for (int q = 0; q < mean.length; q++) {
      for (int k = 0; k < mean[q].length; k++) {
        for (int l = firstLayer; l < endLayer; l++) {
          for (int h = firstHead; h < endHead; h++) {
            mean[q][k] += attention.at(l, h, q, k);
          }
        }
        mean[q][k] /= matrices;
      }
    }
    return mean;
  }

  private static double[] received(double[][] matrix, boolean fromFirst) {
    if (fromFirst) {
      return matrix[0];
    }
    double[] received = new double[matrix[0].length];
    for (double[] row : matrix) {
      for (int k = 0; k < received.length; k++) {
        received[k] += row[k] / matrix.length;
      }
    }
    return received;
  }

  /** Where the raw weights of an explanation differ from a recomputation, or "". */
  private static String difference(Explanation explanation, double[] received) {
    for (int i = 0; i < received.length; i++) {
      float weight = explanation.positions().get(i).weight();
      if (!(Math.abs(weight - received[i]) <= WEIGHT_TOLERANCE)) {
        return " for %s, position %d: %s, got %s;"
            .formatted(shown(explanation.input()), i, received[i], weight);
      }
    }
    return "";
  }

  private static boolean isText(Token token) {
    return token.start() < token.end();
  }
}
