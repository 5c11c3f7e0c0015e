package io.github.attentive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How well predictions agree with the truth. Immutable.
 *
 * <p>A ratio whose denominator is 0 counts as 0: the precision of a class that was never predicted,
 * the recall of one that never occurs. Nothing is NaN. What needs the scores is empty where only
 * predicted labels were given.
 */
public final class Evaluation {
  private static final int BATCH = 256;

  /** How far a probability may be outside [0, 1], where it counts as the nearer end. */
  private static final float TOLERANCE = 1e-3f;

  private final List<String> labels;
  private final int[][] confusion;
  private final List<ReliabilityBin> reliability;
  private final OptionalDouble rocAuc;

  private Evaluation(
      List<String> labels,
      int[][] confusion,
      List<ReliabilityBin> reliability,
      OptionalDouble rocAuc) {
    this.labels = List.copyOf(labels);
    this.confusion = confusion;
    this.reliability = reliability;
    this.rocAuc = rocAuc;
  }

  /**
   * Classifies every example and compares.
   *
   * @param classifier the classifier
   * @param data at least one example; its labels are matched by {@link Dataset#alignedWith}
   * @return the evaluation
   * @throws InvalidInputException if the model is not a single-label one or gives scores outside
   *     [0, 1], there are no examples, or their labels do not match
   * @throws InferenceException if the model fails
   */
  public static Evaluation of(Classifier classifier, Dataset data) {
    requireSingleLabel(classifier);
    return of(classifier, data.alignedWith(classifier.labels()).examples().iterator());
  }

  /**
   * Classifies examples as they come, and compares: of more texts than fit into memory, say those
   * of {@link DatasetFile#labelledRows()}. Labels and scores are held, texts are not.
   *
   * @param classifier the classifier
   * @param examples at least one; each label is one of the classifier's
   * @return the evaluation
   * @throws InvalidInputException if the model is not a single-label one or gives scores outside
   *     [0, 1], there are no examples, or one has another label
   * @throws InferenceException if the model fails
   */
  public static Evaluation of(Classifier classifier, Iterator<LabelledText> examples) {
    requireSingleLabel(classifier);
    List<String> labels = classifier.labels();
    List<Integer> truth = new ArrayList<>();
    List<float[]> scores = new ArrayList<>();
    List<TextInput> batch = new ArrayList<>();
    while (examples.hasNext()) {
      LabelledText example = examples.next();
      truth.add(labelIndex(labels, example.label(), truth.size()));
      batch.add(example.input());
      if (batch.size() == BATCH || !examples.hasNext()) {
        classifier.classifyAll(List.copyOf(batch)).forEach(result -> scores.add(scores(result)));
        batch.clear();
      }
    }
    return of(
        labels,
        truth.stream().mapToInt(Integer::intValue).toArray(),
        scores.toArray(float[][]::new));
  }

  private static void requireSingleLabel(Classifier classifier) {
    ProblemType problemType = classifier.info().problemType();
    if (problemType != ProblemType.SINGLE_LABEL) {
      throw new InvalidInputException(
          "evaluation: expected a model of %s, since accuracy, F1 and the confusion matrix compare one"
                  .formatted(ProblemType.SINGLE_LABEL.id())
              + " predicted label with one true label, got %s of %s; classify the texts and compare"
                  .formatted(problemType.id(), classifier.labels())
              + " their scores with the truth");
    }
  }

