package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.Dataset;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.LabelledText;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Recipe;
import io.github.attentive.TextInput;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingOptions;
import io.github.attentive.Word;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fixture on both engines: what one gives, the other gives, too. */
class EnginesAgreeTest {
  private static final Offset<Float> SCORES = Offset.offset(1e-5f);
  private static final Offset<Float> LOGITS = Offset.offset(2e-5f);
  private static final List<String> TEXTS =
      List.of(
          "the plot was thin, but the cast carried it",
          "BORING!!! and far too long",
          "",
          "quiet",
          "na\u00efve \ud83d\udc4d \u96fb\u5f71 film",
          "one two three four five six seven eight nine ten eleven twelve");

  @TempDir Path folder;

  @SuppressWarnings("unused")
  private static final List<String> HUGGING_FACE = SharedFixtures.HUGGING_FACE;

  @SuppressWarnings("unused")
  private static final List<String> KERAS = SharedFixtures.KERAS_WITH_ATTENTION;

  private static LoadOptions on(String engine) {
    return LoadOptions.builder().engine(engine).build();
  }

  private static List<TextInput> texts() {
    return TEXTS.stream().map(TextInput::of).toList();
  }

  @ParameterizedTest
  @FieldSource("HUGGING_FACE")
  void encoders(String family) {
    Path model = SharedFixtures.path("hf").resolve(family);
    assertAgree(model, texts());
    assertAgree(
        model,
        List.of(
            TextInput.of("is it any good?", "it is a joy from start to end"),
            TextInput.of("was it long?", "")));
  }

  @ParameterizedTest
  @FieldSource("KERAS")
  void savedModelsOfKeras(String name) {
    assertAgree(SharedFixtures.path("keras").resolve(name), texts());
  }

  @Test
  void aModelWithoutAttention() {
    Path model = SharedFixtures.path("keras/c_100_noatt");
    try (Classifier pytorch = Classifier.load(model, on("pytorch"));
        Classifier tensorflow = Classifier.load(model, on("tensorflow"))) {
      assertThat(tensorflow.info().layers()).isZero();
      List<Classification> expected = pytorch.classifyAll(texts());
      List<Classification> found = tensorflow.classifyAll(texts());
      for (int i = 0; i < expected.size(); i++) {
        assertEqual(expected.get(i), found.get(i));
      }
    }
  }

  @Test
  void whatIsTrainedHere() {
    Dataset reviews =
        Dataset.of(
            List.of(
                LabelledText.of("a warm and clever film", "good"),
                LabelledText.of("clever to the last scene", "good"),
                LabelledText.of("cold and slow", "bad"),
                LabelledText.of("a slow and empty film", "bad")));
    Trainer.train(
        TrainingOptions.builder(Recipe.KERAS_ATTENTION).epochs(20).seed(3).build(),
        reviews,
        folder);
    assertAgree(folder, texts());
  }

  private static void assertAgree(Path model, List<TextInput> inputs) {
    try (AttentionExplainer pytorch = AttentionExplainer.load(model, on("pytorch"));
        AttentionExplainer tensorflow = AttentionExplainer.load(model, on("tensorflow"))) {
      assertThat(tensorflow.labels()).isEqualTo(pytorch.labels());
      assertThat(tensorflow.info().family()).isEqualTo(pytorch.info().family());
      List<Explanation> expected = pytorch.explainAll(inputs, ExplainOptions.defaults());
      List<Explanation> found = tensorflow.explainAll(inputs, ExplainOptions.defaults());
      for (int i = 0; i < inputs.size(); i++) {
        assertEqual(expected.get(i), found.get(i));
        assertEqual(expected.get(i), tensorflow.explain(inputs.get(i)));
      }
    }
  }

  private static void assertEqual(Explanation expected, Explanation found) {
    assertEqual(expected.classification(), found.classification());
    assertThat(found.positions())
        .extracting(token -> token.text() + "|" + token.id() + "|" + token.start())
        .isEqualTo(
            expected.positions().stream()
                .map(token -> token.text() + "|" + token.id() + "|" + token.start())
                .toList());
    assertThat(found.attention().shape()).isEqualTo(expected.attention().shape());
    assertThat(found.attention().toArray()).containsExactly(expected.attention().toArray(), SCORES);
    assertThat(found.words())
        .extracting(Word::text)
        .isEqualTo(expected.words().stream().map(Word::text).toList());
    for (int i = 0; i < found.words().size(); i++) {
      assertThat(found.words().get(i).weight()).isCloseTo(expected.words().get(i).weight(), SCORES);
    }
  }

  private static void assertEqual(Classification expected, Classification found) {
    assertThat(found.label()).isEqualTo(expected.label());
    assertThat(found.tokens()).isEqualTo(expected.tokens());
    assertThat(found.logits()).containsExactly(expected.logits(), LOGITS);
    expected
        .scores()
        .forEach((label, score) -> assertThat(found.score(label)).isCloseTo(score, SCORES));
  }

  /** What is wrong with files is said before an engine has a part in it. */
  @ParameterizedTest
  @ValueSource(strings = {"no vocabulary", "cut archive", "cut weights"})
  void bothRefuseBrokenFilesInTheSameWords(String damage) throws IOException {
    switch (damage) {
      case "no vocabulary" ->
          Files.copy(
              SharedFixtures.path("keras/v_bigru/model.keras"), folder.resolve("model.keras"));
      case "cut archive" -> {
        byte[] whole = Files.readAllBytes(SharedFixtures.path("keras/v_bigru/model.keras"));
        Files.write(
            folder.resolve("model.keras"), java.util.Arrays.copyOf(whole, whole.length / 2));
      }
      default -> {
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
          Files.copy(SharedFixtures.path("hf/bert").resolve(file), folder.resolve(file));
        }
        byte[] whole = Files.readAllBytes(SharedFixtures.path("hf/bert/model.safetensors"));
        Files.write(
            folder.resolve("model.safetensors"), java.util.Arrays.copyOf(whole, whole.length / 2));
      }
    }
    Throwable one = catchThrowable(() -> Classifier.load(folder, on("pytorch")));
    Throwable other = catchThrowable(() -> Classifier.load(folder, on("tensorflow")));
    assertThat(one).isInstanceOf(ModelLoadException.class);
    assertThat(other).isInstanceOf(ModelLoadException.class).hasMessage(one.getMessage());
  }
}
