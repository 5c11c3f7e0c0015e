package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.TokenSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** No text brings a tokenizer down, and every span is a stretch of it. */
class HuggingFaceHostileTextTest {
  static final List<String> FAMILIES = SharedFixtures.HUGGING_FACE;

  private static final String FAMILY_EMOJI =
      "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";

  private static final List<String> TEXTS =
      List.of(
          "\u0000",
          "a\u0000b \u0000",
          "\uD83D",
          "\uDC4D",
          "\uD83D movie \uDC4D",
          "movie\uDC4D\uD83Dgreat \uD83D\uDC4D\uD83D",
          "\u0001\u0002\u007F\u0085\u200B\uFEFF",
          " \t\r\n\u000B\f\u00A0\u2003\u2028\u3000 ",
          "  movie \u00A0great\u3000",
          "\u05E9\u05DC\u05D5\u05DD \u202Emovie\u202C \u0645\u0631\u062D\u0628\u0627",
          "e\u0301\u0302\u0303\u0304" + "\u0301".repeat(500),
          FAMILY_EMOJI + FAMILY_EMOJI + " movie " + FAMILY_EMOJI,
          "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7 movie \uD83C\uDDE9",
          "\uFDFA\uFB01\u0130\u1E9E\u01C4 \uD835\uDD6A\uD835\uDD98",
          "\uFFFD\uFFFE\uFFFF \uDBFF\uDFFF",
          "[CLS][SEP][PAD][UNK][MASK]<s></s><pad><unk><mask>",
          "\u2581\u2581movie\u0120great##ing",
          "a".repeat(100_000),
          "\uD83D\uDC4D".repeat(5_000),
          "movie ".repeat(5_000));

  @TempDir Path folder;

  /** Without the fixture's limit of 32 tokens. */
  private HuggingFaceTextEncoder open(String family) throws IOException {
    Files.copy(
        HuggingFaceGolden.directory(family).resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"));
    return HuggingFaceTextEncoder.open(
        folder, 1 << 20, OptionalInt.empty(), TokenTypes.UNLESS_LEFT_OUT);
  }

  private static void check(HuggingFaceTextEncoder encoder, TextInput input) {
    EncodedText encoded = encoder.encode(input);
    assertThat(encoded.truncated()).isFalse();
    assertThat(encoded.positions()).allMatch(token -> isSound(token, input));
  }

  private static boolean isSound(TokenSpan token, TextInput input) {
    if (token.special()) {
      return token.word() == Token.NO_WORD && token.start() == 0 && token.end() == 0;
    }
    String text = token.segment() == 0 ? input.text() : String.valueOf(input.pair());
    if (token.end() > text.length() || splits(text, token.start()) || splits(text, token.end())) {
      return false;
    }
    String span = text.substring(token.start(), token.end());
    return span.equals(span.strip());
  }

  private static boolean splits(String text, int offset) {
    return offset > 0
        && offset < text.length()
        && Character.isSurrogatePair(text.charAt(offset - 1), text.charAt(offset));
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void spansAreStretchesOfTheText(String family) throws IOException {
    try (HuggingFaceTextEncoder encoder = open(family)) {
      for (String text : TEXTS) {
        check(encoder, TextInput.of(text));
        check(encoder, TextInput.of("movie", text));
        check(encoder, TextInput.of(text, text));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void spansOfRandomTextsAreStretchesOfThem(String family) throws IOException {
    Random random = new Random(17);
    List<String> pieces = new ArrayList<>(List.of("movie", "great", " ", "'s", "##ing", "\u2581"));
    TEXTS.stream().filter(text -> text.length() < 30).forEach(pieces::add);
    try (HuggingFaceTextEncoder encoder = open(family)) {
      for (int round = 0; round < 150; round++) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
          text.append(
              random.nextBoolean()
                  ? pieces.get(random.nextInt(pieces.size()))
                  : String.valueOf((char) random.nextInt(0x10000)));
        }
        check(encoder, TextInput.of(text.toString()));
        check(encoder, TextInput.of(text.toString(), text.reverse().toString()));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void aLoneSurrogateIsAReplacementCharacter(String family) throws IOException {
    try (HuggingFaceTextEncoder encoder = open(family)) {
      String lone = "\uDC4D movie \uD83D great \uD83D\uDC4D was \uD83D";
      String replaced = "\uFFFD movie \uFFFD great \uD83D\uDC4D was \uFFFD";
      assertThat(encoder.encode(TextInput.of(lone)).positions())
          .isEqualTo(encoder.encode(TextInput.of(replaced)).positions());
    }
  }
}
