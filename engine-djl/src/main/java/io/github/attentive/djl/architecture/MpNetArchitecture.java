package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;

/** MPNet (Song et al. 2020): counted positions, and a learned bias for relative ones. */
final class MpNetArchitecture extends EncoderArchitecture {
  /** The family counts positions from here whatever its configuration says of padding. */
  private static final int PADDING_POSITION = 1;

  /** The buckets that distances fall into, whatever the size of the table. */
  private static final int BUCKETS = 32;

  /** The distance from which on all share the last bucket. */
  private static final int FARTHEST = 128;

  private static final EncoderSizes ABSENT =
      new EncoderSizes(30_527, 768, 3072, 12, 12, PADDING_POSITION, 1e-12, Activation.GELU, 0);

  private final int positionRows;
  private final int bucketRows;

  MpNetArchitecture(HuggingFaceConfig config) {
    super(
        config.sizes(ABSENT), config.countedPositions(config.positionRows(512), PADDING_POSITION));
    positionRows = config.positionRows(512);
    bucketRows = config.size("relative_attention_num_buckets", BUCKETS);
    if (bucketRows < BUCKETS) {
      throw config
          .json()
          .unexpected("relative_attention_num_buckets", "at least the " + BUCKETS + " in use");
    }
  }

  @Override
  Dropouts dropouts(HuggingFaceConfig config) {
    return Dropouts.of(config, 0.1, "hidden_dropout_prob");
  }

  @Override
  Tensor logits(EncoderWriter writer) {
    FunctionBuilder function = writer.function();
    String name = "mpnet.embeddings.";
    int hidden = sizes().hidden();
    Tensor x =
        writer.layerNorm(
            name + "LayerNorm",
            function.add(
                writer.embedTokens(name + "word_embeddings", sizes().vocabulary(), hidden),
                writer.embedCountedPositions(
                    name + "position_embeddings", positionRows, hidden, PADDING_POSITION)),
            sizes().epsilon());
    x = writer.dropEmbeddings(x);
    Tensor bias = bias(writer);
    for (int i = 0; i < sizes().layers(); i++) {
      x = layer("mpnet.encoder.layer." + i + ".").write(writer, sizes(), x, bias);
    }
    Tensor first = writer.dropForHead(writer.firstToken(x));
    return writer.head("classifier.dense", Activation.TANH, "classifier.out_proj", first, sizes());
  }

  private static PostNormLayer layer(String prefix) {
    return new PostNormLayer(
        prefix + "attention.attn.q",
        prefix + "attention.attn.k",
        prefix + "attention.attn.v",
        prefix + "attention.attn.o",
        prefix + "attention.LayerNorm",
        prefix + "intermediate.dense",
        prefix + "output.dense",
        prefix + "output.LayerNorm");
  }

  /** {@code [batch, heads, length, length]}: the learned bias of each distance, and the padding. */
  private Tensor bias(EncoderWriter writer) {
    FunctionBuilder function = writer.function();
    Tensor bucket = writer.byDistance("attentive.buckets", MpNetArchitecture::bucket);
    Tensor ofHeads =
        function.embedding(
            writer.weight(
                "mpnet.encoder.relative_attention_bias.weight", bucketRows, sizes().heads()),
            bucket);
    Tensor headsFirst = function.transpose(function.transpose(ofHeads, 0, 2), 1, 2);
    return function.add(headsFirst, writer.paddingBias());
  }

  /**
   * The bucket of a distance, as T5 has them (Raffel et al. 2020): exact ones near, logarithmic
   * ones farther away, another set for keys that come after the query. In single precision, as the
   * reference computes it.
   */
  static long bucket(int queryMinusKey) {
    int half = BUCKETS / 2;
    int exact = half / 2;
    long offset = queryMinusKey < 0 ? half : 0;
    int distance = Math.abs(queryMinusKey);
    if (distance < exact) {
      return offset + distance;
    }
    float logarithm = (float) Math.log((float) distance / exact);
    float scaled = logarithm / (float) Math.log((double) FARTHEST / exact) * (half - exact);
    return offset + Math.min(exact + (long) scaled, half - 1);
  }
}
