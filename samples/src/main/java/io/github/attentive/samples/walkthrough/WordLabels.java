package io.github.attentive.samples.walkthrough;

import io.github.attentive.Dataset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Which labels the words of a data set stand with. Immutable. */
final class WordLabels {
  private final List<String> labels;
  private final Map<String, int[]> counts = new HashMap<>();

  private WordLabels(List<String> labels) {
    this.labels = labels;
  }

  static WordLabels of(Dataset data) {
    WordLabels words = new WordLabels(data.labels());
    for (int i = 0; i < data.size(); i++) {
      int label = data.labelIndex(i);
      words(data.examples().get(i).input().text())
          .distinct()
          .forEach(
              word ->
                  words.counts.computeIfAbsent(word, w -> new int[words.labels.size()])[label]++);
    }
    return words;
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty());
  }

  /** In how many texts a word stands. */
  int count(String word) {
    return Arrays.stream(counts(word)).sum();
  }

  /** The share of the texts with a word that have a label; 0 for a word that stands in none. */
  double share(String word, String label) {
    int count = count(word);
    return count == 0 ? 0 : (double) counts(word)[labels.indexOf(label)] / count;
  }

  private int[] counts(String word) {
    return counts.getOrDefault(word.toLowerCase(Locale.ROOT), new int[labels.size()]);
  }
}
