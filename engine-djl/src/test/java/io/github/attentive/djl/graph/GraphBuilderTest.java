package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphBuilderTest {
  private final GraphBuilder graph = new GraphBuilder();

  private static Parameter parameter(String name) {
    return Parameter.of(name, Shape.ofSizes(1), new float[1]);
  }

  @Test
  void keepsWhatWasAddedInOrder() {
    Parameter second = graph.parameter(parameter("b"));
    Parameter first = graph.parameter(parameter("a"));
    FunctionBuilder classify = graph.function("classify");
    Tensor x = classify.input("x", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(1));
    Tensor y = classify.input("y", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(1));
    Tensor sum = classify.add(x, y);
    Tensor weights = classify.softmax(sum, -1);
    classify.output("weights", weights);
    classify.output("sum", sum);
    graph.function("loss");

    Graph built = graph.build();
    assertThat(built.parameters()).containsExactly(second, first);
    assertThat(built.functions()).extracting(Function::name).containsExactly("classify", "loss");
    Function function = built.function("classify");
    assertThat(function.inputs())
        .containsExactly(new Function.Named("x", x), new Function.Named("y", y));
    assertThat(function.steps())
        .containsExactly(
            new Function.Step(new Operation.Binary(Operation.Arithmetic.ADD, x, y), sum),
            new Function.Step(new Operation.Softmax(sum, 1), weights));
    assertThat(function.outputs())
        .containsExactly(new Function.Named("weights", weights), new Function.Named("sum", sum));
    assertThat(x.index()).isZero();
    assertThat(weights.index()).isEqualTo(3);
    assertThat(weights).hasToString("tensor 3 FLOAT32[batch, 1]");
  }

  @Test
  void refusesAParameterNameThatIsTaken() {
    graph.parameter(parameter("w"));
    assertThatThrownBy(() -> graph.parameter(parameter("w")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 'w' is there already");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Classify", "1st", "_x", "a-b", "a.b", "ä", "taken"})
  void refusesFunctionNamesThatAreNoIdentifiersOrTaken(String name) {
    graph.function("taken");
    for (ThrowingCallable starts :
        List.<ThrowingCallable>of(
            () -> graph.function(name),
            () -> graph.seldomCalled(name, (function, parameters) -> {}))) {
      assertThatThrownBy(starts)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "function '%s': expected a new name of lower-case letters, digits, underscores",
              name);
    }
  }

  @Test
  void functionsThatAreSeldomCalledAreListedApart() {
    graph.seldomCalled("inspect", (function, parameters) -> {});
    graph.function("classify");
    assertThatThrownBy(() -> graph.function("inspect"))
        .isInstanceOf(IllegalArgumentException.class);
    Graph built = graph.build();
    assertThat(built.functions()).extracting(Function::name).containsExactly("classify");
    assertThat(built.seldomCalled()).extracting(SeldomCalled::name).containsExactly("inspect");
    assertThat(built.has("inspect")).isTrue();
    assertThat(built.has("classify")).isTrue();
    assertThat(built.has("explain")).isFalse();
  }

  @Test
  void functionsThatAreSeldomCalledAreWrittenLaterOverShapesAlone() {
    AtomicInteger written = new AtomicInteger();
    graph.parameter(parameter("w"));
    graph.seldomCalled(
        "rows",
        (function, parameters) -> {
          written.incrementAndGet();
          function.output("w", function.rows(parameters.get("w")));
        });
    Graph built = graph.build();
    Graph outline = built.outline();
    assertThat(written).hasValue(0);
    assertThat(built.function("rows").steps().get(0).operation())
        .isEqualTo(new Operation.Rows(built.parameters().get(0)));
    assertThat(outline.function("rows").steps().get(0).operation())
        .isEqualTo(new Operation.Rows(outline.parameters().get(0)));
    assertThat(written).hasValue(2);
    assertThat(outline.functions()).isEmpty();
    assertThat(outline.parameters().get(0)).hasToString(built.parameters().get(0).toString());
    assertThatThrownBy(() -> outline.parameters().get(0).bytes())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("parameter 'w': only its shape is kept");
  }

  @Test
  void namesTheFunctionsThatAreThere() {
    graph.function("classify");
    graph.function("loss");
    assertThatThrownBy(() -> graph.build().function("explain"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("function 'explain': expected one of [classify, loss]");
  }

  @Test
  void refusesInputAndOutputNamesThatAreTaken() {
    FunctionBuilder function = graph.function("f");
    Tensor x = function.input("x", ElementType.FLOAT32);
    assertThatThrownBy(() -> function.input("x", ElementType.INT64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("function 'f', input 'x' is there already");
    function.output("x", x);
    assertThatThrownBy(() -> function.output("x", x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("function 'f', output 'x' is there already");
  }
}
