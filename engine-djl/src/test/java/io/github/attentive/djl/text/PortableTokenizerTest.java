package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.TokenSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortableTokenizerTest {
  @TempDir Path folder;

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private static JsonObject settings(PortableTokenizer tokenizer) {
    assertThat(tokenizer.settings()).endsWith("}\n");
    return JsonParser.parseString(tokenizer.settings()).getAsJsonObject();
  }

  @Test
  void settingsAreKeptButForTheLength() throws IOException {
    write("tokenizer.json", "{\"any\": \"thing\"}\n");
    write(
        "tokenizer_config.json",
        "{\"b\":null,\"model_max_length\":1000000000000000019884624838656,\"a\":[\"<é>\",1e-3],"
            + "\"model_input_names\":[\"token_type_ids\",\"input_ids\"]}");
    PortableTokenizer tokenizer = PortableTokenizer.of(folder, 7, TokenTypes.IF_NAMED);
    assertThat(tokenizer.json()).isEqualTo("{\"any\": \"thing\"}\n");
    assertThat(settings(tokenizer).toString())
        .isEqualTo(
            "{\"b\":null,\"model_max_length\":7,\"a\":[\"<é>\",1e-3],"
                + "\"model_input_names\":[\"input_ids\",\"attention_mask\",\"token_type_ids\"]}");
    assertThat(
            settings(PortableTokenizer.of(folder, 7, TokenTypes.NONE))
                .get("model_input_names")
                .toString())
        .isEqualTo("[\"input_ids\",\"attention_mask\"]");
  }

  @Test
  void withoutSettingsTheLengthIsThem() throws IOException {
    write("tokenizer.json", "{}");
    String length = "{\"model_max_length\":512,\"model_input_names\":";
    assertThat(settings(PortableTokenizer.of(folder, 512, TokenTypes.UNLESS_LEFT_OUT)).toString())
        .isEqualTo(length + "[\"input_ids\",\"attention_mask\",\"token_type_ids\"]}");
    assertThat(settings(PortableTokenizer.of(folder, 512, TokenTypes.IF_NAMED)).toString())
        .isEqualTo(length + "[\"input_ids\",\"attention_mask\"]}");
  }

  @Test
  void aVocabularyBecomesTheTokenizerThatReadsIt() throws IOException {
    write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ngood\nun\n##known\n!\n");
    PortableTokenizer tokenizer = PortableTokenizer.of(folder, 6, TokenTypes.UNLESS_LEFT_OUT);
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.writeString(copy.resolve(PortableTokenizer.FILE), tokenizer.json());
    Files.writeString(copy.resolve(PortableTokenizer.SETTINGS_FILE), tokenizer.settings());
    assertSame(folder, copy, 6, "Good UNKNOWN good!", "[MASK]", "");
  }

  @Test
  void copiesReadTextsAsTheirOriginals() throws IOException {
    for (String family : List.of("bert", "roberta", "deberta-v3", "albert")) {
      Path original = SharedFixtures.path("hf").resolve(family);
      PortableTokenizer tokenizer = PortableTokenizer.of(original, 9, TokenTypes.UNLESS_LEFT_OUT);
      Path copy = Files.createDirectory(folder.resolve(family));
      Files.writeString(copy.resolve(PortableTokenizer.FILE), tokenizer.json());
      Files.writeString(copy.resolve(PortableTokenizer.SETTINGS_FILE), tokenizer.settings());
      assertSame(original, copy, 9, "The acting, boring as it was, won me.", "", "é 😀 x");
    }
  }

  private static void assertSame(Path original, Path copy, int maxLength, String... texts) {
    try (HuggingFaceTextEncoder first =
            HuggingFaceTextEncoder.open(
                original, 32, OptionalInt.of(maxLength), TokenTypes.UNLESS_LEFT_OUT);
        HuggingFaceTextEncoder second =
            HuggingFaceTextEncoder.open(copy, 32, OptionalInt.empty(), TokenTypes.IF_NAMED)) {
      assertThat(second.maxLength()).isEqualTo(maxLength);
      for (String text : texts) {
        TextInput pair = TextInput.of(text, "good");
        for (TextInput input : List.of(TextInput.of(text), pair)) {
          List<TokenSpan> expected = first.encode(input).positions();
          assertThat(second.encode(input).positions()).isEqualTo(expected).isNotEmpty();
          assertThat(second.encode(input).tokenTypes()).isEqualTo(first.encode(input).tokenTypes());
        }
      }
    }
  }

  @Test
  void wordPiecesBecomeATokenizer() throws IOException {
    List<String> tokens =
        List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "film", "##s", "\u96FB");
    PortableTokenizer tokenizer = PortableTokenizer.ofWordPieces(tokens, 8);
    assertThat(tokenizer.json()).endsWith("}\n");
    write("tokenizer.json", tokenizer.json());
    write("tokenizer_config.json", tokenizer.settings());
    assertThat(settings(tokenizer).get("tokenizer_class").getAsString()).isEqualTo("BertTokenizer");
    TokenizerDescription description = TokenizerDescription.read(folder);
    assertThat(description.size()).isEqualTo(tokens.size());
    assertThat(description.padding()).hasValue(0);
    assertThat(description.unknown()).hasValue(1);
    assertThat(description.modelMaxLength()).hasValue(8);
    try (HuggingFaceTextEncoder encoder =
        HuggingFaceTextEncoder.open(folder, 512, OptionalInt.empty(), TokenTypes.UNLESS_LEFT_OUT)) {
      assertThat(encoder.maxLength()).isEqualTo(8);
      EncodedText encoded = encoder.encode(TextInput.of("Good F\u00CELMS \u96FB?", "[MASK]"));
      assertThat(encoded.ids()).containsExactly(2, 5, 6, 7, 8, 3, 4, 3);
      assertThat(encoded.tokenTypes()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1);
    }
    Path copy = Files.createDirectory(folder.resolve("copy"));
    PortableTokenizer again = PortableTokenizer.of(folder, 8, TokenTypes.UNLESS_LEFT_OUT);
    Files.writeString(copy.resolve(PortableTokenizer.FILE), again.json());
    Files.writeString(copy.resolve(PortableTokenizer.SETTINGS_FILE), again.settings());
    assertSame(folder, copy, 8, "good films", "x", "");
  }

  @Test
  void wordPiecesThatMakeNoTokenizerAreRefused() {
    List<String> tokens = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "a");
    assertNoTokenizer(tokens.subList(0, 4), 8, "[MASK]");
    assertNoTokenizer(tokens, 8, "'a' twice");
    assertNoTokenizer(tokens.subList(0, 6), 0, "at least 1, got 0");
  }

  private static void assertNoTokenizer(List<String> tokens, int maxLength, String says) {
    assertThatThrownBy(() -> PortableTokenizer.ofWordPieces(tokens, maxLength))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(says);
  }

  @Test
  void noTokenizerIsNamed() {
    assertThatThrownBy(() -> PortableTokenizer.of(folder, 7, TokenTypes.IF_NAMED))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("tokenizer.json");
  }
}
