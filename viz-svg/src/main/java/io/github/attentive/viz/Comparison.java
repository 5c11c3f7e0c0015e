package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Draws two sides next to each other, A and B, and what B is more than A: for each word or token a
 * bar of either on one scale, and the difference as a cell on a scale with 0 in its middle, where
 * exactly 0 has the neutral colour. Below are the largest and the mean difference, Kendall's tau-b
 * of the weights and, where weights are distributions, their Jensen-Shannon distance (logarithms to
 * base 2: from 0 to 1).
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied. Values are
 * finite: NaN is refused.
 *
 * <pre>{@code
 * Svg svg = Comparison.of(bilstm, bert).names("BiLSTM", "BERT").render();
 * }</pre>
 *
 * <p>Words and tokens of explanations are aligned by the characters they stand for, special tokens
 * by their text. Where one has no counterpart, the other side has a gap, and no difference is drawn
 * or computed, which is written below: see {@link #requireAligned()}.
 *
 * @see MatrixComparison
 */
public final class Comparison extends FigureBuilder<Comparison> {
  private final AlignedWeights weights;
  private final @Nullable Explanation explanationA;
  private final @Nullable Explanation explanationB;
  private ComparisonNames names = ComparisonNames.DEFAULT;
  private DifferenceScale differences = DifferenceScale.DEFAULT;
  private String valueTitle = "Weight";
  private int rows = 40;

  private Comparison(
      AlignedWeights weights,
      @Nullable Explanation explanationA,
      @Nullable Explanation explanationB) {
    this.weights = weights;
    this.explanationA = explanationA;
    this.explanationB = explanationB;
  }

  /**
   * Starts a figure of weights.
   *
   * @param labels any text; equal ones stay separate rows
   * @param a a finite number for each label
   * @param b a finite number for each label
   * @return a builder with the defaults
   * @throws InvalidInputException if there are no labels, their number is not that of {@code a} and
   *     of {@code b}, or a number is NaN or infinite
   */
  public static Comparison of(List<String> labels, double[] a, double[] b) {
    if (labels.isEmpty() || a.length != labels.size() || b.length != labels.size()) {
      throw new InvalidInputException(
          "comparison: expected at least 1 label and two values for each, got %s labels, %s values of A, %s of B"
              .formatted(labels.size(), a.length, b.length));
    }
    requireFinite("A", a, labels);
    requireFinite("B", b, labels);
    for (int i = 0; i < a.length; i++) {
      if (Double.isInfinite(b[i] - a[i])) {
        throw new InvalidInputException(
            "comparison: expected values whose difference is a finite number, got %s and %s at index %s"
                .formatted(a[i], b[i], i));
      }
    }
    return new Comparison(
        new AlignedWeights(
            List.copyOf(labels), TokenLabels.readable(labels), a.clone(), b.clone(), "row"),
        null,
        null);
  }

  private static void requireFinite(String side, double[] values, List<String> labels) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidInputException(
            "comparison: expected a finite value, got %s in %s at index %s ('%s')"
                .formatted(values[i], side, i, labels.get(i)));
      }
    }
  }

  /**
   * Starts a figure of the weights of two explanations of one text, each with its prediction: two
   * models, two engines, two methods, or one model with and without something. Words, or tokens if
   * those are their unit, in the order of the text.
   *
   * @param a the first side
   * @param b the second side
   * @return a builder with titles set
   * @throws InvalidInputException if the texts differ, one shows words and the other tokens, or
   *     both show none
   */
  public static Comparison of(Explanation a, Explanation b) {
    if (!a.input().equals(b.input())) {
      throw new InvalidInputException(
          "comparison: expected two explanations of one text, got %s and %s"
              .formatted(quoted(a), quoted(b)));
    }
    if (a.attribution().granularity() != b.attribution().granularity()) {
      throw new InvalidInputException(
          "comparison: expected two explanations by words or two by tokens, got %s and %s"
              .formatted(a.attribution().granularity(), b.attribution().granularity()));
    }
    AlignedWeights weights = AlignedWeights.of(a, b);
    if (weights.size() == 0) {
      throw new InvalidInputException(
          "comparison: expected explanations that show a " + weights.unit() + ", got none");
    }
    Comparison comparison = new Comparison(weights, a, b);
    String methodA = a.attribution().method().id();
    String methodB = b.attribution().method().id();
    comparison.valueTitle(
        "Weight (%s)".formatted(methodA.equals(methodB) ? methodA : methodA + ", " + methodB));
    Prediction.facts(a).forEach((name, value) -> comparison.fact("A " + name, value));
    Prediction.facts(b).forEach((name, value) -> comparison.fact("B " + name, value));
    return comparison;
  }

  private static String quoted(Explanation explanation) {
    String text = explanation.input().text();
    int end = Math.min(text.length(), 40);
    return "'" + text.substring(0, end) + (end < text.length() ? "…'" : "'");
  }

  /**
   * Starts a figure of two matrices of one shape, A, B and B − A as heatmaps.
   *
   * @param queries a label for each row
   * @param keys a label for each column
   * @param a {@code [queries][keys]}, any finite numbers, or NaN for none
   * @param b the same of the second side
   * @return a builder with the defaults
   * @throws InvalidInputException if a matrix is empty or ragged or has other rows or columns than
   *     there are labels, a value is infinite, or there are more than 64 rows or columns
   */
  public static MatrixComparison ofMatrices(
      List<String> queries, List<String> keys, double[][] a, double[][] b) {
    return new MatrixComparison(queries, keys, a, b);
  }

  /**
   * Names the sides. Default: {@code A} and {@code B} alone.
   *
   * @param a any text, for instance {@code with attention}
   * @param b any text, for instance {@code without attention}
   * @return this builder
   */
  public Comparison names(String a, String b) {
    this.names = new ComparisonNames(a, b);
    return this;
  }

  /**
   * Refuses sides whose words or tokens do not align, instead of drawing gaps and no difference.
   *
   * @return this builder
   * @throws InvalidInputException if they do not
   */
  public Comparison requireAligned() {
    weights
        .misalignment()
        .ifPresent(
            why -> {
              throw new InvalidInputException(
                  "comparison: expected the same "
                      + weights.unit()
                      + "s on both sides, got "
                      + why);
            });
    return this;
  }

  /**
   * Shows the magnitude of differences on a logarithmic scale from 1e-10 up, on which those of two
   * engines are seen. Default: signed differences on a linear scale.
   *
   * @return this builder
   */
  public Comparison logarithmic() {
    this.differences = differences.asLogarithmic();
    return this;
  }

  /**
   * Sets what a difference may be at most; the figure says whether all are, and marks the value at
   * the colour bar. Default: none.
   *
   * @param threshold a finite number above 0
   * @return this builder
   * @throws InvalidInputException if it is not
   */
  public Comparison threshold(double threshold) {
    this.differences = differences.withThreshold(threshold);
    return this;
  }

  /**
   * Says how many rows are shown at most: those with the largest weights on either side, or the
   * largest differences on a logarithmic scale, in the order of the text. What the others sum to is
   * written below. Default: 40.
   *
   * @param most 1 to 200
   * @return this builder
   * @throws InvalidInputException if {@code most} is outside that range
   */
  public Comparison rows(int most) {
    if (most < 1 || most > 200) {
      throw new InvalidInputException("comparison rows: expected 1 to 200, got " + most);
    }
    this.rows = most;
    return this;
  }

  /**
   * Sets the title of the bars' axes. Default: {@code Weight}, with the method of explanations.
   *
   * @param title any text
   * @return this builder
   */
  public Comparison valueTitle(String title) {
    this.valueTitle = Objects.requireNonNull(title, "title");
    return this;
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   */
  @Override
  public Svg render() {
    return new ComparisonView(this).draw();
  }

  @Override
  Comparison self() {
    return this;
  }

  AlignedWeights weights() {
    return weights;
  }

  ComparisonNames names() {
    return names;
  }

  DifferenceScale differences() {
    return differences;
  }

  String valueTitle() {
    return valueTitle;
  }

  int rows() {
    return rows;
  }

  @Nullable Explanation explanationA() {
    return explanationA;
  }

  @Nullable Explanation explanationB() {
    return explanationB;
  }
}
