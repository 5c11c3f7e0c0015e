package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vocabularies and ids are those of Keras, to the last one. */
class KerasParityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "default",
        "max12",
        "seq6",
        "no_standardize",
        "lower",
        "strip_punctuation",
        "character",
        "split_none"
      })
  void vocabularyAndIdsAreThoseOfKeras(String name) throws IOException {
    VectorizerCases cases = VectorizerCases.read();
    VectorizerCases.Case expected = cases.named(name);
    Vocabulary vocabulary =
        Vocabulary.adapt(expected.vectorization(), cases.texts().stream(), expected.maxTokens());
    assertThat(vocabulary.words()).isEqualTo(expected.vocabulary());
    for (int i = 0; i < cases.texts().size(); i++) {
      List<Integer> row = expected.output().get(i);
      assertThat(ids(expected.vectorization(), vocabulary, cases.texts().get(i), row.size()))
          .as("text %d: '%s'", i, cases.texts().get(i))
          .isEqualTo(row);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "no_standardize", "lower", "strip_punctuation"})
  void keepsEveryTokenWithoutALimit(String name) throws IOException {
    VectorizerCases cases = VectorizerCases.read();
    VectorizerCases.Case expected = cases.named(name);
    for (int i = 0; i < cases.texts().size(); i++) {
      long real = expected.output().get(i).stream().filter(id -> id != Vocabulary.PADDING).count();
      assertThat(expected.vectorization().pieces(cases.texts().get(i), Integer.MAX_VALUE))
          .as("text %d", i)
          .hasSize((int) real);
    }
  }

  private static List<Integer> ids(
      TextVectorization vectorization, Vocabulary vocabulary, String text, int length) {
    List<Integer> ids = new ArrayList<>();
    for (TextVectorization.Piece piece : vectorization.pieces(text, length)) {
      ids.add(vocabulary.idOf(piece.text()));
    }
    while (ids.size() < length) {
      ids.add(Vocabulary.PADDING);
    }
    return ids;
  }
}
