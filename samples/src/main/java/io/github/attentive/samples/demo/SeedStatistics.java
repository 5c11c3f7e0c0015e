package io.github.attentive.samples.demo;

import io.github.attentive.Explanation;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * How far the demo's numbers depend on the seed: minimum, median, maximum, and a plain sentence.
 */
final class SeedStatistics {
  private SeedStatistics() {}

  static List<String> lines(Map<Variant, List<Outcome>> outcomes, Reviews reviews) {
    List<String> lines = new ArrayList<>();
    outcomes.forEach(
        (variant, results) -> {
          lines.add(
              "%s over %s seeds: minimum / median / maximum"
                  .formatted(variant.title(reviews), results.size()));
          lines.add(line("loss", results, outcome -> outcome.training().loss()));
          lines.add(line("accuracy", results, outcome -> outcome.training().accuracy()));
          lines.add(line("prediction", results, Outcome::positive));
          if (variant.attention()) {
            lines.addAll(words(results));
          }
          lines.add("  " + verdict(results));
          lines.add("");
        });
    return lines;
  }

  private static List<String> words(List<Outcome> results) {
    List<String> lines = new ArrayList<>();
    List<Word> first = explanation(results.get(0)).words();
    for (int i = 0; i < first.size(); i++) {
      int word = i;
      lines.add(
          line(
              first.get(i).text(),
              results,
              outcome -> explanation(outcome).words().get(word).weight()));
    }
    return lines;
  }

  private static Explanation explanation(Outcome outcome) {
    return Objects.requireNonNull(outcome.explanation());
  }

  private static String line(String name, List<Outcome> results, ToDoubleFunction<Outcome> figure) {
    double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "  %-10s %.4f / %.4f / %.4f",
        name,
        sorted[0],
        median(sorted),
        sorted[sorted.length - 1]);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** How often the sentence is called negative, how sure, and how often its last word leads. */
  private static String verdict(List<Outcome> results) {
    long right = results.stream().filter(Outcome::negative).count();
    double[] sure =
        results.stream().mapToDouble(o -> Math.abs(o.positive() - 0.5) + 0.5).sorted().toArray();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Right (negative) in %s of %s, at a median certainty of %.2f: %s.",
            right,
            results.size(),
            median(sure),
            right == results.size() ? "reliable here" : "do not rely on what this model says"));
    if (results.get(0).explanation() != null) {
      long led = results.stream().filter(outcome -> leads(explanation(outcome).words())).count();
      text.append(" Its top word is 'boring' in %s of %s.".formatted(led, results.size()));
    }
    return text.toString();
  }

  private static boolean leads(List<Word> words) {
    Word top = words.stream().max(Comparator.comparingDouble(Word::weight)).orElseThrow();
    return top.equals(words.get(words.size() - 1));
  }
}
