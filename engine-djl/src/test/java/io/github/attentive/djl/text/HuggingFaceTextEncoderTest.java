package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.spi.TokenSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceTextEncoderTest {
  private static final String WORDS = "the movie was not bad at all , it was great . ";

  @TempDir Path folder;

  private static HuggingFaceTextEncoder open(Path directory, int maxLength) {
    return HuggingFaceTextEncoder.open(
        directory, 512, OptionalInt.of(maxLength), TokenTypes.UNLESS_LEFT_OUT);
  }

  private static HuggingFaceTextEncoder bert(int maxLength) {
    return open(HuggingFaceGolden.directory("bert"), maxLength);
  }

  /** The tokenizer of BERT in a folder of its own, with another configuration. */
  private Path configured(String config) throws IOException {
    Files.copy(
        HuggingFaceGolden.directory("bert").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("tokenizer_config.json"), config);
    return folder;
  }

  private static List<String> tokens(EncodedText encoded) {
    return encoded.positions().stream().map(TokenSpan::text).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "600, {},                                                        512",
    "600, {\"model_max_length\": null},                              512",
    "600, {\"model_max_length\": 1e30},                              512",
    "600, {\"model_max_length\": 1000000000000000019884624838656},   512",
    "600, {\"model_max_length\": 128},                               128",
    "64,  {\"model_max_length\": 128},                               64",
  })
  void theSmallestLimitHolds(int wished, String config, int expected) throws IOException {
    try (HuggingFaceTextEncoder encoder = open(configured(config), wished)) {
      assertThat(encoder.maxLength()).isEqualTo(expected);
      EncodedText encoded = encoder.encode(TextInput.of(WORDS.repeat(100)));
      assertThat(encoded.positions()).hasSize(expected);
      assertThat(encoded.truncated()).isTrue();
    }
  }

  @Test
  void withoutConfigurationThePositionsAreTheLimit() throws IOException {
    Path directory = configured("{}");
    Files.delete(directory.resolve("tokenizer_config.json"));
    try (HuggingFaceTextEncoder encoder =
        HuggingFaceTextEncoder.open(
            directory, 40, OptionalInt.empty(), TokenTypes.UNLESS_LEFT_OUT)) {
      assertThat(encoder.maxLength()).isEqualTo(40);
    }
  }

  @Test
  void aTextOfTheVeryLengthIsNotTruncated() {
    try (HuggingFaceTextEncoder exact = bert(5);
        HuggingFaceTextEncoder shorter = bert(4)) {
      EncodedText whole = exact.encode(TextInput.of("the movie was"));
      assertThat(tokens(whole)).containsExactly("[CLS]", "the", "movie", "was", "[SEP]");
      assertThat(whole.truncated()).isFalse();
      EncodedText cut = shorter.encode(TextInput.of("the movie was"));
      assertThat(tokens(cut)).containsExactly("[CLS]", "the", "movie", "[SEP]");
      assertThat(cut.truncated()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // tokens of the text, of the pair, room; tokens left of each
    "2, 3, 9, 2, 3",
    "2, 9, 6, 2, 4",
    "9, 2, 6, 4, 2",
    "9, 8, 7, 4, 3",
    "8, 9, 7, 3, 4",
    "9, 9, 7, 3, 4",
    "9, 0, 4, 4, 0",
    "0, 9, 4, 0, 4",
    "9, 9, 1, 0, 1",
    "9, 9, 0, 0, 0",
  })
  void ofAPairTheLongerTextIsCutFirst(int text, int pair, int room, int textLeft, int pairLeft) {
    try (HuggingFaceTextEncoder encoder = bert(room + 3)) {
      EncodedText encoded = encoder.encode(TextInput.of("the ".repeat(text), "was ".repeat(pair)));
      assertThat(tokens(encoded)).filteredOn("the"::equals).hasSize(textLeft);
      assertThat(tokens(encoded)).filteredOn("was"::equals).hasSize(pairLeft);
      assertThat(encoded.positions()).hasSize(textLeft + pairLeft + 3);
      assertThat(encoded.truncated()).isEqualTo(text + pair > room);
    }
  }

  @Test
  void ofAVeryLongPairTheBeginningsAreLeft() {
    try (HuggingFaceTextEncoder encoder = bert(32)) {
      String text = WORDS.repeat(5_000);
      EncodedText encoded = encoder.encode(TextInput.of(text, text));
      assertThat(encoded.positions()).hasSize(32);
      assertThat(encoded.truncated()).isTrue();
    }
  }

  @Test
  void noRoomForTheSpecialTokensIsRefused() {
    try (HuggingFaceTextEncoder one = bert(1);
        HuggingFaceTextEncoder two = bert(2)) {
      assertThatThrownBy(() -> one.encode(TextInput.of("")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("at least 2")
          .hasMessageContaining("got 1");
      assertThatThrownBy(() -> two.encode(TextInput.of("the", "movie")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("at least 3")
          .hasMessageContaining("pair");
      assertThat(two.encode(TextInput.of("")).truncated()).isFalse();
      assertThat(two.encode(TextInput.of("the")).truncated()).isTrue();
    }
    Path directory = HuggingFaceGolden.directory("bert");
    assertThatThrownBy(() -> open(directory, 0)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void anEmptyPairIsAPair() {
    try (HuggingFaceTextEncoder encoder = bert(32)) {
      assertThat(tokens(encoder.encode(TextInput.of("movie", ""))))
          .containsExactly("[CLS]", "movie", "[SEP]", "[SEP]");
      assertThat(tokens(encoder.encode(TextInput.of("movie")))).doesNotHaveDuplicates();
    }
  }

  @Test
  void segmentsAndTypesTellTheTextsApart() {
    TextInput input = TextInput.of("movie", "great");
    try (HuggingFaceTextEncoder encoder = bert(32);
        HuggingFaceTextEncoder roberta = open(HuggingFaceGolden.directory("roberta"), 32)) {
      EncodedText encoded = encoder.encode(input);
      assertThat(encoded.tokenTypes()).containsExactly(0, 0, 0, 1, 1);
      assertThat(encoded.positions()).extracting(TokenSpan::segment).containsExactly(0, 0, 0, 1, 1);
      EncodedText other = roberta.encode(input);
      assertThat(other.tokenTypes()).containsOnly(0);
      assertThat(other.positions()).last().extracting(TokenSpan::segment).isEqualTo(1);
      assertThat(tokens(other)).containsSubsequence("</s>", "</s>", "</s>");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true,  {\"model_input_names\": []},                   0",
    "true,  '{\"model_input_names\": [\"input_ids\"]}',    0",
    "true,  '{\"model_input_names\": [\"a\", \"token_type_ids\"]}', 1",
    "true,  {},                                            1",
    "false, {},                                            0",
  })
  void typesAreOnlyForModelsThatReadThem(boolean reads, String config, int last)
      throws IOException {
    try (HuggingFaceTextEncoder encoder =
        HuggingFaceTextEncoder.open(
            configured(config),
            32,
            OptionalInt.empty(),
            reads ? TokenTypes.UNLESS_LEFT_OUT : TokenTypes.NONE)) {
      long[] types = encoder.encode(TextInput.of("the", "movie")).tokenTypes();
      assertThat(types[types.length - 1]).isEqualTo(last);
    }
  }

  @Test
  void aSpecialTokenTheCallerWroteStandsForText() {
    try (HuggingFaceTextEncoder encoder = bert(32)) {
      EncodedText encoded = encoder.encode(TextInput.of("movie [MASK][SEP] was"));
      assertThat(encoded.positions().subList(1, 5))
          .containsExactly(
              new TokenSpan("movie", 122, 0, 0, 0, 5, false),
              new TokenSpan("[MASK]", 4, 0, 1, 6, 12, false),
              new TokenSpan("[SEP]", 3, 0, 2, 12, 17, false),
              new TokenSpan("was", 66, 0, 3, 18, 21, false));
      assertThat(encoded.positions())
          .last()
          .isEqualTo(new TokenSpan("[SEP]", 3, 0, Token.NO_WORD, 0, 0, true));
    }
  }

  @Test
  void theFilesOwnTruncationAndPaddingDoNotCount() throws IOException {
    JsonObject tokenizer =
        JsonParser.parseString(
                Files.readString(HuggingFaceGolden.directory("bert").resolve("tokenizer.json")))
            .getAsJsonObject();
    tokenizer.add(
        "truncation",
        JsonParser.parseString(
            "{\"max_length\": 3, \"strategy\": \"OnlyFirst\", \"stride\": 1, \"direction\":"
                + " \"Left\"}"));
    tokenizer.add(
        "padding",
        JsonParser.parseString(
            "{\"strategy\": {\"Fixed\": 20}, \"direction\": \"Right\", \"pad_to_multiple_of\": 8,"
                + " \"pad_id\": 0, \"pad_type_id\": 0, \"pad_token\": \"[PAD]\"}"));
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer.toString());
    try (HuggingFaceTextEncoder encoder = open(folder, 6)) {
      assertThat(tokens(encoder.encode(TextInput.of("the movie was"))))
          .containsExactly("[CLS]", "the", "movie", "was", "[SEP]");
      assertThat(tokens(encoder.encode(TextInput.of("the movie was it all"))))
          .containsExactly("[CLS]", "the", "movie", "was", "it", "[SEP]");
    }
  }

  @Test
  void aTokenizerMayCutOnTheLeft() throws IOException {
    try (HuggingFaceTextEncoder encoder = open(configured("{\"truncation_side\": \"left\"}"), 4)) {
      EncodedText encoded = encoder.encode(TextInput.of("the movie was"));
      assertThat(encoded.positions().subList(1, 3))
          .containsExactly(
              new TokenSpan("movie", 122, 0, 1, 4, 9, false),
              new TokenSpan("was", 66, 0, 2, 10, 13, false));
      assertThat(encoded.truncated()).isTrue();
    }
  }

  @Test
  void onceClosedItSaysSo() {
    HuggingFaceTextEncoder encoder = bert(32);
    encoder.close();
    encoder.close();
    assertThatThrownBy(() -> encoder.encode(TextInput.of("movie")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(encoder.maxLength()).isEqualTo(32);
  }
}
