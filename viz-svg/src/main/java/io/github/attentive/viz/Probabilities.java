package io.github.attentive.viz;

import io.github.attentive.Classification;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ProblemType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Draws what a model says of each class: a bar on a track from 0 to 1. The predicted class has a
 * full triangle, a thicker bar and bold text; of a multi-label model so has every class that
 * applies, and a line stands where that begins. The raw values of a regression are drawn as {@link
 * Bars}.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays and lists are copied. Scores are
 * finite: NaN is refused. Beyond 20 classes the figure shows the 20 of the highest scores and says
 * what the rest sum to.
 *
 * <pre>{@code
 * Svg svg = Probabilities.of(List.of("bad", "good"), new double[] {0.07, 0.93}).render();
 * }</pre>
 */
public final class Probabilities extends FigureBuilder<Probabilities> {
  /** How far rounding may carry a probability beyond 0 or 1. */
  private static final double TOLERANCE = 1e-5;

  private final ProblemType problemType;
  private final List<String> labels;
  private final double[] scores;
  private @Nullable String target;
  private boolean sorted;

  private Probabilities(ProblemType problemType, List<String> labels, double[] scores) {
    this.problemType = Objects.requireNonNull(problemType, "problemType");
    this.labels = List.copyOf(labels);
    this.scores = scores.clone();
    if (scores.length == 0 || labels.size() != scores.length) {
      throw new InvalidInputException(
          "probabilities: expected at least 1 score and a label for each, got %s labels and %s scores"
              .formatted(labels.size(), scores.length));
    }
    boolean bounded = problemType != ProblemType.REGRESSION;
    for (int i = 0; i < scores.length; i++) {
      boolean within = scores[i] >= -TOLERANCE && scores[i] <= 1 + TOLERANCE;
      if (!Double.isFinite(scores[i]) || bounded && !within) {
        throw new InvalidInputException(
            "probabilities: expected %s, got %s for label '%s'"
                .formatted(
                    bounded ? "a number from 0 to 1" : "a finite number",
                    scores[i],
                    labels.get(i)));
      }
    }
  }

  /**
   * Starts a figure of classes of which one applies, the one of the highest score.
   *
   * @param labels any text; equal ones stay separate bars
   * @param scores a probability in [0, 1] for each label
   * @return a builder with the defaults
   * @throws InvalidInputException if there are no scores, their number is not that of the labels,
   *     or one is NaN or outside [0, 1] by more than 1e-5
   */
  public static Probabilities of(List<String> labels, double[] scores) {
    return of(ProblemType.SINGLE_LABEL, labels, scores);
  }

  /**
   * Starts a figure of scores.
   *
   * @param problemType what the scores mean; of a multi-label model the labels of at least 0.5
   *     apply
   * @param labels any text; equal ones stay separate bars
   * @param scores a score for each label: in [0, 1], or any finite number of a regression
   * @return a builder with the defaults
   * @throws InvalidInputException if there are no scores, their number is not that of the labels,
   *     one is NaN or infinite, or a probability is outside [0, 1] by more than 1e-5
   */
  public static Probabilities of(ProblemType problemType, List<String> labels, double[] scores) {
    return new Probabilities(problemType, labels, scores);
  }

  /**
   * Starts a figure of what a classifier says.
   *
   * @param classification the scores
   * @return a builder with the defaults
   * @throws InvalidInputException if a probability is outside [0, 1] by more than 1e-5
   */
  public static Probabilities of(Classification classification) {
    return of(
        classification.problemType(),
        List.copyOf(classification.scores().keySet()),
        classification.scores().values().stream().mapToDouble(Float::doubleValue).toArray());
  }

  /**
   * Starts a figure of an explanation's scores, with its prediction as title and the label that its
   * weights speak for as target.
   *
   * @param explanation whose scores are shown
   * @return a builder with title, description and target set
   * @throws InvalidInputException if a probability is outside [0, 1] by more than 1e-5
   */
  public static Probabilities of(Explanation explanation) {
    return of(explanation.classification())
        .about(explanation)
        .target(explanation.attribution().target());
  }

  /**
   * Marks the class that another figure's weights speak for, with an open triangle unless it is
   * predicted anyway. Default: none.
   *
   * @param label one of the labels
   * @return this builder
   * @throws InvalidInputException if there is no such label
   */
  public Probabilities target(String label) {
    if (!labels.contains(label)) {
      throw new InvalidInputException(
          "probabilities target '%s': expected one of the labels %s".formatted(label, labels));
    }
    this.target = label;
    return this;
  }

  /**
   * Puts the highest score first. Default: the order given, up to 20 classes.
   *
   * @return this builder
   */
  public Probabilities sorted() {
    this.sorted = true;
    return this;
  }

  @Override
  public Svg render() {
    if (problemType != ProblemType.REGRESSION) {
      return new ProbabilitiesView(this).draw();
    }
    Bars bars = Bars.of(labels, scores).valueTitle("Value").as(ProbabilitiesView.ID);
    if (sorted) {
      bars.sorted();
    }
    copyTo(bars);
    return bars.render();
  }

  @Override
  Probabilities self() {
    return this;
  }

  boolean isMultiLabel() {
    return problemType == ProblemType.MULTI_LABEL;
  }

  List<String> labels() {
    return labels;
  }

  double[] scores() {
    return scores;
  }

  @Nullable String target() {
    return target;
  }

  boolean isSorted() {
    return sorted;
  }
}
