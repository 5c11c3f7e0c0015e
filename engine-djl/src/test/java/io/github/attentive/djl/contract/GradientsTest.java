package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Gradients;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.PiecewiseLinearity;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against central differences, element by element, in double precision. */
class GradientsTest {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;

  private static final double WAY = 1e-3;
  private static final double STRAIGHT = 1e-6;

  /** Recurrences are not looked into. */
  private static final Set<String> LINEAR_UNKNOWN =
      Set.of("one sequence has a gradient", "a state that is a slice");

  /** Sizes known at run time only, in turn. */
  private static final List<Map<String, Integer>> SIZES =
      List.of(
          Map.of("batch", 2, "length", 3, "several", 2),
          Map.of("batch", 1, "length", 1, "several", 3),
          Map.of("batch", 3, "length", 2, "several", 4));

  /** A case as a graph: its function gives the target and the gradients. */
  private record Written(Graph graph, List<Operation> forward) {
    static Written of(GradientCases.Case wanted) {
      GraphBuilder graph = new GraphBuilder();
      FunctionBuilder function = graph.function("f");
      List<Tensor> inputs = new ArrayList<>();
      for (Shape shape : wanted.inputs()) {
        inputs.add(input(function, "x" + inputs.size(), shape));
      }
      Tensor target =
          wanted
              .body()
              .write(new GradientCases.Weights(graph, new SplittableRandom(1)), function, inputs);
      List<Operation> forward = new ArrayList<>();
      collect(graph.build().function("f").steps(), forward);
      Tensor seed = input(function, "seed", target.shape());
      function.output("target", target);
      List<Tensor> gradients = Gradients.of(function, target, seed, inputs);
      for (int i = 0; i < inputs.size(); i++) {
        function.output("gradient_" + i, gradients.get(i));
      }
      return new Written(graph.build(), forward);
    }

    private static void collect(List<Function.Step> steps, List<Operation> operations) {
      for (Function.Step step : steps) {
        operations.add(step.operation());
        if (step.operation() instanceof Operation.Recurrence recurrence) {
          collect(recurrence.steps(), operations);
        }
      }
    }
  }

  private static Tensor input(FunctionBuilder function, String name, Shape shape) {
    return function.input(name, ElementType.FLOAT32, shape.axes().toArray(Axis[]::new));
  }

