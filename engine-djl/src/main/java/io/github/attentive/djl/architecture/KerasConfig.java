package io.github.attentive.djl.architecture;

import com.google.gson.JsonObject;
import io.github.attentive.djl.checkpoint.JsonFile;
import java.util.List;
import java.util.Set;

/**
 * The {@code config.json} of a model of the family {@value #MODEL_TYPE}.
 *
 * @param attention whether the words attend to each other
 * @param vocabSize rows of the embedding; the vocabulary may be shorter
 * @param embeddingDim numbers of a word vector
 * @param sequenceLength positions of the input; shorter texts are padded, and padding takes part
 * @param labels the classes in output order, at least two
 */
public record KerasConfig(
    boolean attention, int vocabSize, int embeddingDim, int sequenceLength, List<String> labels) {

  /** What {@code model_type} says. */
  public static final String MODEL_TYPE = "attentive-keras";

  private static final String ATTENTION = "attention";
  private static final String DOT = "dot";
  private static final String NONE = "none";
  private static final String VOCAB_SIZE = "vocab_size";
  private static final String EMBEDDING_DIM = "embedding_dim";
  private static final String SEQUENCE_LENGTH = "sequence_length";

  /** Positions at most, of these models and of their kin: attention may weigh each pair of them. */
  public static final int LONGEST_SEQUENCE = 16_384;

  private static final Set<String> FIELDS =
      Set.of(
          "model_type",
          ATTENTION,
          VOCAB_SIZE,
          EMBEDDING_DIM,
          SEQUENCE_LENGTH,
          ConfiguredLabels.COUNT,
          ConfiguredLabels.NAMES);

  /**
   * Creates a configuration.
   *
   * @param attention as above
   * @param vocabSize as above
   * @param embeddingDim as above
   * @param sequenceLength as above
   * @param labels as above
   */
  public KerasConfig {
    labels = List.copyOf(labels);
  }

  /**
   * Reads a configuration.
   *
   * @param json the fields of a {@code config.json}
   * @return the configuration
   * @throws io.github.attentive.ModelLoadException if a field is missing, wrong or unknown
   */
  public static KerasConfig of(JsonFile json) {
    for (String name : json.names()) {
      if (!FIELDS.contains(name)) {
        throw json.unexpected(name, "no such field in a model of type " + MODEL_TYPE);
      }
    }
    String attention = json.string(ATTENTION);
    if (!attention.equals(DOT) && !attention.equals(NONE)) {
      throw json.unexpected(ATTENTION, DOT + " or " + NONE);
    }
    if (json.positive(SEQUENCE_LENGTH) > LONGEST_SEQUENCE) {
      throw json.unexpected(SEQUENCE_LENGTH, "at most " + LONGEST_SEQUENCE);
    }
    return new KerasConfig(
        attention.equals(DOT),
        json.positive(VOCAB_SIZE),
        json.positive(EMBEDDING_DIM),
        json.positive(SEQUENCE_LENGTH),
        ConfiguredLabels.ofClasses(json));
  }

  /**
   * The configuration as {@link #of} reads it.
   *
   * @return the fields of a {@code config.json}
   */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("model_type", MODEL_TYPE);
    json.addProperty(ATTENTION, attention ? DOT : NONE);
    json.addProperty(VOCAB_SIZE, vocabSize);
    json.addProperty(EMBEDDING_DIM, embeddingDim);
    json.addProperty(SEQUENCE_LENGTH, sequenceLength);
    ConfiguredLabels.addTo(json, labels);
    return json;
  }

  /**
   * The outputs of the dense layer: two classes share one, the logistic function of which is the
   * second class's probability.
   *
   * @return 1 for two classes, else the number of classes
   */
  public int units() {
    return labels.size() == 2 ? 1 : labels.size();
  }
}
