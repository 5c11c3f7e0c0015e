package io.github.attentive.explain;

import io.github.attentive.TextInput;
import io.github.attentive.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words that the tokens of a text make up: neighbouring tokens of one segment with the same
 * word index, spanning the caller's text from the first one's start to the last one's end. Tokens
 * of white space alone extend no word, and make none. Immutable.
 */
public final class WordSpans {
  /** The word of a special token. */
  public static final int NO_WORD = GroupAggregation.NO_GROUP;

  /**
   * A word of the caller's text.
   *
   * @param text the caller's own substring
   * @param segment 0 for the text, 1 for the pair
   * @param start in UTF-16 units
   * @param end exclusive
   */
  public record Span(String text, int segment, int start, int end) {}

  private final List<Span> words;
  private final int[] indexOfPosition;

  private WordSpans(List<Span> words, int[] indexOfPosition) {
    this.words = List.copyOf(words);
    this.indexOfPosition = indexOfPosition;
  }

  /**
   * Puts the words together.
   *
   * @param positions every position of the input, in order
   * @param input the caller's text
   * @return the words
   */
  public static WordSpans of(List<Token> positions, TextInput input) {
    List<Span> words = new ArrayList<>();
    int[] index = new int[positions.size()];
    for (int from = 0; from < index.length; ) {
      int to = endOfWord(positions, from);
      Span span = span(positions.subList(from, to), input);
      Arrays.fill(index, from, to, span == null ? NO_WORD : words.size());
      if (span != null) {
        words.add(span);
      }
      from = to;
    }
    return new WordSpans(words, index);
  }

  private static int endOfWord(List<Token> positions, int from) {
    Token first = positions.get(from);
    int to = from + 1;
    while (to < positions.size()
        && !first.special()
        && !positions.get(to).special()
        && first.segment() == positions.get(to).segment()
        && first.word() == positions.get(to).word()) {
      to++;
    }
    return to;
  }

  /** Null for a special token, and for white space that the tokenizer keeps. */
  private static @Nullable Span span(List<Token> tokens, TextInput input) {
    Token first = tokens.get(0);
    int start = Integer.MAX_VALUE;
    int end = -1;
    for (Token token : tokens) {
      if (!token.special() && token.start() < token.end()) {
        start = Math.min(start, token.start());
        end = Math.max(end, token.end());
      }
    }
    if (end < 0) {
      return null;
    }
    String text = first.segment() == 0 || input.pair() == null ? input.text() : input.pair();
    return new Span(text.substring(start, end), first.segment(), start, end);
  }

  /**
   * The words.
   *
   * @return an unmodifiable list in text order
   */
  public List<Span> words() {
    return words;
  }

  /** The word of a position, as an index into {@link #words()}, or {@link #NO_WORD}. */
  int indexAt(int position) {
    return indexOfPosition[position];
  }

  /**
   * The word of each position, as an index into {@link #words()}, or {@link #NO_WORD}.
   *
   * @return a copy
   */
  public int[] indices() {
    return indexOfPosition.clone();
  }

  /** The word that a position which is not special belongs to. */
  Span wordAt(int position) {
    return words.get(indexOfPosition[position]);
  }
}
