package io.github.attentive.djl.architecture;

import com.google.gson.JsonObject;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.djl.checkpoint.JsonFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The classes that a {@code config.json} of Hugging Face names, and what their scores mean. */
public final class ConfiguredLabels {
  /** The field that names the outputs. */
  static final String NAMES = "id2label";

  /** The field that counts them. */
  static final String COUNT = "num_labels";

  private static final String PROBLEM_TYPE = "problem_type";

  private ConfiguredLabels() {}

  /**
   * The labels of {@code id2label}, else as many numbered ones as {@code num_labels} says.
   *
   * @param json the configuration
   * @return in output order; empty if it says neither
   * @throws ModelLoadException if a field is wrong, or a name appears twice
   */
  public static Optional<List<String>> of(JsonFile json) {
    if (!json.has(NAMES)) {
      return json.has(COUNT) ? Optional.of(numbered(json.positive(COUNT))) : Optional.empty();
    }
    JsonFile names = json.object(NAMES);
    int count = names.names().size();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add(names.string(Integer.toString(i)));
    }
    if (labels.isEmpty() || labels.stream().distinct().count() != count) {
      throw json.unexpected(NAMES, "a different name for each of 0, 1, ...");
    }
    return Optional.of(labels);
  }

  /**
   * The labels of a model of this library's own, which says how many there are, and names them all.
   *
   * @param json the configuration
   * @return at least two, in output order
   * @throws ModelLoadException if a field is missing or wrong, or a name appears twice
   */
  static List<String> ofClasses(JsonFile json) {
    int count = json.positive(COUNT);
    JsonFile names = json.object(NAMES);
    if (count < 2 || names.names().size() != count) {
      throw json.unexpected(NAMES, "a name for each of num_labels = " + count + ", at least 2");
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add(names.string(Integer.toString(i)));
    }
    if (labels.stream().distinct().count() != count) {
      throw json.unexpected(NAMES, "different names");
    }
    return labels;
  }

  /**
   * Adds labels to a configuration, as {@link #of} reads them.
   *
   * @param json the configuration
   * @param labels in output order
   */
  public static void addTo(JsonObject json, List<String> labels) {
    json.addProperty(COUNT, labels.size());
    JsonObject names = new JsonObject();
    for (int i = 0; i < labels.size(); i++) {
      names.addProperty(Integer.toString(i), labels.get(i));
    }
    json.add(NAMES, names);
  }

  /**
   * Labels for classes without names.
   *
   * @param count how many
   * @return {@code LABEL_0} and so on
   */
  public static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "LABEL_" + i).toList();
  }

  /**
   * What the scores mean: {@code problem_type}; without it one output is a measure, as transformers
   * trains it, and of several one applies.
   *
   * @param json the configuration
   * @param outputs of the model
   * @return the problem type
   * @throws ModelLoadException if the field has another value than those transformers knows
   */
  public static ProblemType problemType(JsonFile json, int outputs) {
    if (!json.has(PROBLEM_TYPE)) {
      return outputs == 1 ? ProblemType.REGRESSION : ProblemType.SINGLE_LABEL;
    }
    try {
      return ProblemType.of(json.string(PROBLEM_TYPE));
    } catch (InvalidInputException e) {
      throw json.unexpected(
          PROBLEM_TYPE,
          "single_label_classification, multi_label_classification, regression or null");
    }
  }
}
