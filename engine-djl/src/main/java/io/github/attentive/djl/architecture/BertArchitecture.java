package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.text.TokenTypes;

/**
 * BERT (Devlin et al. 2019), RoBERTa (Liu et al. 2019), XLM-RoBERTa (Conneau et al. 2020) and
 * ELECTRA (Clark et al. 2020): the same encoder with other positions and heads.
 */
final class BertArchitecture extends EncoderArchitecture {
  /** What tells the members of the family apart. */
  enum Member {
    /** A pooler before the classifier. */
    BERT("bert", new EncoderSizes(30_522, 768, 3072, 12, 12, 0, 1e-12, Activation.GELU, 0)),
    /** Counted positions; no token types unless asked for. */
    ROBERTA("roberta", new EncoderSizes(50_265, 768, 3072, 12, 12, 1, 1e-12, Activation.GELU, 0)),
    /** As RoBERTa. */
    XLM_ROBERTA(
        "roberta", new EncoderSizes(30_522, 768, 3072, 12, 12, 1, 1e-12, Activation.GELU, 0)),
    /** Factorised embeddings; a head with GELU. */
    ELECTRA("electra", new EncoderSizes(30_522, 256, 1024, 12, 4, 0, 1e-12, Activation.GELU, 0));

    private final String prefix;
    private final EncoderSizes absent;

    Member(String prefix, EncoderSizes absent) {
      this.prefix = prefix;
      this.absent = absent;
    }

    private boolean countsPositions() {
      return this == ROBERTA || this == XLM_ROBERTA;
    }
  }

  private final Member member;
  private final int embedding;
  private final int positionRows;
  private final int tokenTypeRows;

  BertArchitecture(HuggingFaceConfig config, Member member) {
    super(config.sizes(member.absent), positions(config, member));
    this.member = member;
    config.requireFalse("is_decoder");
    config.requireFalse("add_cross_attention");
    config.requireNeutral("position_embedding_type", "absolute");
    embedding = member == Member.ELECTRA ? config.size("embedding_size", 128) : sizes().hidden();
    positionRows = config.positionRows(512);
    tokenTypeRows = config.size("type_vocab_size", 2);
  }

  private static int positions(HuggingFaceConfig config, Member member) {
    int rows = config.positionRows(512);
    return member.countsPositions()
        ? config.countedPositions(rows, config.padId(member.absent.padId()))
        : rows;
  }

  @Override
  boolean embedsTokenTypes() {
    return tokenTypeRows > 1;
  }

  @Override
  TokenTypes tokenTypes() {
    return embedsTokenTypes() && member.countsPositions()
        ? TokenTypes.IF_NAMED
        : super.tokenTypes();
  }

  @Override
  Dropouts dropouts(HuggingFaceConfig config) {
    return Dropouts.of(config);
  }

  @Override
  Tensor logits(EncoderWriter writer) {
    Tensor x = embeddings(writer);
    for (int i = 0; i < sizes().layers(); i++) {
      String prefix = member.prefix + ".encoder.layer." + i + ".";
      x =
          PostNormLayer.ofBert(prefix, "query", "key", "value")
              .write(writer, sizes(), x, writer.paddingBias());
    }
    Tensor first = writer.firstToken(x);
    return switch (member) {
      case BERT -> writer.head("bert.pooler.dense", Activation.TANH, "classifier", first, sizes());
      case ROBERTA, XLM_ROBERTA -> ownHead(writer, Activation.TANH, first);
      case ELECTRA -> ownHead(writer, Activation.GELU, first);
    };
  }

  private Tensor ownHead(EncoderWriter writer, Activation activation, Tensor first) {
    return writer.head(
        "classifier.dense", activation, "classifier.out_proj", writer.dropForHead(first), sizes());
  }

  private Tensor embeddings(EncoderWriter writer) {
    FunctionBuilder function = writer.function();
    String name = member.prefix + ".embeddings.";
    Tensor words = writer.embedTokens(name + "word_embeddings", sizes().vocabulary(), embedding);
    Tensor types = writer.embedTokenTypes(name + "token_type_embeddings", tokenTypeRows, embedding);
    String positionName = name + "position_embeddings";
    Tensor positions =
        member.countsPositions()
            ? writer.embedCountedPositions(positionName, positionRows, embedding, sizes().padId())
            : writer.embedPositions(positionName, positionRows, embedding);
    Tensor sum = function.add(function.add(words, types), positions);
    Tensor x = writer.dropEmbeddings(writer.layerNorm(name + "LayerNorm", sum, sizes().epsilon()));
    return embedding == sizes().hidden()
        ? x
        : writer.linear(member.prefix + ".embeddings_project", x, sizes().hidden());
  }
}
