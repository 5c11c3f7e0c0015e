package io.github.attentive.explain;

import java.util.List;

/**
 * A target such as a class's logit as a function of the embeddings, with its gradient. Who
 * implements it decides what the target is, and where the embeddings enter.
 */
@FunctionalInterface
public interface TargetGradient {
  /**
   * The target and its gradient at one point. The array is not copied.
   *
   * @param value the target
   * @param gradient its derivatives, {@code [tokens][dimensions]} as the point
   */
  record Slope(double value, double[][] gradient) {}

  /**
   * Evaluates at several points, in one batch if that is faster.
   *
   * @param points each {@code [tokens][dimensions]}, all of one shape; not to be changed
   * @return as many values and gradients, in the same order
   */
  List<Slope> at(List<double[][]> points);
}
