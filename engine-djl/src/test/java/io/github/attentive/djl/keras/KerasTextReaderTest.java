package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.InvalidInputException;
import io.github.attentive.Removal;
import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ErasureModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models with a TextVectorization of their own: its words, how it cuts, what it gives. */
class KerasTextReaderTest extends KerasCase {
  private static final String WORDS = "\"vocabulary\":[\"sun\",\"rain\",\"wind\",\"snow\"]";
  private static final String PLACE = ": layer 'text' (TextVectorization, 2 of ";

  private static KerasArchive texts(String options) {
    KerasArchive archive = new KerasArchive();
    archive.layer("InputLayer", "ids", "\"batch_shape\":[null,1],\"dtype\":\"string\"", "");
    return archive.layer("TextVectorization", "text", options, call("ids"));
  }

  /** The first number of the mean of the words' vectors, which goes up by a half a word. */
  private static KerasArchive averaged(String options) {
    return texts(options).embedding("embedding", false, "text").averaged("embedding");
  }

  private static double mean(int... ids) {
    double sum = 0;
    for (int id : ids) {
      sum += embedded(id)[0] / ids.length;
    }
    return 0.5 * sum;
  }

  /** A weight of 1, 2, 4, ... for each feature. */
  private static KerasArchive features(String options, int features) {
    float[][] kernel = new float[features][1];
    for (int i = 0; i < features; i++) {
      kernel[i][0] = 1 << i;
    }
    return texts(options)
        .layer(
            "Dense",
            "head",
            "\"units\":1,\"activation\":\"sigmoid\",\"use_bias\":false",
            call("text"),
            (Object) kernel)
        .outputs("head");
  }

  private double logit(KerasArchive archive, String text) throws IOException {
    archive.writeAlone(folder);
    try (EngineModel model = open(folder)) {
      return model.run(List.of(TextInput.of(text)), Detail.SCORES).get(0).logits()[0];
    }
  }

  @Test
  void wordsInTheConfiguration() throws IOException {
    KerasArchive archive = averaged(WORDS + ",\"output_sequence_length\":3");
    assertThat(logit(archive, "Rain, SUN!")).isCloseTo(mean(3, 2, 0), CLOSE);
    archive = averaged(WORDS);
    assertThat(logit(archive, "snow hail snow wind")).isCloseTo(mean(5, 1, 5, 4), CLOSE);
  }

  @Test
  void wordsInTheArchive() throws IOException {
    KerasArchive archive =
        averaged("\"output_sequence_length\":2,\"max_tokens\":6,\"vocabulary\":null")
            .entry("assets/layers/text_vectorization/vocabulary.txt", "\n[UNK]\nfog\nsun\n");
    assertThat(logit(archive, "sun fog rain")).isCloseTo(mean(3, 2), CLOSE);
    assertRefused(
            averaged("\"vocabulary\":null")
                .entry("assets/layers/text_vectorization/vocabulary.txt", "fog\nsun\n"))
        .startsWith(folder.resolve("model.keras") + PLACE)
        .contains("expected the empty word and [UNK] first, got [fog, sun]");
  }

