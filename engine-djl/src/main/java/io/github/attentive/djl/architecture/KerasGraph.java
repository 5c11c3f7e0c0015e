package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
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
 * The Keras-style classifier: embedding, dot-product attention of the words to each other (without
 * scaling and without a mask, as {@code keras.layers.Attention} is by default), average over all
 * positions, dense layer. Without attention the embedding is averaged.
 */
public final class KerasGraph {
  /** The embedding, {@code [vocabSize, embeddingDim]}. */
  public static final String EMBEDDING = "embedding.weight";

  /** The dense layer's kernel, {@code [units, embeddingDim]}. */
  public static final String DENSE_WEIGHT = "dense.weight";

  /** The dense layer's bias, {@code [units]}. */
  public static final String DENSE_BIAS = "dense.bias";

  /** Of the products of words. */
  private static final double SCALE = 1;

  private static final Axis BATCH = Axis.named("batch");

  private KerasGraph() {}

  /**
   * The parameters such a model has.
   *
   * @param config its configuration
   * @return their shapes by name, in order
   */
  public static Map<String, Shape> parameterShapes(KerasConfig config) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(EMBEDDING, Shape.ofSizes(config.vocabSize(), config.embeddingDim()));
    shapes.put(DENSE_WEIGHT, Shape.ofSizes(config.units(), config.embeddingDim()));
    shapes.put(DENSE_BIAS, Shape.ofSizes(config.units()));
    return shapes;
  }

  /**
   * The kind of the attention.
   *
   * @return dot products of the words, which are not scaled
   */
  public static AttentionKind attentionKind() {
    return AttentionKind.dotProducts(List.of(SCALE));
  }

  /**
   * Writes the model on a graph: {@link ModelFunctions#CLASSIFY}, with attention {@link
   * ModelFunctions#EXPLAIN}, {@link ModelFunctions#LOSS}, and {@link SeldomCalledFunctions}.
   *
   * @param config its configuration
   * @param parameters its weights by name, of the shapes above
   * @return the graph
   */
  public static Graph of(KerasConfig config, Map<String, Parameter> parameters) {
    GraphBuilder graph = new GraphBuilder();
    parameterShapes(config).keySet().forEach(name -> graph.parameter(parameters.get(name)));

    FunctionBuilder classify = graph.function(ModelFunctions.CLASSIFY);
    WordVectors vectors = WordVectors.lookedUp();
    Tensor read = words(classify, config, parameters, vectors);
    classify.output(ModelFunctions.LOGITS, logits(classify, config, read, parameters));

    FunctionBuilder loss = graph.function(ModelFunctions.LOSS);
    Tensor learned = words(loss, config, parameters, WordVectors.lookedUp());
    Tensor occurrences =
        loss.input(
            ModelFunctions.OCCURRENCES,
            ElementType.FLOAT32,
            learned.shape().axes().toArray(Axis[]::new));
    Tensor logits = logits(loss, config, loss.add(learned, occurrences), parameters);
    loss.output(ModelFunctions.MEAN_LOSS, loss(loss, config, logits));
    loss.output(ModelFunctions.LOGITS, logits);

    SeldomCalledFunctions seldom =
        new SeldomCalledFunctions(
            graph, (function, known, words) -> composed(function, config, known, words));
    if (config.attention()) {
      FunctionBuilder explain = graph.function(ModelFunctions.EXPLAIN);
      WrittenModel explained = composed(explain, config, parameters, WordVectors.lookedUp());
      explained.output(explain);
      seldom.ofAttention(explained);
    }
    seldom.ofWordVectors(vectors);
    return graph.build();
  }

  /** Words look at each other as they are: they are their own queries, keys and values. */
  private static WrittenModel composed(
      FunctionBuilder function,
      KerasConfig config,
      Map<String, Parameter> parameters,
      WordVectors vectors) {
    Tensor words = words(function, config, parameters, vectors);
    if (!config.attention()) {
      return new WrittenModel(head(function, words, parameters), List.of(), List.of(), List.of());
    }
    Tensor scores = function.matMul(words, function.transpose(words, 1, 2));
    Tensor weights = function.softmax(scores, -1);
    Tensor attended = function.matMul(weights, words);
    Tensor logits = head(function, attended, parameters);
    Tensor shown = function.unsqueeze(weights, 1);
    return new WrittenModel(
        logits,
        List.of(shown),
        List.of(new QueryKeyLayer(words, words, scores, SCALE)),
        List.of(new ValueLayer(shown, words, null)));
  }

  private static Tensor logits(
      FunctionBuilder function,
      KerasConfig config,
      Tensor words,
      Map<String, Parameter> parameters) {
    Tensor attended =
        config.attention() ? function.attention(words, words, words, null, SCALE) : words;
    return head(function, attended, parameters);
  }

  private static Tensor words(
      FunctionBuilder function,
      KerasConfig config,
      Map<String, Parameter> parameters,
      WordVectors vectors) {
    Tensor ids =
        function.input(
            ModelFunctions.INPUT_IDS,
            ElementType.INT64,
            BATCH,
            Axis.fixed(config.sequenceLength()));
    return vectors.of(function, parameters.get(EMBEDDING), ids);
  }

  private static Tensor head(
      FunctionBuilder function, Tensor positions, Map<String, Parameter> parameters) {
    Tensor average = function.mean(positions, 1);
    return function.linear(average, parameters.get(DENSE_WEIGHT), parameters.get(DENSE_BIAS));
  }

  private static Tensor loss(FunctionBuilder function, KerasConfig config, Tensor logits) {
    if (config.units() == 1) {
      Tensor targets =
          function.input(ModelFunctions.TARGETS, ElementType.FLOAT32, BATCH, Axis.fixed(1));
      return function.binaryCrossEntropy(logits, targets);
    }
    Tensor targets = function.input(ModelFunctions.TARGETS, ElementType.INT64, BATCH);
    return function.mean(function.crossEntropy(logits, targets), 0);
  }
}
