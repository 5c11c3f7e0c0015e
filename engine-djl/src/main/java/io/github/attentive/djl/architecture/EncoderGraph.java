package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;

/** Writes an encoder as a graph. */
final class EncoderGraph {
  private EncoderGraph() {}

  /**
   * Writes {@link ModelFunctions#CLASSIFY} with fused attention and {@link ModelFunctions#EXPLAIN}
   * with the probabilities of every layer.
   *
   * @param architecture the model
   * @param weights its weights
   * @return the graph
   * @throws io.github.attentive.ModelLoadException if a weight is missing or of another shape
   */
  static Graph of(EncoderArchitecture architecture, Weights weights) {
    GraphBuilder graph = new GraphBuilder();
    EncoderParameters parameters = new EncoderParameters(graph, weights, true);
    for (String name : List.of(ModelFunctions.CLASSIFY, ModelFunctions.EXPLAIN)) {
      FunctionBuilder function = graph.function(name);
      EncoderWriter writer =
          new EncoderWriter(
              function,
              parameters,
              architecture,
              name.equals(ModelFunctions.EXPLAIN),
              Dropouts.NONE);
      function.output(ModelFunctions.LOGITS, architecture.logits(writer));
      for (int layer = 0; layer < writer.attentions().size(); layer++) {
        function.output(ModelFunctions.attention(layer), writer.attentions().get(layer));
      }
    }
    return graph.build();
  }

  /**
   * Writes {@link GradientFunctions}.
   *
   * @param architecture the model
   * @param weights its weights
   * @return the graph
   * @throws io.github.attentive.ModelLoadException if a weight is missing or of another shape
   */
  static Graph gradients(EncoderArchitecture architecture, Weights weights) {
    GraphBuilder graph = new GraphBuilder();
    EncoderParameters parameters = new EncoderParameters(graph, weights, true);
    GradientFunctions gradients =
        new GradientFunctions(
            graph::function,
            (function, words) -> {
              EncoderWriter writer =
                  new EncoderWriter(function, parameters, architecture, true, Dropouts.NONE, words);
              Tensor logits = architecture.logits(writer);
              return new GradientFunctions.Written(logits, writer.attentions());
            });
    gradients.byAttention();
    gradients.byEmbeddings();
    return graph.build();
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