  @Test
  void wordsBesideTheArchive() throws IOException {
    assertThat(logits(averaged("\"vocabulary\":null"), "snow")[0]).isCloseTo(mean(5), CLOSE);
    Files.delete(folder.resolve("vocabulary.txt"));
    assertRefused(folder).startsWith(folder.resolve("vocabulary.txt") + ": is missing;");
    assertRefused(averaged("\"vocabulary\":[\"\",\"[UNK]\",\"a\",\"b\",\"c\",\"d\",\"e\"]"))
        .endsWith(
            "layer 'embedding' (Embedding, 3 of 5): expected a vocabulary of at most 6 words, as"
                + " many as it has rows, got 7; use the vocabulary the model was trained with");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"standardize\":null | Sun sun | 1,2",
        "\"standardize\":\"lower\" | Sun sun! | 2,1",
        "\"standardize\":\"strip_punctuation\" | Sun s!un | 1,2",
        "\"split\":null | sun rain | 1",
        "\"split\":null | Rain | 3",
        "\"split\":\"character\" | sun | 1,1,1",
        "\"ngrams\":2 | rain sun | 3,2,1",
        "\"ngrams\":[2] | rain sun | 1"
      })
  void howTextsAreCut(String option, String text, String ids) throws IOException {
    int[] expected = Arrays.stream(ids.split(",")).mapToInt(Integer::parseInt).toArray();
    assertThat(logit(averaged(WORDS + "," + option), text)).isCloseTo(mean(expected), CLOSE);
  }

  /** [UNK] is the first feature; sun, rain, wind and snow count 2, 4, 8 and 16. */
  @Test
  void featuresOfTheText() throws IOException {
    String mode = WORDS + ",\"output_mode\":\"";
    assertThat(logit(features(mode + "multi_hot\"", 5), "sun snow sun hail")).isEqualTo(19);
    assertThat(logit(features(mode + "count\"", 5), "sun snow sun hail")).isEqualTo(21);
    assertThat(logit(features(mode + "count\"", 5), "")).isZero();
    String padded = mode + "count\",\"pad_to_max_tokens\":true,\"max_tokens\":";
    assertThat(logit(features(padded + "7", 7), "rain rain")).isEqualTo(8);
    assertRefused(features(padded + "20000000", 5))
        .endsWith("option 'max_tokens': expected at most 10000000, got 20000000");
  }

  /** There is no vector of a word, and no token that stands for none. */
  @Test
  void featuresHaveNoGradientsAndNoPadding() throws IOException {
    features(WORDS + ",\"output_mode\":\"count\"", 5).writeAlone(folder);
    TextInput text = TextInput.of("sun rain snow");
    try (EngineModel model = open(folder)) {
      assertThat(model.gradients()).isEmpty();
      assertThat(model.norms()).isEmpty();
      ErasureModel erasure = model.erasure().orElseThrow();
      List<boolean[]> versions =
          List.of(new boolean[] {true, false, true}, new boolean[] {false, false, false});
      assertThat(erasure.run(text, versions, Removal.DELETE))
          .extracting(output -> output.logits()[0])
          .containsExactly(18f, 0f);
      assertThatThrownBy(() -> erasure.run(text, versions, Removal.PAD))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "removal 'pad': expected a model with a padding token, got one that reads features of"
                  + " the whole text; choose another");
      assertThatThrownBy(() -> erasure.run(text, versions, Removal.MASK))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("removal 'mask': expected a model with a mask token");
    }
  }

  @Test
  void inverseDocumentFrequencies() throws IOException {
    String mode = WORDS + ",\"output_mode\":\"tf_idf\"";
    float[] stored = {0.5f, 1, 2, 3, 0.25f};
    String path = "layers/text_vectorization/vars/idf_weights";
    assertThat(logit(features(mode, 5).weight(path, stored), "snow sun snow hail"))
        .isCloseTo(2 * 16 * 0.25 + 2 + 0.5, CLOSE);
    // Without one for [UNK], which then gets the mean of the others.
    String given = mode + ",\"idf_weights\":[1,2,3,2]";
    assertThat(logit(features(given, 5), "wind hail")).isCloseTo(8 * 3 + 2, CLOSE);
    assertRefused(features(mode, 5))
        .isEqualTo(
            folder.resolve("model.keras")
                + PLACE
                + "3): expected inverse document frequencies in the file, got none; save the model"
                + " again after adapt");
    assertRefused(features(mode + ",\"idf_weights\":[1,2]", 5))
        .isEqualTo(
            folder.resolve("model.keras")
                + PLACE
                + "3): inverse document frequencies: expected one for each of 5 words, with or"
                + " without [UNK], or of 5 features, got 2");
    assertRefused(features(mode, 5).weight(path, new float[] {1, 1, 1, Float.NaN, 1}))
        .endsWith("inverse document frequency 3: expected a finite number, got NaN");
    assertRefused(features(mode + ",\"idf_weights\":[1,null,3,2]", 5))
        .endsWith("3): option 'idf_weights': expected numbers, got [1,null,3,2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"output_mode\":\"one_hot\" | option 'output_mode': expected [int, multi_hot, count, tf_idf],"
            + " got \"one_hot\"",
        "\"standardize\":{\"class_name\":\"function\"} | option 'standardize': expected [none, lower,"
            + " strip_punctuation, lower_and_strip_punctuation], got {\"class_name\":\"function\"}",
        "\"split\":\"words\" | option 'split': expected [whitespace, character, none], got \"words\"",
        "\"ngrams\":[\"a\"] | option 'ngrams': expected a size or sizes of n-grams, got [\"a\"]",
        "\"ngrams\":0 | option 'ngrams': expected a size or sizes of n-grams, got 0",
        "\"ragged\":true | option 'ragged': expected false, got true",
        "\"sparse\":true | option 'sparse': expected false, got true",
        "\"encoding\":\"latin-1\" | option 'encoding': expected utf-8, got \"latin-1\"",
        "\"output_sequence_length\":0 | expected from 1 to 16384 positions, got 0",
        "\"stemmer\":\"snowball\" | option 'stemmer': expected no such option, or null, got"
            + " \"snowball\""
      })
  void whatIsNotRead(String option, String message) throws IOException {
    assertRefused(averaged(WORDS + "," + option))
        .isEqualTo(folder.resolve("model.keras") + PLACE + "5): " + message);
  }

  @Test
  void wordsThatAreNone() throws IOException {
    assertRefused(averaged("\"vocabulary\":[\"sun\",\"sun\"]"))
        .isEqualTo(
            folder.resolve("model.keras") + PLACE + "5): vocabulary: word 'sun' stands at 2 and 3");
    assertRefused(averaged("\"vocabulary\":[\"sun\",{}]"))
        .startsWith(folder.resolve("model.keras") + PLACE + "5): vocabulary: ");
    assertRefused(features("\"vocabulary\":null,\"output_mode\":\"count\"", 5))
        .endsWith(
            "3): expected its vocabulary in the file, got none; save the model again after"
                + " adapt");
  }
}
