package io.github.attentive.djl.architecture;

import io.github.attentive.Padding;
import io.github.attentive.djl.architecture.BiGruConfig.Attention;
import io.github.attentive.djl.architecture.BiGruWriter.PaddingReaders;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The recurrent classifier with attention: embedding, a gated recurrent unit in both directions,
 * additive attention (Bahdanau et al. 2015) of one query, two dense layers. Parameters have the
 * names and shapes that {@code torch.nn} gives them.
 */
public final class BiGruGraph {
  /** The embedding, {@code [vocabSize, embeddingDim]}. */
  public static final String EMBEDDING = "embedding.weight";

  /** The first dense layer after the pooling. */
  static final String HIDDEN = "fc1";

  /** The last dense layer. */
  static final String HEAD = "fc2";

  private static final String RECURRENCE = "gru.";

  private BiGruGraph() {}

  static String weight(String part, boolean backward) {
    return recurrent("weight", part, backward);
  }

  static String bias(String part, boolean backward) {
    return recurrent("bias", part, backward);
  }

  private static String recurrent(String kind, String part, boolean backward) {
    return RECURRENCE + "%s_%s_l0%s".formatted(kind, part, backward ? "_reverse" : "");
  }

  /**
   * Says whether a parameter belongs to the recurrence.
   *
   * @param name of a parameter
   * @return true for the weights and biases of both directions
   */
  public static boolean isRecurrent(String name) {
    return name.startsWith(RECURRENCE);
  }

  /**
   * The kind of the attention.
   *
   * @return one without queries and keys
   */
  public static AttentionKind attentionKind() {
    return AttentionKind.without("the additive attention of a recurrent classifier");
  }

  /**
   * The parameters such a model has.
   *
   * @param config its configuration
   * @return their shapes by name, in PyTorch's order
   */
  public static Map<String, Shape> parameterShapes(BiGruConfig config) {
    long size = config.hiddenSize();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(EMBEDDING, Shape.ofSizes(config.vocabSize(), config.embeddingDim()));
    for (boolean backward : List.of(false, true)) {
      shapes.put(weight("ih", backward), Shape.ofSizes(3 * size, config.embeddingDim()));
      shapes.put(weight("hh", backward), Shape.ofSizes(3 * size, size));
      shapes.put(bias("ih", backward), Shape.ofSizes(3 * size));
      shapes.put(bias("hh", backward), Shape.ofSizes(3 * size));
    }
    if (config.attention() == Attention.FINAL_STATE) {
      putLinear(shapes, "attention.Wa", 2 * size, 2 * size);
      putLinear(shapes, "attention.Ua", 2 * size, 2 * size);
      putLinear(shapes, "attention.Va", 1, 2 * size);
    } else {
      putLinear(shapes, "attention_w", size, 2 * size);
      shapes.put("attention_v.weight", Shape.ofSizes(1, size));
    }
    putLinear(shapes, HIDDEN, size, 2 * size);
    putLinear(shapes, HEAD, config.labels().size(), size);
    return shapes;
  }

  private static void putLinear(Map<String, Shape> shapes, String name, long out, long in) {
    shapes.put(name + ".weight", Shape.ofSizes(out, in));
    shapes.put(name + ".bias", Shape.ofSizes(out));
  }

  /**
   * Writes {@link ModelFunctions#CLASSIFY}, {@link ModelFunctions#EXPLAIN} and {@link
   * SeldomCalledFunctions}, with an attention mask where the configuration masks padding.
   *
   * @param config its configuration
   * @param parameters its weights by name, of the shapes above
   * @return the graph
   */
  public static Graph of(BiGruConfig config, Map<String, Parameter> parameters) {
    return of(config, parameters, readers(config));
  }

  /**
   * The same for weights that were trained with a mask of the attention alone: the recurrences read
   * padding, so that results depend on how much there is. No configuration names this; it is for
   * comparisons with such programs.
   *
   * @param config its configuration, of which {@link BiGruConfig#padding} does not count
   * @param parameters its weights by name, of the shapes above
   * @return the graph, with an attention mask
   */
  public static Graph ofMaskedAttention(BiGruConfig config, Map<String, Parameter> parameters) {
    return of(config, parameters, PaddingReaders.RECURRENCES);
  }

  private static PaddingReaders readers(BiGruConfig config) {
    return config.padding() == Padding.MASK ? PaddingReaders.NONE : PaddingReaders.ALL;
  }

  private static Graph of(
      BiGruConfig config, Map<String, Parameter> parameters, PaddingReaders readers) {
    GraphBuilder graph = graph(config, parameters);
    WordVectors words = WordVectors.lookedUp();
    FunctionBuilder classify = graph.function(ModelFunctions.CLASSIFY);
    classify.output(
        ModelFunctions.LOGITS, write(classify, config, parameters, readers, words).logits());
    FunctionBuilder explain = graph.function(ModelFunctions.EXPLAIN);
    WrittenModel explained = write(explain, config, parameters, readers, WordVectors.lookedUp());
    explained.output(explain);
    SeldomCalledFunctions seldom =
        new SeldomCalledFunctions(
            graph, (function, known, vectors) -> write(function, config, known, readers, vectors));
    seldom.ofAttention(explained);
    seldom.ofWordVectors(words);
    return graph.build();
  }

  private static WrittenModel write(
      FunctionBuilder function,
      BiGruConfig config,
      Map<String, Parameter> parameters,
      PaddingReaders readers,
      WordVectors words) {
    BiGruWriter writer = new BiGruWriter(function, config, parameters, readers);
    BiGruWriter.Pooled pooled = writer.pooled(writer.words(words));
    Tensor weights = function.unsqueeze(pooled.weights(), 1);
    return new WrittenModel(
        writer.logits(pooled.context(), 0),
        List.of(weights),
        List.of(),
        List.of(new ValueLayer(weights, pooled.states(), null)));
  }

  /**
   * Writes {@link ModelFunctions#LOSS} and {@link ModelFunctions#VALIDATION_LOSS}, the first with
   * dropout before the last layer. The vector of padding is not learned: where the model does not
   * see it, it has no part in the loss, and where it does, it is zeros.
   *
   * @param config its configuration
   * @param parameters its first weights by name, of the shapes above
   * @param dropout the share that goes, at least 0 and below 1
   * @param classWeights a factor for each class in the loss, or none
   * @return the graph
   */
  public static Graph trainable(
      BiGruConfig config, Map<String, Parameter> parameters, double dropout, float[] classWeights) {
    GraphBuilder graph = graph(config, parameters);
    ClassificationLoss.write(
        graph,
        classWeights,
        (function, trains) -> {
          BiGruWriter writer = new BiGruWriter(function, config, parameters, readers(config));
          Tensor words =
              config.padding() == Padding.MASK ? writer.words() : writer.wordsWithoutPadding();
          return writer.logits(writer.pooled(words).context(), trains ? dropout : 0);
        });
    return graph.build();
  }

  private static GraphBuilder graph(BiGruConfig config, Map<String, Parameter> parameters) {
    GraphBuilder graph = new GraphBuilder();
    parameterShapes(config).keySet().forEach(name -> graph.parameter(parameters.get(name)));
    return graph;
  }
}
