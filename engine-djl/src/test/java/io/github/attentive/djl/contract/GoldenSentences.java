package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import io.github.attentive.AttentionExplainer;
import io.github.attentive.AttentionTensor;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.LoadOptions;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sentences with what Keras made of them, and the comparison with a model of ours. */
public final class GoldenSentences {
  /** Float32 in another order of summation. */
  private static final float TOLERANCE = 1e-5f;

  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .create();

  private record Sentence(
      String text,
      List<Long> ids,
      List<String> words,
      @Nullable Float[] prediction,
      JsonElement attention) {

    /** Keras gives NaN for some empty texts; there is nothing to compare with. */
    boolean isComparable() {
      return prediction[0] != null;
    }

    /** {@code [heads][queries][keys]}, whether there is an axis of heads or not. */
    private float[][][] heads() {
      boolean several = attention.getAsJsonArray().get(0).getAsJsonArray().get(0).isJsonArray();
      return several
          ? GSON.fromJson(attention, float[][][].class)
          : new float[][][] {GSON.fromJson(attention, float[][].class)};
    }
  }

  private record File(List<Sentence> sentences, @Nullable Spec spec) {}

  /** How the model was made. */
  private record Spec(boolean maskZero) {}

  private final List<Sentence> sentences;

  /** Whether the model masks its padding, so that only words are tokens. */
  private final boolean masked;

  private GoldenSentences(File file) {
    sentences = file.sentences();
    masked = file.spec() != null && file.spec().maskZero();
  }

  /** The sentences of a {@code golden.json}. */
  public static GoldenSentences read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return new GoldenSentences(GSON.fromJson(reader, File.class));
    }
  }

  /** The texts. */
  public List<TextInput> inputs() {
    return sentences.stream().map(sentence -> TextInput.of(sentence.text)).toList();
  }

  /** Some of the models are programs. */
  private static LoadOptions options(int batchSize) {
    return LoadOptions.builder().batchSize(batchSize).trustForeignGraph(true).build();
  }

  /** Compares classifications: one at a time, in one batch, and in batches of 5. */
  public void assertClassifies(Path model) {
    List<List<Classification>> runs = new ArrayList<>();
    try (Classifier classifier = Classifier.load(model, options(32))) {
      runs.add(inputs().stream().map(classifier::classify).toList());
      runs.add(classifier.classifyAll(inputs()));
    }
    try (Classifier classifier = Classifier.load(model, options(5))) {
      runs.add(classifier.classifyAll(inputs()));
    }
    for (List<Classification> run : runs) {
      assertThat(run).hasSameSizeAs(sentences).hasSizeGreaterThanOrEqualTo(10);
      for (int i = 0; i < run.size(); i++) {
        assertPrediction(sentences.get(i), run.get(i));
      }
    }
  }

  private static void assertPrediction(Sentence sentence, Classification result) {
    List<Float> scores = List.copyOf(result.scores().values());
    assertThat(scores).allSatisfy(score -> assertThat(score).isFinite());
    if (!sentence.isComparable()) {
      return;
    }
    if (sentence.prediction.length == 1) {
      // Keras gives the second class's probability alone.
      assertThat(scores).hasSize(2);
      assertClose(sentence, scores.get(1), sentence.prediction[0]);
    } else {
      assertThat(scores).hasSize(sentence.prediction.length);
      for (int c = 0; c < sentence.prediction.length; c++) {
        assertClose(sentence, scores.get(c), sentence.prediction[c]);
      }
    }
  }

  private static void assertClose(Sentence sentence, float actual, float expected) {
    assertThat(actual).as(sentence.text).isCloseTo(expected, within(TOLERANCE));
  }

  /** Compares explanations: one at a time and in one batch. */
  public void assertExplains(Path model) {
    try (AttentionExplainer explainer = AttentionExplainer.load(model, options(32))) {
      List<Explanation> batch = explainer.explainAll(inputs(), ExplainOptions.defaults());
      assertThat(batch).hasSameSizeAs(sentences);
      for (int i = 0; i < batch.size(); i++) {
        assertExplanation(sentences.get(i), batch.get(i));
        assertExplanation(sentences.get(i), explainer.explain(sentences.get(i).text));
      }
    }
  }

  private void assertExplanation(Sentence sentence, Explanation result) {
    assertPrediction(sentence, result.classification());
    if (!sentence.isComparable()) {
      assertThat(result.positions()).hasSize(1).allMatch(Token::special);
      return;
    }
    int length = masked ? sentence.words.size() : sentence.ids.size();
    assertThat(result.positions()).extracting(Token::id).isEqualTo(sentence.ids.subList(0, length));
    assertThat(result.positions().stream().filter(token -> !token.special()).map(Token::text))
        .containsExactlyElementsOf(sentence.words);
    AttentionTensor attention = result.attention();
    float[][][] heads = sentence.heads();
    assertThat(attention.shape()).containsExactly(1, heads.length, length, length);
    for (int key = 0; key < length; key++) {
      double received = 0;
      for (int head = 0; head < heads.length; head++) {
        for (int query = 0; query < length; query++) {
          float expected = heads[head][query][key];
          assertClose(sentence, attention.at(0, head, query, key), expected);
          received += expected / (heads.length * length);
        }
      }
      assertClose(sentence, result.positions().get(key).weight(), (float) received);
    }
  }
}
