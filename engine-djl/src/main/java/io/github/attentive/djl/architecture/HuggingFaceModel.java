package io.github.attentive.djl.architecture;

import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.text.TokenTypes;
import io.github.attentive.spi.PositionsRead;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A Hugging Face model for text classification, by its configuration. Immutable.
 *
 * <p>What its configuration says that would change the arithmetic and is not supported is refused
 * by name; fields that do not take part in classification are not looked at.
 */
public final class HuggingFaceModel {
  private static final String MODEL_TYPE = "model_type";
  private static final String ARCHITECTURES = "architectures";
  private static final String TASK = "ForSequenceClassification";

  private static final Map<String, Function<HuggingFaceConfig, EncoderArchitecture>> FAMILIES =
      new TreeMap<>(
          Map.of(
              "albert",
              AlbertArchitecture::new,
              "bert",
              config -> new BertArchitecture(config, BertArchitecture.Member.BERT),
              "deberta-v2",
              DebertaArchitecture::new,
              "distilbert",
              DistilBertArchitecture::new,
              "electra",
              config -> new BertArchitecture(config, BertArchitecture.Member.ELECTRA),
              "modernbert",
              ModernBertArchitecture::new,
              "mpnet",
              MpNetArchitecture::new,
              "roberta",
              config -> new BertArchitecture(config, BertArchitecture.Member.ROBERTA),
              "xlm-roberta",
              config -> new BertArchitecture(config, BertArchitecture.Member.XLM_ROBERTA)));

  /** How transformers writes the families in the names of its classes. */
  private static final Map<String, String> CLASSES =
      Map.of(
          "albert", "Albert",
          "bert", "Bert",
          "deberta-v2", "DebertaV2",
          "distilbert", "DistilBert",
          "electra", "Electra",
          "modernbert", "ModernBert",
          "mpnet", "MPNet",
          "roberta", "Roberta",
          "xlm-roberta", "XLMRoberta");

  private final String family;
  private final EncoderArchitecture architecture;
  private final List<String> labels;
  private final ProblemType problemType;
  private final HuggingFaceConfig config;

  private HuggingFaceModel(
      String family,
      EncoderArchitecture architecture,
      List<String> labels,
      ProblemType problemType,
      HuggingFaceConfig config) {
    this.config = config;
    this.family = family;
    this.architecture = architecture;
    this.labels = List.copyOf(labels);
    this.problemType = problemType;
  }

  /**
   * Says whether this library knows a model type.
   *
   * @param modelType what a configuration's {@code model_type} says
   * @return true for the families it can write
   */
  public static boolean knows(String modelType) {
    return FAMILIES.containsKey(modelType);
  }

  /**
   * The families.
   *
   * @return their model types, in the order of the alphabet
   */
  public static List<String> families() {
    return List.copyOf(FAMILIES.keySet());
  }

  /**
   * The class that transformers has for texts and labels of a family.
   *
   * @param family one of {@link #families}
   * @return its name, as {@code architectures} has it
   */
  public static String className(String family) {
    return CLASSES.get(family) + TASK;
  }

  /**
   * Reads a configuration.
   *
   * @param json the fields of a {@code config.json}
   * @return the model
   * @throws ModelLoadException if the family is unknown, the model classifies no texts, or a field
   *     is wrong or not supported
   */
  public static HuggingFaceModel of(JsonFile json) {
    String family = json.string(MODEL_TYPE);
    Function<HuggingFaceConfig, EncoderArchitecture> reader = FAMILIES.get(family);
    if (reader == null) {
      throw json.unexpected(MODEL_TYPE, "one of " + String.join(", ", FAMILIES.keySet()));
    }
    requireTask(json);
    HuggingFaceConfig config = new HuggingFaceConfig(json);
    List<String> labels = config.labels();
    return new HuggingFaceModel(
        family,
        reader.apply(config),
        labels,
        ConfiguredLabels.problemType(json, labels.size()),
        config);
  }

  private static void requireTask(JsonFile json) {
    if (json.has(ARCHITECTURES)
        && !json.strings(ARCHITECTURES).isEmpty()
        && json.strings(ARCHITECTURES).stream().noneMatch(name -> name.endsWith(TASK))) {
      throw json.unexpected(
          ARCHITECTURES,
          "a model with a classification head, ..." + TASK + "; " + HeadlessCheckpoint.REMEDY);
    }
  }

  /**
   * The family.
   *
   * @return its model type
   */
  public String family() {
    return family;
  }

  /**
   * The classes.
   *
   * @return in output order
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * What the scores mean.
   *
   * @return the problem type
   */
  public ProblemType problemType() {
    return problemType;
  }

  /**
   * The attention layers.
   *
   * @return how often attention is computed, layers that share weights counted each time
   */
  public int layers() {
    return architecture.layers();
  }

  /**
   * The attention heads of a layer.
   *
   * @return at least 1
   */
  public int heads() {
    return architecture.sizes().heads();
  }

  /**
   * The kind of the attention.
   *
   * @return dot products of queries and keys, in every layer
   */
  public AttentionKind attentionKind() {
    return AttentionKind.dotProducts(
        Collections.nCopies(architecture.layers(), architecture.attentionScale()));
  }

  /**
   * The positions that the family really has.
   *
   * @return the most tokens of an input, special ones included
   */
  public int positions() {
    return architecture.positions();
  }

  /**
   * The rows of the token embedding.
   *
   * @return every token's number is below
   */
  public int vocabularySize() {
    return architecture.sizes().vocabulary();
  }

  /**
   * Which token types the tokenizer is asked for.
   *
   * @return none for a family that embeds no or one type only
   */
  public TokenTypes tokenTypes() {
    return architecture.tokenTypes();
  }

  /**
   * The token that fills up shorter texts of a batch.
   *
   * @return its number
   */
  public int padId() {
    return architecture.sizes().padId();
  }

  /**
   * Which positions the classification head reads.
   *
   * @return the rows of the last layer
   */
  public PositionsRead positionsRead() {
    return architecture.positionsRead();
  }

  /**
   * Writes the model as a graph with {@link ModelFunctions#CLASSIFY}, {@link
   * ModelFunctions#EXPLAIN} and {@link SeldomCalledFunctions}.
   *
   * @param weights its weights
   * @return the graph
   * @throws ModelLoadException if a weight is missing or of another shape
   */
  public Graph graph(Weights weights) {
    return EncoderGraph.of(architecture, weights);
  }

  /**
   * Writes the model as a graph to be trained, with the dropout that its configuration names.
   *
   * @param weights its first weights
   * @param classWeights a factor for each class in the loss, or none
   * @return the graph, whose weights have the names that they were asked for by
   * @throws ModelLoadException if a weight is missing or of another shape, or a rate of dropout is
   *     none
   */
  public Graph trainable(Weights weights, float[] classWeights) {
    return EncoderGraph.trainable(
        architecture, weights, architecture.dropouts(config), classWeights);
  }
}
