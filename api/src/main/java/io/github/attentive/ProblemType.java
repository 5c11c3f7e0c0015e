package io.github.attentive;

import java.util.Arrays;

/** What a model's scores mean. The ids are those of Hugging Face's {@code problem_type}. */
public enum ProblemType {
  /** One label of several applies: scores are probabilities that sum to 1. */
  SINGLE_LABEL("single_label_classification"),
  /** Any number of labels apply: each score is a probability by itself. */
  MULTI_LABEL("multi_label_classification"),
  /** The outputs are measures: each score is the raw value, any finite number. */
  REGRESSION("regression");

  private final String id;

  ProblemType(String id) {
    this.id = id;
  }

  /**
   * The name that model files use.
   *
   * @return lower case, words joined by underscores
   */
  public String id() {
    return id;
  }

  /**
   * The type that has an id.
   *
   * @param id as {@link #id()} gives it; case counts
   * @return the type
   * @throws InvalidInputException if no type has it
   */
  public static ProblemType of(String id) {
    return Arrays.stream(values())
        .filter(type -> type.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "problem type: expected one of %s, got '%s'"
                        .formatted(Arrays.stream(values()).map(ProblemType::id).toList(), id)));
  }
}
