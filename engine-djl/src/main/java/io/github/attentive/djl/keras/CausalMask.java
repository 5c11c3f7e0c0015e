package io.github.attentive.djl.keras;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;

/** 1 where a query may see a key: where the key stands no later; 0 elsewhere. */
final class CausalMask {
  private CausalMask() {}

  /**
   * Writes the mask.
   *
   * @param query {@code [batch, queries, numbers]}
   * @param key {@code [batch, keys, numbers]}
   * @return {@code [batch, queries, keys]}
   */
  static Tensor of(FunctionBuilder function, Tensor query, Tensor key) {
    Tensor after =
        function.add(
            function.unsqueeze(places(function, query), 2),
            function.affine(function.unsqueeze(places(function, key), 1), -1, 1));
    // Whole numbers: 1 from 1 on, 0 up to 0.
    Tensor positive = function.activate(Activation.RELU, after);
    Tensor above = function.activate(Activation.RELU, function.affine(after, 1, -1));
    return function.subtract(positive, above);
  }

  /** The places of positions, counted from 1: {@code [batch, positions]}. */
  private static Tensor places(FunctionBuilder function, Tensor x) {
    Tensor ones = function.affine(function.select(x, 2, 0), 0, 1);
    return function.cumulativeSum(ones, 1);
  }
}
