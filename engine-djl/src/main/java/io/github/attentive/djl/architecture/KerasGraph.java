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
   * Writes the model on a graph: {@link ModelFunctions#CLASSIFY}, with attention {@link
   * ModelFunctions#EXPLAIN}, and {@link ModelFunctions#LOSS}.
   *
   * @param config its configuration
   * @param parameters its weights by name, of the shapes above
   * @return the graph
   */
  public static Graph of(KerasConfig config, Map<String, Parameter> parameters) {
    GraphBuilder graph = new GraphBuilder();
    parameterShapes(config).keySet().forEach(name -> graph.parameter(parameters.get(name)));

    FunctionBuilder classify = graph.function(ModelFunctions.CLASSIFY);
    Tensor read = words(classify, config, parameters);
    classify.output(ModelFunctions.LOGITS, logits(classify, config, read, parameters));

    FunctionBuilder loss = graph.function(ModelFunctions.LOSS);
    Tensor learned = words(loss, config, parameters);
    Tensor occurrences =
        loss.input(
            ModelFunctions.OCCURRENCES,
            ElementType.FLOAT32,
            learned.shape().axes().toArray(Axis[]::new));
    Tensor logits = logits(loss, config, loss.add(learned, occurrences), parameters);
    loss.output(ModelFunctions.MEAN_LOSS, loss(loss, config, logits));
    loss.output(ModelFunctions.LOGITS, logits);

    if (config.attention()) {
      FunctionBuilder explain = graph.function(ModelFunctions.EXPLAIN);
      GradientFunctions.Written written =
          composed(explain, config, words(explain, config, parameters), parameters);
      explain.output(ModelFunctions.LOGITS, written.logits());
      explain.output(ModelFunctions.attention(0), written.attentions().get(0));
    }
    return graph.build();
  }

  /**
   * Writes {@link ModelFunctions#EMBED}, {@link ModelFunctions#EMBEDDING_GRADIENTS} and, with
   * attention, {@link ModelFunctions#ATTENTION_GRADIENTS}.
   *
   * @param config its configuration
   * @param parameters its weights by name, of the shapes above
   * @return the graph
   */
  public static Graph gradients(KerasConfig config, Map<String, Parameter> parameters) {
    GraphBuilder graph = new GraphBuilder();
    parameterShapes(config).keySet().forEach(name -> graph.parameter(parameters.get(name)));
    GradientFunctions gradients =
        new GradientFunctions(
            graph::function,
            (function, words) -> {
              Tensor vectors = words.of(function, parameters.get(EMBEDDING), ids(function, config));
              return composed(function, config, vectors, parameters);
            });
    if (config.attention()) {
      gradients.byAttention();
    }
    gradients.byEmbeddings();
    return graph.build();
  }

  /** With the weights of the attention, if there is one. */
  private static GradientFunctions.Written composed(
      FunctionBuilder function,
      KerasConfig config,
      Tensor words,
      Map<String, Parameter> parameters) {
    if (!config.attention()) {
      return new GradientFunctions.Written(head(function, words, parameters), List.of());
    }
    Tensor scores = function.matMul(words, function.transpose(words, 1, 2));
    Tensor weights = function.softmax(scores, -1);
    Tensor attended = function.matMul(weights, words);
    return new GradientFunctions.Written(
        head(function, attended, parameters), List.of(function.unsqueeze(weights, 1)));
  }

  private static Tensor logits(
      FunctionBuilder function,
      KerasConfig config,
      Tensor words,
      Map<String, Parameter> parameters) {
    Tensor attended =
        config.attention() ? function.attention(words, words, words, null, 1.0) : words;
    return head(function, attended, parameters);
  }

  private static Tensor words(
      FunctionBuilder function, KerasConfig config, Map<String, Parameter> parameters) {
    return function.embedding(parameters.get(EMBEDDING), ids(function, config));
  }

  private static Tensor ids(FunctionBuilder function, KerasConfig config) {
    return function.input(
        ModelFunctions.INPUT_IDS, ElementType.INT64, BATCH, Axis.fixed(config.sequenceLength()));
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
