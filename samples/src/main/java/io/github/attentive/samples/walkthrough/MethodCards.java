package io.github.attentive.samples.walkthrough;

import io.github.attentive.TrustCard;
import io.github.attentive.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trust cards that a method, or a control, has on the same texts as the others.
 *
 * @param name of the method
 * @param cards one for each text, at least one
 */
record MethodCards(String name, List<TrustCard> cards) {
  /** Of a normal distribution, 95 in 100 lie within so many standard errors. */
  private static final double DEVIATIONS = 1.96;

  /** The head of a table of {@link #row()}. */
  static String head() {
    return "%-22s %12s %12s %12s %12s "
            .formatted("method", "comprehens.", "sufficiency", "tau", "percentile")
        + Stream.of(Verdict.values())
            .map(verdict -> "%15s".formatted(verdict.id()))
            .collect(Collectors.joining(" "));
  }

  /** Means, and the share of each verdict. */
  String row() {
    return String.format(
            Locale.ROOT,
            "%-22s %12.3f %12.3f %12.3f %12.1f ",
            name,
            mean(TrustCard::comprehensiveness),
            mean(TrustCard::sufficiency),
            tau(),
            mean(TrustCard::randomPercentile))
        + Stream.of(Verdict.values())
            .map(verdict -> String.format(Locale.ROOT, "%15.2f", share(verdict)))
            .collect(Collectors.joining(" "));
  }

  /** The mean over the texts. */
  double mean(ToDoubleFunction<TrustCard> number) {
    return cards.stream().mapToDouble(number).average().orElse(Double.NaN);
  }

  /** Half the 95 % interval of the mean; NaN of a single text. */
  double margin(ToDoubleFunction<TrustCard> number) {
    double mean = mean(number);
    double squares =
        cards.stream().mapToDouble(number).map(value -> (value - mean) * (value - mean)).sum();
    return DEVIATIONS * Math.sqrt(squares / (cards.size() - 1) / cards.size());
  }

  /** The mean over the texts that have one; NaN if none has. */
  private double tau() {
    return cards.stream()
        .flatMapToDouble(card -> card.looTau().stream())
        .average()
        .orElse(Double.NaN);
  }

  private double share(Verdict verdict) {
    return cards.stream().filter(card -> card.verdict() == verdict).count() / (double) cards.size();
  }
}
