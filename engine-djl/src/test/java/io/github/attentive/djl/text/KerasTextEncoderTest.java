package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.djl.text.TextVectorization.Split;
import io.github.attentive.djl.text.TextVectorization.Standardize;
import io.github.attentive.spi.TokenSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KerasTextEncoderTest {
  private static final Vocabulary WORDS =
      Vocabulary.of(List.of("", "[UNK]", "the", "film", "dont"));

  private static EncodedText encode(String text, int sequenceLength, int wordLimit) {
    return new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, sequenceLength, wordLimit)
        .encode(TextInput.of(text));
  }

  private static TokenSpan padding() {
    return special("[PAD]", 0);
  }

  @Test
  void padsToTheLength() {
    EncodedText encoded = encode("The (film) DON'T zebra", 6, 6);
    assertThat(encoded.positions())
        .containsExactly(
            new TokenSpan("the", 2, 0, 0, 0, 3, false),
            new TokenSpan("film", 3, 0, 1, 5, 9, false),
            new TokenSpan("dont", 4, 0, 2, 11, 16, false),
            new TokenSpan("[UNK]", 1, 0, 3, 17, 22, false),
            padding(),
            padding());
    assertThat(encoded.ids()).containsExactly(2, 3, 4, 1, 0, 0);
    assertThat(encoded.truncated()).isFalse();
  }

  @Test
  void anEmptyTextIsAllPadding() {
    EncodedText encoded = encode(" ... ", 2, 2);
    assertThat(encoded.positions()).containsExactly(padding(), padding());
    assertThat(encoded.truncated()).isFalse();
  }

  /** A text of which all or some tokens were left out is read as one that never had them. */
  @Test
  void whatIsLeftOfATextIsPaddedAsIfItWereAll() {
    TextInput input = TextInput.of("the film");
    KerasTextEncoder shown = new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, 3, 3);
    KerasTextEncoder unknown = shown.withEmptyTextsAsUnknownWord();
    KerasTextEncoder masked = KerasTextEncoder.masked(TextVectorization.DEFAULT, WORDS, 3);
    for (KerasTextEncoder encoder : List.of(shown, unknown, masked)) {
      EncodedText whole = encoder.encode(input);
      assertThat(encoder.completed(input, whole)).isEqualTo(whole);
      for (int kept = 0; kept < 2; kept++) {
        List<TokenSpan> left = new ArrayList<>(whole.positions());
        left.subList(kept, 2).clear();
        EncodedText completed =
            encoder.completed(input, new EncodedText(left, new long[left.size()], false));
        EncodedText expected = encoder.encode(TextInput.of(kept == 0 ? "" : "the"));
        assertThat(completed).isEqualTo(expected);
      }
    }
  }

  @Test
  void saysWhetherTheTextGoesOn() {
    assertThat(encode("the film", 2, 2).truncated()).isFalse();
    assertThat(encode("the film !!", 2, 2).truncated()).isFalse();
    assertThat(encode("the film the", 2, 2).truncated()).isTrue();
    assertThat(encode("the film the", 2, 2).ids()).containsExactly(2, 3);
  }

  @Test
  void aLimitBelowTheLengthBecomesPadding() {
    EncodedText encoded = encode("the film the", 4, 2);
    assertThat(encoded.ids()).containsExactly(2, 3, 0, 0);
    assertThat(encoded.truncated()).isTrue();
  }

  @Test
  void aLimitAboveTheLengthChangesNothing() {
    assertThat(encode("the film the", 2, 99)).isEqualTo(encode("the film the", 2, 2));
    assertThat(new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, 5, 99).maxLength())
        .isEqualTo(5);
    assertThat(new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, 5, 3).maxLength())
        .isEqualTo(3);
  }

  @Test
  void refusesAPair() {
    KerasTextEncoder encoder = new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, 5, 5);
    assertThatThrownBy(() -> encoder.encode(TextInput.of("the", "film")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("this model reads one text; expected no pair, got one of 4 characters");
  }

  private static TokenSpan special(String text, int id) {
    return new TokenSpan(text, id, 0, Token.NO_WORD, 0, 0, true);
  }

  private static KerasTextEncoder masked(int limit) {
    return KerasTextEncoder.masked(TextVectorization.DEFAULT, WORDS, limit);
  }

  private static KerasTextEncoder unpadded(int limit) {
    return KerasTextEncoder.unpadded(TextVectorization.DEFAULT, WORDS, limit);
  }

  @Test
  void withoutShownPaddingPositionsAreTheTokens() {
    for (KerasTextEncoder encoder :
        List.of(masked(6), masked(Integer.MAX_VALUE), unpadded(6), unpadded(Integer.MAX_VALUE))) {
      EncodedText encoded = encoder.encode(TextInput.of("The (film) zebra"));
      assertThat(encoded.positions())
          .containsExactly(
              new TokenSpan("the", 2, 0, 0, 0, 3, false),
              new TokenSpan("film", 3, 0, 1, 5, 9, false),
              new TokenSpan("[UNK]", 1, 0, 2, 11, 16, false));
      assertThat(encoded.tokenTypes()).containsExactly(0, 0, 0);
      assertThat(encoded.truncated()).isFalse();
    }
  }

  @Test
  void anEmptyTextIsOneSpecialPosition() {
    for (String text : List.of("", " ", "?! ...")) {
      EncodedText masked = masked(6).encode(TextInput.of(text));
      assertThat(masked.positions()).containsExactly(special("[UNK]", 1));
      assertThat(masked.truncated()).isFalse();
      EncodedText unpadded = unpadded(6).encode(TextInput.of(text));
      assertThat(unpadded.positions()).containsExactly(padding());
      assertThat(unpadded.truncated()).isFalse();
    }
  }

  @Test
  void anEmptyTextMayBeOneUnknownWordBeforePaddingThatIsShown() {
    KerasTextEncoder encoder =
        new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, 3, 3).withEmptyTextsAsUnknownWord();
    assertThat(encoder.encode(TextInput.of("!")).positions())
        .containsExactly(special("[UNK]", 1), padding(), padding());
    assertThat(encoder.encode(TextInput.of("the")).ids()).containsExactly(2, 0, 0);
    assertThat(unpadded(3).withEmptyTextsAsUnknownWord().encode(TextInput.of("")).positions())
        .containsExactly(special("[UNK]", 1));
  }

  @Test
  void aLimitCutsTextsWithoutShownPadding() {
    for (KerasTextEncoder encoder : List.of(masked(2), unpadded(2))) {
      assertThat(encoder.maxLength()).isEqualTo(2);
      EncodedText cut = encoder.encode(TextInput.of("the film the"));
      assertThat(cut.ids()).containsExactly(2, 3);
      assertThat(cut.truncated()).isTrue();
      assertThat(encoder.encode(TextInput.of("the film !")).truncated()).isFalse();
    }
  }

  @Test
  void withoutALimitAllTokensAreRead() {
    String text = "film ".repeat(10_000);
    for (KerasTextEncoder encoder :
        List.of(masked(Integer.MAX_VALUE), unpadded(Integer.MAX_VALUE))) {
      assertThat(encoder.maxLength()).isEqualTo(Integer.MAX_VALUE);
      EncodedText encoded = encoder.encode(TextInput.of(text));
      assertThat(encoded.length()).isEqualTo(10_000);
      assertThat(encoded.truncated()).isFalse();
    }
  }

  @Test
  void withoutShownPaddingAPairIsRefusedToo() {
    for (KerasTextEncoder encoder : List.of(masked(5), unpadded(5))) {
      assertThatThrownBy(() -> encoder.encode(TextInput.of("the", "film")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("this model reads one text; expected no pair, got one of 4 characters");
    }
  }

  @Test
  void refusesALimitBelowOneAndAVocabularyWithoutPadding() {
    for (int limit : new int[] {0, -1}) {
      assertThatThrownBy(() -> masked(limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("limit of tokens: expected at least 1, got " + limit);
      assertThatThrownBy(() -> unpadded(limit)).isInstanceOf(IllegalArgumentException.class);
    }
    Vocabulary words = Vocabulary.of(List.of("[UNK]", "the"), OutputMode.COUNT);
    assertThatThrownBy(() -> new KerasTextEncoder(TextVectorization.DEFAULT, words, 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vocabulary: expected the empty word for padding first, got [UNK]");
  }

  @Test
  void eachNgramIsAWordOfItsOwn() {
    TextVectorization vectorization =
        new TextVectorization(
            Standardize.LOWER_AND_STRIP_PUNCTUATION, Split.WHITESPACE, List.of(1, 2));
    Vocabulary words = Vocabulary.of(List.of("", "[UNK]", "film", "the film"));
    assertThat(
            KerasTextEncoder.unpadded(vectorization, words, 9)
                .encode(TextInput.of("The, film"))
                .positions())
        .containsExactly(
            new TokenSpan("[UNK]", 1, 0, 0, 0, 3, false),
            new TokenSpan("film", 2, 0, 1, 5, 9, false),
            new TokenSpan("the film", 3, 0, 2, 0, 9, false));
  }

  @Test
  void charactersBelongToTheWordsThatWhiteSpaceSeparates() {
    Vocabulary words = Vocabulary.of(List.of("", "[UNK]", " ", "a", "\uD83D\uDE00"));
    assertThat(
            KerasTextEncoder.unpadded(
                    new TextVectorization(Standardize.STRIP_PUNCTUATION, Split.CHARACTER),
                    words,
                    99)
                .encode(TextInput.of(" a-\uD83D\uDE00 \u3000b ."))
                .positions())
        .containsExactly(
            new TokenSpan(" ", 2, 0, 0, 1, 1, false),
            new TokenSpan("a", 3, 0, 0, 1, 2, false),
            new TokenSpan("\uD83D\uDE00", 4, 0, 0, 3, 5, false),
            new TokenSpan(" ", 2, 0, 0, 6, 6, false),
            new TokenSpan("[UNK]", 1, 0, 0, 7, 7, false),
            new TokenSpan("[UNK]", 1, 0, 1, 7, 8, false),
            new TokenSpan(" ", 2, 0, 1, 9, 9, false));
  }

  @Test
  void spansLeaveOutWhiteSpaceAround() {
    Vocabulary words = Vocabulary.of(List.of("", "[UNK]", " a b\n", "\u3000a"));
    assertThat(
            KerasTextEncoder.unpadded(
                    new TextVectorization(Standardize.LOWER, Split.NONE), words, 9)
                .encode(TextInput.of(" A b\n"))
                .positions())
        .containsExactly(new TokenSpan(" a b\n", 2, 0, 0, 1, 4, false));
    assertThat(
            KerasTextEncoder.unpadded(TextVectorization.DEFAULT, words, 9)
                .encode(TextInput.of("\u3000A"))
                .positions())
        .containsExactly(new TokenSpan("\u3000a", 3, 0, 0, 1, 2, false));
  }

  @ParameterizedTest
  @EnumSource(Split.class)
  void wordsAreTheCallersOwnInOrderWithoutWhiteSpaceAround(Split split) {
    SplittableRandom random = new SplittableRandom(3);
    String alphabet = "aB ,.\t\n\u3000\u2003é\u00A0\uD83D\uDE00\uD800";
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      int word = 0;
      int end = 0;
      for (TokenSpan span :
          KerasTextEncoder.masked(new TextVectorization(Standardize.LOWER, split), WORDS, 99)
              .encode(TextInput.of(text.toString()))
              .positions()) {
        if (span.special()) {
          assertThat(span).isEqualTo(special("[UNK]", 1));
          continue;
        }
        assertThat(span.word()).as("'%s' %s", text, span).isBetween(word, word + 1);
        assertThat(span.start()).as("'%s' %s", text, span).isGreaterThanOrEqualTo(end);
        String own = text.substring(span.start(), span.end());
        assertThat(own).as("'%s' %s", text, span).isEqualTo(own.strip());
        word = span.word();
        end = span.end();
      }
    }
  }
}
