package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.RowSelection;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is selected early is what would be selected late, and nothing else is computed for it. */
class RowSelectionTest {
  private static final double ROUNDING = 1e-12;
  private static final int[] SHAPE = {2, 3, 4};

  private final SplittableRandom random = new SplittableRandom(17);
  private final GraphBuilder graph = new GraphBuilder();
  private final Parameter kernel = parameter("kernel", 4, 4);
  private final Parameter bias = parameter("bias", 4);
  private final FunctionBuilder function = graph.function("f");
  private final Tensor x =
      function.input(
          "x", ElementType.FLOAT32, Axis.named("batch"), Axis.named("length"), Axis.fixed(4));

  private Parameter parameter(String name, int... sizes) {
    Axis[] axes = new Axis[sizes.length];
    int count = 1;
    for (int i = 0; i < sizes.length; i++) {
      axes[i] = Axis.fixed(sizes[i]);
      count *= sizes[i];
    }
    return graph.parameter(Parameter.of(name, Shape.of(axes), GradientGraph.floats(random, count)));
  }

  /** The part of an encoder's layer after its attention, and a little more. */
  private Tensor layer(Tensor attended) {
    Tensor seen = function.layerNorm(function.add(attended, x), bias, bias, 1e-5);
    Tensor wide = function.activate(Activation.GELU, function.linear(seen, kernel, bias));
    Tensor gated = function.multiply(wide, function.affine(seen, 0.5, 2));
    Tensor positive = function.activate(Activation.EXP, seen);
    return function.add(function.divide(gated, positive), seen);
  }

  private Tensor attended() {
    return function.matMul(
        function.softmax(function.matMul(x, function.transpose(x, 1, 2)), -1), x);
  }

  private List<NumberArray> run() {
    double[] numbers = new SplittableRandom(5).doubles(24, -1, 1).toArray();
    return new GraphInterpreter(graph.build())
        .runInDoubles("f", List.of(new NumberArray(SHAPE, numbers)));
  }

  private List<Operation> operations() {
    return graph.build().function("f").steps().stream().map(Function.Step::operation).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void earlyIsLate(long index) {
    function.output("late", function.select(layer(attended()), 1, index));
    function.output("early", RowSelection.select(function, layer(attended()), 1, index));
    List<NumberArray> outputs = run();
    assertThat(outputs.get(1).shape()).containsExactly(2, 4);
    assertThat(outputs.get(1).numbers())
        .containsExactly(outputs.get(0).numbers(), within(ROUNDING));
  }

  @Test
  void whatIsNeededOfOneIsComputedForOne() {
    Tensor attended = attended();
    Tensor row = RowSelection.select(function, layer(attended), 1, 0);
    function.output("row", row);
    List<Operation> operations = operations();
    assertThat(operations.stream().filter(Operation.Select.class::isInstance))
        .containsExactlyInAnyOrder(
            new Operation.Select(attended, 1, 0), new Operation.Select(x, 1, 0));
    assertThat(operations)
        .filteredOn(
            operation ->
                operation instanceof Operation.Linear || operation instanceof Operation.LayerNorm)
        .hasSize(2)
        .allMatch(operation -> operation.operands().get(0).shape().rank() == 2);
  }

  /** Lest it be computed twice. */
  @Test
  void whatIsReadOtherwiseIsComputedForAll() {
    Tensor seen = function.layerNorm(x, bias, null, 1e-5);
    Tensor shown = function.activate(Activation.TANH, seen);
    function.output("shown", shown);
    Tensor mean = function.mean(seen, 1);
    Tensor sum = function.add(function.linear(seen, kernel, null), shown);
    Tensor row = RowSelection.select(function, sum, 1, 0);
    function.output("row", function.add(row, mean));
    assertThat(operations())
        .contains(
            new Operation.LayerNorm(x, bias, null, 1e-5),
            new Operation.Select(seen, 1, 0),
            new Operation.Select(shown, 1, 0))
        .doesNotContain(new Operation.Linear(seen, kernel, null));
    assertThat(run()).hasSize(2);
  }

  @Test
  void whatIsRepeatedOverAnAxisStays() {
    Tensor one = function.unsqueeze(function.mean(x, 1), 1);
    Tensor sum = function.add(x, one);
    Tensor row = RowSelection.select(function, function.affine(sum, 2, 0), 1, 0);
    function.output("row", row);
    assertThat(operations())
        .contains(new Operation.Binary(Operation.Arithmetic.ADD, x, one))
        .contains(new Operation.Select(sum, 1, 0));
  }

  @Test
  void anInputIsSelected() {
    function.output("row", RowSelection.select(function, x, 1, -1));
    assertThat(operations()).containsExactly(new Operation.Select(x, 1, -1));
  }
}
