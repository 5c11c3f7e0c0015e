package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.spi.TokenSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a model directory: other, missing, damaged and hostile ones. */
class TokenizerFilesTest {
  private static final List<String> VOCABULARY =
      List.of(
          "[PAD]",
          "[UNK]",
          "[CLS]",
          "[SEP]",
          "[MASK]",
          "cafe",
          "Caf\u00E9",
          "caf\u00E9",
          "##s",
          "\u96FB",
          "\u5F71",
          "\u96FB\u5F71",
          "<s>",
          "</s>",
          "<unk>");

  @TempDir Path folder;

  private HuggingFaceTextEncoder open() {
    return HuggingFaceTextEncoder.open(folder, 64, OptionalInt.empty(), TokenTypes.UNLESS_LEFT_OUT);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void assertRefused(String... says) {
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContainingAll(says);
  }

  private static String fixture(String family) throws IOException {
    return Files.readString(HuggingFaceGolden.directory(family).resolve("tokenizer.json"));
  }

  private List<String> tokens(String text) {
    try (HuggingFaceTextEncoder encoder = open()) {
      return encoder.encode(TextInput.of(text)).positions().stream().map(TokenSpan::text).toList();
    }
  }

  @Test
  void withoutATokenizerItNamesBothFiles() throws IOException {
    assertRefused("tokenizer.json", "vocab.txt", "neither", "save_pretrained");
    write("vocab.json", "{}");
    write("merges.txt", "");
    assertRefused("tokenizer.json", "vocab.txt", "vocab.json, merges.txt", "save_pretrained");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spiece.model", "spm.model", "sentencepiece.bpe.model"})
  void aSentencePieceModelIsNotEnough(String name) throws IOException {
    write(name, "");
    assertRefused("tokenizer.json", name, "save_pretrained");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer.json", "vocab.txt"})
  void aPointerOfGitLfsIsNotTheFile(String name) throws IOException {
    write(
        name, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935\nsize 1\n");
    assertRefused(name, "Git LFS", "git lfs pull");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "[]",
        "null",
        "nonsense",
        "{}",
        "{\"model\": 1}",
        "{\"model\": {}}",
        "{\"model\": {\"type\": \"WordPiece\"}}",
        "{\"version\": \"1.0\"} {}",
        "{\"a\": \"",
        "{\"a\": \"\\",
        "{\"a\" 1}",
        "{\"a\": 1,}",
        "{\"a\": [}",
        "\uFEFF{}",
        "<html></html>"
      })
  void whatIsNoTokenizerIsRefused(String text) throws IOException {
    write("tokenizer.json", text);
    assertRefused("tokenizer.json");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    for (String field : List.of("model", "normalizer", "post_processor", "added_tokens")) {
      write("tokenizer.json", "{\"" + field + "\": " + "[".repeat(1_000_000) + "}");
      assertRefused("tokenizer.json");
      write(
          "tokenizer.json",
          "{\"" + field + "\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");
      assertRefused("tokenizer.json");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    Files.write(folder.resolve("tokenizer.json"), new byte[] {'{', (byte) 0xC3, '}'});
    assertRefused("tokenizer.json", "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "xlm-roberta"})
  void aFileThatWasCutIsRefused(String family) throws IOException {
    byte[] whole = fixture(family).strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 150) {
      Files.write(folder.resolve("tokenizer.json"), Arrays.copyOf(whole, length));
      assertRefused("tokenizer.json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What the native library does not survive.
        "post_processor | {\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}},{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"pair\":[],\"special_tokens\":{}}",
        "post_processor | {\"type\":\"TemplateProcessing\",\"single\":[{\"Sequence\":{\"id\":\"B\",\"type_id\":0}}],\"pair\":[],\"special_tokens\":{}}",
        "post_processor | {\"type\":\"TemplateProcessing\",\"single\":[],\"pair\":[],\"special_tokens\":{}}",
        "post_processor | {\"type\":\"TemplateProcessing\",\"single\":[{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"pair\":[{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"special_tokens\":{}}",
        "post_processor | {\"type\":\"Sequence\",\"processors\":[{\"special_tokens\":[]}]}",
        "post_processor | {\"type\":\"TemplateProcessing\",\"single\":[{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"pair\":[{\"Sequence\":{\"id\":\"B\",\"type_id\":0}},{\"Sequence\":{\"id\":\"B\",\"type_id\":0}}],\"special_tokens\":{}}",
        "post_processor | [[],[],{}]",
        "normalizer | {\"type\":\"Precompiled\"}",
        "normalizer | {\"type\":\"Precompiled\",\"precompiled_charsmap\":\"***\"}",
        "normalizer | {\"type\":\"Precompiled\",\"precompiled_charsmap\":\"\"}",
        "normalizer | {\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"BAAAAAAAAAA=\"}]}",
        "normalizer | {\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"x\"}",
        "normalizer | {\"type\":\"Replace\",\"pattern\":{\"Regex\":\" *\"},\"content\":\"x\"}",
        "pre_tokenizer | {\"type\":\"FixedLength\",\"length\":0}",
        "pre_tokenizer | {\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"FixedLength\",\"length\":0}]}",
        "model | {\"type\":\"BPE\",\"continuing_subword_prefix\":\"####\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[\"a b\"]}",
        "model | {\"type\":\"BPE\",\"continuing_subword_prefix\":\"####\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[[\"a\",\"b\"]]}",
        // What it reports itself.
        "model | {\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{\"a\":0}}",
        "model | {\"type\":\"Unigram\",\"unk_id\":7,\"vocab\":[[\"a\",0.0]]}",
        "pre_tokenizer | {\"type\":\"Nonesuch\"}",
        "added_tokens | 7",
      })
  void aDamagedPartIsRefused(String part, String json) throws IOException {
    JsonObject tokenizer = JsonParser.parseString(fixture("bert")).getAsJsonObject();
    JsonElement damaged = JsonParser.parseString(json);
    tokenizer.add(part, damaged);
    write("tokenizer.json", tokenizer.toString());
    assertRefused("tokenizer.json");
  }

  @Test
  void aDamagedDecoderDoesNoHarm() throws IOException {
    JsonObject tokenizer = JsonParser.parseString(fixture("bert")).getAsJsonObject();
    tokenizer.addProperty("decoder", "none");
    write("tokenizer.json", tokenizer.toString());
    assertThat(tokens("the movie")).containsExactly("[CLS]", "the", "movie", "[SEP]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model_max_length\": 0}       | model_max_length",
        "{\"model_max_length\": \"512\"} | model_max_length",
        "{\"model_input_names\": \"a\"}  | model_input_names",
        "{\"truncation_side\": \"top\"}  | truncation_side",
        "[]                              | object",
        "{\"a\"                          | JSON",
      })
  void aConfigurationOfOtherTypesIsRefused(String config, String says) throws IOException {
    write("tokenizer.json", fixture("bert"));
    write("tokenizer_config.json", config);
    assertRefused("tokenizer_config.json", says);
  }

  @Test
  void aVocabularyIsReadAsBertDoes() throws IOException {
    write("vocab.txt", String.join("\r\n", VOCABULARY));
    assertThat(tokens("Caf\u00E9s \u96FB\u5F71 xyz [MASK]"))
        .containsExactly("[CLS]", "cafe", "##s", "\u96FB", "\u5F71", "[UNK]", "[MASK]", "[SEP]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"do_lower_case\": false}                              | Caf\u00E9 | [UNK]",
        "{\"do_lower_case\": false, \"strip_accents\": true}     | [UNK]  | [UNK]",
        "{\"strip_accents\": false}                              | caf\u00E9 | [UNK]",
        "{\"do_lower_case\": false, \"strip_accents\": false, \"tokenize_chinese_chars\": false} | Caf\u00E9 | \u96FB\u5F71",
      })
  void theConfigurationTellsHowAVocabularyIsRead(String config, String word, String chinese)
      throws IOException {
    write("vocab.txt", String.join("\n", VOCABULARY) + "\n");
    write("tokenizer_config.json", config);
    assertThat(tokens("Caf\u00E9")).containsExactly("[CLS]", word, "[SEP]");
    if (!chinese.equals("[UNK]")) {
      assertThat(tokens("\u96FB\u5F71")).containsExactly("[CLS]", chinese, "[SEP]");
    }
  }

  @Test
  void specialTokensMayHaveOtherNames() throws IOException {
    write("vocab.txt", String.join("\n", VOCABULARY));
    write("tokenizer_config.json", "{\"cls_token\": {\"content\": \"<s>\"}}");
    write(
        "special_tokens_map.json",
        "{\"cls_token\": \"[MASK]\", \"sep_token\": \"</s>\", \"unk_token\": {\"content\":"
            + " \"<unk>\"}}");
    assertThat(tokens("cafe xyz")).containsExactly("<s>", "cafe", "<unk>", "</s>");
  }

  @Test
  void aVocabularyWithoutSpecialTokensIsRefused() throws IOException {
    write("vocab.txt", "[UNK]\n[CLS]\n");
    assertRefused("vocab.txt", "[SEP]", "sep_token");
    write("vocab.txt", "");
    assertRefused("vocab.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BertJapaneseTokenizer", "MPNetTokenizerFast", "EsmTokenizer"})
  void theVocabularyOfAnotherTokenizerIsRefused(String name) throws IOException {
    write("vocab.txt", String.join("\n", VOCABULARY));
    write("tokenizer_config.json", "{\"tokenizer_class\": \"" + name + "\"}");
    assertRefused("vocab.txt", "BERT", "save_pretrained");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BertTokenizer", "BertTokenizerFast", "ElectraTokenizer"})
  void theVocabularyOfBertsCousinsIsRead(String name) throws IOException {
    write("vocab.txt", String.join("\n", VOCABULARY));
    write("tokenizer_config.json", "{\"tokenizer_class\": \"" + name + "\"}");
    assertThat(tokens("cafe")).containsExactly("[CLS]", "cafe", "[SEP]");
  }

  @Test
  void aVocabularyMayHaveAddedTokens() throws IOException {
    write("vocab.txt", String.join("\n", VOCABULARY));
    write("added_tokens.json", "{\"<url>\": 16, \"<user>\": 15}");
    try (HuggingFaceTextEncoder encoder = open()) {
      assertThat(encoder.encode(TextInput.of("cafe <user> <url>")).ids())
          .containsExactly(2, 5, 15, 16, 3);
    }
    write("added_tokens.json", "{\"<url>\": 17}");
    assertRefused("added_tokens.json", "15");
    write("added_tokens.json", "{\"<url>\": \"x\"}");
    assertRefused("added_tokens.json", "15");
  }
}
