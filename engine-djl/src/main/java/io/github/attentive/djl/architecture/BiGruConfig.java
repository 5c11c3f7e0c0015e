package io.github.attentive.djl.architecture;

import com.google.gson.JsonObject;
import io.github.attentive.Padding;
import io.github.attentive.djl.checkpoint.JsonFile;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * The {@code config.json} of a model of the family {@value #MODEL_TYPE}.
 *
 * @param attention what the words are compared with
 * @param vocabSize rows of the embedding; the tokenizer may have fewer tokens
 * @param embeddingDim numbers of a word vector
 * @param hiddenSize numbers of a state, in each of both directions
 * @param labels the classes in output order, at least two
 * @param padding what becomes of padding
 * @param maxLength positions at most, special tokens among them; with {@link Padding#ATTEND} the
 *     positions of every text
 */
public record BiGruConfig(
    Attention attention,
    int vocabSize,
    int embeddingDim,
    int hiddenSize,
    List<String> labels,
    Padding padding,
    int maxLength) {

  /** What {@code model_type} says. */
  public static final String MODEL_TYPE = "attentive-bigru";

  /** The token that pads. */
  public static final int PAD_ID = 0;

  /** Positions of a checkpoint that says nothing of it. */
  private static final int USUAL_LENGTH = 512;

  private static final String TYPE = "model_type";
  private static final String ATTENTION = "attention";
  private static final String VOCAB_SIZE = "vocab_size";
  private static final String EMBEDDING_DIM = "embedding_dim";
  private static final String HIDDEN_SIZE = "hidden_size";
  private static final String PADDING = "padding";
  private static final String MAX_LENGTH = "max_length";

  private static final Set<String> FIELDS =
      Set.of(
          TYPE,
          ATTENTION,
          VOCAB_SIZE,
          EMBEDDING_DIM,
          HIDDEN_SIZE,
          ConfiguredLabels.COUNT,
          ConfiguredLabels.NAMES,
          PADDING,
          MAX_LENGTH);

  /** The field by which PyTorch programs without a model type say what their checkpoint is. */
  private static final String ARCHITECTURE = "architecture";

  private static final String FINAL_STATE_ARCHITECTURE =
      "bigru_additive_attention_final_state_query";

  /** What the words are compared with. */
  public enum Attention {
    /** The last states of both directions: {@code Va tanh(Wa h + Ua q)}. */
    FINAL_STATE("final-state"),
    /** Nothing: {@code v tanh(W h + b)}. */
    QUERY_FREE("query-free");

    private final String value;

    Attention(String value) {
      this.value = value;
    }
  }

  /**
   * Creates a configuration.
   *
   * @param attention as above
   * @param vocabSize as above
   * @param embeddingDim as above
   * @param hiddenSize as above
   * @param labels as above
   * @param padding as above
   * @param maxLength as above
   */
  public BiGruConfig {
    labels = List.copyOf(labels);
  }

  /**
   * Says whether a {@code config.json} is of this family: by its {@code model_type}, or, where it
   * has none, by the {@code architecture} of the PyTorch program that the family is from.
   *
   * @param json the fields
   * @return true if {@link #of} is to read them
   */
  public static boolean isIn(JsonFile json) {
    return json.has(TYPE)
        ? json.isString(TYPE) && json.string(TYPE).equals(MODEL_TYPE)
        : isOfProgram(json);
  }

  private static boolean isOfProgram(JsonFile json) {
    return json.isString(ARCHITECTURE)
        && json.string(ARCHITECTURE).equals(FINAL_STATE_ARCHITECTURE);
  }

  /**
   * Reads a configuration.
   *
   * @param json the fields of a {@code config.json}
   * @return the configuration
   * @throws io.github.attentive.ModelLoadException if a field is missing or wrong, or, beside a
   *     {@code model_type}, unknown
   */
  public static BiGruConfig of(JsonFile json) {
    if (!json.has(TYPE)) {
      return ofProgram(json);
    }
    for (String name : json.names()) {
      if (!FIELDS.contains(name)) {
        throw json.unexpected(name, "no such field in a model of type " + MODEL_TYPE);
      }
    }
    return read(
        json,
        choice(json, ATTENTION, Attention.values(), attention -> attention.value),
        choice(json, PADDING, Padding.values(), BiGruConfig::name),
        json.positive(MAX_LENGTH));
  }

  /** Such a program masks, and describes itself in further fields. */
  private static BiGruConfig ofProgram(JsonFile json) {
    if (json.positive("gru_layers", 1) != 1) {
      throw json.unexpected("gru_layers", "1");
    }
    if (!json.flag("bidirectional", true)) {
      throw json.unexpected("bidirectional", "true");
    }
    if (json.whole("padding_idx", PAD_ID) != PAD_ID) {
      throw json.unexpected("padding_idx", Integer.toString(PAD_ID));
    }
    Padding padding =
        json.has(PADDING)
            ? choice(json, PADDING, Padding.values(), BiGruConfig::name)
            : Padding.MASK;
    return read(json, Attention.FINAL_STATE, padding, json.positive(MAX_LENGTH, USUAL_LENGTH));
  }

  private static BiGruConfig read(
      JsonFile json, Attention attention, Padding padding, int maxLength) {
    if (maxLength > KerasConfig.LONGEST_SEQUENCE) {
      throw json.unexpected(MAX_LENGTH, "at most " + KerasConfig.LONGEST_SEQUENCE);
    }
    return new BiGruConfig(
        attention,
        json.positive(VOCAB_SIZE),
        json.positive(EMBEDDING_DIM),
        json.positive(HIDDEN_SIZE),
        ConfiguredLabels.ofClasses(json),
        padding,
        maxLength);
  }

  private static String name(Padding padding) {
    return padding.name().toLowerCase(Locale.ROOT);
  }

  private static <E> E choice(JsonFile json, String field, E[] known, Function<E, String> name) {
    String value = json.string(field);
    for (E constant : known) {
      if (name.apply(constant).equals(value)) {
        return constant;
      }
    }
    throw json.unexpected(field, name.apply(known[0]) + " or " + name.apply(known[1]));
  }

  /**
   * The configuration as {@link #of} reads it.
   *
   * @return the fields of a {@code config.json}
   */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty(TYPE, MODEL_TYPE);
    json.addProperty(ATTENTION, attention.value);
    json.addProperty(VOCAB_SIZE, vocabSize);
    json.addProperty(EMBEDDING_DIM, embeddingDim);
    json.addProperty(HIDDEN_SIZE, hiddenSize);
    ConfiguredLabels.addTo(json, labels);
    json.addProperty(PADDING, name(padding));
    json.addProperty(MAX_LENGTH, maxLength);
    return json;
  }
}
