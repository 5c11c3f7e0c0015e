package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.contract.GraphInterpreter;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.HostArray;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two heads of three positions, by hand and by numpy. */
class ValueLayerTest {
  private static final Offset<Float> CLOSE = within(1e-6f);
  private static final float[] WEIGHTS = {
    0.7f, 0.2f, 0.1f, 0.3f, 0.4f, 0.3f, 0.2f, 0.2f, 0.6f,
    0.1f, 0.6f, 0.3f, 0.5f, 0.25f, 0.25f, 0.3f, 0.3f, 0.4f
  };
  private static final float[] VALUES = {1, 2, -1, 0.5f, 0, 1.5f, 0.5f, -0.5f, 2, 1, -1.5f, 0.25f};

  /** {@code [4 out, 2 heads of 2]}. */
  private static final float[] OUTPUT = {
    1, 0, 1, -1, 0, 2, 1, 0.5f, 0.5f, -0.5f, 0, 2, -1, 1, 0, 0
  };

  private static List<HostArray.Floats> norms(
      float[] weights, float[] values, float @Nullable [] output) {
    GraphBuilder graph = new GraphBuilder();
    Parameter dense =
        output == null
            ? null
            : graph.parameter(Parameter.of("output", Shape.ofSizes(4, 4), output));
    FunctionBuilder function = graph.function("norms");
    Axis batch = Axis.named("batch");
    Axis length = Axis.named("length");
    Tensor attention =
        function.input("weights", ElementType.FLOAT32, batch, Axis.fixed(2), length, length);
    Tensor moved =
        function.input("values", ElementType.FLOAT32, batch, Axis.fixed(2), length, Axis.fixed(2));
    new ValueLayer(attention, moved, dense).output(function, 0);
    return new GraphInterpreter(graph.build())
        .run(
            "norms",
            List.of(
                new HostArray.Floats(new long[] {1, 2, 3, 3}, weights),
                new HostArray.Floats(new long[] {1, 2, 3, 2}, values)));
  }

  @Test
  void headsAreSummedBeforeTheNorm() {
    HostArray.Floats ofLayer = norms(WEIGHTS, VALUES, OUTPUT).get(0);
    assertThat(ofLayer.shape()).containsExactly(1, 1, 3, 3);
    assertThat(ofLayer.values())
        .containsExactly(
            new float[] {
              3.05174131f, 2.05973299f, 0.5625f,
              1.70532255f, 1.21372361f, 0.84458292f,
              1.10255385f, 1.09772492f, 1.71026314f
            },
            CLOSE);
  }

  @Test
  void eachHeadHasItsOwn() {
    HostArray.Floats ofHeads = norms(WEIGHTS, VALUES, OUTPUT).get(1);
    assertThat(ofHeads.shape()).containsExactly(1, 2, 3, 3);
    assertThat(ofHeads.values())
        .containsExactly(
            new float[] {
              2.99040131f, 0.43874822f, 0.34369318f,
              1.28160056f, 0.87749644f, 1.03107953f,
              0.85440037f, 0.43874822f, 2.06215906f,
              0.14361407f, 2.01246118f, 0.68431079f,
              0.71807033f, 0.83852549f, 0.57025899f,
              0.4308422f, 1.00623059f, 0.91241438f
            },
            CLOSE);
  }

  @Test
  void withoutAnOutputLayerTheValuesThemselvesAreMoved() {
    List<HostArray.Floats> norms = norms(WEIGHTS, VALUES, null);
    // Of the second query and the first key: 0.3 |(1, 2)|, 0.5 |(0.5, -0.5)|.
    assertThat(norms.get(1).values()[3]).isCloseTo((float) (0.3 * Math.sqrt(5)), CLOSE);
    assertThat(norms.get(1).values()[12]).isCloseTo((float) (0.5 * Math.sqrt(0.5)), CLOSE);
    assertThat(norms.get(0).values()[3])
        .isCloseTo((float) Math.hypot(0.3 + 0.25, 0.6 - 0.25), CLOSE);
  }

  @Test
  void headsThatCancelEachOtherLeaveNothingAndNoNaN() {
    float[] weights = new float[18];
    Arrays.fill(weights, 1f / 3);
    float[] values = new float[12];
    for (int i = 0; i < 6; i++) {
      values[i] = 0.1f + i;
      values[6 + i] = -values[i];
    }
    HostArray.Floats ofLayer = norms(weights, values, null).get(0);
    assertThat(ofLayer.values()).containsOnly(0);
  }
}
