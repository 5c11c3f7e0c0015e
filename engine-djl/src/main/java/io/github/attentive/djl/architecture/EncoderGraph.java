package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.Map;

/** Writes an encoder as a graph. */
final class EncoderGraph {
  private EncoderGraph() {}

  /**
   * Writes {@link ModelFunctions#CLASSIFY} with fused attention, {@link ModelFunctions#EXPLAIN}
   * with the probabilities of every layer, and {@link SeldomCalledFunctions}.
   *
   * @param architecture the model
   * @param weights its weights
   * @return the graph
   * @throws io.github.attentive.ModelLoadException if a weight is missing or of another shape
   */
  static Graph of(EncoderArchitecture architecture, Weights weights) {
    GraphBuilder graph = new GraphBuilder();
    EncoderParameters parameters = new EncoderParameters(graph, weights, true);
    FunctionBuilder classify = graph.function(ModelFunctions.CLASSIFY);
    EncoderWriter writer =
        new EncoderWriter(classify, parameters, architecture, false, Dropouts.NONE);
    classify.output(ModelFunctions.LOGITS, architecture.logits(writer));

    FunctionBuilder explain = graph.function(ModelFunctions.EXPLAIN);
    WordVectors words = WordVectors.lookedUp();
    WrittenModel explained = write(explain, parameters, architecture, words);
    explained.output(explain);

    Map<String, String> names = parameters.names();
    SeldomCalledFunctions seldom =
        new SeldomCalledFunctions(
            graph,
            (function, known, vectors) ->
                write(function, EncoderParameters.known(names, known), architecture, vectors));
    seldom.ofAttention(explained);
    seldom.ofWordVectors(words);
    return graph.build();
  }

  private static WrittenModel write(
      FunctionBuilder function,
      EncoderParameters parameters,
      EncoderArchitecture architecture,
      WordVectors words) {
    EncoderWriter writer =
        new EncoderWriter(function, parameters, architecture, true, Dropouts.NONE, words);
    Tensor logits = architecture.logits(writer);
    return new WrittenModel(logits, writer.attentions(), writer.queriesAndKeys(), writer.values());
  }

  /**
   * Writes {@link ModelFunctions#LOSS} and {@link ModelFunctions#VALIDATION_LOSS}.
   *
   * @param architecture the model
   * @param weights its first weights
   * @param dropouts of the loss
   * @param classWeights a factor for each class in the loss, or none
   * @return the graph, whose weights have the names of a checkpoint
   * @throws io.github.attentive.ModelLoadException if a weight is missing or of another shape
   */
  static Graph trainable(
      EncoderArchitecture architecture, Weights weights, Dropouts dropouts, float[] classWeights) {
    GraphBuilder graph = new GraphBuilder();
    EncoderParameters parameters = new EncoderParameters(graph, weights, false);
    ClassificationLoss.write(
        graph,
        classWeights,
        (function, trains) ->
            architecture.logits(
                new EncoderWriter(
                    function, parameters, architecture, false, trains ? dropouts : Dropouts.NONE)));
    return graph.build();
  }
}
