package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.text.TextVectorization.Split;
import io.github.attentive.djl.text.TextVectorization.Standardize;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers that are called Keras's were given by Keras 3.14. */
class TextFeaturesTest {
  private static final Vocabulary WORDS =
      Vocabulary.of(List.of("[UNK]", "x", "y"), OutputMode.TF_IDF);

  private static TextFeatures features(OutputMode mode, int length) {
    return TextFeatures.of(mode, TextVectorization.DEFAULT, WORDS, length);
  }

  private static TextFeatures tfIdf(int length, float... frequencies) {
    return TextFeatures.tfIdf(TextVectorization.DEFAULT, WORDS, length, frequencies);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void saysWhichWordsAreThereAndHowOften() {
    assertThat(features(OutputMode.MULTI_HOT, 3).of("Y, y q y r")).containsExactly(1, 0, 1);
    assertThat(features(OutputMode.COUNT, 3).of("Y, y q y r")).containsExactly(2, 0, 3);
  }

  @Test
  void featuresBeyondTheWordsAreZero() {
    assertThat(features(OutputMode.MULTI_HOT, 5).of("y q")).containsExactly(1, 0, 1, 0, 0);
    assertThat(features(OutputMode.COUNT, 5).of("y q y")).containsExactly(1, 0, 2, 0, 0);
    assertThat(features(OutputMode.COUNT, 5).length()).isEqualTo(5);
  }

  @Test
  void weighsCountsWithFrequenciesOfEitherForm() {
    // Keras's numbers: with the entry of [UNK], without it, padded, as stored with padding.
    assertThat(tfIdf(3, 9, 1, 2).of("x y y q")).containsExactly(9, 1, 4);
    assertThat(tfIdf(3, 1, 2).of("x y y q")).containsExactly(1.5f, 1, 4);
    assertThat(tfIdf(6, 1, 2).of("x y y q")).containsExactly(1.5f, 1, 4, 0, 0, 0);
    assertThat(tfIdf(6, 1.5f, 1, 2, 0, 0, 0).of("x y y q")).containsExactly(1.5f, 1, 4, 0, 0, 0);
    assertThat(tfIdf(6, 9, 1, 2).of("q q")).containsExactly(18, 0, 0, 0, 0, 0);
    assertThat(tfIdf(3, 1, 2).mode()).isEqualTo(OutputMode.TF_IDF);
  }

  @ParameterizedTest
  @EnumSource(Split.class)
  void anEmptyTextIsAllZeros(Split split) {
    TextVectorization vectorization = new TextVectorization(Standardize.STRIP_PUNCTUATION, split);
    for (String text : List.of("", "!?")) {
      assertThat(TextFeatures.of(OutputMode.MULTI_HOT, vectorization, WORDS, 3).of(text))
          .containsExactly(0, 0, 0);
      assertThat(TextFeatures.tfIdf(vectorization, WORDS, 3, new float[] {1, 2}).of(text))
          .containsExactly(0, 0, 0);
    }
  }

  @Test
  void countsNgrams() {
    // Keras's numbers.
    TextVectorization vectorization =
        new TextVectorization(
            Standardize.LOWER_AND_STRIP_PUNCTUATION, Split.WHITESPACE, List.of(1, 3));
    Vocabulary words = Vocabulary.of(List.of("[UNK]", "a", "a b c", "[UNK] q"), OutputMode.COUNT);
    TextFeatures features = TextFeatures.of(OutputMode.COUNT, vectorization, words, 4);
    assertThat(features.of("A, b c a b c")).containsExactly(6, 2, 2, 0);
    assertThat(features.of(" b")).containsExactly(1, 0, 0, 0);
  }

  @Test
  void countsTheUnknownWordWhereATextHasIt() {
    // Keras's numbers.
    TextFeatures features =
        TextFeatures.of(
            OutputMode.COUNT,
            new TextVectorization(Standardize.NONE, Split.WHITESPACE),
            Vocabulary.of(List.of("[UNK]", "a"), OutputMode.COUNT),
            2);
    assertThat(features.of("[UNK] [UNK] a")).containsExactly(2, 1);
  }

  @Test
  void learnsFrequencies() {
    // Keras's numbers: a word in every text but the blank one, which counts, and others in one.
    Vocabulary words = Vocabulary.of(List.of("[UNK]", "a", "b", "d", "c"), OutputMode.TF_IDF);
    assertThat(
            TextFeatures.inverseDocumentFrequencies(
                TextVectorization.DEFAULT, words, Stream.of("a b b", "a c", "a d", " ")))
        .containsExactly(
            new float[] {0.99724603f, 0.6931472f, 1.0986123f, 1.0986123f, 1.0986123f},
            within(1e-6f));
  }

  @Test
  void theOrderOfTheWordsDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(4);
    TextFeatures features = tfIdf(4, 0.5f, 2);
    TextFeatures counts = features(OutputMode.COUNT, 4);
    for (int round = 0; round < 200; round++) {
      List<String> tokens =
          IntStream.range(0, random.nextInt(20))
              .mapToObj(i -> List.of("x", "Y", "q", "\uD83D\uDE00").get(random.nextInt(4)))
              .toList();
      String text = String.join(" ", tokens);
      String sorted = tokens.stream().sorted().collect(Collectors.joining("\t"));
      assertThat(features.of(text)).isEqualTo(features.of(sorted));
      float sum = 0;
      for (float count : counts.of(text)) {
        sum += count;
      }
      assertThat(sum).isEqualTo(tokens.size());
    }
  }