  static List<GradientCases.Case> cases() {
    return GradientCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreDifferences(GradientCases.Case checked) {
    Graph graph = Written.of(checked).graph();
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    SplittableRandom random = new SplittableRandom(7);
    for (Map<String, Integer> sizes : SIZES) {
      List<NumberArray> inputs =
          graph.function("f").inputs().stream()
              .map(input -> random(input.tensor().shape(), sizes, random))
              .toList();
      List<NumberArray> outputs = interpreter.runInDoubles("f", inputs);
      for (int i = 0; i < checked.inputs().size(); i++) {
        NumberArray gradient = outputs.get(i + 1);
        NumberArray x = inputs.get(i);
        assertThat(gradient.shape()).containsExactly(x.shape());
        for (int element = 0; element < x.count(); element++) {
          double kept = x.numbers()[element];
          x.numbers()[element] = kept + STEP;
          double above = weighted(interpreter, inputs);
          x.numbers()[element] = kept - STEP;
          double below = weighted(interpreter, inputs);
          x.numbers()[element] = kept;
          double difference = (above - below) / (2 * STEP);
          assertThat(gradient.numbers()[element])
              .as("input %s, element %s, sizes %s", i, element, sizes)
              .isCloseTo(difference, within(TOLERANCE * Math.max(1, Math.abs(difference))));
        }
      }
    }
  }

  /**
   * Along a line of inputs, which are varied all together, a short way is straight where piecewise
   * linearity is found, and bent where it is not.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void piecewiseLinearityIsFound(GradientCases.Case checked) {
    Graph graph = Written.of(checked).graph();
    Function function = graph.function("f");
    List<Tensor> tensors = function.inputs().stream().map(Function.Named::tensor).toList();
    boolean isLinear =
        PiecewiseLinearity.holds(
            function,
            function.outputs().get(0).tensor(),
            tensors.subList(0, checked.inputs().size()));
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    SplittableRandom random = new SplittableRandom(9);
    List<NumberArray> inputs =
        tensors.stream().map(input -> random(input.shape(), SIZES.get(0), random)).toList();
    List<NumberArray> directions =
        tensors.stream().map(input -> random(input.shape(), SIZES.get(0), random)).toList();
    double[] along = new double[3];
    for (int i = 0; i < along.length; i++) {
      double way = (i - 1) * WAY;
      List<NumberArray> moved = new ArrayList<>(inputs);
      for (int j = 0; j < checked.inputs().size(); j++) {
        moved.set(j, inputs.get(j).with(directions.get(j), (x, d) -> x + way * d));
      }
      along[i] = weighted(interpreter, moved);
    }
    double bend = (along[0] - 2 * along[1] + along[2]) / (WAY * WAY);
    boolean isStraight = Math.abs(bend) < STRAIGHT;
    boolean depends = along[0] != along[2];
    assertThat(isLinear)
        .isEqualTo(isStraight && depends && !LINEAR_UNKNOWN.contains(checked.name()));
  }

  private static NumberArray random(
      Shape shape, Map<String, Integer> sizes, SplittableRandom random) {
    int[] concrete =
        shape.axes().stream()
            .mapToInt(axis -> axis.name() == null ? (int) axis.size() : sizes.get(axis.name()))
            .toArray();
    double[] numbers = new double[Arrays.stream(concrete).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextDouble(-2, 2);
    }
    return new NumberArray(concrete, numbers);
  }

  /** The sum of the target's elements by the seed's. */
  private static double weighted(GraphInterpreter interpreter, List<NumberArray> inputs) {
    double[] target = interpreter.runInDoubles("f", inputs).get(0).numbers();
    double[] seed = inputs.get(inputs.size() - 1).numbers();
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      sum += target[i] * seed[i];
    }
    return sum;
  }

  /** Attention, dropout and second derivatives are refused: see below. */
  @Test
  void everyOperationIsChecked() {
    List<Operation> checked =
        cases().stream().flatMap(one -> Written.of(one).forward().stream()).toList();
    Set<Class<?>> classes =
        new HashSet<>(
            Set.of(
                Operation.Attention.class,
                Operation.Dropout.class,
                Operation.GeluGradient.class,
                Operation.LayerNormGradient.class,
                Operation.SoftmaxGradient.class));
    checked.forEach(operation -> classes.add(operation.getClass()));
    assertThat(classes).containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
    assertThat(only(checked, Operation.Activate.class).map(Operation.Activate::activation))
        .contains(Activation.values());
    assertThat(only(checked, Operation.Binary.class).map(Operation.Binary::arithmetic))
        .contains(Operation.Arithmetic.values());
    assertThat(only(checked, Operation.Reduce.class).map(Operation.Reduce::reduction))
        .contains(Operation.Reduction.values());
  }

  private static <T> Stream<T> only(List<Operation> operations, Class<T> type) {
    return operations.stream().filter(type::isInstance).map(type::cast);
  }

  private final GraphBuilder graph = new GraphBuilder();
  private final FunctionBuilder function = graph.function("f");
  private final Tensor x =
      function.input("x", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(4));

  private double[] gradient(Tensor target, double... numbers) {
    Tensor seed = function.fill(target, 1);
    function.output("gradient", Gradients.of(function, target, seed, List.of(x)).get(0));
    return new GraphInterpreter(graph.build())
        .runInDoubles("f", List.of(new NumberArray(new int[] {1, 4}, numbers)))
        .get(0)
        .numbers();
  }

  /** As PyTorch: nothing at the corner. */
  @Test
  void aRectifierHasNoSlopeAtZero() {
    assertThat(gradient(function.activate(Activation.RELU, x), -1, 0, 1, 0))
        .containsExactly(0, 0, 1, 0);
  }

