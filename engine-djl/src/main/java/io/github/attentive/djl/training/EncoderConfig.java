package io.github.attentive.djl.training;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.attentive.InvalidInputException;
import io.github.attentive.djl.architecture.ConfiguredLabels;
import io.github.attentive.djl.architecture.HuggingFaceModel;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.runtime.AttentiveDirectory;
import io.github.attentive.djl.text.TokenizerDescription;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/**
 * The {@code config.json} of an encoder that is trained: that of a checkpoint with the labels of
 * the data, or a small BERT's. Immutable.
 */
final class EncoderConfig {
  private static final String ARCHITECTURES = "architectures";
  private static final String DEVIATION = "initializer_range";
  private static final double USUAL_DEVIATION = 0.02;

  /** Positions of BERT, where texts need no more. */
  private static final int POSITIONS = 512;

  private static final int HIDDEN = 128;

  private final JsonObject json;
  private final JsonFile file;
  private final List<String> labels;
  private final boolean keepsLabels;

  private EncoderConfig(JsonObject json, Path place, List<String> labels, boolean keepsLabels) {
    this.labels = List.copyOf(labels);
    setLabels(json, labels);
    this.json = json;
    this.file = JsonFile.of(place, json.toString());
    this.keepsLabels = keepsLabels;
  }

  /**
   * The configuration of a checkpoint with other labels.
   *
   * @throws io.github.attentive.ModelLoadException if it is missing, damaged or not supported
   */
  static EncoderConfig of(Path directory, List<String> labels) {
    Path place = directory.resolve(AttentiveDirectory.CONFIG);
    JsonFile found = JsonFile.read(place);
    List<String> theirs = ConfiguredLabels.of(found).orElse(List.of());
    boolean keepsLabels =
        theirs.size() == labels.size() && new HashSet<>(theirs).equals(new HashSet<>(labels));
    JsonObject json = found.copy();
    String family = found.string("model_type");
    if (!HuggingFaceModel.knows(family)) {
      throw found.unexpected("model_type", "one of " + HuggingFaceModel.families());
    }
    json.add(ARCHITECTURES, architectures(family));
    // What is saved is of this type, whatever the checkpoint had.
    for (String type : List.of("torch_dtype", "dtype")) {
      if (found.has(type)) {
        json.addProperty(type, "float32");
      }
    }
    return new EncoderConfig(json, place, keepsLabels ? theirs : labels, keepsLabels);
  }

  private static JsonArray architectures(String family) {
    JsonArray names = new JsonArray();
    names.add(HuggingFaceModel.className(family));
    return names;
  }

  /** A BERT of 2 layers of 128 with 2 heads, for the tokenizer of a directory. */
  static EncoderConfig ofSmallBert(Path directory, int maxLength, List<String> labels) {
    TokenizerDescription tokenizer = TokenizerDescription.read(directory);
    int padId =
        tokenizer
            .padding()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "tokenizer %s: expected a token that pads, [PAD], got none"
                            .formatted(tokenizer.file())));
    JsonObject json = new JsonObject();
    json.add(ARCHITECTURES, architectures("bert"));
    json.addProperty("model_type", "bert");
    json.addProperty("vocab_size", tokenizer.size());
    json.addProperty("hidden_size", HIDDEN);
    json.addProperty("num_hidden_layers", 2);
    json.addProperty("num_attention_heads", 2);
    json.addProperty("intermediate_size", 4 * HIDDEN);
    json.addProperty("hidden_act", "gelu");
    json.addProperty("hidden_dropout_prob", 0.1);
    json.addProperty("attention_probs_dropout_prob", 0.1);
    json.addProperty("max_position_embeddings", positionsOfSmallBert(maxLength));
    json.addProperty("type_vocab_size", 2);
    json.addProperty(DEVIATION, USUAL_DEVIATION);
    json.addProperty("layer_norm_eps", 1e-12);
    json.addProperty("pad_token_id", padId);
    return new EncoderConfig(json, directory.resolve(AttentiveDirectory.CONFIG), labels, false);
  }

  static int positionsOfSmallBert(int maxLength) {
    return Math.max(POSITIONS, maxLength);
  }

  private static void setLabels(JsonObject json, List<String> labels) {
    ConfiguredLabels.addTo(json, labels);
    // What transformers derives from the names.
    json.remove("num_labels");
    JsonObject numbers = new JsonObject();
    for (int i = 0; i < labels.size(); i++) {
      numbers.addProperty(labels.get(i), i);
    }
    json.add("label2id", numbers);
    json.addProperty("problem_type", "single_label_classification");
  }

  /** The fields, for {@code config.json}. */
  JsonObject json() {
    return json;
  }

  /** The same, to be read. */
  JsonFile file() {
    return file;
  }

  /** The labels of the data, in the model's order. */
  List<String> labels() {
    return labels;
  }

  /** Whether a checkpoint's labels are those of the data, in its own order. */
  boolean keepsLabels() {
    return keepsLabels;
  }

  /** The deviation of fresh weights. */
  double deviation() {
    return file.number(DEVIATION, USUAL_DEVIATION);
  }
}
