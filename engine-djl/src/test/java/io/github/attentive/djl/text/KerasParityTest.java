package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.TextInput;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vocabularies and ids are those of Keras, to the last one; features to 1e-6. */
class KerasParityTest {
  private static final float TOLERANCE = 1e-6f;

  private VectorizerCases cases;

  static Stream<String> sequences() {
    return Stream.of(
        "default",
        "max12",
        "seq6",
        "no_standardize",
        "lower",
        "strip_punctuation",
        "character",
        "split_none",
        "ngrams2",
        "ngrams_1_3");
  }

  static Stream<String> features() {
    return Stream.of("multi_hot", "count", "tf_idf", "multi_hot_pad");
  }

  @BeforeEach
  void readCases() throws IOException {
    cases = VectorizerCases.read();
  }

  private Vocabulary adapt(VectorizerCases.Case expected) {
    return Vocabulary.adapt(
        expected.vectorization(), cases.texts().stream(), expected.maxTokens(), expected.mode());
  }

  @Test
  void everyCaseIsCompared() {
    assertThat(cases.names())
        .containsExactlyInAnyOrderElementsOf(Stream.concat(sequences(), features()).toList());
    assertThat(sequences().map(name -> cases.named(name).mode())).containsOnly(OutputMode.INT);
    assertThat(features().map(name -> cases.named(name).mode()))
        .containsOnly(OutputMode.MULTI_HOT, OutputMode.COUNT, OutputMode.TF_IDF);
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void vocabularyAndIdsAreThoseOfKeras(String name) {
    VectorizerCases.Case expected = cases.named(name);
    TextVectorization vectorization = expected.vectorization();
    Vocabulary vocabulary = adapt(expected);
    assertThat(vocabulary.words()).isEqualTo(expected.vocabulary());
    assertThat(expected.ids()).hasSameSizeAs(cases.texts());
    for (int i = 0; i < cases.texts().size(); i++) {
      String text = cases.texts().get(i);
      List<Integer> row = expected.ids().get(i);
      int length = row.size();
      assertThat(ids(new KerasTextEncoder(vectorization, vocabulary, length, length), text))
          .as("text %d: '%s'", i, text)
          .isEqualTo(row);
      List<Integer> tokens = row.stream().filter(id -> id != Vocabulary.PADDING).toList();
      int limit = expected.isFixedLength() ? length : Integer.MAX_VALUE;
      assertThat(ids(KerasTextEncoder.unpadded(vectorization, vocabulary, limit), text))
          .as("text %d without padding: '%s'", i, text)
          .isEqualTo(tokens.isEmpty() ? List.of(Vocabulary.PADDING) : tokens);
      assertThat(ids(KerasTextEncoder.masked(vectorization, vocabulary, limit), text))
          .as("text %d under a mask: '%s'", i, text)
          .isEqualTo(tokens.isEmpty() ? List.of(Vocabulary.UNKNOWN) : tokens);
    }
  }

  @ParameterizedTest
  @MethodSource("features")
  void vocabularyAndFeaturesAreThoseOfKeras(String name) {
    VectorizerCases.Case expected = cases.named(name);
    Vocabulary vocabulary = adapt(expected);
    assertThat(vocabulary.words()).isEqualTo(expected.vocabulary());
    assertThat(expected.features()).hasSameSizeAs(cases.texts());
    int length = expected.features().get(0).length;
    TextFeatures features =
        expected.mode() == OutputMode.TF_IDF
            ? TextFeatures.tfIdf(
                expected.vectorization(), vocabulary, length, expected.frequencies())
            : TextFeatures.of(expected.mode(), expected.vectorization(), vocabulary, length);
    for (int i = 0; i < cases.texts().size(); i++) {
      assertThat(features.of(cases.texts().get(i)))
          .as("text %d: '%s'", i, cases.texts().get(i))
          .containsExactly(expected.features().get(i), within(TOLERANCE));
    }
  }

  @Test
  void learnedFrequenciesAreThoseOfKeras() {
    VectorizerCases.Case expected = cases.named("tf_idf");
    assertThat(
            TextFeatures.inverseDocumentFrequencies(
                expected.vectorization(),
                Vocabulary.of(expected.vocabulary(), OutputMode.TF_IDF),
                cases.texts().stream()))
        .containsExactly(expected.frequencies(), within(TOLERANCE));
  }

  private static List<Integer> ids(KerasTextEncoder encoder, String text) {
    return encoder.encode(TextInput.of(text)).positions().stream()
        .map(span -> (int) span.id())
        .toList();
  }
}
