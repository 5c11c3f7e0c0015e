package io.github.attentive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well predictions agree with the truth. Immutable.
 *
 * <p>A ratio whose denominator is 0 counts as 0: the precision of a class that was never predicted,
 * the recall of one that never occurs. Nothing is NaN.
 */
public final class Evaluation {
  private static final int BATCH = 256;

  private final List<String> labels;
  private final int[][] confusion;

  private Evaluation(List<String> labels, int[][] confusion) {
    this.labels = List.copyOf(labels);
    this.confusion = confusion;
  }

  /**
   * Classifies every example and compares.
   *
   * @param classifier the classifier
   * @param data at least one example; its labels are matched by {@link Dataset#alignedWith}
   * @return the evaluation
   * @throws InvalidInputException if the model is not a single-label one, there are no examples, or
   *     their labels do not match
   * @throws InferenceException if the model fails
   */
  public static Evaluation of(Classifier classifier, Dataset data) {
    ProblemType problemType = classifier.info().problemType();
    if (problemType != ProblemType.SINGLE_LABEL) {
      throw new InvalidInputException(
          "evaluation: expected a model of %s, since accuracy, F1 and the confusion matrix compare one"
                  .formatted(ProblemType.SINGLE_LABEL.id())
              + " predicted label with one true label, got %s of %s; classify the texts and compare"
                  .formatted(problemType.id(), classifier.labels())
              + " their scores with the truth");
    }
    Dataset aligned = data.alignedWith(classifier.labels());
    int[] truth = new int[aligned.size()];
    int[] predicted = new int[aligned.size()];
    for (int from = 0; from < aligned.size(); from += BATCH) {
      List<LabelledText> batch =
          aligned.examples().subList(from, Math.min(from + BATCH, aligned.size()));
      List<Classification> results =
          classifier.classifyAll(batch.stream().map(LabelledText::input).toList());
      for (int i = 0; i < results.size(); i++) {
        truth[from + i] = aligned.labelIndex(from + i);
        predicted[from + i] = aligned.labels().indexOf(results.get(i).label());
      }
    }
    return of(aligned.labels(), truth, predicted);
  }

  /**
   * Compares predictions with the truth.
   *
   * @param labels the classes
   * @param truth an index into the labels for each example, at least one
   * @param predicted likewise
   * @return the evaluation
   * @throws InvalidInputException if the arrays are empty, of different lengths, or hold an index
   *     outside the labels
   */
  public static Evaluation of(List<String> labels, int[] truth, int[] predicted) {
    if (truth.length == 0 || truth.length != predicted.length) {
      throw new InvalidInputException(
          "evaluation: expected as many predictions as true labels and at least one, got %s and %s"
              .formatted(predicted.length, truth.length));
    }
    int[][] confusion = new int[labels.size()][labels.size()];
    for (int i = 0; i < truth.length; i++) {
      if (Math.min(truth[i], predicted[i]) < 0
          || Math.max(truth[i], predicted[i]) >= labels.size()) {
        throw new InvalidInputException(
            "evaluation, example %s: expected label indices below %s, got %s and %s"
                .formatted(i + 1, labels.size(), truth[i], predicted[i]));
      }
      confusion[truth[i]][predicted[i]]++;
    }
    return new Evaluation(labels, confusion);
  }

  /**
   * The figures of one class.
   *
   * @param label the class
   * @param precision share of its predictions that are right
   * @param recall share of its examples that are found
   * @param f1 harmonic mean of both
   * @param support number of its examples
   */
  public record ClassFigures(
      String label, double precision, double recall, double f1, int support) {}

  /**
   * The classes.
   *
   * @return an unmodifiable list in the model's order
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * The number of examples.
   *
   * @return at least 1
   */
  public int examples() {
    return Arrays.stream(confusion).mapToInt(row -> Arrays.stream(row).sum()).sum();
  }

  /**
   * The confusion matrix.
   *
   * @return a copy: rows are the true labels, columns the predicted ones, in label order
   */
  public int[][] confusion() {
    return Arrays.stream(confusion).map(int[]::clone).toArray(int[][]::new);
  }

  /**
   * The share of examples whose label was predicted.
   *
   * @return in [0, 1]
   */
  public double accuracy() {
    long right = 0;
    for (int i = 0; i < confusion.length; i++) {
      right += confusion[i][i];
    }
    return ratio(right, examples());
  }

  /**
   * The mean F1 over all classes, each counted once.
   *
   * @return in [0, 1]
   */
  public double macroF1() {
    return perClass().stream().mapToDouble(ClassFigures::f1).average().orElse(0);
  }

  /**
   * The figures of each class.
   *
   * @return an unmodifiable list in label order
   */
  public List<ClassFigures> perClass() {
    List<ClassFigures> figures = new ArrayList<>();
    for (int c = 0; c < confusion.length; c++) {
      int support = Arrays.stream(confusion[c]).sum();
      int predicted = 0;
      for (int[] row : confusion) {
        predicted += row[c];
      }
      int right = confusion[c][c];
      figures.add(
          new ClassFigures(
              labels.get(c),
              ratio(right, predicted),
              ratio(right, support),
              ratio(2L * right, (long) predicted + support),
              support));
    }
    return List.copyOf(figures);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
