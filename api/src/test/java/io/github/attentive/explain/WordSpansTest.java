package io.github.attentive.explain;

import static io.github.attentive.explain.Samples.piece;
import static io.github.attentive.explain.Samples.special;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.explain.WordSpans.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordSpansTest {
  @Test
  void aWordOfThreePiecesIsOneSpanOfTheCallersText() {
    TextInput input = TextInput.of("an Unbelievable end");
    List<Token> positions =
        List.of(
            special("[CLS]", 0, 0, 0),
            piece("an", 1, 0, 0, 0, 2, 0),
            piece("un", 2, 0, 1, 3, 5, 0),
            piece("##believ", 3, 0, 1, 5, 11, 0),
            piece("##able", 4, 0, 1, 11, 15, 0),
            piece("end", 5, 0, 2, 16, 19, 0));
    WordSpans spans = WordSpans.of(positions, input);
    assertThat(spans.words())
        .containsExactly(
            new Span("an", 0, 0, 2),
            new Span("Unbelievable", 0, 3, 15),
            new Span("end", 0, 16, 19));
    assertThat(spans.indices()).containsExactly(WordSpans.NO_WORD, 0, 1, 1, 1, 2);
    assertThat(spans.indexAt(4)).isEqualTo(1);
    assertThat(spans.wordAt(3).text()).isEqualTo("Unbelievable");
    spans.indices()[0] = 9;
    assertThat(spans.indexAt(0)).isEqualTo(WordSpans.NO_WORD);
  }

  @Test
  void equalWordNumbersOfTwoSegmentsAreTwoWords() {
    // Side by side, as in a model without a separator.
    List<Token> positions =
        List.of(piece("good", 0, 0, 0, 0, 4, 0), piece("bad", 1, 1, 0, 2, 5, 0));
    WordSpans spans = WordSpans.of(positions, TextInput.of("good", "a bad"));
    assertThat(spans.words()).containsExactly(new Span("good", 0, 0, 4), new Span("bad", 1, 2, 5));
    assertThat(spans.indices()).containsExactly(0, 1);
  }

  @Test
  void aSpecialTokenEndsAWord() {
    List<Token> positions =
        List.of(
            piece("go", 0, 0, 0, 0, 2, 0),
            special("[MASK]", 1, 0, 0),
            piece("od", 2, 0, 0, 2, 4, 0));
    WordSpans spans = WordSpans.of(positions, TextInput.of("good"));
    assertThat(spans.words()).containsExactly(new Span("go", 0, 0, 2), new Span("od", 0, 2, 4));
    assertThat(spans.indices()).containsExactly(0, WordSpans.NO_WORD, 1);
  }

  @Test
  void piecesMayShareOrSkipCharacters() {
    // Two byte-level pieces of one emoji, both spanning it, and a piece of no length.
    TextInput input = TextInput.of("x \uD83D\uDE00");
    List<Token> positions =
        List.of(
            piece("x", 0, 0, 0, 0, 1, 0),
            piece("a", 1, 0, 1, 2, 4, 0),
            piece("b", 2, 0, 1, 2, 4, 0),
            piece("", 3, 0, 1, 4, 4, 0));
    assertThat(WordSpans.of(positions, input).words())
        .containsExactly(new Span("x", 0, 0, 1), new Span("\uD83D\uDE00", 0, 2, 4));
  }

  @Test
  void aSurfaceMayDifferFromTheTokenAndNothingGivesNothing() {
    WordSpans unknown =
        WordSpans.of(List.of(piece("[UNK]", 0, 0, 0, 1, 4, 0)), TextInput.of(" \uD83Dxy "));
    assertThat(unknown.words()).containsExactly(new Span("\uD83Dxy", 0, 1, 4));
    assertThat(WordSpans.of(List.of(), TextInput.of("")).words()).isEmpty();
    assertThat(WordSpans.of(List.of(special("[PAD]", 0, 0, 1)), TextInput.of("")).words())
        .isEmpty();
  }

  @Test
  void blanksThatATokenizerKeepsExtendNoWordAndMakeNone() {
    // As byte-level and sentence-piece tokenizers cut "  good  film \n".
    List<Token> positions =
        List.of(
            piece("\u0120", 0, 0, 0, 1, 1, 0),
            piece("\u0120good", 1, 0, 0, 2, 6, 0),
            piece("\u0120", 2, 0, 1, 7, 7, 0),
            piece("\u0120film", 3, 0, 2, 8, 12, 0),
            piece("\u0120", 4, 0, 3, 13, 13, 0));
    WordSpans spans = WordSpans.of(positions, TextInput.of("  good  film \n"));
    assertThat(spans.words())
        .containsExactly(new Span("good", 0, 2, 6), new Span("film", 0, 8, 12));
    assertThat(spans.indices()).containsExactly(0, 0, WordSpans.NO_WORD, 1, WordSpans.NO_WORD);
  }
}
