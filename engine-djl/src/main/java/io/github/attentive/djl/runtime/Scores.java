package io.github.attentive.djl.runtime;

import io.github.attentive.InferenceException;
import io.github.attentive.ProblemType;

/** Scores from logits, in double precision. */
public final class Scores {
  /** How far a probability may be out of its range. */
  private static final float ROUNDING = 1e-5f;

  private Scores() {}

  /**
   * The probabilities of a model of which one label applies.
   *
   * @param logits at least one
   * @return a probability for each class, summing to 1
   * @throws InferenceException if a logit is NaN or infinite
   */
  public static float[] of(float[] logits) {
    return of(logits, ProblemType.SINGLE_LABEL, Math.max(2, logits.length));
  }

  /**
   * Single label: several logits are those of a softmax; one is the logistic function's argument
   * for the second of two classes. Multi label: the logistic function of each. Regression: the
   * logits themselves.
   *
   * @param logits at least one
   * @param problemType what they mean
   * @param classes how many labels there are: as many as logits, or two for one
   * @return a score for each class
   * @throws InferenceException if a logit is NaN or infinite
   */
  public static float[] of(float[] logits, ProblemType problemType, int classes) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new InferenceException(
            "logits: expected finite numbers, got " + logit + "; the model's weights are damaged");
      }
    }
    return switch (problemType) {
      case SINGLE_LABEL ->
          logits.length == 1 && classes == 2 ? ofTwoClasses(logits[0]) : softmax(logits);
      case MULTI_LABEL -> eachByItself(logits);
      case REGRESSION -> logits.clone();
    };
  }

  /**
   * The scores of a model that gives probabilities in place of logits.
   *
   * @param probabilities at least one
   * @param classes how many labels there are: as many, or two for one probability
   * @return the same, or that of the first of two classes before that of the second
   * @throws InferenceException if one is not a number from 0 to 1, but for rounding
   */
  public static float[] ofProbabilities(float[] probabilities, int classes) {
    float[] scores = probabilities.clone();
    for (int i = 0; i < scores.length; i++) {
      if (!(scores[i] >= -ROUNDING && scores[i] <= 1 + ROUNDING)) {
        throw new InferenceException(
            "probabilities: expected numbers from 0 to 1, got " + scores[i]);
      }
      scores[i] = Math.max(0, Math.min(1, scores[i]));
    }
    return scores.length == 1 && classes == 2 ? new float[] {1 - scores[0], scores[0]} : scores;
  }

  private static float[] ofTwoClasses(float logit) {
    float second = logistic(logit);
    return new float[] {1 - second, second};
  }

  private static float[] eachByItself(float[] logits) {
    float[] scores = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      scores[i] = logistic(logits[i]);
    }
    return scores;
  }

  private static float logistic(float logit) {
    return (float) (1 / (1 + StrictMath.exp(-logit)));
  }

  private static float[] softmax(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double[] exponentials = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      exponentials[i] = StrictMath.exp(logits[i] - max);
      sum += exponentials[i];
    }
    float[] scores = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      scores[i] = (float) (exponentials[i] / sum);
    }
    return scores;
  }
}
