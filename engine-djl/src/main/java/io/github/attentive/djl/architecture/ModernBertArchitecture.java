package io.github.attentive.djl.architecture;

import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.spi.PositionsRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ModernBERT (Warner et al. 2024): norms before, gated feed-forward parts, rotary positions (Su et
 * al. 2021), most layers seeing a window only.
 */
final class ModernBertArchitecture extends EncoderArchitecture {
  private static final String LAYER_TYPES = "layer_types";
  private static final String ROPE_PARAMETERS = "rope_parameters";
  private static final String GLOBAL = "full_attention";
  private static final String LOCAL = "sliding_attention";

  /** In transformers 4, null means the same as globally. */
  private static final String LOCAL_THETA = "local_rope_theta";

  private static final String POOLING = "classifier_pooling";

  private final List<Boolean> localLayers;
  private final int windowReach;
  private final double globalTheta;
  private final double localTheta;
  private final boolean normBias;
  private final boolean attentionBias;
  private final boolean feedForwardBias;
  private final boolean headBias;
  private final Activation headActivation;
  private final boolean meanPooling;

  ModernBertArchitecture(HuggingFaceConfig config) {
    super(
        new EncoderSizes(
            config.size("vocab_size", 50_368),
            config.hiddenSize("hidden_size", 768, "num_attention_heads", 12),
            config.size("intermediate_size", 1152),
            config.size("num_hidden_layers", 22),
            config.size("num_attention_heads", 12),
            config.padId(50_283),
            config.epsilon("norm_eps", 1e-5),
            config.activation("hidden_activation", "gelu"),
            config.labels().size()),
        config.positionRows(8192));
    JsonFile json = config.json();
    if (sizes().hidden() / sizes().heads() % 2 != 0) {
      throw json.unexpected("hidden_size", "an even number for each of the heads");
    }
    localLayers = localLayers(json);
    windowReach = config.size("local_attention", 128) / 2;
    if (json.has("rope_scaling")) {
      throw json.unexpected("rope_scaling", "none, the only one this library reads");
    }
    json.optionalObject(ROPE_PARAMETERS).ifPresent(ModernBertArchitecture::requireByLayerType);
    globalTheta = theta(json, GLOBAL, "global_rope_theta", 160_000);
    boolean sameTheta = json.names().contains(LOCAL_THETA) && !json.has(LOCAL_THETA);
    localTheta = theta(json, LOCAL, LOCAL_THETA, sameTheta ? globalTheta : 10_000);
    normBias = json.flag("norm_bias", false);
    attentionBias = json.flag("attention_bias", false);
    feedForwardBias = json.flag("mlp_bias", false);
    headBias = json.flag("classifier_bias", false);
    headActivation = config.activation("classifier_activation", "gelu");
    String pooling = json.string(POOLING, "cls");
    if (!pooling.equals("cls") && !pooling.equals("mean")) {
      throw json.unexpected(POOLING, "cls or mean");
    }
    meanPooling = pooling.equals("mean");
  }

  /** Named one by one since transformers 5, before by every how many layers one is global. */
  private List<Boolean> localLayers(JsonFile json) {
    List<Boolean> local = new ArrayList<>();
    if (json.has(LAYER_TYPES)) {
      for (String type : json.strings(LAYER_TYPES)) {
        if (!type.equals(GLOBAL) && !type.equals(LOCAL)) {
          throw json.unexpected(LAYER_TYPES, "each " + GLOBAL + " or " + LOCAL);
        }
        local.add(type.equals(LOCAL));
      }
      if (local.size() != sizes().layers()) {
        throw json.unexpected(LAYER_TYPES, "one for each of " + sizes().layers() + " layers");
      }
      return local;
    }
    int every = json.positive("global_attn_every_n_layers", 3);
    for (int i = 0; i < sizes().layers(); i++) {
      local.add(i % every != 0);
    }
    return local;
  }

  private static void requireByLayerType(JsonFile rope) {
    for (String name : rope.names()) {
      if (!name.equals(GLOBAL) && !name.equals(LOCAL)) {
        throw rope.unexpected(name, "parameters for " + GLOBAL + " and " + LOCAL + " only");
      }
    }
  }

  private static double theta(JsonFile json, String type, String oldField, double absent) {
    double old = json.number(oldField, absent);
    Optional<JsonFile> parameters =
        json.optionalObject(ROPE_PARAMETERS).flatMap(rope -> rope.optionalObject(type));
    double theta = old;
    if (parameters.isPresent()) {
      JsonFile rope = parameters.get();
      if (!rope.string("rope_type", "default").equals("default")) {
        throw rope.unexpected("rope_type", "default, the only one this library reads");
      }
      theta = rope.number("rope_theta", old);
    }
    if (theta <= 0) {
      throw json.unexpected(oldField, "a number above 0");
    }
    return theta;
  }

  @Override
  PositionsRead positionsRead() {
    return meanPooling ? PositionsRead.ALL : PositionsRead.FIRST;
  }

