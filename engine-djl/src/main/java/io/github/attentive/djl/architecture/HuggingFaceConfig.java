package io.github.attentive.djl.architecture;

import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Activation;
import java.util.List;
import java.util.Map;

/**
 * The {@code config.json} of a Hugging Face model: what its families have in common. Field names
 * are those of transformers 4 and 5, what is missing has the value it has there.
 */
final class HuggingFaceConfig {
  /** Positions at most, for families whose weights do not limit them. */
  private static final int MOST_POSITIONS = 1 << 17;

  /** By the names of transformers, several of which mean the same. */
  private static final Map<String, Activation> ACTIVATIONS =
      Map.ofEntries(
          Map.entry("gelu", Activation.GELU),
          Map.entry("gelu_python", Activation.GELU),
          Map.entry("gelu_new", Activation.GELU_TANH),
          Map.entry("gelu_fast", Activation.GELU_TANH),
          Map.entry("gelu_accurate", Activation.GELU_TANH),
          Map.entry("gelu_pytorch_tanh", Activation.GELU_TANH),
          Map.entry("gelu_python_tanh", Activation.GELU_TANH),
          Map.entry("relu", Activation.RELU),
          Map.entry("silu", Activation.SILU),
          Map.entry("swish", Activation.SILU),
          Map.entry("tanh", Activation.TANH));

  private static final String POSITIONS = "max_position_embeddings";

  private final JsonFile json;

  HuggingFaceConfig(JsonFile json) {
    this.json = json;
    requireAbsent("quantization_config", "no quantisation; save the checkpoint without it");
    if (json.has("pruned_heads") && !json.object("pruned_heads").names().isEmpty()) {
      throw json.unexpected("pruned_heads", "no pruned heads, which this library does not read");
    }
  }

  /** The fields themselves. */
  JsonFile json() {
    return json;
  }

  /** A size of at least 1. */
  int size(String field, int absent) {
    return json.positive(field, absent);
  }

  /** The hidden size, divisible by the number of heads. */
  int hiddenSize(String field, int absent, String headsField, int absentHeads) {
    int hidden = size(field, absent);
    int heads = size(headsField, absentHeads);
    if (hidden % heads != 0) {
      throw json.unexpected(field, "a multiple of " + headsField + " = " + heads);
    }
    return hidden;
  }

  /** The sizes, by the field names that most families use. */
  EncoderSizes sizes(EncoderSizes absent) {
    return new EncoderSizes(
        size("vocab_size", absent.vocabulary()),
        hiddenSize("hidden_size", absent.hidden(), "num_attention_heads", absent.heads()),
        size("intermediate_size", absent.intermediate()),
        size("num_hidden_layers", absent.layers()),
        size("num_attention_heads", absent.heads()),
        padId(absent.padId()),
        epsilon("layer_norm_eps", absent.epsilon()),
        json.has("hidden_act") ? activation("hidden_act", "") : absent.activation(),
        labels().size());
  }

  /** How many rows the table of positions has. */
  int positionRows(int absent) {
    int rows = size(POSITIONS, absent);
    if (rows > MOST_POSITIONS) {
      throw json.unexpected(POSITIONS, "at most " + MOST_POSITIONS);
    }
    return rows;
  }

  /** The positions of a family that counts them from {@code padding + 1} on. */
  int countedPositions(int rows, int padding) {
    if (rows <= padding + 1) {
      throw json.unexpected(POSITIONS, "more than " + (padding + 1) + ", where positions begin");
    }
    return rows - padding - 1;
  }

  /** The epsilon of the layer norms. */
  double epsilon(String field, double absent) {
    double epsilon = json.number(field, absent);
    if (epsilon <= 0) {
      throw json.unexpected(field, "a number above 0");
    }
    return epsilon;
  }

  /** A share that training drops. */
  double rate(String field, double absent) {
    double rate = json.number(field, absent);
    if (rate < 0 || rate >= 1) {
      throw json.unexpected(field, "a number from 0 to below 1");
    }
    return rate;
  }

  /** The token that pads. */
  int padId(int absent) {
    int id = json.whole("pad_token_id", absent);
    if (id < 0) {
      throw json.unexpected("pad_token_id", "a token number of at least 0");
    }
    return id;
  }

  Activation activation(String field, String absent) {
    Activation activation = ACTIVATIONS.get(json.string(field, absent));
    if (activation == null) {
      throw json.unexpected(
          field, "an activation this library has: " + String.join(", ", activationNames()));
    }
    return activation;
  }

  private static List<String> activationNames() {
    return ACTIVATIONS.keySet().stream().sorted().toList();
  }

  /** Refuses a field that switches on what is not supported. */
  void requireFalse(String field) {
    if (json.flag(field, false)) {
      throw json.unexpected(field, "false; an encoder that sees the whole text");
    }
  }

  /** Refuses any value but the one that changes nothing. */
  void requireNeutral(String field, String neutral) {
    if (!json.string(field, neutral).equals(neutral)) {
      throw json.unexpected(field, "\"" + neutral + "\", the only one this library reads");
    }
  }

  /** Refuses any number but the one that changes nothing. */
  void requireNeutral(String field, int neutral) {
    if (json.whole(field, neutral) != neutral) {
      throw json.unexpected(field, neutral + ", the only one this library reads");
    }
  }

  private void requireAbsent(String field, String expected) {
    if (json.has(field)) {
      throw json.unexpected(field, expected);
    }
  }

  /**
   * The labels in output order: those of {@code id2label}, else {@code LABEL_0} and so on, {@code
   * num_labels} of them or 2.
   */
  List<String> labels() {
    return ConfiguredLabels.of(json).orElseGet(() -> ConfiguredLabels.numbered(2));
  }
}
