package io.github.attentive.tensorflow;

import io.github.attentive.ProblemType;
import io.github.attentive.djl.runtime.HeadOutputs;
import java.util.List;

/** What the numbers are that a foreign model gives as scores. */
enum HeadMeaning {
  /** One number from 0 to 1: the probability of the second of two classes. */
  ONE_PROBABILITY(HeadOutputs.PROBABILITIES, ProblemType.SINGLE_LABEL),
  /** Several from 0 to 1 that sum to 1. */
  PROBABILITIES(HeadOutputs.PROBABILITIES, ProblemType.SINGLE_LABEL),
  /** Several from 0 to 1, each by itself. */
  INDEPENDENT(HeadOutputs.PROBABILITIES, ProblemType.MULTI_LABEL),
  /** Several others: what comes before a softmax. */
  LOGITS(HeadOutputs.LOGITS, ProblemType.SINGLE_LABEL),
  /** One other number, which its name or two labels say to come before a logistic function. */
  ONE_LOGIT(HeadOutputs.LOGITS, ProblemType.SINGLE_LABEL),
  /** One other number. */
  VALUE(HeadOutputs.LOGITS, ProblemType.REGRESSION);

  /** How far probabilities may be from the sum 1; numbers of 16 bits have three digits. */
  private static final double ROUNDING = 2e-2;

  private final HeadOutputs outputs;
  private final ProblemType problemType;

  HeadMeaning(HeadOutputs outputs, ProblemType problemType) {
    this.outputs = outputs;
    this.problemType = problemType;
  }

  /**
   * What such numbers are.
   *
   * @param scores of several texts
   */
  static HeadMeaning of(List<float[]> scores) {
    boolean several = scores.get(0).length > 1;
    boolean bounded = true;
    boolean sumToOne = true;
    for (float[] ofText : scores) {
      double sum = 0;
      for (float score : ofText) {
        bounded &= score >= 0 && score <= 1;
        sum += score;
      }
      sumToOne &= Math.abs(sum - 1) <= ROUNDING;
    }
    if (!bounded) {
      return several ? LOGITS : VALUE;
    }
    return several ? (sumToOne ? PROBABILITIES : INDEPENDENT) : ONE_PROBABILITY;
  }

  /**
   * What numbers are that are said to be logits.
   *
   * @param units how many a text has
   */
  static HeadMeaning ofLogits(int units) {
    return units > 1 ? LOGITS : ONE_LOGIT;
  }

  HeadOutputs outputs() {
    return outputs;
  }

  ProblemType problemType() {
    return problemType;
  }

  /** Whether one number stands for two classes. */
  boolean isTwoOfOne() {
    return this == ONE_PROBABILITY || this == ONE_LOGIT;
  }
}
