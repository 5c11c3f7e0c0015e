package io.github.attentive.viz;

import io.github.attentive.viz.LearningCurve.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/** What a learning curve says of itself in words. */
final class LearningCurveTexts {
  private final LearningCurve curve;

  /** The examples that the choice of an epoch goes by: those held out, if there are any. */
  private final Series decisive;

  private final String decisiveName;

  LearningCurveTexts(LearningCurve curve) {
    this.curve = curve;
    Series validation = curve.validation();
    this.decisive = validation == null ? curve.training() : validation;
    this.decisiveName = validation == null ? "training" : "validation";
  }

  String title() {
    if (curve.kept() == 0) {
      return kind() + size();
    }
    double accuracy = decisive.accuracy()[curve.kept() - 1];
    String kept = "Learning curve: epoch %s of %s kept".formatted(curve.kept(), curve.epochs());
    return Double.isNaN(accuracy)
        ? kept
        : kept + ", " + decisiveName + " accuracy " + Decimals.probability(accuracy);
  }

  String kind() {
    return "Learning curve of ";
  }

  String size() {
    return curve.epochs() + (curve.epochs() == 1 ? " epoch" : " epochs");
  }

  String finding() {
    StringBuilder finding = new StringBuilder(course("Training", curve.training()));
    Series validation = curve.validation();
    if (validation != null) {
      finding.append(' ').append(course("Validation", validation));
    }
    int best = best(decisive.accuracy());
    if (best >= 0) {
      finding.append(
          " The highest %s accuracy is %s, in epoch %s."
              .formatted(decisiveName, Decimals.probability(decisive.accuracy()[best]), best + 1));
    }
    if (curve.kept() > 0) {
      finding.append(" The weights of epoch ").append(curve.kept()).append(" were kept.");
    }
    return finding.toString();
  }

  /** The numbers, an epoch a row. */
  DataTable table() {
    List<String> columns = new ArrayList<>(List.of("Training loss", "Training accuracy"));
    List<double[]> values = new ArrayList<>();
    values.add(curve.training().loss());
    values.add(curve.training().accuracy());
    Series validation = curve.validation();
    if (validation != null) {
      columns.addAll(List.of("Validation loss", "Validation accuracy"));
      values.add(validation.loss());
      values.add(validation.accuracy());
    }
    return new DataTable(
        "Learning curve",
        "Epoch",
        "",
        IntStream.rangeClosed(1, curve.epochs()).mapToObj(Integer::toString).toList(),
        columns,
        Matrix.of(curve.epochs(), columns.size(), (row, column) -> values.get(column)[row]));
  }

  private static String course(String name, Series series) {
    return "%s: loss %s, accuracy %s."
        .formatted(
            name,
            course(series.loss(), Decimals::significant),
            course(series.accuracy(), Decimals::probability));
  }

  private static String course(double[] values, DoubleFunction<String> text) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    return switch (known.length) {
      case 0 -> "unknown";
      case 1 -> text.apply(known[0]);
      default -> "from " + text.apply(known[0]) + " to " + text.apply(known[known.length - 1]);
    };
  }

  /** The index of the highest value, of equal ones the first; -1 if none is known. */
  private static int best(double[] values) {
    return Matrix.of(1, values.length, (row, epoch) -> values[epoch]).highest();
  }
}
