package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.Word;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The sentences that the words of a text make up, for {@link MaskedTarget#grouped} and {@link
 * GroupAggregation#sum}. Immutable.
 *
 * <p>Sentences end where {@link BreakIterator} has them end in {@link Locale#ROOT}; a word that
 * reaches over such a place belongs to the sentence it starts in. Sentences without words are left
 * out. The two texts of a pair share no sentence.
 */
public final class Sentences {
  private final int[] groupOf;
  private final List<Word> sentences;

  private Sentences(int[] groupOf, List<Word> sentences) {
    this.groupOf = groupOf;
    this.sentences = List.copyOf(sentences);
  }

  /**
   * Finds the sentences.
   *
   * @param input the text and perhaps its pair
   * @param words all words of it, in text order
   * @return the sentences; none for no words
   * @throws InvalidInputException if a word is of a pair that is not there or reaches beyond its
   *     text
   */
  public static Sentences of(TextInput input, List<Word> words) {
    int[] groupOf = new int[words.size()];
    List<Word> sentences = new ArrayList<>();
    for (int from = 0; from < groupOf.length; ) {
      int to = endOfSentence(input, words, from);
      double weight = 0;
      int end = 0;
      for (int i = from; i < to; i++) {
        groupOf[i] = sentences.size();
        weight += words.get(i).weight();
        end = Math.max(end, words.get(i).end());
      }
      Word first = words.get(from);
      String text = text(input, first).substring(first.start(), end);
      sentences.add(new Word(text, first.segment(), first.start(), end, (float) weight));
      from = to;
    }
    return new Sentences(groupOf, sentences);
  }

  private static int endOfSentence(TextInput input, List<Word> words, int from) {
    Word first = words.get(from);
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text(input, first));
    int end = breaks.following(Math.min(first.start(), breaks.last() - 1));
    int to = from + 1;
    while (to < words.size()
        && words.get(to).segment() == first.segment()
        && words.get(to).start() < end) {
      text(input, words.get(to));
      to++;
    }
    return to;
  }

  private static String text(TextInput input, Word word) {
    String text = word.segment() == 0 ? input.text() : input.pair();
    if (text == null || word.end() > text.length() || word.start() == word.end()) {
      throw new InvalidInputException(
          "word '%s' of segment %s: expected a span within the text, got [%s, %s)"
              .formatted(word.text(), word.segment(), word.start(), word.end()));
    }
    return text;
  }

  /**
   * The sentence of each word.
   *
   * @return a copy, indices into {@link #sentences()}, in the order of the words
   */
  public int[] groupOf() {
    return groupOf.clone();
  }

  /**
   * The sentences from their first word to their last.
   *
   * @return an unmodifiable list in text order; a sentence's weight is the sum over its words
   */
  public List<Word> sentences() {
    return sentences;
  }
}
