package io.github.attentive.djl.architecture;

import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * DeBERTa v2 and v3 (He et al. 2021): scores from contents and, disentangled from them, from
 * relative positions.
 */
final class DebertaArchitecture extends EncoderArchitecture {
  private static final EncoderSizes ABSENT =
      new EncoderSizes(128_100, 1536, 6144, 24, 24, 0, 1e-7, Activation.GELU, 0);
  private static final List<String> TERMS = List.of("c2p", "p2c");

  private final int embedding;
  private final int tokenTypes;
  private final boolean absolutePositions;
  private final boolean relativePositions;
  private final boolean contentToPosition;
  private final boolean positionToContent;
  private final boolean sharedProjections;
  private final boolean normalisedPositions;
  private final int buckets;
  private final int farthest;
  private final int convolutionWidth;
  private final @Nullable Activation convolutionActivation;
  private final Activation poolerActivation;

  DebertaArchitecture(HuggingFaceConfig config) {
    super(config.sizes(ABSENT), config.positionRows(512));
    JsonFile json = config.json();
    embedding = config.size("embedding_size", sizes().hidden());
    int types = json.whole("type_vocab_size", 0);
    if (types < 0) {
      throw json.unexpected("type_vocab_size", "a number of at least 0");
    }
    tokenTypes = types;
    absolutePositions = json.flag("position_biased_input", true);
    relativePositions = json.flag("relative_attention", false);
    List<String> terms = terms(json);
    contentToPosition = terms.contains("c2p");
    positionToContent = terms.contains("p2c");
    sharedProjections = json.flag("share_att_key", false);
    normalisedPositions =
        Arrays.stream(json.string("norm_rel_ebd", "none").toLowerCase(Locale.ROOT).split("\\|"))
            .anyMatch(norm -> norm.strip().equals("layer_norm"));
    int limit = json.whole("max_relative_positions", -1);
    farthest = limit < 1 ? positions() : limit;
    buckets = Math.max(json.whole("position_buckets", -1), 0);
    convolutionWidth = Math.max(json.whole("conv_kernel_size", 0), 0);
    convolutionActivation = convolutionWidth > 0 ? config.activation("conv_act", "tanh") : null;
    poolerActivation = config.activation("pooler_hidden_act", "gelu");
    requireSupported(config);
  }

  private void requireSupported(HuggingFaceConfig config) {
    config.requireNeutral("conv_groups", 1);
    config.requireNeutral("pooler_hidden_size", sizes().hidden());
    config.requireNeutral("attention_head_size", sizes().hidden() / sizes().heads());
    if (convolutionWidth > 0 && convolutionWidth % 2 == 0) {
      throw config.json().unexpected("conv_kernel_size", "an odd width");
    }
    if (buckets == 1 || (buckets > 0 && farthest <= buckets / 2 + 1)) {
      throw config
          .json()
          .unexpected("position_buckets", "from 2 to below twice the relative positions, or -1");
    }
  }

  /** Either a list or names with bars between. */
  private static List<String> terms(JsonFile json) {
    if (!json.has("pos_att_type")) {
      return List.of();
    }
    List<String> terms =
        (json.isString("pos_att_type")
                ? Arrays.stream(json.string("pos_att_type").toLowerCase(Locale.ROOT).split("\\|"))
                : json.strings("pos_att_type").stream())
            .map(String::strip)
            .filter(term -> !term.isEmpty())
            .toList();
    if (!TERMS.containsAll(terms)) {
      throw json.unexpected("pos_att_type", "c2p, p2c, both or none");
    }
    return terms;
  }

  @Override
  boolean embedsTokenTypes() {
    return tokenTypes > 1;
  }

  /** By how many terms a score has. */
  @Override
  double attentionScale() {
    int terms = 1 + (contentToPosition ? 1 : 0) + (positionToContent ? 1 : 0);
    return 1 / Math.sqrt((double) sizes().hidden() / sizes().heads() * terms);
  }

  @Override
  Dropouts dropouts(HuggingFaceConfig config) {
    return Dropouts.of(config, 0.1, "cls_dropout");
  }

  @Override
  Tensor logits(EncoderWriter writer) {
    Tensor embedded = embeddings(writer);
    @Nullable Distances distances = relativePositions ? new Distances(writer) : null;
    Tensor x = embedded;
    for (int i = 0; i < sizes().layers(); i++) {
      PostNormLayer layer =
          PostNormLayer.ofBert(
              "deberta.encoder.layer." + i + ".", "query_proj", "key_proj", "value_proj");
      x = layer.afterAttention(writer, sizes(), context(writer, layer, x, distances), x);
      if (i == 0 && convolutionActivation != null) {
        x = convolve(writer, convolutionActivation, embedded, x);
      }
    }
    return writer.head(
        "pooler.dense", poolerActivation, "classifier", writer.firstToken(x), sizes());
  }

