package io.github.attentive.samples.cli;

import io.github.attentive.Classification;
import io.github.attentive.Explanation;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.TrustCard;
import io.github.attentive.explain.SegmentAttention;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The results of the commands as text. */
final class ResultText {
  private static final String NONE = "-";

  private ResultText() {}

  /** What was found, its score and the text, with tabs between. */
  static String classification(Classification result) {
    return labels(result) + "\t" + score(result) + "\t" + oneLine(result.input());
  }

  /** What was found, bars of the weights, and for a pair how the two texts look at each other. */
  static String explanation(Explanation result, @Nullable SegmentAttention segments) {
    StringBuilder text = new StringBuilder();
    text.append(heading(result.classification())).append("  ").append(oneLine(result.input()));
    TerminalBars.of(result).forEach(line -> text.append("\n  ").append(line));
    if (result.attribution().dropped() != 0) {
      text.append(
          String.format(
              Locale.ROOT, "\n  special tokens received %.4f", result.attribution().dropped()));
    }
    result.trust().ifPresent(trust -> text.append("\n  ").append(trust(trust)));
    if (segments != null) {
      text.append(
          String.format(Locale.ROOT, "\n  %-10s%10s%10s%10s", "looks at", "A", "B", "special"));
      text.append(row("A (text)", segments.a())).append(row("B (pair)", segments.b()));
    }
    return text.toString();
  }

  /** The verdict and what it is made of, on one line. */
  private static String trust(TrustCard trust) {
    StringBuilder line = new StringBuilder();
    line.append("trust: ").append(trust.verdict().id());
    line.append(
        String.format(
            Locale.ROOT,
            "; comprehensiveness %.4f, sufficiency %.4f, leave-one-out tau %s, above %.1f %% of"
                + " random orders, entropy %.4f, on special tokens %.4f",
            trust.comprehensiveness(),
            trust.sufficiency(),
            decimals(trust.looTau()),
            trust.randomPercentile(),
            trust.entropy(),
            trust.specialMass()));
    if (trust.completeness().isPresent()) {
      line.append(", completeness error ").append(decimals(trust.completeness()));
    }
    return line.append(", forward passes ").append(trust.forwardPasses()).toString();
  }

  private static String decimals(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : NONE;
  }

  private static String row(String name, SegmentAttention.Row row) {
    return row.queries() == 0
        ? String.format(Locale.ROOT, "\n  %-10s%10s%10s%10s", name, NONE, NONE, NONE)
        : String.format(
            Locale.ROOT,
            "\n  %-10s%10.4f%10.4f%10.4f",
            name,
            row.toA(),
            row.toB(),
            row.toSpecial());
  }

  /** What was found and its score. */
  static String heading(Classification result) {
    return labels(result) + " " + score(result);
  }

  /** The labels that apply, a hyphen if none does. */
  static String labels(Classification result) {
    return result.labels().isEmpty() ? NONE : String.join(",", result.labels());
  }

  /**
   * The highest score: a probability to four decimals, or the raw value of a regression in full.
   */
  static String score(Classification result) {
    float score = result.score(result.label());
    return result.problemType() == ProblemType.REGRESSION
        ? JsonLine.of(json -> json.writeNumber(score))
        : String.format(Locale.ROOT, "%.4f", score);
  }

  private static String oneLine(TextInput input) {
    return input.text().replaceAll("\\R", " ");
  }
}
