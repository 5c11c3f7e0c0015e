package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.TokenSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Parity with Python's tokenizers: everything exactly. */
class HuggingFaceGoldenTest {
  static final List<String> FAMILIES = SharedFixtures.HUGGING_FACE;

  private static HuggingFaceTextEncoder open(Path directory) {
    return HuggingFaceTextEncoder.open(
        directory, 32, OptionalInt.empty(), TokenTypes.UNLESS_LEFT_OUT);
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void encodesAsPythonDoes(String family) throws IOException {
    List<HuggingFaceGolden> texts = HuggingFaceGolden.of(family);
    assertThat(texts).hasSize(12);
    try (HuggingFaceTextEncoder encoder = open(HuggingFaceGolden.directory(family))) {
      for (HuggingFaceGolden text : texts) {
        EncodedText encoded = encoder.encode(text.input());
        assertThat(encoded.ids()).as("%s", text.input()).containsExactly(array(text.ids()));
        assertThat(encoded.positions())
            .extracting(TokenSpan::text)
            .containsExactlyElementsOf(text.tokens());
        boolean cut = text.expected().get("overflowing").getAsInt() > 0;
        assertThat(encoded.truncated()).as("%s", text.input()).isEqualTo(cut);
        if (!text.cutElsewhere()) {
          assertThat(encoded.positions()).containsExactlyElementsOf(text.positions());
          assertThat(encoded.tokenTypes()).containsExactly(array(text.types()));
        }
      }
    }
  }

  private static long[] array(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void aBatchIsEncodedAsItsTexts(String family) throws IOException {
    List<TextInput> inputs =
        HuggingFaceGolden.of(family).stream().map(HuggingFaceGolden::input).toList();
    try (HuggingFaceTextEncoder encoder = open(HuggingFaceGolden.directory(family))) {
      List<EncodedText> all = encoder.encodeAll(inputs);
      assertThat(all).hasSameSizeAs(inputs);
      for (int i = 0; i < all.size(); i++) {
        EncodedText one = encoder.encode(inputs.get(i));
        assertThat(all.get(i).positions()).isEqualTo(one.positions());
        assertThat(all.get(i).tokenTypes()).containsExactly(one.tokenTypes());
        assertThat(all.get(i).truncated()).isEqualTo(one.truncated());
      }
    }
  }

  @Test
  void aVocabularyAloneEncodesTheSame(@TempDir Path folder) throws IOException {
    Path directory = HuggingFaceGolden.directory("bert");
    String[] vocabulary = new String[240];
    JsonParser.parseString(Files.readString(directory.resolve("tokenizer.json")))
        .getAsJsonObject()
        .getAsJsonObject("model")
        .getAsJsonObject("vocab")
        .entrySet()
        .forEach(entry -> vocabulary[entry.getValue().getAsInt()] = entry.getKey());
    Files.write(folder.resolve("vocab.txt"), Arrays.asList(vocabulary));
    try (HuggingFaceTextEncoder expected = open(directory);
        HuggingFaceTextEncoder encoder = open(folder)) {
      for (HuggingFaceGolden text : HuggingFaceGolden.of("bert")) {
        EncodedText encoded = encoder.encode(text.input());
        assertThat(encoded.positions()).isEqualTo(expected.encode(text.input()).positions());
        assertThat(encoded.tokenTypes())
            .containsExactly(expected.encode(text.input()).tokenTypes());
      }
    }
  }
}
