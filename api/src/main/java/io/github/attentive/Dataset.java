package io.github.attentive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Labelled texts with the classes they fall into. Immutable.
 *
 * <p>The classes are in a fixed order: as given, or else sorted: by value where every label is a
 * whole number, by code point otherwise.
 */
public final class Dataset {
  private final List<LabelledText> examples;
  private final List<String> labels;
  private final Map<String, Integer> indexOfLabel = new HashMap<>();

  private Dataset(List<LabelledText> examples, List<String> labels) {
    this.examples = List.copyOf(examples);
    this.labels = List.copyOf(labels);
    for (int i = 0; i < this.labels.size(); i++) {
      if (indexOfLabel.put(this.labels.get(i), i) != null) {
        throw new InvalidInputException("labels: expected different names, got " + labels);
      }
    }
    for (int i = 0; i < this.examples.size(); i++) {
      String label = this.examples.get(i).label();
      if (!indexOfLabel.containsKey(label)) {
        throw new InvalidInputException(
            "example %s: expected a label of %s, got '%s'".formatted(i + 1, labels, label));
      }
    }
  }

  /**
   * A data set whose classes are the labels that occur.
   *
   * @param examples at least one example
   * @return the data set, its labels sorted
   * @throws InvalidInputException if there are no examples
   */
  public static Dataset of(List<LabelledText> examples) {
    if (examples.isEmpty()) {
      throw new InvalidInputException("data set: expected at least one example, got none");
    }
    List<String> labels =
        new ArrayList<>(examples.stream().map(LabelledText::label).distinct().toList());
    labels.sort(labelOrder(labels));
    return new Dataset(examples, labels);
  }

  /**
   * A data set with given classes, some of which may not occur.
   *
   * @param examples any number of examples
   * @param labels different names, in output order
   * @return the data set
   * @throws InvalidInputException if a label appears twice or an example's label is not among them
   */
  public static Dataset of(List<LabelledText> examples, List<String> labels) {
    return new Dataset(examples, labels);
  }

  /**
   * Starts a data set from code.
   *
   * <pre>{@code
   * Dataset reviews = Dataset.builder().add("a joy", "good").add("a bore", "bad").build();
   * }</pre>
   *
   * @return a new builder
   */
  public static DatasetBuilder builder() {
    return new DatasetBuilder();
  }

  private static Comparator<String> labelOrder(List<String> labels) {
    if (labels.stream().allMatch(label -> label.matches("-?\\d{1,18}"))) {
      return Comparator.<String>comparingLong(Long::parseLong)
          .thenComparing(Comparator.naturalOrder());
    }
    return Comparator.comparing(label -> label.codePoints().toArray(), Arrays::compare);
  }

  /**
   * The same examples with other names for the classes.
   *
   * @param names a name for each label, in the order of {@link #labels()}
   * @return a new data set
   * @throws InvalidInputException if the numbers differ or a name appears twice
   */
  public Dataset withLabelNames(List<String> names) {
    if (names.size() != labels.size()) {
      throw new InvalidInputException(
          "label names: expected one for each of %s, got %s".formatted(labels, names));
    }
    List<LabelledText> renamed =
        examples.stream()
            .map(e -> new LabelledText(e.input(), names.get(indexOfLabel.get(e.label()))))
            .toList();
    return new Dataset(renamed, names);
  }

  /**
   * The same examples with the classes of a model.
   *
   * <p>Labels are taken by name where every one is a name of the model. Where none is, they are
   * taken as positions: the i-th of the sorted labels is the i-th of the model if there are as many
   * of them; otherwise each has to be a whole number in [0, number of labels), an index.
   *
   * @param modelLabels the model's labels
   * @return a data set with exactly these labels
   * @throws InvalidInputException if the labels cannot be matched
   */
  public Dataset alignedWith(List<String> modelLabels) {
    if (modelLabels.containsAll(labels)) {
      return new Dataset(examples, modelLabels);
    }
    if (labels.stream().anyMatch(modelLabels::contains)) {
      throw new InvalidInputException(
          "labels %s: expected all or none to be names of the model's labels %s"
              .formatted(labels, modelLabels));
    }
    if (labels.size() == modelLabels.size()) {
      return withLabelNames(modelLabels);
    }
    List<LabelledText> renamed = new ArrayList<>();
    for (LabelledText example : examples) {
      int index = indexIn(modelLabels, example.label());
      renamed.add(new LabelledText(example.input(), modelLabels.get(index)));
    }
    return new Dataset(renamed, modelLabels);
  }

