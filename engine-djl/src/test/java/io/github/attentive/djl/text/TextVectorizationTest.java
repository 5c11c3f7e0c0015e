package io.github.attentive.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.attentive.djl.text.TextVectorization.Piece;
import io.github.attentive.djl.text.TextVectorization.Split;
import io.github.attentive.djl.text.TextVectorization.Standardize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextVectorizationTest {
  private static final int ALL = Integer.MAX_VALUE;

  private static List<Piece> pieces(String text) {
    return TextVectorization.DEFAULT.pieces(text, ALL);
  }

  private static List<String> tokens(TextVectorization vectorization, String text) {
    return vectorization.pieces(text, ALL).stream().map(Piece::text).toList();
  }

  @Test
  void spansLeaveOutPunctuationAroundAWordAndKeepItWithin() {
    String text = "well, (really) I don't -- \"know\"!";
    assertThat(pieces(text))
        .containsExactly(
            new Piece("well", 0, 4),
            new Piece("really", 7, 13),
            new Piece("i", 15, 16),
            new Piece("dont", 17, 22),
            new Piece("know", 27, 31));
    assertThat(pieces(text).stream().map(piece -> text.substring(piece.start(), piece.end())))
        .containsExactly("well", "really", "I", "don't", "know");
  }

  @Test
  void spansCountUtf16UnitsAndKeepPairsWhole() {
    String text = "\uD83D\uDE00\uD83D\uDE00 \uD835\uDD38!\uD83D\uDC4D";
    assertThat(pieces(text))
        .containsExactly(
            new Piece("\uD83D\uDE00\uD83D\uDE00", 0, 4),
            new Piece("\uD835\uDD38\uD83D\uDC4D", 5, 10));
    assertThat(new TextVectorization(Standardize.NONE, Split.CHARACTER).pieces("a\uD83D\uDE00", 9))
        .containsExactly(new Piece("a", 0, 1), new Piece("\uD83D\uDE00", 1, 3));
  }

  @Test
  void aLoneSurrogateIsACharacterLikeOthers() {
    assertThat(pieces("\uDE00a \uD83D"))
        .containsExactly(new Piece("\uDE00a", 0, 2), new Piece("\uD83D", 3, 4));
  }

  @Test
  void onlyAsciiWhiteSpaceSplits() {
    assertThat(pieces(" a\tb\nc\u000Bd\fe\rf  g ").stream().map(Piece::text))
        .containsExactly("a", "b", "c", "d", "e", "f", "g");
    String others = "a\u00A0b\u0085c\u2028d\u3000e\u001Cf\u2003g";
    assertThat(pieces(others)).containsExactly(new Piece(others, 0, others.length()));
  }

  @Test
  void onlyAsciiCapitalsBecomeSmall() {
    assertThat(tokens(TextVectorization.DEFAULT, "ÉTÉ İI Straße ΑΒΓ"))
        .containsExactly("ÉtÉ", "İi", "straße", "ΑΒΓ");
  }

  @Test
  void theAsciiPunctuationIsRemovedAndNoOther() {
    StringBuilder printable = new StringBuilder();
    for (char c = '!'; c <= '~'; c++) {
      printable.append(c);
    }
    TextVectorization strip =
        new TextVectorization(Standardize.STRIP_PUNCTUATION, Split.WHITESPACE);
    assertThat(tokens(strip, printable.toString()))
        .containsExactly("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    assertThat(tokens(strip, "¿qué? “so” — a…")).containsExactly("¿qué", "“so”", "—", "a…");
  }

  @Test
  void whatIsNotAskedForIsNotDone() {
    String text = "A, b";
    assertThat(tokens(new TextVectorization(Standardize.NONE, Split.NONE), text))
        .containsExactly("A, b");
    assertThat(tokens(new TextVectorization(Standardize.LOWER, Split.WHITESPACE), text))
        .containsExactly("a,", "b");
    assertThat(tokens(new TextVectorization(Standardize.STRIP_PUNCTUATION, Split.NONE), text))
        .containsExactly("A b");
    assertThat(tokens(new TextVectorization(Standardize.LOWER, Split.CHARACTER), text))
        .containsExactly("a", ",", " ", "b");
  }

  @ParameterizedTest
  @EnumSource(Split.class)
  void emptyTextsAndPunctuationAloneHaveNoTokens(Split split) {
    TextVectorization vectorization =
        new TextVectorization(Standardize.LOWER_AND_STRIP_PUNCTUATION, split);
    assertThat(vectorization.pieces("", ALL)).isEmpty();
    assertThat(vectorization.pieces("!?...", ALL)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Split.class)
  void pieceSpansAreInOrderInsideTheTextAndMadeOfItsCharacters(Split split) {
    SplittableRandom random = new SplittableRandom(1);
    String alphabet = "aB ,.'(\t\né\u00A0\uD83D\uDE00\uD800";
    for (Standardize standardize : Standardize.values()) {
      for (int round = 0; round < 300; round++) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
          text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        int end = 0;
        for (Piece piece : new TextVectorization(standardize, split).pieces(text.toString(), ALL)) {
          assertThat(piece.start()).as("'%s' %s", text, piece).isGreaterThanOrEqualTo(end);
          assertThat(piece.end()).isGreaterThan(piece.start()).isLessThanOrEqualTo(text.length());
          String own = text.substring(piece.start(), piece.end());
          assertThat(new TextVectorization(standardize, Split.NONE).pieces(own, ALL))
              .singleElement()
              .extracting(Piece::text)
              .isEqualTo(piece.text());
          end = piece.end();
        }
      }
    }
  }

  @Test
  void aLimitCutsTheListOnly() {
    String text = "one two, three four";
    assertThat(TextVectorization.DEFAULT.pieces(text, 2)).isEqualTo(pieces(text).subList(0, 2));
    assertThat(TextVectorization.DEFAULT.pieces(text, 4)).isEqualTo(pieces(text));
    assertThat(TextVectorization.DEFAULT.pieces(text, 5)).isEqualTo(pieces(text));
    assertThat(TextVectorization.DEFAULT.pieces(text, 0)).isEmpty();
  }

  private static TextVectorization ngrams(Integer... sizes) {
    return new TextVectorization(
        Standardize.LOWER_AND_STRIP_PUNCTUATION, Split.WHITESPACE, List.of(sizes));
  }

  @Test
  void anNgramSpansFromItsFirstWordToItsLast() {
    String text = "(A) \uD83D\uDE00,\n don't!";
    assertThat(ngrams(1, 2, 3).pieces(text, ALL))
        .containsExactly(
            new Piece("a", 1, 2),
            new Piece("\uD83D\uDE00", 4, 6),
            new Piece("dont", 9, 14),
            new Piece("a \uD83D\uDE00", 1, 6),
            new Piece("\uD83D\uDE00 dont", 4, 14),
            new Piece("a \uD83D\uDE00 dont", 1, 14));
  }

  /** As Keras 3.14 gives them: sizes in the order of the tuple, twice where they stand twice. */
  @Test
  void ngramsComeSizeBySizeInTheGivenOrder() {
    assertThat(tokens(ngrams(3, 1), "x a, b c"))
        .containsExactly("x a b", "a b c", "x", "a", "b", "c");
    assertThat(tokens(ngrams(3, 1), "a b")).containsExactly("a", "b");
    assertThat(tokens(ngrams(1, 1), "a b")).containsExactly("a", "b", "a", "b");
    assertThat(tokens(ngrams(2), "a b c")).containsExactly("a b", "b c");
    assertThat(tokens(ngrams(2), "a")).isEmpty();
    assertThat(tokens(ngrams(1, 2), " !? ")).isEmpty();
  }

  @Test
  void ngramsOfCharactersJoinBlanksToo() {
    TextVectorization characters =
        new TextVectorization(Standardize.NONE, Split.CHARACTER, List.of(1, 2));
    assertThat(characters.pieces("ab \uD83D\uDE00", ALL))
        .containsExactly(
            new Piece("a", 0, 1),
            new Piece("b", 1, 2),
            new Piece(" ", 2, 3),
            new Piece("\uD83D\uDE00", 3, 5),
            new Piece("a b", 0, 2),
            new Piece("b  ", 1, 3),
            new Piece("  \uD83D\uDE00", 2, 5));
  }

  @Test
  void aWholeTextHasNoNgramButItself() {
    TextVectorization whole = new TextVectorization(Standardize.NONE, Split.NONE, List.of(1, 2));
    assertThat(whole.pieces("a b", ALL)).containsExactly(new Piece("a b", 0, 3));
    assertThat(whole.pieces("", ALL)).isEmpty();
  }

  @Test
  void textsAreCutAfterNgramsAreMade() {
    assertThat(ngrams(1, 2).pieces("a b c d e", 4).stream().map(Piece::text))
        .containsExactly("a", "b", "c", "d");
    assertThat(ngrams(1, 2).pieces("a b", 4).stream().map(Piece::text))
        .containsExactly("a", "b", "a b");
    assertThat(ngrams(1, 3).pieces("a b c d e", 6).stream().map(Piece::text))
        .containsExactly("a", "b", "c", "d", "e", "a b c");
  }

  @Test
  void ngramsAreRunsOfWordsForEveryLimit() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(24); i > 0; i--) {
        text.append("aB ,é\uD83D\uDE00 ".charAt(random.nextInt(8)));
      }
      List<Integer> sizes = random.ints(1 + random.nextInt(3), 1, 5).boxed().toList();
      Split split = Split.values()[random.nextInt(3)];
      TextVectorization singles = new TextVectorization(Standardize.LOWER, split);
      TextVectorization vectorization = new TextVectorization(Standardize.LOWER, split, sizes);
      List<Piece> words = singles.pieces(text.toString(), ALL);
      List<Piece> expected = new ArrayList<>();
      for (int size : sizes) {
        for (int i = 0; i + size <= words.size(); i++) {
          List<String> run = words.subList(i, i + size).stream().map(Piece::text).toList();
          expected.add(
              new Piece(
                  String.join(" ", run), words.get(i).start(), words.get(i + size - 1).end()));
        }
      }
      assertThat(vectorization.pieces(text.toString(), ALL)).isEqualTo(expected);
      int limit = random.nextInt(expected.size() + 3);
      assertThat(vectorization.pieces(text.toString(), limit))
          .as("%s of %s in '%s'", limit, sizes, text)
          .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
    }
  }

  @Test
  void sizesAreCopiedAndOneByDefault() {
    List<Integer> sizes = new ArrayList<>(List.of(2));
    TextVectorization vectorization =
        new TextVectorization(Standardize.NONE, Split.WHITESPACE, sizes);
    sizes.set(0, 1);
    assertThat(vectorization.ngrams()).containsExactly(2);
    assertThat(TextVectorization.DEFAULT.ngrams()).containsExactly(1);
    assertThat(TextVectorization.ngramsUpTo(3)).containsExactly(1, 2, 3);
  }

  @Test
  void refusesSizesOutOfRange() {
    for (int size : new int[] {0, -1, 65, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> ngrams(1, size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("ngrams: expected sizes from 1 to 64, got " + size);
      assertThatThrownBy(() -> TextVectorization.ngramsUpTo(size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("ngrams: expected sizes from 1 to 64, got " + size);
    }
    assertThatThrownBy(() -> ngrams())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ngrams: expected 1 to 64 sizes, got 0");
    assertThatThrownBy(() -> ngrams(Collections.nCopies(65, 1).toArray(Integer[]::new)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ngrams: expected 1 to 64 sizes, got 65");
  }

  @Test
  void theRestOfALongTextIsNotLookedAt() {
    String text = "word ".repeat(100_000);
    // 20,000 times the whole text would be 2 * 10^9 words.
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 20_000; i++) {
            assertThat(TextVectorization.DEFAULT.pieces(text, 6).size()).isEqualTo(6);
            assertThat(ngrams(2, 1).pieces(text, 6).size()).isEqualTo(6);
          }
        });
    assertThat(pieces(text)).hasSize(100_000);
  }
}
