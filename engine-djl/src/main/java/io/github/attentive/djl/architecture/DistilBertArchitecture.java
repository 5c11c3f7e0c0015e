package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;

/** DistilBERT (Sanh et al. 2019): BERT without token types and pooler. */
final class DistilBertArchitecture extends EncoderArchitecture {
  private static final double EPSILON = 1e-12;

  DistilBertArchitecture(HuggingFaceConfig config) {
    super(
        new EncoderSizes(
            config.size("vocab_size", 30_522),
            config.hiddenSize("dim", 768, "n_heads", 12),
            config.size("hidden_dim", 3072),
            config.size("n_layers", 6),
            config.size("n_heads", 12),
            config.padId(0),
            EPSILON,
            config.activation("activation", "gelu"),
            config.labels().size()),
        config.positionRows(512));
  }

  /** What attention adds is not dropped. */
  @Override
  Dropouts dropouts(HuggingFaceConfig config) {
    double hidden = config.rate("dropout", 0.1);
    return new Dropouts(
        hidden,
        config.rate("attention_dropout", 0.1),
        0,
        hidden,
        config.rate("seq_classif_dropout", 0.2));
  }

  @Override
  Tensor logits(EncoderWriter writer) {
    FunctionBuilder function = writer.function();
    String name = "distilbert.embeddings.";
    int hidden = sizes().hidden();
    Tensor x =
        writer.layerNorm(
            name + "LayerNorm",
            function.add(
                writer.embedTokens(name + "word_embeddings", sizes().vocabulary(), hidden),
                writer.embedPositions(name + "position_embeddings", positions(), hidden)),
            EPSILON);
    x = writer.dropEmbeddings(x);
    for (int i = 0; i < sizes().layers(); i++) {
      String layer = "distilbert.transformer.layer." + i + ".";
      PostNormLayer names =
          new PostNormLayer(
              layer + "attention.q_lin",
              layer + "attention.k_lin",
              layer + "attention.v_lin",
              layer + "attention.out_lin",
              layer + "sa_layer_norm",
              layer + "ffn.lin1",
              layer + "ffn.lin2",
              layer + "output_layer_norm");
      x = names.write(writer, sizes(), x, writer.paddingBias());
    }
    return writer.head(
        "pre_classifier", Activation.RELU, "classifier", writer.firstToken(x), sizes());
  }
}