  private static int indexIn(List<String> modelLabels, String label) {
    if (label.matches("\\d{1,9}") && Integer.parseInt(label) < modelLabels.size()) {
      return Integer.parseInt(label);
    }
    throw new InvalidInputException(
        "label '%s': expected one of the model's labels %s or their index"
            .formatted(label, modelLabels));
  }

  /**
   * The examples whose labels are known, such as those of a validation set that were seen in
   * training. Labels are compared by name.
   *
   * @param known different names, in output order
   * @return a data set with exactly these labels, which may be empty, and the number of examples
   *     left out
   * @throws InvalidInputException if a label appears twice
   */
  public Known withoutUnknownLabels(List<String> known) {
    Set<String> names = new HashSet<>(known);
    List<LabelledText> kept =
        examples.stream().filter(example -> names.contains(example.label())).toList();
    return new Known(new Dataset(kept, known), size() - kept.size());
  }

  /**
   * The examples of known labels.
   *
   * @param dataset these examples
   * @param dropped how many others there were
   */
  public record Known(Dataset dataset, int dropped) {}

  /**
   * Splits at random, each class by the same share.
   *
   * <p>Of a class with n examples, {@code share * n} are held out, rounded to the nearest number
   * (halves up), but at least one and at most n - 1 if there are two or more, and none if there is
   * one. The order of the examples is kept in both parts. The same data, share and seed give the
   * same split, whatever the machine.
   *
   * @param share the share that is held out, above 0 and below 1
   * @param seed decides which examples
   * @return two data sets with the labels of this one
   * @throws InvalidInputException if the share is outside that range or NaN, or no class has two
   *     examples
   */
  public Split split(double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new InvalidInputException(
          "share of the split: expected a number above 0 and below 1, got " + share);
    }
    Random random = new Random(seed);
    BitSet heldOut = new BitSet(size());
    for (int[] ofClass : examplesOfClasses()) {
      int count = heldOut(share, ofClass.length);
      // The first steps of a Fisher-Yates shuffle choose without preference.
      for (int i = 0; i < count; i++) {
        int other = i + random.nextInt(ofClass.length - i);
        heldOut.set(ofClass[other]);
        ofClass[other] = ofClass[i];
      }
    }
    if (heldOut.isEmpty()) {
      throw new InvalidInputException(
          "split: expected a class with at least two examples, got " + this);
    }
    List<LabelledText> training = new ArrayList<>();
    List<LabelledText> rest = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      (heldOut.get(i) ? rest : training).add(examples.get(i));
    }
    return new Split(new Dataset(training, labels), new Dataset(rest, labels));
  }

  private static int heldOut(double share, int count) {
    return count < 2 ? 0 : (int) Math.max(1, Math.min(count - 1, Math.round(share * count)));
  }

  /** The examples of each class, in label order, as positions. */
  private int[][] examplesOfClasses() {
    int[] counts = counts();
    int[][] positions = new int[counts.length][];
    Arrays.setAll(positions, label -> new int[counts[label]]);
    for (int i = size() - 1; i >= 0; i--) {
      int label = labelIndex(i);
      positions[label][--counts[label]] = i;
    }
    return positions;
  }

  private int[] counts() {
    int[] counts = new int[labels.size()];
    for (int i = 0; i < size(); i++) {
      counts[labelIndex(i)]++;
    }
    return counts;
  }

  /**
   * Two parts of a data set.
   *
   * @param training the larger part, as a rule
   * @param heldOut the examples to measure on
   */
  public record Split(Dataset training, Dataset heldOut) {}

  /**
   * What an example of each class has to count so that all classes count the same: with n examples
   * in c classes that occur, {@code n / (c * count)}. The mean over the examples is 1.
   *
   * @return a weight for each label, in label order; 0 for a class that does not occur
   */
  public double[] classWeights() {
    int[] counts = counts();
    double classes = Arrays.stream(counts).filter(count -> count > 0).count();
    return Arrays.stream(counts)
        .mapToDouble(count -> count == 0 ? 0 : size() / (classes * count))
        .toArray();
  }

  /**
   * The examples.
   *
   * @return an unmodifiable list in the given order
   */
  public List<LabelledText> examples() {
    return examples;
  }

  /**
   * The classes.
   *
   * @return an unmodifiable list in output order
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * The class of an example.
   *
   * @param example counted from 0
   * @return an index into {@link #labels()}
   * @throws IndexOutOfBoundsException if there is no such example
   */
  public int labelIndex(int example) {
    return indexOfLabel.get(examples.get(example).label());
  }

  /**
   * The number of examples.
   *
   * @return 0 or more
   */
  public int size() {
    return examples.size();
  }

  /** The counts, not the texts. */
  @Override
  public String toString() {
    return "Dataset[" + size() + " examples, labels " + labels + "]";
  }
}
