package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationThreadsTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private int before;

  @BeforeEach
  void remember() {
    PyTorchRuntime.engine();
    before = JniUtils.getNumThreads();
  }

  @AfterEach
  void restore() {
    JniUtils.setNumThreads(before);
  }

  private static Graph graph(int dimension, int length) {
    KerasConfig config = new KerasConfig(true, 10, dimension, length, List.of("no", "yes"));
    Map<String, Parameter> weights = new LinkedHashMap<>();
    KerasGraph.parameterShapes(config)
        .forEach(
            (name, shape) ->
                weights.put(name, Parameter.of(name, shape, new float[(int) shape.elements()])));
    return KerasGraph.of(config, weights);
  }

  private static int applied(Graph graph, OptionalInt wished) {
    OperationThreads.of(graph, wished).apply();
    return JniUtils.getNumThreads();
  }

  @Test
  void aWishIsAWish() {
    assertThat(applied(graph(16, 5), OptionalInt.of(3))).isEqualTo(3);
    assertThat(applied(graph(16, 500), OptionalInt.of(1))).isEqualTo(1);
  }

  @Test
  void smallModelsTakeOneThread() {
    assertThat(applied(graph(16, 5), OptionalInt.empty())).isEqualTo(1);
    // The attention of 127 words is just below 2^14 elements.
    assertThat(applied(graph(16, 127), OptionalInt.empty())).isEqualTo(1);
  }

  @Test
  void modelsWithLargeTensorsOrLayersTakeAll() {
    assertThat(applied(graph(16, 128), OptionalInt.empty())).isEqualTo(PROCESSORS);
    assertThat(applied(graph(1 << 14, 1), OptionalInt.empty())).isEqualTo(PROCESSORS);
  }
}