  /** The feed-forward part drops before its second dense layer. */
  @Override
  Dropouts dropouts(HuggingFaceConfig config) {
    double attention = config.rate("attention_dropout", 0);
    return new Dropouts(
        config.rate("embedding_dropout", 0),
        attention,
        attention,
        config.rate("mlp_dropout", 0),
        config.rate("classifier_dropout", 0));
  }

  @Override
  Tensor logits(EncoderWriter writer) {
    FunctionBuilder function = writer.function();
    int hidden = sizes().hidden();
    Tensor x =
        norm(
            writer,
            "model.embeddings.norm",
            writer.embedTokens("model.embeddings.tok_embeddings", sizes().vocabulary(), hidden));
    x = writer.dropEmbeddings(x);
    Rotation global = null;
    Rotation local = null;
    Tensor window = null;
    for (int i = 0; i < sizes().layers(); i++) {
      String name = "model.layers." + i + ".";
      Tensor normed = i == 0 ? x : norm(writer, name + "attn_norm", x);
      Tensor attended;
      if (localLayers.get(i)) {
        local = local == null ? new Rotation(writer, "local", localTheta) : local;
        window = window == null ? window(writer) : window;
        attended = attention(writer, name + "attn.", normed, local, window);
      } else {
        global = global == null ? new Rotation(writer, "global", globalTheta) : global;
        attended = attention(writer, name + "attn.", normed, global, writer.paddingBias());
      }
      x = function.add(x, attended);
      x = function.add(x, feedForward(writer, name, x));
    }
    x = norm(writer, "model.final_norm", x);
    Tensor pooled = meanPooling ? writer.meanOfTokens(x) : writer.firstToken(x);
    Tensor dense = writer.linear("head.dense", pooled, hidden, headBias);
    Tensor head = norm(writer, "head.norm", function.activate(headActivation, dense));
    return writer.linear("classifier", writer.dropForHead(head), sizes().labels());
  }

  private Tensor norm(EncoderWriter writer, String name, Tensor x) {
    return writer.layerNorm(name, x, sizes().epsilon(), normBias);
  }

  private Tensor attention(
      EncoderWriter writer, String name, Tensor x, Rotation rotation, Tensor bias) {
    int hidden = sizes().hidden();
    Tensor all = writer.linear(name + "Wqkv", x, 3L * hidden, attentionBias);
    List<Tensor> heads = writer.partsOf(all, 3, sizes().heads());
    return writer.dropAttended(
        writer.attend(
            rotation.rotate(heads.get(0)),
            rotation.rotate(heads.get(1)),
            heads.get(2),
            bias,
            sizes().scale(),
            name + "Wo",
            attentionBias));
  }

  private Tensor feedForward(EncoderWriter writer, String name, Tensor x) {
    FunctionBuilder function = writer.function();
    int inner = sizes().intermediate();
    Tensor wide =
        writer.linear(
            name + "mlp.Wi", norm(writer, name + "mlp_norm", x), 2L * inner, feedForwardBias);
    Tensor gated =
        function.multiply(
            function.activate(sizes().activation(), function.slice(wide, 2, 0, inner)),
            function.slice(wide, 2, inner, 2L * inner));
    return writer.linear(name + "mlp.Wo", writer.dropFed(gated), sizes().hidden(), feedForwardBias);
  }

  /** What keeps queries from padding and from what is out of reach: {@code [batch, 1, q, k]}. */
  private Tensor window(EncoderWriter writer) {
    FunctionBuilder function = writer.function();
    Tensor outside =
        writer.floatsByDistance(
            "attentive.window",
            distance -> Math.abs(distance) <= windowReach ? 0 : EncoderWriter.UNSEEN);
    return function.add(outside, writer.paddingBias());
  }

  /** Rotary positions: the two halves of a head's vector as the axes of planes to turn in. */
  private final class Rotation {
    private final EncoderWriter writer;
    private final int half;
    private final Tensor cosines;
    private final Tensor sines;

    Rotation(EncoderWriter writer, String name, double theta) {
      this.writer = writer;
      half = sizes().hidden() / sizes().heads() / 2;
      cosines = rows("attentive.cosines." + name, theta, false);
      sines = rows("attentive.sines." + name, theta, true);
    }

    private Tensor rows(String name, double theta, boolean sine) {
      Parameter table =
          writer.table(
              name,
              Shape.ofSizes(positions(), 2L * half),
              () -> RotaryTable.of(positions(), half, theta, sine));
      return writer.function().leadingRows(table, writer.ids(), 1);
    }

    Tensor rotate(Tensor x) {
      FunctionBuilder function = writer.function();
      Tensor turned =
          function.concat(function.slice(x, 3, half, 2L * half), function.slice(x, 3, 0, half), 3);
      return function.add(function.multiply(x, cosines), function.multiply(turned, sines));
    }
  }
}
