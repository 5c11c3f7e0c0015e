package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a layer of attention moves: from each key a vector, which its weight multiplies. Immutable.
 *
 * @param weights {@code [batch, heads, queries, keys]}
 * @param values {@code [batch, heads, keys, d]}, or without heads
 * @param output the dense layer that all heads' values go through together, {@code [size, heads *
 *     d]}, or null if there is none
 */
public record ValueLayer(Tensor weights, Tensor values, @Nullable Parameter output) {
  private static final int AXES = 4;

  /**
   * Makes the norms of what is moved outputs of {@link ModelFunctions#NORMS}. With {@code f^h(x_j)}
   * the vector of key j in head h: for each head {@code |A^h_ij f^h(x_j)|}, and for the layer
   * {@code |sum_h A^h_ij f^h(x_j)|}, whose square is {@code sum_{g,h} A^g_ij A^h_ij <f^g(x_j),
   * f^h(x_j)>}, so that there is never a vector for each pair of positions.
   *
   * @param function in which the parts are computed
   * @param layer its number, from 0 on
   */
  void output(FunctionBuilder function, int layer) {
    Tensor moved = moved(function);
    Tensor squares = function.sum(function.multiply(moved, moved), -1);
    Tensor ofHeads = function.multiply(weights, function.unsqueeze(root(function, squares), 2));

    Tensor byKey = function.transpose(moved, 1, 2);
    Tensor products = function.matMul(byKey, function.transpose(byKey, 2, 3));
    Tensor headsLast = function.transpose(weights, 1, 3);
    Tensor sums =
        function.sum(function.multiply(function.matMul(headsLast, products), headsLast), -1);
    Tensor ofLayer = root(function, function.transpose(sums, 1, 2));

    function.output(ModelFunctions.layerNorms(layer), function.unsqueeze(ofLayer, 1));
    function.output(ModelFunctions.headNorms(layer), ofHeads);
  }

  /** {@code [batch, heads, keys, size]}. */
  private Tensor moved(FunctionBuilder function) {
    Tensor ofHeads = values.shape().rank() < AXES ? function.unsqueeze(values, 1) : values;
    if (output == null) {
      return ofHeads;
    }
    int heads = Math.toIntExact(ofHeads.shape().axis(1).size());
    Tensor columns = function.transpose(function.rows(output), 0, 1);
    return function.matMul(ofHeads, function.splitAxis(columns, 0, heads));
  }

  /** Rounding may leave a little less than 0. */
  private static Tensor root(FunctionBuilder function, Tensor squares) {
    return function.activate(Activation.SQRT, function.activate(Activation.RELU, squares));
  }
}
