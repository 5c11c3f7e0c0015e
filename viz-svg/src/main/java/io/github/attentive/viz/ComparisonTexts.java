package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.ProblemType;
import io.github.attentive.explain.RankAgreement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a comparison says of its sides in words. */
final class ComparisonTexts {
  private final AlignedWeights weights;
  private final List<Label> labels;
  private final DifferenceScale differences;

  ComparisonTexts(AlignedWeights weights, List<Label> labels, DifferenceScale differences) {
    this.weights = weights;
    this.labels = labels;
    this.differences = differences;
  }

  /** A side's prediction as it stands above its column. */
  static String prediction(Explanation explanation) {
    return explanation.label() + " (" + Prediction.score(explanation) + ")";
  }

  /** The row of a unit. */
  String row(int row) {
    String text =
        "“%s”: A %s, B %s"
            .formatted(labels.get(row).full(), number(weights.a()[row]), number(weights.b()[row]));
    return Double.isNaN(weights.difference(row))
        ? text
        : text + ", B − A " + Decimals.significant(weights.difference(row));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "none" : Decimals.significant(value);
  }

  /** The largest weight of either side. */
  String strongest() {
    return "A has its largest weight at %s, B at %s."
        .formatted(strongest(weights.a()), strongest(weights.b()));
  }

  private String strongest(double[] side) {
    int strongest = -1;
    for (int row = 0; row < side.length; row++) {
      if (!Double.isNaN(side[row])
          && (strongest < 0 || Math.abs(side[row]) > Math.abs(side[strongest]))) {
        strongest = row;
      }
    }
    return strongest < 0 ? "none" : "“" + labels.get(strongest).shown() + "”";
  }

  /** The numbers below the figure, for sides that align. */
  List<String> numbers() {
    List<String> lines = new ArrayList<>();
    lines.add(magnitudes());
    StringBuilder ranks = new StringBuilder("Kendall's tau-b ");
    OptionalDouble tau = RankAgreement.kendallTauB(weights.a(), weights.b());
    ranks.append(
        tau.isPresent()
            ? Decimals.significant(tau.getAsDouble())
            : "undefined: all weights of a side are equal");
    Agreement.jensenShannonDistance(weights.a(), weights.b())
        .ifPresent(
            distance ->
                ranks
                    .append("; Jensen-Shannon distance ")
                    .append(Decimals.significant(distance))
                    .append(isDistribution() ? "" : " of the weights divided by their sums"));
    lines.add(ranks.toString());
    if (differences.hasThreshold()) {
      lines.add(differences.verdict(weights.differences()));
    }
    return lines;
  }

  private boolean isDistribution() {
    return Agreement.sumToOne(weights.a()) && Agreement.sumToOne(weights.b());
  }

  /** The largest and the mean difference. */
  private String magnitudes() {
    int largest = 0;
    double sum = 0;
    for (int row = 0; row < weights.size(); row++) {
      double magnitude = Math.abs(weights.difference(row));
      largest = magnitude > Math.abs(weights.difference(largest)) ? row : largest;
      sum += magnitude / weights.size();
    }
    double magnitude = Math.abs(weights.difference(largest));
    return "Largest |B − A| %s%s, mean %s"
        .formatted(
            Decimals.significant(magnitude),
            magnitude == 0 ? "" : " (“" + labels.get(largest).shown() + "”)",
            Decimals.significant(sum));
  }

  /** Whether two explanations say the same. */
  static String predictions(@Nullable Explanation a, @Nullable Explanation b) {
    if (a == null || b == null) {
      return "";
    }
    boolean regression = a.model().problemType() == ProblemType.REGRESSION;
    String agree = a.label().equals(b.label()) ? "yes" : "no";
    if (!a.scores().keySet().equals(b.scores().keySet())) {
      return "Predictions agree: " + agree;
    }
    double largest = 0;
    for (String label : a.scores().keySet()) {
      largest = Math.max(largest, Math.abs((double) b.score(label) - a.score(label)));
    }
    String scores =
        largest == 0
            ? "all scores are equal"
            : "scores differ by at most " + Decimals.significant(largest);
    return regression
        ? "Predictions: " + scores
        : "Predictions agree: " + agree + " (" + scores + ")";
  }
}
