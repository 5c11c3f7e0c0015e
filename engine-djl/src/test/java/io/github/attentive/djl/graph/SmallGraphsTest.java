package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which size on several threads are to share an operation. */
class SmallGraphsTest {
  private static final int ALL = Runtime.getRuntime().availableProcessors();

  /** A function of an activation over this input. */
  private static Graph elements(Axis... axes) {
    GraphBuilder graph = new GraphBuilder();
    FunctionBuilder function = graph.function("f");
    function.output(
        "y", function.activate(Activation.TANH, function.input("x", ElementType.FLOAT32, axes)));
    return graph.build();
  }

  private static Graph dense(int out, int in) {
    GraphBuilder graph = new GraphBuilder();
    Parameter weight =
        graph.parameter(Parameter.of("w", Shape.ofSizes(out, in), new float[out * in]));
    FunctionBuilder function = graph.function("f");
    function.output(
        "y",
        function.linear(
            function.input("x", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(in)),
            weight,
            null));
    return graph.build();
  }

  private static void assertThreads(Graph graph, boolean one) {
    assertThat(SmallGraphs.threads(graph, OptionalInt.empty())).isEqualTo(one ? 1 : ALL);
    assertThat(SmallGraphs.threads(graph, OptionalInt.of(3))).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"128,127,true", "128,128,false", "16384,1,false", "16383,1,true"})
  void elementsOfOneText(int length, int width, boolean small) {
    assertThreads(elements(Axis.named("batch"), Axis.fixed(length), Axis.fixed(width)), small);
  }

  /** Sizes that are known at run time only count once. */
  @Test
  void namedAxes() {
    assertThreads(elements(Axis.named("batch"), Axis.named("length"), Axis.fixed(16_383)), true);
    assertThreads(elements(Axis.named("batch"), Axis.named("length"), Axis.fixed(16_384)), false);
  }

  @ParameterizedTest
  @CsvSource({"128,127,true", "128,128,false"})
  void weightsOfOneLayer(int out, int in, boolean small) {
    assertThreads(dense(out, in), small);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "4194303,true", "4194304,false"})
  void filesOfOthers(long size, boolean small) {
    assertThat(SmallGraphs.threadsOfFile(size, OptionalInt.empty())).isEqualTo(small ? 1 : ALL);
    assertThat(SmallGraphs.threadsOfFile(size, OptionalInt.of(2))).isEqualTo(2);
  }
}
