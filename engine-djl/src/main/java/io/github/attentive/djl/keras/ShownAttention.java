package io.github.attentive.djl.keras;

import io.github.attentive.djl.graph.Tensor;

/**
 * Attention that a function computes: of an attention layer, or a softmax over positions.
 *
 * @param layer the layer's name
 * @param result the layer's own result, by which it is found among a model's outputs
 * @param weights {@code [batch, heads, queries, keys]}, keys being positions of the text
 * @param masked whether keys of padding get no weight
 */
record ShownAttention(String layer, Tensor result, Tensor weights, boolean masked) {

  /** Whether both fit into one tensor of layers. */
  boolean fits(ShownAttention other) {
    return weights.shape().equals(other.weights.shape());
  }
}
