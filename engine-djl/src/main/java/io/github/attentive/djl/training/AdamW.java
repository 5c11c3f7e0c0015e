package io.github.attentive.djl.training;

import io.github.attentive.djl.runtime.HostArray;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The optimiser AdamW (Loshchilov and Hutter 2019) of an engine, for the weights of a {@link
 * TrainableGraph}: Adam (Kingma and Ba 2015) with decay apart from the gradient. Used by one
 * thread; closed with its graph.
 */
public interface AdamW {
  /** Decay of the mean of gradients. */
  float BETA_1 = 0.9f;

  /** Decay of the mean of their squares. */
  float BETA_2 = 0.999f;

  /** What is added to the root of the latter. */
  float EPSILON = 1e-8f;

  /**
   * What an update does beside Adam's step.
   *
   * @param rate the step, above 0
   * @param decay what weights lose, as a share of the rate; 0 for none
   * @param longestGradient the Euclidean norm that all gradients together are cut to, or 0
   */
  record Update(float rate, float decay, float longestGradient) {}

  /**
   * Runs the loss function and adds its gradients to those that are there.
   *
   * @param inputs in the function's order
   * @param share what the gradients are multiplied by
   * @param seed of dropout
   * @return what the function gave
   * @throws io.github.attentive.InferenceException if the engine fails
   * @throws BatchTooLargeException if memory does not suffice; gradients are as before then
   */
  TrainableGraph.Loss accumulate(List<HostArray> inputs, float share, long seed)
      throws BatchTooLargeException;

  /**
   * Moves the weights against the gradients, which are zero afterwards.
   *
   * @param update what to do
   * @return the Euclidean norm of all gradients together, before they were cut
   * @throws io.github.attentive.InferenceException if the engine fails
   */
  float update(Update update);

  /**
   * How often the weights have moved.
   *
   * @return 0 or more
   */
  long updates();

  /**
   * The mean of the gradients of a parameter.
   *
   * @param parameter its place in the graph's order; one that is trained
   * @return a copy, row-major
   */
  float[] mean(int parameter);

  /**
   * The mean of the squared gradients of a parameter.
   *
   * @param parameter its place in the graph's order; one that is trained
   * @return a copy, row-major
   */
  float[] square(int parameter);

  /**
   * Goes on from other means.
   *
   * @param updates made so far
   * @param means of gradients, asked for each parameter that is trained
   * @param squares likewise
   */
  void restore(long updates, IntFunction<float[]> means, IntFunction<float[]> squares);
}
