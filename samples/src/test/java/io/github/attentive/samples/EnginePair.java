package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.LoadOptions;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.assertj.core.data.Offset;

/**
 * A model on both engines at once, and how far their numbers may be apart.
 *
 * @param <M> what the model is opened as
 */
record EnginePair<M extends Classifier>(M pytorch, M tensorflow) implements AutoCloseable {
  private static final Offset<Float> PROBABILITIES = Offset.offset(1e-5f);
  private static final Offset<Float> LOGITS = Offset.offset(2e-5f);

  static EnginePair<AttentionExplainer> explainers(Path model, int batchSize) {
    return open(AttentionExplainer::load, model, batchSize);
  }

  static EnginePair<Classifier> classifiers(Path model, int batchSize) {
    return open(Classifier::load, model, batchSize);
  }

  private static <M extends Classifier> EnginePair<M> open(
      BiFunction<Path, LoadOptions, M> load, Path model, int batchSize) {
    LoadOptions.Builder options = LoadOptions.builder().batchSize(batchSize);
    M pytorch = load.apply(model, options.engine("pytorch").build());
    try {
      return new EnginePair<>(pytorch, load.apply(model, options.engine("tensorflow").build()));
    } catch (RuntimeException | Error e) {
      pytorch.close();
      throw e;
    }
  }

  /** They say the same of themselves, but for the engine. */
  void assertSameDescription() {
    assertThat(pytorch.info().engine()).isEqualTo("pytorch");
    assertThat(tensorflow.info().engine()).isEqualTo("tensorflow");
    assertThat(tensorflow.info())
        .usingRecursiveComparison()
        .ignoringFields("engine")
        .isEqualTo(pytorch.info());
  }

  /** They classify alike, each text alone and all of them. */
  void assertClassify(List<TextInput> inputs) {
    compare(inputs, Classifier::classify, EnginePair::assertSame);
    compareAll(model -> model.classifyAll(inputs), EnginePair::assertSame);
  }

  /** They explain alike, each text alone and all of them. */
  static void assertExplain(EnginePair<AttentionExplainer> both, List<TextInput> inputs) {
    both.compare(inputs, AttentionExplainer::explain, EnginePair::assertSame);
    both.compareAll(
        model -> model.explainAll(inputs, ExplainOptions.defaults()), EnginePair::assertSame);
  }

  private <R> void compare(
      List<TextInput> inputs, BiFunction<M, TextInput, R> call, Comparison<R> comparison) {
    compareAll(
        model -> inputs.stream().map(input -> call.apply(model, input)).toList(), comparison);
  }

  private <R> void compareAll(Function<M, List<R>> call, Comparison<R> comparison) {
    List<R> expected = call.apply(pytorch);
    List<R> found = call.apply(tensorflow);
    assertThat(found).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < found.size(); i++) {
      comparison.check(found.get(i), expected.get(i));
    }
  }

  /** Of two results. */
  private interface Comparison<R> {
    void check(R found, R expected);
  }

  private static void assertSame(Classification found, Classification expected) {
    String text = expected.input().text();
    assertThat(found.input()).isEqualTo(expected.input());
    assertThat(found.label()).as("label of '%s'", text).isEqualTo(expected.label());
    assertThat(found.labels()).as("labels of '%s'", text).isEqualTo(expected.labels());
    assertThat(found.tokens()).as("tokens of '%s'", text).isEqualTo(expected.tokens());
    assertThat(found.truncated()).as("truncated of '%s'", text).isEqualTo(expected.truncated());
    assertThat(found.logits())
        .as("logits of '%s'", text)
        .containsExactly(expected.logits(), LOGITS);
    assertThat(List.copyOf(found.scores().keySet()))
        .isEqualTo(List.copyOf(expected.scores().keySet()));
    expected
        .scores()
        .forEach(
            (label, score) ->
                assertThat(found.score(label))
                    .as("score of %s for '%s'", label, text)
                    .isCloseTo(score, PROBABILITIES));
  }

  private static void assertSame(Explanation found, Explanation expected) {
    String text = expected.input().text();
    assertSame(found.classification(), expected.classification());
    assertThat(tokens(found)).as("tokens of '%s'", text).isEqualTo(tokens(expected));
    assertThat(words(found)).as("words of '%s'", text).isEqualTo(words(expected));
    assertThat(found.attention().shape()).isEqualTo(expected.attention().shape());
    assertThat(found.attention().toArray())
        .as("attention of '%s'", text)
        .containsExactly(expected.attention().toArray(), PROBABILITIES);
    for (int i = 0; i < expected.words().size(); i++) {
      Word word = expected.words().get(i);
      assertThat(found.words().get(i).weight())
          .as("weight of %s", word)
          .isCloseTo(word.weight(), PROBABILITIES);
    }
  }

  /** All positions, without their weights. */
  private static List<Token> tokens(Explanation explanation) {
    List<Token> tokens = new ArrayList<>();
    for (Token token : explanation.positions()) {
      tokens.add(
          new Token(
              token.text(),
              token.id(),
              token.position(),
              token.segment(),
              token.word(),
              token.start(),
              token.end(),
              token.special(),
              0));
    }
    return tokens;
  }

  private static List<Word> words(Explanation explanation) {
    return explanation.words().stream()
        .map(word -> new Word(word.text(), word.segment(), word.start(), word.end(), 0))
        .toList();
  }

  @Override
  public void close() {
    pytorch.close();
    tensorflow.close();
  }
}
