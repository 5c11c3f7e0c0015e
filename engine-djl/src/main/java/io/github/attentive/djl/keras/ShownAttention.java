package io.github.attentive.djl.keras;

import io.github.attentive.djl.architecture.QueryKeyLayer;
import io.github.attentive.djl.architecture.ValueLayer;
import io.github.attentive.djl.graph.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Attention that a function computes: of an attention layer, or a softmax over positions.
 *
 * @param layer the layer's name
 * @param result the layer's own result, by which it is found among a model's outputs
 * @param weights {@code [batch, heads, queries, keys]}, keys being positions of the text
 * @param masked whether keys of padding get no weight
 * @param kind what it is, for messages
 * @param compared the queries and keys whose products it is made of, or null for another kind
 * @param moved the values that it weighs, or null if it is not known what becomes of it
 */
record ShownAttention(
    String layer,
    Tensor result,
    Tensor weights,
    boolean masked,
    String kind,
    @Nullable QueryKeyLayer compared,
    @Nullable ValueLayer moved) {

  /** Whether both fit into one tensor of layers. */
  boolean fits(ShownAttention other) {
    return weights.shape().equals(other.weights.shape());
  }
}
