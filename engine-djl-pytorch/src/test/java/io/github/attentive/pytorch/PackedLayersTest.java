package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Device;
import io.github.attentive.djl.contract.ActivationValues;
import io.github.attentive.djl.contract.SmallGraph;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Gradients;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dense layers large enough to be packed, with the activation after them or without. */
class PackedLayersTest {
  private static final int IN = 256;
  private static final int OUT = 512;
  private static final int ROWS = 6;

  private static final float[] WEIGHT = uniform(1, OUT * IN, 2 / Math.sqrt(IN));
  private static final float[] BIAS = uniform(2, OUT, 0.5);
  private static final float[] X = uniform(3, ROWS * IN, 2);

  private static CompiledGraph compiled;

  private static float[] uniform(long seed, int count, double reach) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-reach, reach);
    }
    return values;
  }

  private static Graph graph() {
    GraphBuilder graph = new GraphBuilder();
    Parameter weight = graph.parameter(Parameter.of("weight", Shape.ofSizes(OUT, IN), WEIGHT));
    Parameter bias = graph.parameter(Parameter.of("bias", Shape.ofSizes(OUT), BIAS));
    for (Activation activation : Activation.values()) {
      String name = activation.name().toLowerCase(Locale.ROOT);
      FunctionBuilder alone = graph.function(name + "_alone");
      alone.output("y", alone.activate(activation, alone.linear(input(alone), weight, bias)));
      FunctionBuilder unbiased = graph.function(name + "_unbiased");
      unbiased.output(
          "y", unbiased.activate(activation, unbiased.linear(input(unbiased), weight, null)));
      FunctionBuilder shared = graph.function(name + "_shared");
      Tensor dense = shared.linear(input(shared), weight, bias);
      shared.output("y", shared.activate(activation, dense));
      shared.output("dense", dense);
      FunctionBuilder twice = graph.function(name + "_twice");
      Tensor both = twice.linear(input(twice), weight, bias);
      twice.output("y", twice.activate(activation, both));
      twice.output("sum", twice.add(both, both));
    }
    return graph.build();
  }

  private static Tensor input(FunctionBuilder function) {
    return function.input(
        "x", ElementType.FLOAT32, Axis.named("batch"), Axis.named("length"), Axis.fixed(IN));
  }

  @BeforeAll
  static void load() {
    compiled = PyTorchGraph.load(graph(), Device.CPU, OptionalInt.of(1));
  }

  @AfterAll
  static void free() {
    compiled.close();
  }

  private static List<HostArray.Floats> run(Activation activation, String kind) {
    String function = activation.name().toLowerCase(Locale.ROOT) + kind;
    return compiled.run(function, List.of(new HostArray.Floats(new long[] {2, 3, IN}, X)));
  }

  private static double dense(int place, boolean bias) {
    int row = place / OUT;
    int out = place % OUT;
    double sum = bias ? BIAS[out] : 0;
    for (int in = 0; in < IN; in++) {
      sum += (double) X[row * IN + in] * WEIGHT[out * IN + in];
    }
    return sum;
  }

  private static void assertActivated(
      HostArray.Floats actual, Activation activation, boolean bias) {
    assertThat(actual.shape()).containsExactly(2, 3, OUT);
    for (int i = 0; i < ROWS * OUT; i++) {
      assertThat((double) actual.values()[i])
          .as("element %s", i)
          .isCloseTo(ActivationValues.of(activation, dense(i, bias)), within(1e-5));
    }
  }

  private static void assertDense(HostArray.Floats actual, double factor) {
    assertThat(actual.shape()).containsExactly(2, 3, OUT);
    for (int i = 0; i < ROWS * OUT; i++) {
      assertThat((double) actual.values()[i])
          .as("element %s", i)
          .isCloseTo(factor * dense(i, true), within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EXP", "SQRT"})
  void activationsOfPackedLayers(Activation activation) {
    assertActivated(run(activation, "_alone").get(0), activation, true);
    assertActivated(run(activation, "_unbiased").get(0), activation, false);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EXP", "SQRT"})
  void whatOthersNeedIsGivenUnactivated(Activation activation) {
    List<HostArray.Floats> shared = run(activation, "_shared");
    assertActivated(shared.get(0), activation, true);
    assertDense(shared.get(1), 1);
    List<HostArray.Floats> twice = run(activation, "_twice");
    assertActivated(twice.get(0), activation, true);
    assertDense(twice.get(1), 2);
  }

  @Test
  void onlyLargeLayersArePacked() {
    Graph graph = graph();
    String packed =
        TorchScriptCode.bindable(graph, new TorchScriptNames(graph), DenseLayers.PACKED).text();
    assertThat(packed).contains("ops.mkldnn._linear_pointwise").doesNotContain("torch.linear");
    String plain =
        TorchScriptCode.bindable(graph, new TorchScriptNames(graph), DenseLayers.PLAIN).text();
    assertThat(plain).contains("torch.linear").doesNotContain("mkldnn");
    Graph small = SmallGraph.ofEveryOperation();
    assertThat(
            TorchScriptCode.bindable(small, new TorchScriptNames(small), DenseLayers.PACKED).text())
        .contains("torch.linear")
        .doesNotContain("_linear_pointwise");
    // The largest that is not packed, and the smallest that is.
    assertThat(DenseLayers.PACKED.packs(lazy((1 << 16) - 1))).isFalse();
    assertThat(DenseLayers.PACKED.packs(lazy(1 << 16))).isTrue();
    assertThat(DenseLayers.PLAIN.packs(lazy(1 << 16))).isFalse();
  }

  @Test
  void theWayBackThroughALayerReadsItsWeightUnpacked() {
    GraphBuilder builder = new GraphBuilder();
    Parameter weight = builder.parameter(Parameter.of("weight", Shape.ofSizes(OUT, IN), WEIGHT));
    FunctionBuilder function = builder.function("f");
    Tensor x = input(function);
    Tensor dense = function.linear(x, weight, null);
    function.output("back", Gradients.of(function, dense, dense, List.of(x)).get(0));
    try (CompiledGraph back = PyTorchGraph.load(builder.build(), Device.CPU, OptionalInt.of(1))) {
      HostArray.Floats result =
          back.run("f", List.of(new HostArray.Floats(new long[] {2, 3, IN}, X))).get(0);
      assertThat(result.shape()).containsExactly(2, 3, IN);
      for (int in = 0; in < IN; in++) {
        double sum = 0;
        for (int out = 0; out < OUT; out++) {
          sum += dense(out, false) * WEIGHT[out * IN + in];
        }
        assertThat((double) result.values()[in]).isCloseTo(sum, within(1e-3));
      }
    }
  }

  /** It is as large as what is packed, but no layer's. */
  @Test
  void aLargeTableIsReadAsItIs() {
    GraphBuilder builder = new GraphBuilder();
    Parameter table = builder.parameter(Parameter.of("table", Shape.ofSizes(OUT, IN), WEIGHT));
    FunctionBuilder function = builder.function("f");
    function.output("rows", function.rows(table));
    Tensor x = input(function);
    function.output("sum", function.add(function.select(function.rows(table), 0, 1), x));
    try (CompiledGraph read = PyTorchGraph.load(builder.build(), Device.CPU, OptionalInt.of(1))) {
      List<HostArray.Floats> results =
          read.run("f", List.of(new HostArray.Floats(new long[] {2, 3, IN}, X)));
      assertThat(results.get(0).values()).containsExactly(WEIGHT);
      for (int i = 0; i < X.length; i++) {
        assertThat(results.get(1).values()[i]).isCloseTo(X[i] + WEIGHT[IN + i % IN], within(1e-6f));
      }
    }
  }

  private static Parameter lazy(long elements) {
    return Parameter.lazy("w", Shape.ofSizes(elements), () -> ByteBuffer.allocate(0));
  }

  @Test
  void aGraphicsCardGetsPlainLayers() {
    assertThat(DenseLayers.fastestOn(Device.gpu(0))).isEqualTo(DenseLayers.PLAIN);
  }
}
