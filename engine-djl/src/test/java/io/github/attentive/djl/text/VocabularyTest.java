package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static Vocabulary adapt(int maxTokens, String... texts) {
    return Vocabulary.adapt(TextVectorization.DEFAULT, Stream.of(texts), maxTokens);
  }

  @Test
  void ordersByFallingCountThenFallingCodePoints() {
    assertThat(adapt(100, "b a", "c a", "zz z").words())
        .containsExactly("", "[UNK]", "a", "zz", "z", "c", "b");
  }

  @Test
  void comparesCodePointsNotUtf16Units() {
    // By UTF-16 units U+FFEE would come before U+10000.
    assertThat(adapt(100, "\uE000 \uD800\uDC00 \uFFEE").words())
        .containsExactly("", "[UNK]", "\uD800\uDC00", "\uFFEE", "\uE000");
  }

  @Test
  void theOrderOfTheTextsDoesNotMatter() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      texts.add("w" + i % 37 + " v" + i % 11 + " u");
    }
    List<String> expected = adapt(100, texts.toArray(String[]::new)).words();
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(texts, new Random(seed));
      assertThat(adapt(100, texts.toArray(String[]::new)).words()).isEqualTo(expected);
    }
  }

  @Test
  void maxTokensCountsPaddingAndTheUnknown() {
    assertThat(adapt(3, "a a b").words()).containsExactly("", "[UNK]", "a");
    assertThat(adapt(100, "").words()).containsExactly("", "[UNK]");
  }

  @Test
  void aTokenThatCannotBeWrittenAsUtf8StaysUnknown() {
    Vocabulary vocabulary = adapt(100, "a \uD83D \uDE00b \uD83D\uDE00");
    assertThat(vocabulary.words()).containsExactly("", "[UNK]", "\uD83D\uDE00", "a");
    assertThat(vocabulary.idOf("\uD83D")).isEqualTo(Vocabulary.UNKNOWN);
  }

  @Test
  void theUnknownWordOfATextIsNotLearnedAgain() {
    TextVectorization asIs =
        new TextVectorization(
            TextVectorization.Standardize.NONE, TextVectorization.Split.WHITESPACE);
    assertThat(Vocabulary.adapt(asIs, Stream.of("[UNK] [UNK] a"), 100).words())
        .containsExactly("", "[UNK]", "a");
  }

  @Test
  void idsAreTheWordsPlaces() {
    Vocabulary vocabulary = Vocabulary.of(List.of("", "[UNK]", "film", "the"));
    assertThat(vocabulary.size()).isEqualTo(4);
    assertThat(List.of("", "[UNK]", "film", "the", "Film"))
        .extracting(vocabulary::idOf)
        .containsExactly(0, 1, 2, 3, 1);
  }

  @Test
  void refusesOtherFirstWords() {
    for (List<String> words :
        List.of(
            List.<String>of(),
            List.of(""),
            List.of("[UNK]", ""),
            List.of("the", "film"),
            List.of("", "[unk]"))) {
      assertThatThrownBy(() -> Vocabulary.of(words))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected the empty word and [UNK] first, got " + words);
    }
  }

  @Test
  void namesAWordThatStandsTwice() {
    assertThatThrownBy(() -> Vocabulary.of(List.of("", "[UNK]", "a", "b", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("word 'a' stands at 2 and 4");
  }

  @Test
  void withoutPaddingTheUnknownIsFirst() {
    Vocabulary vocabulary = Vocabulary.of(List.of("[UNK]", "film", "the"), OutputMode.COUNT);
    assertThat(vocabulary.hasPadding()).isFalse();
    assertThat(vocabulary.unknown()).isZero();
    assertThat(List.of("[UNK]", "film", "the", "", "zebra"))
        .extracting(vocabulary::idOf)
        .containsExactly(0, 1, 2, 0, 0);
    assertThat(Vocabulary.of(List.of("[UNK]"), OutputMode.TF_IDF).size()).isEqualTo(1);
    Vocabulary padded = Vocabulary.of(List.of("", "[UNK]", "the"));
    assertThat(padded.hasPadding()).isTrue();
    assertThat(padded.unknown()).isEqualTo(Vocabulary.UNKNOWN);
  }

  @Test
  void withoutPaddingOtherFirstWordsAreRefused() {
    for (List<String> words : List.of(List.<String>of(), List.of(""), List.of("the"))) {
      assertThatThrownBy(() -> Vocabulary.of(words, OutputMode.MULTI_HOT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected [UNK] first, got " + words);
    }
    assertThatThrownBy(() -> Vocabulary.of(List.of("[UNK]", "a", ""), OutputMode.COUNT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("word '' stands at 2; expected no empty word where there is no padding");
  }

  @Test
  void adaptsWithoutPadding() {
    assertThat(
            Vocabulary.adapt(
                    TextVectorization.DEFAULT, Stream.of("a a b", "c b"), 3, OutputMode.COUNT)
                .words())
        .containsExactly("[UNK]", "b", "a");
  }

  @Test
  void adaptsNgrams() {
    // As Keras 3.14 does.
    TextVectorization vectorization =
        new TextVectorization(
            TextVectorization.Standardize.LOWER_AND_STRIP_PUNCTUATION,
            TextVectorization.Split.WHITESPACE,
            List.of(3, 1));
    assertThat(Vocabulary.adapt(vectorization, Stream.of("x a, b c", "a b", ""), 100).words())
        .containsExactly("", "[UNK]", "b", "a", "x a b", "x", "c", "a b c");
  }

  @Test
  void refusesToAdaptWithoutRoomForTheSpecialWords() {
    assertThatThrownBy(() -> adapt(1, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximum of tokens: expected at least 2, the number of special words, got 1");
  }

  @Test
  void givenWordsGetTheSpecialOnesUnlessTheyHaveThem() {
    for (List<String> words : List.of(List.of("x", "y"), List.of("", "[UNK]", "x", "y"))) {
      assertThat(Vocabulary.given(words, OutputMode.INT).words())
          .containsExactly("", "[UNK]", "x", "y");
    }
    for (List<String> words : List.of(List.of("x", "y"), List.of("[UNK]", "x", "y"))) {
      assertThat(Vocabulary.given(words, OutputMode.TF_IDF).words())
          .containsExactly("[UNK]", "x", "y");
    }
    for (List<String> words : List.of(List.of("", "x"), List.of("x", ""))) {
      for (OutputMode mode : OutputMode.values()) {
        assertThatThrownBy(() -> Vocabulary.given(words, mode))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("word '' stands at");
      }
    }
    assertThatThrownBy(() -> Vocabulary.given(List.of("[UNK]", "x"), OutputMode.INT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("word '[UNK]' stands at 1 and 2");
  }
}
