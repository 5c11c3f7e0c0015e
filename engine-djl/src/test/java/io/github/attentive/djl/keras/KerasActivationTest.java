package io.github.attentive.djl.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.contract.GraphInterpreter;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each activation by its name against its definition, for large arguments, too. */
class KerasActivationTest extends KerasCase {
  private static final float[] POINTS = {
    -1e6f, -100, -7, -3, -2.5f, -1, -0.5f, -1e-3f, 0, 1e-3f, 0.5f, 1, 2.5f, 3, 5.5f, 6, 7, 80, 1e6f
  };

  private static final Map<String, DoubleUnaryOperator> DEFINITIONS = definitions();

  @SuppressWarnings("unused")
  private static final List<String> NAMES = List.copyOf(DEFINITIONS.keySet());

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double elu(double x, double alpha) {
    return x > 0 ? x : alpha * Math.expm1(x);
  }

  private static double hardSigmoid(double x) {
    return x <= -3 ? 0 : x >= 3 ? 1 : x / 6 + 0.5;
  }

  /** The normal distribution by the midpoint rule, which is exact enough for any argument. */
  private static double gelu(double x) {
    if (Math.abs(x) > 10) {
      return Math.max(x, 0);
    }
    double step = x / 20_000;
    double area = 0;
    for (int i = 0; i < 20_000; i++) {
      double at = (i + 0.5) * step;
      area += Math.exp(-at * at / 2) * step;
    }
    return x * (0.5 + area / Math.sqrt(2 * Math.PI));
  }

  private static Map<String, DoubleUnaryOperator> definitions() {
    Map<String, DoubleUnaryOperator> all = new TreeMap<>();
    all.put("linear", x -> x);
    all.put("relu", x -> Math.max(x, 0));
    all.put("relu6", x -> Math.min(Math.max(x, 0), 6));
    all.put("leaky_relu", x -> x < 0 ? 0.2 * x : x);
    all.put("elu", x -> elu(x, 1));
    all.put("selu", x -> 1.05070098735548 * elu(x, 1.67326324235437));
    all.put("gelu", KerasActivationTest::gelu);
    all.put("silu", x -> x * sigmoid(x));
    all.put("swish", x -> x * sigmoid(x));
    all.put("mish", x -> x * Math.tanh(softplus(x)));
    all.put("tanh", Math::tanh);
    all.put("sigmoid", KerasCase::sigmoid);
    all.put("hard_sigmoid", KerasActivationTest::hardSigmoid);
    all.put("hard_silu", x -> x * hardSigmoid(x));
    all.put("hard_swish", x -> x * hardSigmoid(x));
    all.put("softplus", KerasActivationTest::softplus);
    all.put("softsign", x -> x / (1 + Math.abs(x)));
    all.put("exponential", Math::exp);
    return all;
  }

  private static float[] values(String name, float... points) {
    GraphBuilder graph = new GraphBuilder();
    FunctionBuilder function = graph.function("f");
    Tensor x =
        function.input("x", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(points.length));
    function.output("y", KerasActivation.apply(name, function, x));
    return new GraphInterpreter(graph.build())
        .run("f", List.of(new HostArray.Floats(new long[] {1, points.length}, points)))
        .get(0)
        .values();
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void isAsDefined(String name) {
    float[] values = values(name, POINTS);
    for (int i = 0; i < POINTS.length; i++) {
      double expected = DEFINITIONS.get(name).applyAsDouble(POINTS[i]);
      if ((float) expected == Float.POSITIVE_INFINITY) {
        assertThat(values[i]).as("%s(%s)", name, POINTS[i]).isInfinite().isPositive();
      } else {
        assertThat((double) values[i])
            .as("%s(%s)", name, POINTS[i])
            .isCloseTo(expected, within(margin(expected)));
      }
    }
  }

  /** The result is of single precision. */
  private static double margin(double value) {
    return 1e-6 * Math.max(1, Math.abs(value));
  }

  @Test
  void softmaxIsOverTheLastAxis() {
    float[] values = values("softmax", 0, (float) Math.log(3), -1e6f);
    assertThat(values).containsExactly(new float[] {0.25f, 0.75f, 0}, within(1e-6f));
    assertThat(values("softmax", 1e6f, 1e6f)).containsExactly(0.5f, 0.5f);
  }

  /** A name that is read has to have its definition here. */
  @Test
  void theseAreAll() throws IOException {
    List<String> all = new ArrayList<>(NAMES);
    all.add("softmax");
    KerasArchive archive = KerasArchive.ofTokens("2", false);
    archive.layer(
        "Activation", "act", "\"activation\":\"log_sigmoid\"", KerasArchive.call("embedding"));
    assertRefused(archive.averaged("act"))
        .isEqualTo(
            "%s: layer 'act' (Activation, 3 of 5): option 'activation': expected one of %s, got %s"
                .formatted(
                    folder.resolve("model.keras"),
                    all.stream().sorted().toList(),
                    "\"log_sigmoid\""));
  }

  /** An activation of one's own is a registered object, which is code. */
  @Test
  void oneOfOnesOwnIsRefused() throws IOException {
    for (String own :
        new String[] {
          "{\"module\":\"builtins\",\"class_name\":\"function\",\"config\":\"wave\"}",
          "[\"relu\"]",
          "7",
          "true"
        }) {
      KerasArchive archive = KerasArchive.ofTokens("2", false);
      archive.layer("Activation", "act", "\"activation\":" + own, KerasArchive.call("embedding"));
      assertRefused(archive.averaged("act"))
          .contains("layer 'act' (Activation, 3 of 5): option 'activation': expected one of [")
          .endsWith(", got " + own);
    }
  }
}
