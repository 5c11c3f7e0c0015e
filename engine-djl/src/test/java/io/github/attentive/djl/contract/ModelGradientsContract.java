package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Baseline;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PredictionGradient;
import io.github.attentive.spi.VectorGradient;
import io.github.attentive.spi.WordVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients of every kind of model on the engine of the class path: a batch gives what its texts
 * give alone, within 1e-5 of the largest number; factors count as they should; at a text's own
 * vectors the model is itself.
 */
public abstract class ModelGradientsContract {
  private static final Offset<Float> CLOSE = within(1e-5f);

  @TempDir Path folder;

  static List<String> models() {
    return EngineModels.kinds();
  }

  private static boolean attends(EngineModel model) {
    return model.info().layers() > 0;
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("gradients by attention: expected a model with attention, got one without");
  }

  private static float[] factors(EngineModel model, float first) {
    List<ModelOutput> outputs = model.run(List.of(TextInput.of("good")), Detail.SCORES);
    float[] factors = new float[outputs.get(0).logits().length];
    factors[0] = first;
    return factors;
  }

  private static void assertClose(AttentionGradient actual, AttentionGradient expected) {
    assertThat(actual.attention().shape()).isEqualTo(expected.attention().shape());
    assertThat(actual.attention().toArray()).containsExactly(expected.attention().toArray(), CLOSE);
    assertClose(actual.gradient(), expected.gradient());
  }

