package io.github.attentive.djl.runtime;

import io.github.attentive.InferenceException;

/** Probabilities from logits, in double precision. */
public final class Scores {
  private Scores() {}

  /**
   * One logit is the logistic function's argument for the second of two classes; several are those
   * of a softmax.
   *
   * @param logits at least one
   * @return a probability for each class, summing to 1
   * @throws InferenceException if a logit is NaN or infinite
   */
  public static float[] of(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new InferenceException(
            "logits: expected finite numbers, got " + logit + "; the model's weights are damaged");
      }
      max = Math.max(max, logit);
    }
    if (logits.length == 1) {
      float second = (float) (1 / (1 + StrictMath.exp(-logits[0])));
      return new float[] {1 - second, second};
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
