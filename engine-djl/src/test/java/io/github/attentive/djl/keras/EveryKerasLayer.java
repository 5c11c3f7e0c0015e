package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static io.github.attentive.djl.keras.KerasArchive.callOf;
import static io.github.attentive.djl.keras.KerasArchive.callOfList;

/** A model of many kinds of layers, to be damaged by tests. */
final class EveryKerasLayer {
  private EveryKerasLayer() {}

  static KerasArchive archive() {
    KerasArchive archive = KerasArchive.ofTokens("4", true);
    archive.layer(
        "LayerNormalization",
        "norm",
        "\"axis\":[-1],\"epsilon\":0.001,\"center\":true,\"scale\":false,\"rms_scaling\":false",
        call("embedding"),
        (Object) new float[] {0.5f, 0});
    attention(archive);
    recurrence(archive);
    archive.layer("Attention", "luong", "\"use_scale\":false", callOfList("both", "both"));
    archive.layer(
        "AdditiveAttention", "bahdanau", "\"use_scale\":false", callOfList("luong", "both"));
    archive.layer("Concatenate", "joined", "\"axis\":-1", callOfList("luong", "bahdanau"));
    archive.layer("Dot", "dot", "\"axes\":[2,2],\"normalize\":true", callOfList("luong", "joined"));
    archive.layer("Permute", "turned", "\"dims\":[2,1]", call("luong"));
    archive.layer("Reshape", "shaped", "\"target_shape\":[2,-1]", call("turned"));
    archive.layer("Flatten", "flat", "\"data_format\":\"channels_last\"", call("shaped"));
    archive.layer("RepeatVector", "repeated", "\"n\":2", call("flat"));
    archive.layer("GlobalMaxPooling1D", "largest", "\"keepdims\":true", call("repeated"));
    archive.raw(
        """
        {"module":"keras.src.ops.numpy","class_name":"Squeeze","config":{"name":"squeezed",
         "axis":1},"name":"squeezed","inbound_nodes":[{"args":[%s],"kwargs":{}}]}"""
            .formatted(KerasArchive.result("largest")));
    return archive.dense("squeezed", "softmax", 2, 8);
  }

  private static void attention(KerasArchive archive) {
    archive.layer(
        "MultiHeadAttention",
        "mha",
        "\"num_heads\":1,\"key_dim\":2,\"value_dim\":2,\"use_bias\":false,\"output_shape\":[2],"
            + "\"attention_axes\":[1],\"dropout\":0.0",
        callOf("\"use_causal_mask\":true", "norm", "norm"));
    float[][][] kernel = {{{1, 0.5f}}, {{0, 1}}};
    for (String part : new String[] {"query", "key", "value"}) {
      archive.weight("layers/multi_head_attention/" + part + "_dense/vars/0", kernel);
    }
    archive.weight(
        "layers/multi_head_attention/output_dense/vars/0", new float[][][] {{{1, 0}, {0, 1}}});
    archive.layer("Add", "residual", "", callOfList("norm", "mha"));
  }

  private static void recurrence(KerasArchive archive) {
    archive.layer(
        "Bidirectional",
        "both",
        "\"merge_mode\":\"concat\",\"layer\":{\"class_name\":\"SimpleRNN\",\"config\":{\"units\":1,"
            + "\"activation\":\"tanh\",\"use_bias\":false,\"return_sequences\":true}}",
        call("residual"));
    for (String way : new String[] {"forward", "backward"}) {
      String group = "layers/bidirectional/" + way + "_layer/cell/vars/";
      archive.weight(group + 0, new float[][] {{0.5f}, {-0.5f}});
      archive.weight(group + 1, new float[][] {{0.25f}});
    }
  }
}
