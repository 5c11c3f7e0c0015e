package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;

/**
 * The layer of BERT and its cousins: attention, then a feed-forward part, each added to its input
 * and normalised after.
 *
 * @param query name of the dense layer of the queries
 * @param key name of that of the keys
 * @param value name of that of the values
 * @param attended name of the dense layer after attention
 * @param attentionNorm name of the norm after it
 * @param inner name of the feed-forward part's first dense layer
 * @param outer name of its second
 * @param outputNorm name of the last norm
 */
record PostNormLayer(
    String query,
    String key,
    String value,
    String attended,
    String attentionNorm,
    String inner,
    String outer,
    String outputNorm) {

  /** The names that BERT has and most cousins took over. */
  static PostNormLayer ofBert(String prefix, String query, String key, String value) {
    String attention = prefix + "attention.";
    return new PostNormLayer(
        attention + "self." + query,
        attention + "self." + key,
        attention + "self." + value,
        attention + "output.dense",
        attention + "output.LayerNorm",
        prefix + "intermediate.dense",
        prefix + "output.dense",
        prefix + "output.LayerNorm");
  }

  /**
   * Writes the layer.
   *
   * @param x {@code [batch, length, hidden]}
   * @param bias added to the scores
   * @return the same shape
   */
  Tensor write(EncoderWriter writer, EncoderSizes sizes, Tensor x, Tensor bias) {
    List<Tensor> heads = heads(writer, sizes, x);
    Tensor seen = attend(writer, heads, bias, sizes.scale());
    return afterAttention(writer, sizes, seen, x);
  }

  /** Queries, keys and values, each {@code [batch, heads, length, d]}. */
  List<Tensor> heads(EncoderWriter writer, EncoderSizes sizes, Tensor x) {
    return writer.headsOf(List.of(query, key, value), x, sizes);
  }

  /** Attends with queries, keys and values, and puts that through the dense layer after it. */
  Tensor attend(EncoderWriter writer, List<Tensor> heads, Tensor bias, double scale) {
    return writer.attend(heads.get(0), heads.get(1), heads.get(2), bias, scale, attended, true);
  }

  /** Writes what follows attention and its dense layer. */
  Tensor afterAttention(EncoderWriter writer, EncoderSizes sizes, Tensor context, Tensor x) {
    FunctionBuilder function = writer.function();
    Tensor seen =
        writer.layerNorm(
            attentionNorm, function.add(writer.dropAttended(context), x), sizes.epsilon());
    Tensor wide =
        function.activate(sizes.activation(), writer.linear(inner, seen, sizes.intermediate()));
    return writer.layerNorm(
        outputNorm,
        function.add(writer.dropFed(writer.linear(outer, wide, sizes.hidden())), seen),
        sizes.epsilon());
  }
}
