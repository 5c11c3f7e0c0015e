package io.github.attentive.djl.runtime;

import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.PiecewiseLinearity;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;

/**
 * What a graph can be asked besides scores and attention. Immutable.
 *
 * @param outputs how many logits a text has
 * @param vectorSize numbers of a word vector; 0 for a graph without gradients by them
 * @param attentionGradients whether it gives gradients by attention weights
 * @param linearInAttention whether the logits are piecewise linear in all attention weights
 * @param norms whether it gives norms of what attention moves
 */
public record GraphAbilities(
    int outputs,
    int vectorSize,
    boolean attentionGradients,
    boolean linearInAttention,
    boolean norms) {
  /** Of a graph that was exported elsewhere. */
  public static final GraphAbilities NONE = new GraphAbilities(0, 0, false, false, false);

  /**
   * Those of a model's graph.
   *
   * @param graph with {@link ModelFunctions#CLASSIFY}
   * @return the abilities
   */
  public static GraphAbilities of(Graph graph) {
    return new GraphAbilities(
        lastAxis(graph, ModelFunctions.CLASSIFY),
        graph.has(ModelFunctions.EMBEDDING_GRADIENTS) ? lastAxis(graph, ModelFunctions.EMBED) : 0,
        graph.has(ModelFunctions.ATTENTION_GRADIENTS),
        graph.has(ModelFunctions.EXPLAIN) && isLinear(graph.function(ModelFunctions.EXPLAIN)),
        graph.has(ModelFunctions.NORMS));
  }

  private static boolean isLinear(Function explain) {
    List<Tensor> outputs = explain.outputs().stream().map(Function.Named::tensor).toList();
    return PiecewiseLinearity.holds(explain, outputs.get(0), outputs.subList(1, outputs.size()));
  }

  private static int lastAxis(Graph graph, String function) {
    Shape shape = graph.function(function).outputs().get(0).tensor().shape();
    return Math.toIntExact(shape.axis(-1).size());
  }
}
