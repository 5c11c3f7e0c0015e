package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;

/**
 * A layer of attention that compares queries with keys. Immutable.
 *
 * @param queries {@code [batch, heads, queries, d]}, or without heads
 * @param keys {@code [batch, heads, keys, d]}, or without heads
 * @param scores {@code [batch, heads, queries, keys]}, or without heads: what the softmax sees
 * @param scale what the dot product of a query and a key is multiplied by
 */
public record QueryKeyLayer(Tensor queries, Tensor keys, Tensor scores, double scale) {
  private static final int AXES = 4;

  /**
   * Makes the layer's parts outputs of {@link ModelFunctions#INSPECT}.
   *
   * @param function in which they are computed
   * @param layer its number, from 0 on
   */
  public void output(FunctionBuilder function, int layer) {
    function.output(ModelFunctions.queries(layer), withHeads(function, queries));
    function.output(ModelFunctions.keys(layer), withHeads(function, keys));
    function.output(ModelFunctions.scores(layer), withHeads(function, scores));
  }

  private static Tensor withHeads(FunctionBuilder function, Tensor x) {
    return x.shape().rank() < AXES ? function.unsqueeze(x, 1) : x;
  }
}