  @Test
  void frequenciesAndFeaturesAreCopies() {
    float[] frequencies = {3, 1, 2};
    TextFeatures features = tfIdf(3, frequencies);
    frequencies[1] = 9;
    features.of("x")[1] = 9;
    assertThat(features.of("x")).containsExactly(0, 1, 0);
  }

  @Test
  void refusesOtherModes() {
    for (OutputMode mode : List.of(OutputMode.INT, OutputMode.TF_IDF)) {
      assertRefused(
          () -> features(mode, 3), "output mode: expected MULTI_HOT or COUNT, got " + mode);
    }
  }

  @Test
  void refusesVocabulariesThatDoNotFit() {
    Vocabulary padded = Vocabulary.of(List.of("", "[UNK]", "x"));
    assertRefused(
        () -> TextFeatures.of(OutputMode.COUNT, TextVectorization.DEFAULT, padded, 3),
        "vocabulary: expected [UNK] first, got one with padding");
    assertRefused(
        () -> TextFeatures.tfIdf(TextVectorization.DEFAULT, padded, 3, new float[3]),
        "vocabulary: expected [UNK] first, got one with padding");
    assertRefused(
        () -> features(OutputMode.COUNT, 2),
        "number of features: expected at least 3, the number of words, got 2");
    Vocabulary unknownOnly = Vocabulary.of(List.of("[UNK]"), OutputMode.TF_IDF);
    assertRefused(
        () ->
            TextFeatures.inverseDocumentFrequencies(
                TextVectorization.DEFAULT, unknownOnly, Stream.of("a")),
        "vocabulary: expected a word besides [UNK], got none");
    assertRefused(
        () -> TextFeatures.tfIdf(TextVectorization.DEFAULT, unknownOnly, 1, new float[0]),
        "inverse document frequencies: expected one for each of 1 words, with or without [UNK],"
            + " or of 1 features, got 0");
  }

  @Test
  void refusesFrequenciesThatDoNotFit() {
    assertRefused(
        () -> tfIdf(6, 1, 2, 3, 4),
        "inverse document frequencies: expected one for each of 3 words, with or without [UNK],"
            + " or of 6 features, got 4");
    assertRefused(
        () -> tfIdf(3, 1, Float.NaN, 2),
        "inverse document frequency 1: expected a finite number, got NaN");
    assertRefused(
        () -> tfIdf(3, 1, 2, Float.POSITIVE_INFINITY),
        "inverse document frequency 2: expected a finite number, got Infinity");
  }
}
