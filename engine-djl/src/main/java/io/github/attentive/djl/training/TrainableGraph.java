package io.github.attentive.djl.training;

import io.github.attentive.djl.runtime.HostArray;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A graph that an engine can differentiate by its loss function and whose parameters can be set.
 * Used by one thread.
 */
public interface TrainableGraph extends AutoCloseable {

  /**
   * What the loss function gave for a batch.
   *
   * @param loss mean over the batch
   * @param logits {@code [batch, outputs]}
   */
  record Loss(float loss, HostArray.Floats logits) {}

  /**
   * The same with its derivatives.
   *
   * @param loss what the function gave
   * @param parameters derivative of the loss by each parameter, in the graph's order, row-major;
   *     empty for fixed ones
   * @param probe derivative of the loss by the input asked for, row-major
   */
  record Gradients(Loss loss, List<float[]> parameters, float[] probe) {}

  /**
   * Runs the loss function and differentiates it.
   *
   * @param inputs in the function's order
   * @param probe which input to differentiate by, too: one of floats
   * @return the loss and its derivatives
   * @throws io.github.attentive.InferenceException if the engine fails
   */
  Gradients differentiate(List<HostArray> inputs, int probe);

  /**
   * Runs the loss function, without dropout.
   *
   * @param inputs in the function's order
   * @return what it gives
   * @throws io.github.attentive.InferenceException if the engine fails
   */
  Loss evaluate(List<HostArray> inputs);

  /**
   * An optimiser of the weights, with moments of zero.
   *
   * @param decays which of the graph's parameters lose weight, by their place
   * @return the optimiser, closed with this
   */
  AdamW adamW(IntPredicate decays);

  /**
   * A parameter as it is now.
   *
   * @param parameter its place in the graph's order
   * @return a copy, row-major
   */
  float[] values(int parameter);

  /**
   * Sets a parameter.
   *
   * @param parameter its place in the graph's order
   * @param values row-major
   */
  void assign(int parameter, float[] values);

  /** Frees the native memory. */
  @Override
  void close();
}