  /** Where all numbers of a vector are alike, norms have slopes of hundreds. */
  private static void assertClose(float[] actual, float[] expected) {
    float largest = 1;
    for (float number : expected) {
      largest = Math.max(largest, Math.abs(number));
    }
    assertThat(actual).containsExactly(expected, within(1e-5f * largest));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aBatchGivesWhatItsTextsGiveAlone(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    GradientModel gradients = model.gradients().orElseThrow();
    List<TextInput> texts = EngineModels.TEXTS;
    float[] factors = factors(model, 1);
    if (!attends(model)) {
      assertRefused(() -> gradients.byAttention(texts.subList(0, 1), List.of(factors)));
      return;
    }
    List<ModelOutput> outputs = model.run(texts, Detail.ATTENTION);
    List<AttentionGradient> together =
        gradients.byAttention(texts, Collections.nCopies(texts.size(), factors));
    for (int i = 0; i < texts.size(); i++) {
      AttentionGradient alone =
          gradients.byAttention(texts.subList(i, i + 1), List.of(factors)).get(0);
      assertClose(together.get(i), alone);
      float[] attention = outputs.get(i).attention().orElseThrow().toArray();
      assertThat(alone.attention().toArray()).containsExactly(attention, CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void predictionsComeWithTheirGradients(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    GradientModel gradients = model.gradients().orElseThrow();
    List<TextInput> texts = EngineModels.TEXTS;
    if (!attends(model)) {
      assertRefused(() -> gradients.byAttention(texts));
      return;
    }
    List<ModelOutput> outputs = model.run(texts, Detail.ATTENTION);
    List<PredictionGradient> predictions = gradients.byAttention(texts);
    List<AttentionGradient> asked =
        gradients.byAttention(
            texts, predictions.stream().map(PredictionGradient::factors).toList());
    for (int i = 0; i < texts.size(); i++) {
      PredictionGradient prediction = predictions.get(i);
      ModelOutput output = prediction.output();
      assertThat(output.positions()).isEqualTo(outputs.get(i).positions());
      assertThat(output.truncated()).isEqualTo(outputs.get(i).truncated());
      assertThat(output.logits()).containsExactly(outputs.get(i).logits(), CLOSE);
      assertThat(output.scores()).containsExactly(outputs.get(i).scores(), CLOSE);
      assertThat(prediction.factors()).containsExactly(ofFirstLargest(output.logits()));
      float[] attention = outputs.get(i).attention().orElseThrow().toArray();
      assertThat(prediction.attention().toArray()).containsExactly(attention, CLOSE);
      assertClose(prediction.gradient(), asked.get(i).gradient());
    }
  }

  private static float[] ofFirstLargest(float[] logits) {
    float[] factors = new float[logits.length];
    int largest = 0;
    for (int i = 0; i < logits.length; i++) {
      largest = logits[i] > logits[largest] ? i : largest;
    }
    factors[largest] = 1;
    return factors;
  }

  @ParameterizedTest
  @MethodSource("models")
  void atItsOwnVectorsATextIsItself(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    GradientModel gradients = model.gradients().orElseThrow();
    float[] factors = factors(model, 1);
    for (TextInput text : EngineModels.TEXTS) {
      ModelOutput output = model.run(List.of(text), Detail.SCORES).get(0);
      WordVectors words = gradients.wordVectors(text, Baseline.PAD);
      assertThat(words.text()).hasSize(output.positions().size() * words.size());
      List<float[]> points = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        points.add(i % 2 == 0 ? words.text() : words.baseline());
      }
      List<VectorGradient> several = gradients.byWordVectors(text, points, factors);
      assertThat(several).hasSize(5);
      assertThat(several.get(0).logits()).containsExactly(output.logits(), CLOSE);
      for (int i = 0; i < 5; i++) {
        VectorGradient alone =
            gradients.byWordVectors(text, points.subList(i, i + 1), factors).get(0);
        assertThat(several.get(i).logits()).containsExactly(alone.logits(), CLOSE);
        assertClose(several.get(i).gradient(), alone.gradient());
        assertThat(alone.gradient()).hasSameSizeAs(words.text());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void oppositeFactorsGiveOppositeGradients(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    GradientModel gradients = model.gradients().orElseThrow();
    TextInput text = EngineModels.TEXTS.get(0);
    float[] words = gradients.wordVectors(text, Baseline.PAD).text();
    float[] positive =
        gradients.byWordVectors(text, List.of(words), factors(model, 1)).get(0).gradient();
    float[] negative =
        gradients.byWordVectors(text, List.of(words), factors(model, -1)).get(0).gradient();
    assertThat(positive).isNotEqualTo(new float[positive.length]);
    assertOpposite(positive, negative);
    if (attends(model)) {
      // Each text of a batch has its own factors.
      List<AttentionGradient> both =
          gradients.byAttention(
              List.of(text, text), List.of(factors(model, 1), factors(model, -1)));
      assertOpposite(both.get(0).gradient(), both.get(1).gradient());
    }
  }

  private static void assertOpposite(float[] positive, float[] negative) {
    float[] turned = new float[negative.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = -negative[i];
    }
    assertClose(positive, turned);
  }

  @Test
  void manyThreadsGiveWhatOneGives() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (EngineModel model = EngineModels.open(EngineModels.path("hf/bert", folder));
        EngineModel serial = EngineModels.open(EngineModels.path("hf/bert", folder))) {
      GradientModel gradients = model.gradients().orElseThrow();
      float[] factors = factors(model, 1);
      List<Callable<AttentionGradient>> calls = new ArrayList<>();
      List<AttentionGradient> expected = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        List<TextInput> text = List.of(EngineModels.TEXTS.get(i % EngineModels.TEXTS.size()));
        calls.add(() -> gradients.byAttention(text, List.of(factors)).get(0));
        expected.add(serial.gradients().orElseThrow().byAttention(text, List.of(factors)).get(0));
      }
      // The first calls come at once: the function is brought into its native form once.
      List<Future<AttentionGradient>> found = threads.invokeAll(calls, 60, TimeUnit.SECONDS);
      for (int i = 0; i < found.size(); i++) {
        assertClose(found.get(i).get(), expected.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    try (EngineModel model = EngineModels.open(EngineModels.path("hf/bert", folder))) {
      GradientModel gradients = model.gradients().orElseThrow();
      TextInput text = EngineModels.TEXTS.get(1);
      float[] factors = factors(model, 1);
      assertThatThrownBy(() -> gradients.byAttention(List.of(text), List.of(new float[1])))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "factors of the logits: expected one for each of %s logits, got 1", factors.length);
      assertThatThrownBy(() -> gradients.byAttention(List.of(text), List.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("factors of the logits: expected an array for each of 1 inputs, got 0");
      assertThatThrownBy(() -> gradients.byWordVectors(text, List.of(new float[5]), factors))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("word vectors: expected ")
          .hasMessageEndingWith(", got 5");
    }
  }

  @Test
  void theMaskTokenMayBeTheBaselineWhereThereIsOne() throws IOException {
    for (String name : List.of("hf/bert", "hf/roberta", "hf/xlm-roberta", "hf/deberta-v3")) {
      try (EngineModel model = EngineModels.open(EngineModels.path(name, folder))) {
        GradientModel gradients = model.gradients().orElseThrow();
        TextInput text = EngineModels.TEXTS.get(1);
        assertThat(gradients.wordVectors(text, Baseline.MASK).baseline())
            .isNotEqualTo(gradients.wordVectors(text, Baseline.PAD).baseline());
      }
    }
    try (EngineModel model = EngineModels.open(EngineModels.path("keras/b_100", folder))) {
      GradientModel gradients = model.gradients().orElseThrow();
      assertThatThrownBy(() -> gradients.wordVectors(EngineModels.TEXTS.get(1), Baseline.MASK))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "baseline 'mask': expected a model with a mask token, got one whose tokenizer has"
                  + " none; choose another");
    }
  }
}