  /** As PyTorch's {@code amax}. */
  @Test
  void equalLargestElementsGetEqualParts() {
    assertThat(gradient(function.max(x, 1), 3, 1, 3, -3)).containsExactly(0.5, 0, 0.5, 0);
  }

  /** Attention is shown with an axis of heads that no one goes through. */
  @Test
  void whatOnlyShowsATensorOnTheWayGetsItsGradientInTheSameView() {
    Tensor squares = function.multiply(x, x);
    Tensor shown = function.transpose(function.unsqueeze(squares, 1), 1, 2);
    Tensor target = function.affine(squares, 3, 0);
    Tensor seed = function.multiply(function.fill(target, 1), target);
    Tensor ofShown = Gradients.of(function, target, seed, List.of(shown)).get(0);
    assertThat(ofShown.shape()).isEqualTo(shown.shape());
    function.output("gradient", ofShown);
    assertThat(
            new GraphInterpreter(graph.build())
                .runInDoubles(
                    "f", List.of(new NumberArray(new int[] {1, 4}, new double[] {1, 2, 3, 4})))
                .get(0)
                .numbers())
        .containsExactly(9, 36, 81, 144);
  }

  @Test
  void onlyTheStepsOnTheWayAreGoneThrough() {
    Tensor early = function.activate(Activation.EXP, x);
    Tensor wanted = function.activate(Activation.GELU, early);
    Tensor target = function.multiply(wanted, function.activate(Activation.SILU, x));
    function.dropout(target, 0.5);
    int before = graph.build().function("f").steps().size();
    Gradients.of(function, target, target, List.of(wanted));
    assertThat(graph.build().function("f").steps().subList(before, before + 1))
        .extracting(Function.Step::operation)
        .allMatch(Operation.Binary.class::isInstance);
    assertThat(graph.build().function("f").steps()).hasSize(before + 1);
  }

  @Test
  void dropoutIsRefused() {
    Tensor target = function.dropout(x, 0.25);
    assertThatThrownBy(() -> Gradients.of(function, target, target, List.of(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "function 'f', gradients of %s: expected a function without chance, got dropout at a rate of 0.25",
            target);
  }

  @Test
  void gradientsAreNotDifferentiatedAgain() {
    Parameter weight =
        graph.parameter(Parameter.of("weight", Shape.of(Axis.fixed(4)), new float[4]));
    Map<Tensor, String> gradients =
        Map.of(
            function.geluGradient(Activation.GELU, x, x),
            "GELU",
            function.softmaxGradient(x, 1, x),
            "a softmax",
            function.layerNormGradient(new Operation.LayerNorm(x, weight, null, 1), x),
            "a layer norm");
    gradients.forEach(
        (target, of) ->
            assertThatThrownBy(() -> Gradients.of(function, target, target, List.of(x)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                    "function 'f', gradients of %s: expected a function that is not differentiated twice, got a gradient of %s",
                    target, of));
  }

  @Test
  void fusedAttentionIsRefused() {
    Tensor target = function.attention(x, x, x, null, 1);
    assertThatThrownBy(() -> Gradients.of(function, target, target, List.of(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "function 'f', gradients of %s: expected attention composed of softmax and products, got fused attention",
            target);
  }

  @Test
  void aSeedHasTheTargetsShape() {
    Tensor target = function.sum(x, 1);
    assertThatThrownBy(() -> Gradients.of(function, target, x, List.of(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "function 'f', gradients of %s: expected a seed of its shape, got %s", target, x);
  }

  @Test
  void recurrencesOverSequencesOfUnknownSizesAreRefused() {
    Tensor sequence =
        function.input(
            "sequence",
            ElementType.FLOAT32,
            Axis.named("batch"),
            Axis.named("length"),
            Axis.named("other"));
    Tensor target =
        function.recurrence(
            List.of(sequence),
            1,
            false,
            (slices, state) ->
                function.add(state, function.unsqueeze(function.sum(slices.get(0), 1), 1)));
    assertThatThrownBy(() -> Gradients.of(function, target, target, List.of(sequence)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "function 'f', gradients of a recurrence: expected sequences [batch, n, ...] of fixed sizes, got %s",
            sequence);
  }
}
