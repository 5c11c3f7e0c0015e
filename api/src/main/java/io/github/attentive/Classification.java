package io.github.attentive;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a classifier says of one text. Immutable.
 *
 * <p>Scores stand in the model's label order and are finite. What they mean is the model's {@link
 * ProblemType}:
 *
 * <ul>
 *   <li>{@link ProblemType#SINGLE_LABEL}: probabilities in [0, 1] that sum to 1;
 *   <li>{@link ProblemType#MULTI_LABEL}: probabilities in [0, 1], each by itself; {@link #labels()}
 *       are those of at least 0.5;
 *   <li>{@link ProblemType#REGRESSION}: the raw values of the model's outputs, any finite numbers;
 *       the labels are the outputs' names.
 * </ul>
 *
 * <p>The label is the one of the highest score; of equal scores the first.
 */
public final class Classification {
  /** The score from which a label of a multi-label model applies. */
  private static final float APPLIES_FROM = 0.5f;

  private final TextInput input;
  private final ProblemType problemType;
  private final Map<String, Float> scores;
  private final String label;
  private final List<String> labels;
  private final float[] logits;
  private final int tokens;
  private final boolean truncated;

  /**
   * Creates a classification by a model of which one label applies.
   *
   * @param input the text it is about
   * @param labels the model's labels in output order
   * @param scores a probability for each label, copied
   * @param logits the raw outputs of the classification head, copied; empty if the model gives none
   * @param tokens how many positions took part in the model's arithmetic
   * @param truncated true if the text was longer than the model reads
   * @throws InvalidInputException if the numbers of labels and scores differ or are 0
   * @throws InferenceException if a score or logit is NaN or infinite
   */
  public Classification(
      TextInput input,
      List<String> labels,
      float[] scores,
      float[] logits,
      int tokens,
      boolean truncated) {
    this(input, ProblemType.SINGLE_LABEL, labels, scores, logits, tokens, truncated);
  }

  /**
   * Creates a classification.
   *
   * @param input the text it is about
   * @param problemType what the scores mean
   * @param labels the model's labels in output order
   * @param scores a score for each label, copied
   * @param logits the raw outputs of the classification head, copied; empty if the model gives none
   * @param tokens how many positions took part in the model's arithmetic
   * @param truncated true if the text was longer than the model reads
   * @throws InvalidInputException if the numbers of labels and scores differ or are 0
   * @throws InferenceException if a score or logit is NaN or infinite
   */
  public Classification(
      TextInput input,
      ProblemType problemType,
      List<String> labels,
      float[] scores,
      float[] logits,
      int tokens,
      boolean truncated) {
    this.problemType = Objects.requireNonNull(problemType, "problemType");
    this.input = Objects.requireNonNull(input, "input");
    if (labels.isEmpty() || labels.size() != scores.length) {
      throw new InvalidInputException(
          "classification: expected a score for each of the labels %s, got %s"
              .formatted(labels, scores.length));
    }
    Map<String, Float> byLabel = new LinkedHashMap<>();
    int best = 0;
    for (int i = 0; i < scores.length; i++) {
      requireFinite("score of '" + labels.get(i) + "'", scores[i]);
      byLabel.put(labels.get(i), scores[i]);
      best = scores[i] > scores[best] ? i : best;
    }
    this.scores = Collections.unmodifiableMap(byLabel);
    this.label = labels.get(best);
    this.labels =
        problemType == ProblemType.MULTI_LABEL
            ? byLabel.keySet().stream().filter(l -> byLabel.get(l) >= APPLIES_FROM).toList()
            : List.of(label);
    this.logits = logits.clone();
    for (float logit : this.logits) {
      requireFinite("logit", logit);
    }
    this.tokens = Checks.notNegative("tokens", tokens);
    this.truncated = truncated;
  }

  private static void requireFinite(String what, float value) {
    if (!Float.isFinite(value)) {
      throw new InferenceException(
          what
              + ": expected a finite number, got "
              + value
              + "; the model's weights or its input are damaged");
    }
  }

  /**
   * The text this is about.
   *
   * @return the caller's input
   */
  public TextInput input() {
    return input;
  }

  /**
   * What the scores mean.
   *
   * @return the model's problem type
   */
  public ProblemType problemType() {
    return problemType;
  }

  /**
   * The label of the highest score.
   *
   * @return one of the model's labels
   */
  public String label() {
    return label;
  }

  /**
   * The labels that apply.
   *
   * @return an unmodifiable list in the model's label order: of a multi-label model the labels of
   *     at least 0.5, perhaps none; of others {@link #label()} alone
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * All scores.
   *
   * @return an unmodifiable map in the model's label order
   */
  public Map<String, Float> scores() {
    return scores;
  }

  /**
   * The score of a label.
   *
   * @param label one of the model's labels
   * @return its probability, or the raw value of a regression
   * @throws InvalidInputException if the model has no such label
   */
  public float score(String label) {
    Float score = scores.get(label);
    if (score == null) {
      throw new InvalidInputException(
          "label '%s': expected one of %s".formatted(label, scores.keySet()));
    }
    return score;
  }

  /**
   * The raw outputs of the classification head: one for each label, or a single one where two
   * classes share a sigmoid.
   *
   * @return a copy; empty if the model gives none
   */
  public float[] logits() {
    return logits.clone();
  }

  /**
   * How many positions took part in the model's arithmetic, special tokens included.
   *
   * @return 0 or more
   */
  public int tokens() {
    return tokens;
  }

  /**
   * Says whether the model saw only the beginning of the text.
   *
   * @return true if the text was cut
   */
  public boolean truncated() {
    return truncated;
  }

  /** Equal inputs and bit-equal numbers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Classification that
        && input.equals(that.input)
        && problemType == that.problemType
        && scores.equals(that.scores)
        && List.copyOf(scores.keySet()).equals(List.copyOf(that.scores.keySet()))
        && Arrays.equals(logits, that.logits)
        && tokens == that.tokens
        && truncated == that.truncated;
  }

  @Override
  public int hashCode() {
    return Objects.hash(input, problemType, scores, Arrays.hashCode(logits), tokens, truncated);
  }

  @Override
  public String toString() {
    return "Classification[" + label + " " + scores + "]";
  }
}
