package io.github.attentive.explain;

import io.github.attentive.TextInput;
import io.github.attentive.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * The words that the tokens of a text make up: neighbouring tokens of one segment with the same
 * word index, spanning the caller's text from the first one's start to the last one's end.
 */
final class WordSpans {
  /** The word of a special token. */
  static final int NO_WORD = GroupAggregation.NO_GROUP;

  /**
   * A word of the caller's text.
   *
   * @param text the caller's own substring
   * @param segment 0 for the text, 1 for the pair
   * @param start in UTF-16 units
   * @param end exclusive
   */
  record Span(String text, int segment, int start, int end) {}

  private final List<Span> words;
  private final int[] indexOfPosition;

  private WordSpans(List<Span> words, int[] indexOfPosition) {
    this.words = List.copyOf(words);
    this.indexOfPosition = indexOfPosition;
  }

  static WordSpans of(List<Token> positions, TextInput input) {
    List<Span> words = new ArrayList<>();
    int[] index = new int[positions.size()];
    Token first = null;
    for (int i = 0; i < index.length; i++) {
      Token token = positions.get(i);
      if (token.special()) {
        index[i] = NO_WORD;
        first = null;
        continue;
      }
      if (token.start() == token.end()) {
        // White space that the tokenizer keeps: no word, and no end of one.
        index[i] = NO_WORD;
        continue;
      }
      boolean goesOn =
          first != null && first.segment() == token.segment() && first.word() == token.word();
      if (!goesOn) {
        first = token;
      }
      Span span = span(first, token, input);
      if (goesOn) {
        words.set(words.size() - 1, span);
      } else {
        words.add(span);
      }
      index[i] = words.size() - 1;
    }
    return new WordSpans(words, index);
  }

  private static Span span(Token first, Token last, TextInput input) {
    String text = first.segment() == 0 || input.pair() == null ? input.text() : input.pair();
    int end = Math.max(first.end(), last.end());
    return new Span(text.substring(first.start(), end), first.segment(), first.start(), end);
  }

  /** The words in text order. */
  List<Span> words() {
    return words;
  }

  /** The word of a position, as an index into {@link #words()}, or {@link #NO_WORD}. */
  int indexAt(int position) {
    return indexOfPosition[position];
  }

  /** The word of each position, as {@link #indexAt}. */
  int[] indices() {
    return indexOfPosition.clone();
  }

  /** The word that a position which is not special belongs to. */
  Span wordAt(int position) {
    return words.get(indexOfPosition[position]);
  }
}
