package io.github.attentive.viz;

import io.github.attentive.EpochReport;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TrainingHistory;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Draws how a training went: the loss of each epoch above, the accuracy below, of the training
 * examples and of those held out, with a line at the epoch whose weights were kept.
 *
 * <p>A builder: not thread-safe, its methods return itself. Arrays are copied. NaN means that an
 * epoch has no value: the line has a gap there. The axes reach from the lowest to the highest
 * value, not from 0.
 *
 * <pre>{@code
 * Svg svg =
 *     LearningCurve.of(new double[] {0.69, 0.52, 0.41}, new double[] {0.51, 0.74, 0.83})
 *         .validation(new double[] {0.66, 0.55, 0.57}, new double[] {0.60, 0.72, 0.71})
 *         .kept(2)
 *         .render();
 * }</pre>
 */
public final class LearningCurve extends FigureBuilder<LearningCurve> {
  /** Loss and accuracy of the same examples in each epoch. */
  record Series(double[] loss, double[] accuracy) {}

  private final Series training;
  private @Nullable Series validation;
  private int kept;

  private LearningCurve(Series training) {
    this.training = training;
  }

  /**
   * Starts a figure of a training.
   *
   * @param history the training; epochs count from 1 in its order
   * @return a builder with the validation, if there is one, and the kept epoch set
   * @throws InvalidInputException if a loss is infinite or an accuracy outside [0, 1]
   */
  public static LearningCurve of(TrainingHistory history) {
    List<EpochReport> epochs = history.epochs();
    LearningCurve curve =
        of(values(epochs, EpochReport::loss), values(epochs, EpochReport::accuracy))
            .kept(history.kept());
    if (epochs.stream().anyMatch(report -> report.validation() != null)) {
      curve.validation(
          values(epochs, report -> heldOut(report, EpochReport.Validation::loss)),
          values(epochs, report -> heldOut(report, EpochReport.Validation::accuracy)));
    }
    return curve;
  }

  private static double[] values(List<EpochReport> epochs, ToDoubleFunction<EpochReport> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }

  private static double heldOut(
      EpochReport report, ToDoubleFunction<EpochReport.Validation> value) {
    EpochReport.Validation validation = report.validation();
    return validation == null ? Double.NaN : value.applyAsDouble(validation);
  }

  /**
   * Starts a figure of numbers.
   *
   * @param loss {@code [epoch]}, at least one, any finite numbers, or NaN for none
   * @param accuracy {@code [epoch]}, as many, in [0, 1], or NaN for none
   * @return a builder with the defaults
   * @throws InvalidInputException if there is no epoch, the lengths differ, a loss is infinite or
   *     an accuracy outside [0, 1]
   */
  public static LearningCurve of(double[] loss, double[] accuracy) {
    if (loss.length == 0) {
      throw new InvalidInputException("learning curve: expected at least 1 epoch, got none");
    }
    return new LearningCurve(checked("training", loss, accuracy, loss.length));
  }

  /**
   * Adds the figures of the held-out examples. Default: none.
   *
   * @param loss {@code [epoch]}, any finite numbers, or NaN for none
   * @param accuracy {@code [epoch]}, in [0, 1], or NaN for none
   * @return this builder
   * @throws InvalidInputException if a length is not that of the training's, a loss is infinite or
   *     an accuracy outside [0, 1]
   */
  public LearningCurve validation(double[] loss, double[] accuracy) {
    this.validation = checked("validation", loss, accuracy, epochs());
    return this;
  }

  private static Series checked(String what, double[] loss, double[] accuracy, int epochs) {
    if (loss.length != epochs || accuracy.length != epochs) {
      throw new InvalidInputException(
          "learning curve, %s: expected a loss and an accuracy for each of %s epochs, got %s and %s"
              .formatted(what, epochs, loss.length, accuracy.length));
    }
    for (int i = 0; i < epochs; i++) {
      if (Double.isInfinite(loss[i])) {
        throw new InvalidInputException(
            "learning curve, %s, epoch %s: expected a finite loss, or NaN for none, got %s"
                .formatted(what, i + 1, loss[i]));
      }
      if (accuracy[i] < 0 || accuracy[i] > 1) {
        throw new InvalidInputException(
            "learning curve, %s, epoch %s: expected an accuracy from 0 to 1, or NaN for none, got %s"
                .formatted(what, i + 1, accuracy[i]));
      }
    }
    return new Series(loss.clone(), accuracy.clone());
  }

  /**
   * Marks the epoch whose weights were kept. Default: none.
   *
   * @param epoch counted from 1
   * @return this builder
   * @throws InvalidInputException if there is no such epoch
   */
  public LearningCurve kept(int epoch) {
    if (epoch < 1 || epoch > epochs()) {
      throw new InvalidInputException(
          "learning curve, kept epoch: expected 1 to %s, got %s".formatted(epochs(), epoch));
    }
    this.kept = epoch;
    return this;
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   */
  @Override
  public Svg render() {
    return new LearningCurveView(this).draw();
  }

  @Override
  LearningCurve self() {
    return this;
  }

  int epochs() {
    return training.loss().length;
  }

  Series training() {
    return training;
  }

  @Nullable Series validation() {
    return validation;
  }

  /** Counted from 1; 0 for none. */
  int kept() {
    return kept;
  }
}
