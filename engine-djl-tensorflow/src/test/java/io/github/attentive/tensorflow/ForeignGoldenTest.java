package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classifier;
import io.github.attentive.Explanation;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.contract.GoldenSentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SavedModels that Keras and TensorFlow wrote give Keras's scores, tokens and attention. */
class ForeignGoldenTest {
  private static final LoadOptions TRUSTED = LoadOptions.builder().trustForeignGraph(true).build();

  @TempDir Path folder;

  @SuppressWarnings("unused")
  private static final List<String> WITH_ATTENTION = SharedFixtures.KERAS_WITH_ATTENTION;

  private static Path fixture(String name) {
    return SharedFixtures.path("keras").resolve(name);
  }

  private static GoldenSentences golden(String name) throws IOException {
    return GoldenSentences.read(fixture(name).resolve("golden.json"));
  }

  @ParameterizedTest
  @FieldSource("WITH_ATTENTION")
  void whatKerasExportsAndWhatTensorFlowSaves(String name) throws IOException {
    for (String kind : List.of("saved_model_export", "saved_model_named")) {
      golden(name).assertClassifies(fixture(name).resolve(kind));
      golden(name).assertExplains(fixture(name).resolve(kind));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_10x10", "b_100"})
  void textsWithTheVectoriserInside(String name) throws IOException {
    golden(name).assertClassifies(fixture(name).resolve("saved_model_string"));
    golden(name).assertExplains(fixture(name).resolve("saved_model_string"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"saved_model_export", "saved_model_named", "saved_model_string"})
  void withoutAttentionNothingIsExplained(String kind) throws IOException {
    Path model = fixture("c_100_noatt").resolve(kind);
    golden("c_100_noatt").assertClassifies(model);
    assertThatThrownBy(() -> AttentionExplainer.load(model, TRUSTED))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("has no attention layer");
  }

  @Test
  void wordsOfATextModelAreThoseOfTheCaller() {
    Path model = fixture("b_100").resolve("saved_model_string");
    try (AttentionExplainer explainer = AttentionExplainer.load(model, TRUSTED)) {
      Explanation explanation = explainer.explain("The PLOT, was zzz!");
      assertThat(explanation.words())
          .extracting(io.github.attentive.Word::text)
          .containsExactly("The", "PLOT", "was", "zzz");
      assertThat(explanation.tokens().get(3).text()).isEqualTo("[UNK]");
      assertThat(explanation.classification().logits()).isEmpty();
    }
  }

  @Test
  void consentIsAskedForFirst() {
    Path model = fixture("b_100").resolve("saved_model_named");
    assertThatThrownBy(() -> Classifier.load(model))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(
            model + ": expected consent to open it, got none: a SavedModel is a")
        .hasMessageContaining("trustForeignGraph(true)");
  }

  private void copy(String from) throws IOException {
    Path source = fixture(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path target = folder.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
          target.toFile().setWritable(true);
        }
      }
    }
  }

  @Test
  void namesBesideTheModelDecide() throws IOException {
    copy("b_100/saved_model_named");
    Files.writeString(
        folder.resolve("attentive.json"),
        "{\"labels\":[\"bad\",\"good\"],\"outputs\":{\"scores\":\"prediction\","
            + "\"attention\":\"attention\"},\"inputs\":{\"ids\":\"ids\"}}");
    try (Classifier classifier = Classifier.load(folder, TRUSTED)) {
      assertThat(classifier.labels()).containsExactly("bad", "good");
    }
    Files.writeString(folder.resolve("attentive.json"), "{\"outputs\":{\"scores\":\"attention\"}}");
    assertThatThrownBy(() -> Classifier.load(folder, TRUSTED))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(
            "output 'attention', which attentive.json calls scores: expected [batch, labels]");
    Files.writeString(folder.resolve("attentive.json"), "{\"inputs\":{\"ids\":\"tokens\"}}");
    assertThatThrownBy(() -> Classifier.load(folder, TRUSTED))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContainingAll("named 'tokens'", "'ids' DT_FLOAT[-1, 5]");
  }

  /** What may be broken, and what is said. */
  static Stream<List<String>> damage() {
    return Stream.of(
        List.of("saved_model.pb", "0", "expected a SavedModel, got an empty file"),
        List.of("saved_model.pb", "100", "expected a SavedModel as TensorFlow writes it"),
        List.of(
            "variables/variables.index", "-1", "expected the weights of the model, got no such"),
        List.of(
            "variables/variables.index", "0", "expected the weights of the model, got an empty"),
        List.of("variables/variables.index", "20", "expected a SavedModel that TensorFlow 2.16.1"),
        List.of("variables/variables.data-00000-of-00001", "-1", "expected the weights, files"),
        List.of("variables/variables.data-00000-of-00001", "200", "expected a SavedModel that"),
        List.of("vocabulary.txt", "-1", "is missing; expected the words the model was trained"));
  }

  @ParameterizedTest
  @MethodSource("damage")
  void damagedFilesAreTold(List<String> damage) throws IOException {
    copy("v_bigru_mask/saved_model_export");
    Path file = folder.resolve(damage.get(0));
    int length = Integer.parseInt(damage.get(1));
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    if (length >= 0) {
      Files.write(file, java.util.Arrays.copyOf(content, length));
    }
    assertThatThrownBy(() -> Classifier.load(folder, TRUSTED))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(damage.get(2))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void aVocabularyLargerThanTheEmbeddingIsTold() throws IOException {
    copy("v_bigru_mask/saved_model_export");
    Path vocabulary = folder.resolve("vocabulary.txt");
    Files.writeString(vocabulary, Files.readString(vocabulary) + "one\ntwo\nthree\n");
    assertThatThrownBy(() -> Classifier.load(folder, TRUSTED))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("is the vocabulary of 103 words that of the model?");
  }
}
