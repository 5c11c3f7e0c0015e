package io.github.attentive.tensorflow;

import io.github.attentive.djl.text.TextVectorization.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Texts to probe a model with, of words it knows. Immutable. */
final class ProbeTexts {
  private static final int MOST_WORDS = 24;
  private static final int USUAL_LENGTH = 7;
  private static final List<String> WITHOUT_VOCABULARY =
      List.of("the", "movie", "was", "good", "boring", "not", "great", "and", "bad", "i", "it");

  private final List<String> words;
  private final String separator;
  private final int longest;

  /** Takes words that the model reads as they stand, the last one of the vocabulary among them. */
  ProbeTexts(ForeignText text) {
    List<String> known = text.vocabulary().words();
    List<String> found = new ArrayList<>();
    for (int i = 2; i < known.size() && found.size() < MOST_WORDS - 1; i++) {
      addReadable(text, known.get(i), found);
    }
    for (int i = known.size() - 1; i >= 2; i--) {
      if (addReadable(text, known.get(i), found)) {
        break;
      }
    }
    this.words = found.isEmpty() ? WITHOUT_VOCABULARY : List.copyOf(found);
    Split split = text.vectorization().split();
    this.separator = split == Split.CHARACTER ? "" : " ";
    int most = text.positions() > 0 ? text.positions() : USUAL_LENGTH;
    this.longest = split == Split.NONE ? 1 : most;
  }

  private static boolean addReadable(ForeignText text, String word, List<String> found) {
    var pieces = text.vectorization().pieces(word, 2);
    return pieces.size() == 1
        && pieces.get(0).text().equals(word)
        && !found.contains(word)
        && found.add(word);
  }

  /** Texts of several lengths, from one word to as many as the model reads. */
  List<String> ofSeveralLengths() {
    List<Integer> lengths =
        new TreeSet<>(List.of(1, 2, 3, 5, longest))
            .stream().filter(length -> length <= longest).toList();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      texts.add(text(3 * i, lengths.get(i)));
    }
    return texts;
  }

  /** A text of each word; the last one has the largest number. */
  List<String> ofEachWord() {
    return words;
  }

  /** The same two words in both orders; empty if the model reads one. */
  List<String> ofTwoOrders() {
    if (words.size() < 2 || longest < 2) {
      return List.of();
    }
    List<String> two = new ArrayList<>(words.subList(0, 2));
    String one = String.join(separator, two);
    Collections.reverse(two);
    return List.of(one, String.join(separator, two));
  }

  /**
   * Texts that differ in what a vectoriser may leave out: case, punctuation, white space, words
   * after the last one that is read.
   */
  List<String> variants() {
    String two = text(0, Math.min(2, longest));
    return List.of(
        two,
        two.toUpperCase(java.util.Locale.ROOT),
        two + "!?",
        "(" + two.replace(" ", ", ") + ")",
        " \t" + two.replace(" ", " \r\n\f ") + " ",
        text(0, longest),
        text(0, longest) + separator + words.get(words.size() - 1),
        two + separator + "qxzvkj",
        two + separator + "zzyzxq");
  }

  private String text(int first, int length) {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      chosen.add(words.get((first + i) % words.size()));
    }
    return String.join(separator, chosen);
  }
}
