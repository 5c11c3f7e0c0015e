package io.github.attentive;

import java.util.List;
import java.util.Objects;

/**
 * What is known of an opened model.
 *
 * @param engine name of the engine that runs it, for instance {@code pytorch}
 * @param family its architecture, for instance {@code attentive-keras}
 * @param layers attention layers; 0 for a model without attention
 * @param heads attention heads of a layer; 0 for a model without attention
 * @param maxLength the most tokens of a text it reads, special tokens included
 * @param labels its classes in output order; of a regression the names of its outputs
 * @param problemType what its scores mean
 */
public record ModelInfo(
    String engine,
    String family,
    int layers,
    int heads,
    int maxLength,
    List<String> labels,
    ProblemType problemType) {

  /**
   * Creates the description.
   *
   * @param engine as above
   * @param family as above
   * @param layers as above
   * @param heads as above
   * @param maxLength as above
   * @param labels as above
   * @param problemType as above
   * @throws InvalidInputException if a count is negative, there are no labels, or one appears twice
   */
  public ModelInfo {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(family, "family");
    Checks.notNegative("layers", layers);
    Checks.notNegative("heads", heads);
    Checks.atLeastOne("maximum length", maxLength);
    Objects.requireNonNull(problemType, "problemType");
    labels = List.copyOf(labels);
    if (labels.isEmpty() || labels.stream().distinct().count() != labels.size()) {
      throw new InvalidInputException("labels: expected different names, got " + labels);
    }
  }

  /**
   * Creates the description of a model of which one label applies.
   *
   * @param engine as above
   * @param family as above
   * @param layers as above
   * @param heads as above
   * @param maxLength as above
   * @param labels as above
   * @throws InvalidInputException if a count is negative, there are no labels, or one appears twice
   */
  public ModelInfo(
      String engine, String family, int layers, int heads, int maxLength, List<String> labels) {
    this(engine, family, layers, heads, maxLength, labels, ProblemType.SINGLE_LABEL);
  }

  /**
   * Says whether the model can be explained by its attention.
   *
   * @return true if it has at least one attention layer
   */
  public boolean hasAttention() {
    return layers > 0;
  }
}
