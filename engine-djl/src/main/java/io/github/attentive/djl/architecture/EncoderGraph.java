package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;

/** Writes an encoder as a graph. */
final class EncoderGraph {
  private EncoderGraph() {}

  /**
   * Writes {@link ModelFunctions#CLASSIFY} with fused attention, {@link ModelFunctions#EXPLAIN}
   * with the probabilities of every layer, and {@link ModelFunctions#INSPECT} with all that these
   * are computed from.
   *
   * @param architecture the model
   * @param weights its weights
   * @return the graph
   * @throws io.github.attentive.ModelLoadException if a weight is missing or of another shape
   */
  static Graph of(EncoderArchitecture architecture, Weights weights) {
    GraphBuilder graph = new GraphBuilder();
    EncoderParameters parameters = new EncoderParameters(graph, weights, true);
    write(graph.function(ModelFunctions.CLASSIFY), parameters, architecture, false);
    write(graph.function(ModelFunctions.EXPLAIN), parameters, architecture, true);
    FunctionBuilder inspect = graph.seldomCalled(ModelFunctions.INSPECT);
    EncoderWriter writer = write(inspect, parameters, architecture, true);
    for (int layer = 0; layer < writer.queriesAndKeys().size(); layer++) {
      writer.queriesAndKeys().get(layer).output(inspect, layer);
    }
    return graph.build();
  }

  private static EncoderWriter write(
      FunctionBuilder function,
      EncoderParameters parameters,
      EncoderArchitecture architecture,
      boolean explain) {
    EncoderWriter writer =
        new EncoderWriter(function, parameters, architecture, explain, Dropouts.NONE);
    function.output(ModelFunctions.LOGITS, architecture.logits(writer));
    for (int layer = 0; layer < writer.attentions().size(); layer++) {
      function.output(ModelFunctions.attention(layer), writer.attentions().get(layer));
    }
    return writer;
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
