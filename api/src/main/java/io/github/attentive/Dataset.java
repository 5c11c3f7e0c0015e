package io.github.attentive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  private static Comparator<String> labelOrder(List<String> labels) {
    if (labels.stream().allMatch(label -> label.matches("-?\\d{1,18}"))) {
      return Comparator.<String>comparingLong(Long::parseLong)
          .thenComparing(Comparator.naturalOrder());
    }
    return Comparator.comparing(label -> label.codePoints().toArray(), java.util.Arrays::compare);
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
