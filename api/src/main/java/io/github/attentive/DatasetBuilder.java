package io.github.attentive;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Dataset} from code. Not thread-safe. */
public final class DatasetBuilder {
  private final List<LabelledText> examples = new ArrayList<>();
  private @Nullable List<String> labels;

  DatasetBuilder() {}

  /**
   * Adds a text.
   *
   * @param text the text
   * @param label its class
   * @return this
   */
  public DatasetBuilder add(String text, String label) {
    return add(LabelledText.of(text, label));
  }

  /**
   * Adds a pair of texts.
   *
   * @param text the first text
   * @param pair the second text
   * @param label their class
   * @return this
   */
  public DatasetBuilder addPair(String text, String pair, String label) {
    return add(new LabelledText(TextInput.of(text, pair), label));
  }

  /**
   * Adds an example.
   *
   * @param example the example
   * @return this
   */
  public DatasetBuilder add(LabelledText example) {
    examples.add(Objects.requireNonNull(example, "example"));
    return this;
  }

  /**
   * Sets the classes and their order. Without this they are the labels that occur, sorted.
   *
   * @param labels different names, in output order
   * @return this
   */
  public DatasetBuilder labels(String... labels) {
    return labels(List.of(labels));
  }

  /**
   * Sets the classes and their order. Without this they are the labels that occur, sorted.
   *
   * @param labels different names, in output order
   * @return this
   */
  public DatasetBuilder labels(List<String> labels) {
    this.labels = List.copyOf(labels);
    return this;
  }

  /**
   * Builds the data set.
   *
   * @return the examples so far
   * @throws InvalidInputException if there are none and no labels were set, a label was set twice,
   *     or an example's label is not among those set
   */
  public Dataset build() {
    return labels == null ? Dataset.of(examples) : Dataset.of(examples, labels);
  }
}
