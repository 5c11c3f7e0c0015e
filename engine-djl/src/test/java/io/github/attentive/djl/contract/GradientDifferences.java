package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The gradient functions of a model against differences of its logits in doubles, along a random
 * direction.
 */
public final class GradientDifferences {
  private static final double STEP = 1e-5;

  private final SplittableRandom random = new SplittableRandom(13);
  private final GradientGraph model;
  private final GraphInterpreter plain;

  /** For the graph of a model. */
  public GradientDifferences(Graph graph) {
    this(GradientGraph.of(graph));
  }

  GradientDifferences(GradientGraph model) {
    this.model = model;
    this.plain = new GraphInterpreter(model.graph());
  }

  private NumberArray random(NumberArray like) {
    return like.each(number -> random.nextDouble(-1, 1));
  }

  private static double product(NumberArray one, NumberArray other) {
    return IntStream.range(0, one.count())
        .mapToDouble(i -> one.numbers()[i] * other.numbers()[i])
        .sum();
  }

  private static List<NumberArray> arrays(List<HostArray> inputs) {
    return new ArrayList<>(inputs.stream().map(NumberArray::of).toList());
  }

  private NumberArray weights() {
    int[] shape = {GradientGraph.TEXTS, model.outputs()};
    return random(new NumberArray(shape, new double[shape[0] * shape[1]]));
  }

  /** Texts and weights of their logits, the largest no more than others. */
  private List<NumberArray> attentionInputs(NumberArray weights) {
    List<NumberArray> inputs = arrays(model.texts(ModelFunctions.ATTENTION_GRADIENTS));
    inputs.add(weights);
    inputs.add(weights.each(weight -> 0));
    return inputs;
  }

  /** By word vectors. */
  public void byWordVectors() {
    List<NumberArray> texts = arrays(model.texts(ModelFunctions.EMBEDDING_GRADIENTS));
    NumberArray words = plain.runInDoubles(ModelFunctions.EMBED, texts.subList(0, 1)).get(0);
    NumberArray weights = weights();
    NumberArray direction = random(words);
    List<NumberArray> inputs = new ArrayList<>(texts);
    inputs.add(words);
    inputs.add(weights);
    NumberArray gradient = plain.runInDoubles(ModelFunctions.EMBEDDING_GRADIENTS, inputs).get(1);
    double difference = 0;
    for (double sign : new double[] {-1, 1}) {
      inputs.set(texts.size(), words.with(direction, (x, d) -> x + sign * STEP * d));
      NumberArray logits =
          plain.runInDoubles(
              ModelFunctions.EMBEDDING_GRADIENTS, inputs, ModelFunctions.LOGITS, Map.of());
      difference += sign * product(logits, weights) / (2 * STEP);
    }
    assertDerivative(product(gradient, direction), difference);
  }

  /** By attention weights, to which a little is added where they are computed. */
  public void byAttention() {
    NumberArray weights = weights();
    List<NumberArray> inputs = attentionInputs(weights);
    List<NumberArray> outputs = plain.runInDoubles(ModelFunctions.ATTENTION_GRADIENTS, inputs);
    Function function = model.graph().function(ModelFunctions.ATTENTION_GRADIENTS);
    Map<Tensor, NumberArray> directions = new HashMap<>();
    double derivative = 0;
    for (int layer = 0; 2 * layer + 2 < outputs.size(); layer++) {
      Function.Named shown = function.outputs().get(2 * layer + 2);
      assertThat(shown.name()).isEqualTo(ModelFunctions.attention(layer));
      NumberArray direction = random(outputs.get(2 * layer + 2));
      derivative += product(direction, outputs.get(2 * layer + 3));
      putWhereComputed(function, shown.tensor(), direction, directions);
    }
    assertDerivative(derivative, alongAttention(inputs, weights, directions, STEP));
  }

  /**
   * That the weighted sum of the logits changes exactly as the attention weights times their
   * gradients say when all attention is scaled.
   *
   * @param share by how much it is scaled up and down; 1 takes all of it away
   */
  void attentionContributes(double share) {
    NumberArray weights = weights();
    List<NumberArray> inputs = attentionInputs(weights);
    List<NumberArray> outputs = plain.runInDoubles(ModelFunctions.ATTENTION_GRADIENTS, inputs);
    Function function = model.graph().function(ModelFunctions.ATTENTION_GRADIENTS);
    Map<Tensor, NumberArray> attention = new HashMap<>();
    double contributions = 0;
    for (int layer = 0; 2 * layer + 2 < outputs.size(); layer++) {
      NumberArray weighing = outputs.get(2 * layer + 2);
      contributions += product(weighing, outputs.get(2 * layer + 3));
      putWhereComputed(
          function, function.outputs().get(2 * layer + 2).tensor(), weighing, attention);
    }
    assertThat(alongAttention(inputs, weights, attention, share))
        .isCloseTo(contributions, within(1e-9 * (1 + Math.abs(contributions))));
  }

  /** The slope of the weighted sum of the logits between two points beside the attention. */
  private double alongAttention(
      List<NumberArray> inputs,
      NumberArray weights,
      Map<Tensor, NumberArray> directions,
      double step) {
    double difference = 0;
    for (double sign : new double[] {-1, 1}) {
      Map<Tensor, NumberArray> added = new HashMap<>();
      directions.forEach(
          (tensor, direction) -> added.put(tensor, direction.each(d -> sign * step * d)));
      NumberArray logits =
          plain.runInDoubles(
              ModelFunctions.ATTENTION_GRADIENTS, inputs, ModelFunctions.LOGITS, added);
      difference += sign * product(logits, weights) / (2 * step);
    }
    return difference;
  }

  /** Attention may be shown with other axes than it is computed with. */
  private static void putWhereComputed(
      Function function, Tensor shown, NumberArray direction, Map<Tensor, NumberArray> directions) {
    Operation producer =
        function.steps().stream()
            .filter(step -> step.result() == shown)
            .findFirst()
            .orElseThrow()
            .operation();
    if (producer instanceof Operation.Unsqueeze unsqueeze) {
      putWhereComputed(
          function,
          unsqueeze.x(),
          new NumberArray(direction.withoutAxis(unsqueeze.axis()), direction.numbers()),
          directions);
    } else if (producer instanceof Operation.Transpose transpose) {
      int[] order = IntStream.range(0, direction.rank()).toArray();
      order[transpose.first()] = transpose.second();
      order[transpose.second()] = transpose.first();
      putWhereComputed(function, transpose.x(), direction.inOrder(order), directions);
    } else {
      directions.put(shown, direction);
    }
  }

  private static void assertDerivative(double actual, double difference) {
    assertThat(difference).as("a difference").isNotZero();
    assertThat(actual).isCloseTo(difference, within(1e-9 + 1e-5 * Math.abs(difference)));
  }
}
