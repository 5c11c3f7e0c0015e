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
 * @param labels its classes in output order
 */
public record ModelInfo(
    String engine, String family, int layers, int heads, int maxLength, List<String> labels) {

  /**
   * Creates the description.
   *
   * @param engine as above
   * @param family as above
   * @param layers as above
   * @param heads as above
   * @param maxLength as above
   * @param labels as above
   * @throws InvalidInputException if a count is negative, there are no labels, or one appears twice
   */
  public ModelInfo {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(family, "family");
    Checks.notNegative("layers", layers);
    Checks.notNegative("heads", heads);
    Checks.atLeastOne("maximum length", maxLength);
    labels = List.copyOf(labels);
    if (labels.isEmpty() || labels.stream().distinct().count() != labels.size()) {
      throw new InvalidInputException("labels: expected different names, got " + labels);
    }
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
