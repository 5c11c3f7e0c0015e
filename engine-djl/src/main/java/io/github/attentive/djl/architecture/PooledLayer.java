package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * States that are summed by weights, and the dense layers that read the sum: all there is between
 * the states and the logits. Immutable.
 *
 * @param weights {@code [batch, queries, positions]}; the mean over the queries is what counts
 * @param states {@code [batch, positions, size]}
 * @param hidden a layer of rectified units before the last, or null
 * @param head the last layer
 */
record PooledLayer(Tensor weights, Tensor states, @Nullable Dense hidden, Dense head) {
  /**
   * A dense layer.
   *
   * @param weight {@code [outputs, inputs]}
   * @param bias {@code [outputs]}
   */
  record Dense(Parameter weight, Parameter bias) {}

  /** Makes the parts outputs of {@link ModelFunctions#POOLING}, those of the head last. */
  void output(FunctionBuilder function) {
    function.output(ModelFunctions.POOLING_WEIGHTS, function.mean(weights, 1));
    function.output(ModelFunctions.STATES, states);
    if (hidden != null) {
      output(function, ModelFunctions.HIDDEN, hidden);
    }
    output(function, ModelFunctions.HEAD, head);
  }

  private static void output(FunctionBuilder function, String name, Dense layer) {
    function.output(name + "_weight", function.rows(layer.weight()));
    function.output(name + "_bias", function.rows(layer.bias()));
  }
}
