package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;

/** ALBERT (Lan et al. 2020): factorised embeddings, and layers that share their weights. */
final class AlbertArchitecture extends EncoderArchitecture {
  private static final EncoderSizes ABSENT =
      new EncoderSizes(30_000, 4096, 16_384, 12, 64, 0, 1e-12, Activation.GELU_TANH, 0);

  private final int embedding;
  private final int groups;
  private final int layersOfGroup;
  private final int tokenTypes;

  AlbertArchitecture(HuggingFaceConfig config) {
    super(config.sizes(ABSENT), config.positionRows(512));
    config.requireNeutral("position_embedding_type", "absolute");
    embedding = config.size("embedding_size", 128);
    groups = config.size("num_hidden_groups", 1);
    layersOfGroup = config.size("inner_group_num", 1);
    tokenTypes = config.size("type_vocab_size", 2);
    if (groups > sizes().layers()) {
      throw config
          .json()
          .unexpected("num_hidden_groups", "at most num_hidden_layers = " + sizes().layers());
    }
  }

  @Override
  int layers() {
    return Math.multiplyExact(sizes().layers(), layersOfGroup);
  }

  @Override
  boolean embedsTokenTypes() {
    return tokenTypes > 1;
  }

  /** The feed-forward part drops nothing. */
  @Override
  Dropouts dropouts(HuggingFaceConfig config) {
    double hidden = config.rate("hidden_dropout_prob", 0);
    return new Dropouts(
        hidden,
        config.rate("attention_probs_dropout_prob", 0),
        hidden,
        0,
        config.rate("classifier_dropout_prob", 0.1));
  }

  @Override
  Tensor logits(EncoderWriter writer) {
    FunctionBuilder function = writer.function();
    String name = "albert.embeddings.";
    Tensor sum =
        function.add(
            function.add(
                writer.embedTokens(name + "word_embeddings", sizes().vocabulary(), embedding),
                writer.embedTokenTypes(name + "token_type_embeddings", tokenTypes, embedding)),
            writer.embedPositions(name + "position_embeddings", positions(), embedding));
    Tensor x =
        writer.linear(
            "albert.encoder.embedding_hidden_mapping_in",
            writer.dropEmbeddings(writer.layerNorm(name + "LayerNorm", sum, sizes().epsilon())),
            sizes().hidden());
    for (int pass = 0; pass < sizes().layers(); pass++) {
      // In doubles and cut, as the reference assigns groups.
      int group = (int) (pass / ((double) sizes().layers() / groups));
      for (int inner = 0; inner < layersOfGroup; inner++) {
        x = layer(group, inner).write(writer, sizes(), x, writer.paddingBias());
      }
    }
    return writer.head(
        "albert.pooler", Activation.TANH, "classifier", writer.firstToken(x), sizes());
  }

  private static PostNormLayer layer(int group, int inner) {
    String layer =
        "albert.encoder.albert_layer_groups.%s.albert_layers.%s.".formatted(group, inner);
    return new PostNormLayer(
        layer + "attention.query",
        layer + "attention.key",
        layer + "attention.value",
        layer + "attention.dense",
        layer + "attention.LayerNorm",
        layer + "ffn",
        layer + "ffn_output",
        layer + "full_layer_layer_norm");
  }
}