  private Tensor embeddings(EncoderWriter writer) {
    FunctionBuilder function = writer.function();
    String name = "deberta.embeddings.";
    Tensor x = writer.embedTokens(name + "word_embeddings", sizes().vocabulary(), embedding);
    if (absolutePositions) {
      x =
          function.add(
              x, writer.embedPositions(name + "position_embeddings", positions(), embedding));
    }
    if (tokenTypes > 0) {
      x =
          function.add(
              x, writer.embedTokenTypes(name + "token_type_embeddings", tokenTypes, embedding));
    }
    if (embedding != sizes().hidden()) {
      x = writer.linear(name + "embed_proj", x, sizes().hidden(), false);
    }
    x = writer.layerNorm(name + "LayerNorm", x, sizes().epsilon());
    // Only a convolution sees beyond the mask of attention.
    return writer.dropEmbeddings(
        convolutionWidth > 0 ? function.multiply(x, writer.tokenMask()) : x);
  }

  private Tensor context(
      EncoderWriter writer, PostNormLayer layer, Tensor x, @Nullable Distances distances) {
    FunctionBuilder function = writer.function();
    double scale = attentionScale();
    List<Tensor> heads = layer.heads(writer, sizes(), x);
    Tensor query = heads.get(0);
    Tensor key = heads.get(1);
    Tensor bias = writer.paddingBias();
    if (distances != null && contentToPosition) {
      Tensor scores =
          distances.scores(query, sharedProjections ? layer.key() : posName(layer, "key"), true);
      bias = function.add(function.affine(scores, scale, 0), bias);
    }
    if (distances != null && positionToContent) {
      Tensor scores =
          distances.scores(key, sharedProjections ? layer.query() : posName(layer, "query"), false);
      bias = function.add(function.affine(function.transpose(scores, 2, 3), scale, 0), bias);
    }
    return layer.attend(writer, heads, bias, scale);
  }

  private static String posName(PostNormLayer layer, String kind) {
    String self = layer.query().substring(0, layer.query().lastIndexOf('.') + 1);
    return self + "pos_" + kind + "_proj";
  }

  private Tensor convolve(
      EncoderWriter writer, Activation activation, Tensor embedded, Tensor firstLayer) {
    FunctionBuilder function = writer.function();
    int hidden = sizes().hidden();
    String name = "deberta.encoder.conv.";
    Tensor near =
        function.convolution(
            embedded,
            writer.weight(name + "conv.weight", hidden, hidden, convolutionWidth),
            writer.weight(name + "conv.bias", hidden));
    return writer.layerNorm(
        name + "LayerNorm",
        function.add(firstLayer, function.activate(activation, near)),
        sizes().epsilon());
  }

  /** Scores from relative positions; their embeddings and indices are the same in all layers. */
  private final class Distances {
    private final EncoderWriter writer;
    private final int span;
    private final Tensor embeddings;
    private final Tensor queryToKey;
    private final Tensor keyToQuery;

    Distances(EncoderWriter writer) {
      this.writer = writer;
      span = buckets > 0 ? buckets : farthest;
      FunctionBuilder function = writer.function();
      Tensor table =
          function.rows(
              writer.weight("deberta.encoder.rel_embeddings.weight", 2L * span, sizes().hidden()));
      embeddings =
          normalisedPositions
              ? writer.layerNorm("deberta.encoder.LayerNorm", table, sizes().epsilon())
              : table;
      queryToKey = writer.byDistance("attentive.c2p", d -> place(bucket(d)));
      keyToQuery = writer.byDistance("attentive.p2c", d -> place(-bucket(d)));
    }

    private long place(long bucket) {
      return Math.min(Math.max(bucket + span, 0), 2L * span - 1);
    }

    private long bucket(int distance) {
      return buckets > 0 ? logarithmicBucket(distance, buckets, farthest) : distance;
    }

    /** {@code [batch, heads, length, length]}: what each content says to each distance. */
    Tensor scores(Tensor content, String projection, boolean toKeys) {
      FunctionBuilder function = writer.function();
      Tensor projected =
          function.splitAxis(
              writer.linear(projection, embeddings, sizes().hidden()), 1, sizes().heads());
      Tensor perHead = function.transpose(function.transpose(projected, 0, 1), 1, 2);
      return function.gather(function.matMul(content, perHead), toKeys ? queryToKey : keyToQuery);
    }
  }

  /**
   * The bucket of a distance: the distance itself near, its logarithm farther away. In single
   * precision, as the reference computes it.
   */
  static long logarithmicBucket(int distance, int buckets, int farthest) {
    int middle = buckets / 2;
    if (Math.abs(distance) <= middle) {
      return distance;
    }
    float logarithm = (float) Math.log((float) Math.abs(distance) / middle);
    float whole = (float) Math.log((float) ((farthest - 1) / (double) middle));
    long bucket = (long) Math.ceil(logarithm / whole * (middle - 1)) + middle;
    return distance < 0 ? -bucket : bucket;
  }
}
