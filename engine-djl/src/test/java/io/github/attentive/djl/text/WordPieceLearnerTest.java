package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.spi.TokenSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordPieceLearnerTest {
  private static final int UNLIMITED = 1 << 20;
  private static final String UNKNOWN = "[UNK]";
  private static final List<String> SPECIAL = List.of("[PAD]", UNKNOWN, "[CLS]", "[SEP]", "[MASK]");

  static final List<String> HOSTILE =
      List.of(
          "",
          "x",
          " \t\r\n a \u00A0b\u3000c\u2028d",
          "a\u0000b \u0001 \u007F \u000B \f e\u0085f",
          "\uD83D movie \uDC4D \uFFFD",
          "Caf\u00E9 NA\u00CFVE e\u0301\u0302\u0303 =\u0338 \u2260",
          "\u96FB\u5F71movie\u96FB \uD840\uDC00 \u3042\u3044 \uAC00\uB098",
          "\uD83D\uDC68\u200D\uD83D\uDC69 \uD83D\uDE00\uD83D\uDE00 ok\uD83D\uDE00",
          "don't (stop)!!! [MASK] ##ing",
          "\u0130stanbul STRASSE \u1E9E \uFB01ne \u03A3\u03C3\u03C2",
          "\u05E9\u05DC\u05D5\u05DD \u202Emovie\u202C \u0645\u0631\u062D",
          "\u0301 \u0301b \u0E01\u0E33 \u0958",
          "a".repeat(100));

  private static final List<String> SENTENCES =
      List.of(
          "The kettle is quiet, quick and easy to clean.",
          "It isn't the quickest kettle, but the cleanest.",
          "Quietly, the cleaner unpacked two kettles.",
          "Unpacking took two minutes; cleaning took ten.");

  @TempDir Path folder;

  private List<String> tokens(List<String> vocabulary, String text) throws IOException {
    PortableTokenizer files = PortableTokenizer.ofWordPieces(vocabulary, 1 << 20);
    Files.writeString(folder.resolve(PortableTokenizer.FILE), files.json());
    Files.writeString(folder.resolve(PortableTokenizer.SETTINGS_FILE), files.settings());
    try (HuggingFaceTextEncoder encoder =
        HuggingFaceTextEncoder.open(
            folder, 1 << 20, OptionalInt.empty(), TokenTypes.UNLESS_LEFT_OUT)) {
      return encoder.encode(TextInput.of(text)).positions().stream().map(TokenSpan::text).toList();
    }
  }

  @Test
  void theMostFrequentPairsBecomePieces() {
    // ##u ##g three times, then h ##ug twice.
    List<String> texts = List.of("Hug, hug!", "pug bun");
    List<String> letters = List.of("!", ",", "b", "g", "h", "n", "p", "u", "##g", "##n", "##u");
    List<String> expected = new ArrayList<>(SPECIAL);
    expected.addAll(letters);
    expected.addAll(List.of("##ug", "hug"));
    assertThat(WordPieceLearner.learn(texts, 100, 2)).isEqualTo(expected);
    // Of equally frequent pairs that of the earlier tokens is first: b ##u, p ##ug, bu ##n.
    expected.addAll(List.of("bu", "pug", "bun"));
    assertThat(WordPieceLearner.learn(texts, 100, 1)).isEqualTo(expected);
  }

  @Test
  void aSmallerVocabularyIsTheBeginningOfALargerOne() {
    List<String> all = WordPieceLearner.learn(SENTENCES, UNLIMITED, 1);
    assertThat(all).hasSizeGreaterThan(100);
    assertThat(WordPieceLearner.learn(SENTENCES, 100, 1)).isEqualTo(all.subList(0, 100));
  }

  @Test
  void tokensDoNotDependOnTheOrderOfTheTextsNorOnTheLocale() {
    List<String> texts = new ArrayList<>(HOSTILE);
    texts.addAll(SENTENCES);
    List<String> expected = WordPieceLearner.learn(texts, UNLIMITED, 1);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      Collections.shuffle(texts, new Random(3));
      assertThat(WordPieceLearner.learn(texts, UNLIMITED, 1)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void everyWordThatIsFrequentEnoughIsKnown() throws IOException {
    List<String> vocabulary = WordPieceLearner.learn(SENTENCES, 100, 2);
    assertThat(vocabulary).doesNotHaveDuplicates().contains("kettle", "quick");
    for (String sentence : SENTENCES) {
      assertThat(tokens(vocabulary, sentence)).doesNotContain(UNKNOWN);
    }
    assertThat(tokens(vocabulary, "KETTL\u00C9S"))
        .containsExactly("[CLS]", "kettle", "##s", "[SEP]");
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void ofHostileTextsEveryWordBecomesOneToken(String text) throws IOException {
    List<String> vocabulary = WordPieceLearner.learn(List.of(text, "any"), UNLIMITED, 1);
    List<String> tokens = tokens(vocabulary, text.replace("[MASK]", "[ MASK ]"));
    assertThat(tokens)
        .doesNotContain(UNKNOWN)
        .allMatch(token -> !token.startsWith("##"))
        .allMatch(vocabulary::contains);
  }

  @Test
  void wordsAreCutAsTheTokenizerCutsThem() {
    assertThat(BertWords.count(HOSTILE))
        .containsKeys("cafe", "naive", "e", "\u96FB", "movie", "\uD840\uDC00")
        .containsEntry("\u96FB", 2L)
        .containsEntry("movie", 3L)
        .containsEntry("ab", 1L)
        .containsEntry("#", 2L)
        .containsEntry("istanbul", 1L)
        .doesNotContainKeys("", "\uFFFD", "?", "\u0301");
  }

  @Test
  void aTextWithoutWhiteSpaceIsCutInParts() {
    String emoji = "\uD83D\uDE00";
    String text = "a" + emoji.repeat(5_001) + "\u96FB".repeat(25_000);
    assertThat(BertWords.count(List.of(text)))
        .containsEntry("\u96FB", 25_000L)
        .containsEntry("a" + emoji.repeat(4_999), 1L)
        .containsEntry(emoji.repeat(2), 1L)
        .hasSize(3);
  }

  @Test
  void nothingIsLearnedFromWordsThatAreTooLong() throws IOException {
    String smileys = "\uD83D\uDE00".repeat(100);
    List<String> vocabulary = WordPieceLearner.learn(List.of(smileys, "b".repeat(101)), 1000, 1);
    assertThat(vocabulary).contains(smileys).doesNotContain("b");
    assertThat(tokens(vocabulary, smileys)).containsExactly("[CLS]", smileys, "[SEP]");
    assertThat(tokens(vocabulary, smileys + "\uD83D\uDE00"))
        .containsExactly("[CLS]", UNKNOWN, "[SEP]");
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 12, 13, 40})
  void lettersTakeAtMostHalfTheRarestAreLeftOut(int size) {
    List<String> texts = List.of("ab ab ab ba", "cab", "\u96FB\u5F71 \u96FB");
    List<String> vocabulary = WordPieceLearner.learn(texts, size, 1);
    assertThat(vocabulary)
        .hasSizeLessThanOrEqualTo(size)
        .startsWith(SPECIAL.toArray(String[]::new));
    long letters =
        vocabulary.stream()
            .skip(SPECIAL.size())
            .map(token -> token.replace("##", ""))
            .filter(token -> token.length() == 1)
            .count();
    assertThat(letters).isLessThanOrEqualTo((size - SPECIAL.size() + 1) / 2);
    if (size == 13) {
      // c is there once, each Chinese character no more often than a and b.
      assertThat(vocabulary.subList(5, 9)).containsExactly("a", "b", "##a", "##b");
      assertThat(vocabulary.subList(9, vocabulary.size())).containsExactly("ab", "ba");
    }
  }

  @Test
  void whatCannotBeLearnedFromIsRefused() {
    assertRefused(List.of("a"), 5, 1, "vocabulary size: expected at least 6, got 5");
    assertRefused(List.of("a"), 6, 0, "minimum frequency: expected at least 1, got 0");
    for (List<String> texts :
        List.of(
            List.<String>of(),
            List.of("", " \n"),
            List.of("\u0000\u0001\uFFFD\uD83D \u0301"),
            List.of("a".repeat(101)))) {
      assertRefused(texts, 100, 1, "texts: expected words to learn a vocabulary from");
    }
  }

  private static void assertRefused(List<String> texts, int size, int frequency, String says) {
    assertThatThrownBy(() -> WordPieceLearner.learn(texts, size, frequency))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(says);
  }
}
