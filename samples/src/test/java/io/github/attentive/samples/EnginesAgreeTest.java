package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classifier;
import io.github.attentive.Dataset;
import io.github.attentive.LabelledText;
import io.github.attentive.Padding;
import io.github.attentive.Recipe;
import io.github.attentive.TextInput;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.architecture.BiGruConfig;
import io.github.attentive.djl.contract.BiGruModel;
import io.github.attentive.djl.contract.GoldenSentences;
import io.github.attentive.djl.contract.HuggingFaceGolden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every fixture on both engines: what one gives, the other gives, too. */
class EnginesAgreeTest {
  /** Batches of texts of different lengths, the last one smaller. */
  private static final int BATCH = 5;

  private static final List<TextInput> TEXTS =
      Stream.of(
              "the plot was thin, but the cast carried it",
              "SLOW!!! and far too long",
              "",
              "quiet",
              "na\u00efve \ud83d\udc4d \u96fb\u5f71 film",
              "one two three four five six seven eight nine ten eleven twelve")
          .map(TextInput::of)
          .toList();

  private static final List<TextInput> PAIRS =
      List.of(
          TextInput.of("is it any good?", "it is a joy from start to end"),
          TextInput.of("was it long?", ""),
          TextInput.of("who wrote it, and for whom, and when?", "nobody knows"));

  @SuppressWarnings("unused")
  private static final List<String> FAMILIES = SharedFixtures.HUGGING_FACE;

  @SuppressWarnings("unused")
  private static final List<String> KERAS = SharedFixtures.KERAS_WITH_ATTENTION;

  @TempDir Path folder;

  private static void assertAgree(Path model, List<TextInput> inputs) {
    try (EnginePair<AttentionExplainer> both = EnginePair.explainers(model, BATCH)) {
      both.assertSameDescription();
      both.assertClassify(inputs);
      EnginePair.assertExplain(both, inputs);
    }
  }

  private static List<TextInput> with(List<TextInput> some, List<TextInput> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void encoders(String family) throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of(family);
    assertAgree(golden.directory(), with(golden.inputs(), with(TEXTS, PAIRS)));
  }

  @ParameterizedTest
  @FieldSource("KERAS")
  void savedModelsOfKeras(String name) throws IOException {
    Path model = SharedFixtures.path("keras").resolve(name);
    GoldenSentences golden = GoldenSentences.read(model.resolve("golden.json"));
    assertAgree(model.resolve("model.keras"), with(golden.inputs(), TEXTS));
  }

  @ParameterizedTest
  @EnumSource
  void recurrentClassifiers(Padding padding) throws IOException {
    for (BiGruConfig.Attention attention : BiGruConfig.Attention.values()) {
      BiGruModel.write(folder, BiGruModel.config(attention, padding));
      assertAgree(folder, with(TEXTS, PAIRS));
    }
  }

  @Test
  void aModelWithoutAttention() throws IOException {
    Path model = SharedFixtures.path("keras/c_100_noatt");
    GoldenSentences golden = GoldenSentences.read(model.resolve("golden.json"));
    try (EnginePair<Classifier> both =
        EnginePair.classifiers(model.resolve("model.keras"), BATCH)) {
      both.assertSameDescription();
      both.assertClassify(with(golden.inputs(), TEXTS));
      assertThat(both.tensorflow().info().hasAttention()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTrainedHere(Recipe recipe) {
    Dataset reviews =
        Dataset.of(
            List.of(
                LabelledText.of("a warm and clever film", "good"),
                LabelledText.of("clever to the last scene", "good"),
                LabelledText.of("cold and slow", "bad"),
                LabelledText.of("a slow and empty film", "bad")));
    boolean ofWords = recipe == Recipe.KERAS_ATTENTION || recipe == Recipe.KERAS_POOLING;
    Trainer.train(
        TrainingOptions.builder(recipe)
            .epochs(20)
            .learningRate(ofWords ? 0.05f : 0.002f)
            .seed(3)
            .build(),
        reviews,
        folder);
    List<TextInput> texts =
        with(reviews.examples().stream().map(LabelledText::input).toList(), TEXTS);
    if (recipe != Recipe.KERAS_POOLING) {
      assertAgree(folder, texts);
    } else {
      try (EnginePair<Classifier> both = EnginePair.classifiers(folder, BATCH)) {
        both.assertSameDescription();
        both.assertClassify(texts);
      }
    }
  }
}