  private static int labelIndex(List<String> labels, String label, int example) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new InvalidInputException(
          "evaluation, example %s: expected a label of %s, got '%s'"
              .formatted(example + 1, labels, label));
    }
    return index;
  }

  private static float[] scores(Classification result) {
    float[] scores = new float[result.scores().size()];
    int label = 0;
    for (float score : result.scores().values()) {
      scores[label++] = score;
    }
    return scores;
  }

  /**
   * Compares predictions with the truth, with all figures that need probabilities.
   *
   * @param labels the classes, at least one
   * @param truth an index into the labels for each example, at least one
   * @param scores {@code [example][label]}, probabilities in [0, 1] with a tolerance of 0.001, not
   *     kept; the label of the highest is the predicted one, of equal ones the first
   * @return the evaluation
   * @throws InvalidInputException if the arrays are empty, of different lengths, or ragged, an
   *     index is outside the labels, or a score is NaN or outside [0, 1]
   */
  public static Evaluation of(List<String> labels, int[] truth, float[][] scores) {
    requireAsMany("rows of scores", scores.length, truth.length);
    int[] predicted = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      requireProbabilities(labels, i, scores[i]);
      predicted[i] = highest(scores[i]);
    }
    int[][] confusion = confusion(labels, truth, predicted);
    Calibration calibration = new Calibration();
    for (int i = 0; i < scores.length; i++) {
      float probability = Math.max(0, Math.min(1, scores[i][predicted[i]]));
      calibration.add(probability, predicted[i] == truth[i]);
    }
    return new Evaluation(
        labels,
        confusion,
        calibration.bins(),
        labels.size() == 2 ? rocAuc(truth, scores) : OptionalDouble.empty());
  }

  private static void requireProbabilities(List<String> labels, int example, float[] scores) {
    if (scores.length == 0 || scores.length != labels.size()) {
      throw new InvalidInputException(
          "evaluation, example %s: expected a score for each of the labels %s, got %s"
              .formatted(example + 1, labels, scores.length));
    }
    for (int c = 0; c < scores.length; c++) {
      // So written, NaN is refused, too.
      if (!(scores[c] >= -TOLERANCE && scores[c] <= 1 + TOLERANCE)) {
        throw new InvalidInputException(
            "evaluation, example %s: expected probabilities from 0 to 1, got %s for '%s'; of logits, take the softmax"
                .formatted(example + 1, scores[c], labels.get(c)));
      }
    }
  }

  private static int highest(float[] scores) {
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return best;
  }

  private static OptionalDouble rocAuc(int[] truth, float[][] scores) {
    float[] second = new float[scores.length];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      second[i] = scores[i][1];
      positive[i] = truth[i] == 1;
    }
    return RocCurve.area(second, positive);
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
    requireAsMany("predictions", predicted.length, truth.length);
    return new Evaluation(
        labels, confusion(labels, truth, predicted), List.of(), OptionalDouble.empty());
  }

  private static void requireAsMany(String what, int count, int truths) {
    if (truths == 0 || truths != count) {
      throw new InvalidInputException(
          "evaluation: expected as many %s as true labels and at least one, got %s and %s"
              .formatted(what, count, truths));
    }
  }

  private static int[][] confusion(List<String> labels, int[] truth, int[] predicted) {
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
    return confusion;
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

  /**
   * The expected calibration error: how far the probability of the predicted label is from the
   * share of right predictions, {@code sum over bins of count / examples * |accuracy -
   * confidence|}, with the 15 bins of {@link #reliability()} (Guo et al. 2017, On Calibration of
   * Modern Neural Networks).
   *
   * @return in [0, 1], 0 for a model that is right as often as it says; empty without scores
   */
  public OptionalDouble calibrationError() {
    return reliability.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Calibration.error(reliability));
  }

  /**
   * The predictions by confidence, for a reliability diagram.
   *
   * @return an unmodifiable list of 15 bins of equal width from 0 to 1; empty without scores
   */
  public List<ReliabilityBin> reliability() {
    return reliability;
  }

  /**
   * The area under the receiver operating characteristic: how likely an example of the second label
   * has a higher probability of it than one of the first label, ties counting half (Mann and
   * Whitney's U over the number of such pairs).
   *
   * @return in [0, 1], 0.5 for guesses; empty without scores, with other than two labels, or if all
   *     examples are of one class
   */
  public OptionalDouble rocAuc() {
    return rocAuc;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
