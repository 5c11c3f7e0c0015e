package io.github.attentive.djl.architecture;

import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What a graph to be trained has in place of results: {@link ModelFunctions#LOSS} and {@link
 * ModelFunctions#VALIDATION_LOSS} of classes that exclude each other.
 *
 * <p>Weights of classes count in the first alone: an example's loss is multiplied by that of its
 * class, and the mean is over the examples, not over the weights. So the mean over a batch is that
 * of its parts.
 */
final class ClassificationLoss {
  /** The function that trains, and the one that measures. */
  private static final List<String> FUNCTIONS =
      List.of(ModelFunctions.LOSS, ModelFunctions.VALIDATION_LOSS);

  private static final String CLASS_WEIGHTS = "attentive.class_weights";

  private ClassificationLoss() {}

  /**
   * Writes both functions.
   *
   * @param graph to be added to
   * @param classWeights a factor for each class, or none
   * @param logits writes a model up to its logits, with dropout if the second argument is true
   */
  static void write(
      GraphBuilder graph,
      float[] classWeights,
      BiFunction<FunctionBuilder, Boolean, Tensor> logits) {
    Parameter weights =
        classWeights.length == 0
            ? null
            : graph.parameter(
                Parameter.table(CLASS_WEIGHTS, Shape.ofSizes(classWeights.length), classWeights));
    for (String name : FUNCTIONS) {
      boolean trains = name.equals(ModelFunctions.LOSS);
      FunctionBuilder function = graph.function(name);
      Tensor outputs = logits.apply(function, trains);
      Tensor targets =
          function.input(ModelFunctions.TARGETS, ElementType.INT64, outputs.shape().axis(0));
      Tensor losses = function.crossEntropy(outputs, targets);
      if (trains && weights != null) {
        losses = function.multiply(losses, function.embedding(weights, targets));
      }
      function.output(ModelFunctions.MEAN_LOSS, function.mean(losses, 0));
      function.output(ModelFunctions.LOGITS, outputs);
    }
  }
}
