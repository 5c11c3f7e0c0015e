package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Gradients;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;

/**
 * Adds to a model's graph what is seldom asked of it: {@link ModelFunctions#INSPECT}, {@link
 * ModelFunctions#ATTENTION_GRADIENTS}, {@link ModelFunctions#NORMS}, {@link ModelFunctions#EMBED}
 * and {@link ModelFunctions#EMBEDDING_GRADIENTS}, as far as the model can. Not thread-safe.
 *
 * <p>What is differentiated is the sum over the batch of each output's logit times its weight.
 * Texts of a batch do not depend on each other, so each gets its own gradient of its own sum: of
 * one class, of a contrast of two, or of whatever its weights say.
 */
public final class SeldomCalledFunctions {
  private final GraphBuilder graph;
  private final ModelWriter model;

  /**
   * Starts with a model.
   *
   * @param graph where to
   * @param model writes the model whenever one of the functions is called for the first time
   */
  public SeldomCalledFunctions(GraphBuilder graph, ModelWriter model) {
    this.graph = graph;
    this.model = model;
  }

  /**
   * Adds what has to do with attention.
   *
   * @param written the model as {@link ModelFunctions#EXPLAIN} has it, with attention
   */
  public void ofAttention(WrittenModel written) {
    ModelWriter writer = model;
    if (!written.queriesAndKeys().isEmpty()) {
      graph.seldomCalled(
          ModelFunctions.INSPECT,
          (function, parameters) -> {
            WrittenModel inspected = writer.write(function, parameters, WordVectors.lookedUp());
            inspected.output(function);
            for (int layer = 0; layer < inspected.queriesAndKeys().size(); layer++) {
              inspected.queriesAndKeys().get(layer).output(function, layer);
            }
          });
    }
    graph.seldomCalled(
        ModelFunctions.ATTENTION_GRADIENTS,
        (function, parameters) -> {
          WrittenModel forward = writer.write(function, parameters, WordVectors.lookedUp());
          List<Tensor> attentions = forward.attentions();
          Tensor logits = forward.logits();
          Tensor factors =
              function.add(
                  logitWeights(ModelFunctions.OUTPUT_WEIGHTS, function, logits),
                  function.multiply(
                      logitWeights(ModelFunctions.LARGEST_WEIGHTS, function, logits),
                      firstLargest(function, logits)));
          function.output(ModelFunctions.LOGITS, logits);
          function.output(ModelFunctions.FACTORS, factors);
          List<Tensor> gradients = Gradients.of(function, logits, factors, attentions);
          for (int layer = 0; layer < gradients.size(); layer++) {
            function.output(ModelFunctions.attention(layer), attentions.get(layer));
            function.output(ModelFunctions.attentionGradient(layer), gradients.get(layer));
          }
        });
    if (!written.values().isEmpty()) {
      graph.seldomCalled(
          ModelFunctions.NORMS,
          (function, parameters) -> {
            List<ValueLayer> values =
                writer.write(function, parameters, WordVectors.lookedUp()).values();
            for (int layer = 0; layer < values.size(); layer++) {
              values.get(layer).output(function, layer);
            }
          });
    }
  }

  /**
   * Adds what has to do with word vectors; nothing for a model that embeds no words, or embeds them
   * in several ways.
   *
   * @param words those of one of the model's functions that is written
   */
  public void ofWordVectors(WordVectors words) {
    if (!words.areOne()) {
      return;
    }
    ModelWriter writer = model;
    String table = words.table().name();
    List<Axis> positions = words.ids().shape().axes();
    graph.seldomCalled(
        ModelFunctions.EMBED,
        (function, parameters) -> {
          Tensor ids =
              function.input(
                  ModelFunctions.INPUT_IDS, ElementType.INT64, positions.toArray(Axis[]::new));
          function.output(
              ModelFunctions.EMBEDDINGS, function.embedding(parameters.get(table), ids));
        });
    graph.seldomCalled(
        ModelFunctions.EMBEDDING_GRADIENTS,
        (function, parameters) -> {
          WordVectors given = WordVectors.given();
          Tensor logits = writer.write(function, parameters, given).logits();
          Tensor factors = logitWeights(ModelFunctions.OUTPUT_WEIGHTS, function, logits);
          function.output(ModelFunctions.LOGITS, logits);
          function.output(
              ModelFunctions.EMBEDDING_GRADIENT,
              Gradients.of(function, logits, factors, List.of(given.vectors())).get(0));
        });
  }

  private static Tensor logitWeights(String name, FunctionBuilder function, Tensor logits) {
    return function.input(name, ElementType.FLOAT32, logits.shape().axes().toArray(Axis[]::new));
  }

  /** 1 for each text's largest logit, the first of equal ones, 0 for the others. */
  private static Tensor firstLargest(FunctionBuilder function, Tensor logits) {
    Tensor isLargest = function.atLeast(logits, function.unsqueeze(function.max(logits, 1), 1));
    Tensor isFirst = function.atLeast(isLargest, function.cumulativeSum(isLargest, 1));
    return function.multiply(isLargest, isFirst);
  }
}
