package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A function under construction, and what is said of its values. */
abstract class FunctionBuilderCase {
  static final Axis BATCH = Axis.named("batch");
  static final Axis LENGTH = Axis.named("length");
  static final Axis OTHER = Axis.named("other");

  final GraphBuilder graph = new GraphBuilder();
  final Parameter table = graph.parameter(parameter("table", 10, 4));
  final Parameter weight = graph.parameter(parameter("weight", 3, 4));
  final Parameter bias = graph.parameter(parameter("bias", 3));
  final FunctionBuilder function = graph.function("f");
  private int inputs;

  static Parameter parameter(String name, long... sizes) {
    Shape shape = Shape.ofSizes(sizes);
    return Parameter.of(name, shape, new float[(int) shape.elements()]);
  }

  Tensor floats(Axis... axes) {
    return function.input("in" + inputs++, ElementType.FLOAT32, axes);
  }

  Tensor integers(Axis... axes) {
    return function.input("in" + inputs++, ElementType.INT64, axes);
  }

  static Axis of(long size) {
    return Axis.fixed(size);
  }

  static void assertFloats(Tensor tensor, Axis... axes) {
    assertThat(tensor.type()).isEqualTo(ElementType.FLOAT32);
    assertThat(tensor.shape()).isEqualTo(Shape.of(axes));
  }

  static void assertIntegers(Tensor tensor, Axis... axes) {
    assertThat(tensor.type()).isEqualTo(ElementType.INT64);
    assertThat(tensor.shape()).isEqualTo(Shape.of(axes));
  }

  /** The last step so far is this one. */
  void assertStep(Operation operation) {
    assertThat(graph.build().function("f").steps())
        .last()
        .extracting("operation")
        .isEqualTo(operation);
  }

  /** Refused with this message, and nothing is left behind. */
  void assertRefused(ThrowingCallable call, String message, Object... found) {
    int steps = graph.build().function("f").steps().size();
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("function 'f', " + message.formatted(found));
    assertThat(graph.build().function("f").steps()).hasSize(steps);
  }
}
