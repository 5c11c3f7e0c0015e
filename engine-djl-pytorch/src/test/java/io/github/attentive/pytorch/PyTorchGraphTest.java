package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Device;
import io.github.attentive.InferenceException;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each operation computes what its documentation says, here against loops in double precision. */
class PyTorchGraphTest {
  private static CompiledGraph graph;

  @BeforeAll
  static void load() {
    graph = PyTorchGraph.load(SmallGraph.ofEveryOperation(), Device.CPU, OptionalInt.empty());
  }

  @AfterAll
  static void free() {
    graph.close();
  }

  private static HostArray.Longs ids(long... row) {
    return HostArray.Longs.ofRows(List.of(row));
  }

  private static double dot(long i, long j) {
    float[] e = SmallGraph.EMBEDDING;
    int a = (int) i * 2;
    int b = (int) j * 2;
    return (double) e[a] * e[b] + (double) e[a + 1] * e[b + 1];
  }

  /** Row i of the softmax of {@code scale * w_i w_j}. */
  private static double[] weights(long[] ids, int query, double scale) {
    double[] row = new double[ids.length];
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      row[j] = Math.exp(scale * dot(ids[query], ids[j]));
      sum += row[j];
    }
    for (int j = 0; j < row.length; j++) {
      row[j] /= sum;
    }
    return row;
  }

  @Test
  void computesWhatTheOperationsSay() {
    long[] ids = {1, 3, 2};
    List<HostArray.Floats> outputs = graph.run("explain", List.of(ids(ids)));

    assertThat(outputs.get(1).shape()).containsExactly(1, 1, 3, 3);
    double[] mean = new double[2];
    for (int q = 0; q < 3; q++) {
      double[] shown = weights(ids, q, 2);
      double[] used = weights(ids, q, 2 * 0.125);
      for (int k = 0; k < 3; k++) {
        assertThat((double) outputs.get(1).values()[q * 3 + k]).isCloseTo(shown[k], within(1e-6));
        mean[0] += used[k] * SmallGraph.EMBEDDING[(int) ids[k] * 2] / 3;
        mean[1] += used[k] * SmallGraph.EMBEDDING[(int) ids[k] * 2 + 1] / 3;
      }
    }
    assertThat(outputs.get(0).shape()).containsExactly(1, 3);
    for (int c = 0; c < 3; c++) {
      double logit =
          SmallGraph.KERNEL[c * 2] * mean[0]
              + SmallGraph.KERNEL[c * 2 + 1] * mean[1]
              + SmallGraph.BIAS[c];
      assertThat((double) outputs.get(0).values()[c]).isCloseTo(logit, within(1e-6));
    }
  }

  @Test
  void computesTheLosses() {
    HostArray logits = new HostArray.Floats(new long[] {2, 1}, new float[] {2, -1});
    HostArray targets = new HostArray.Floats(new long[] {2, 1}, new float[] {1, 1});
    double binary = (Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(1))) / 2;
    List<HostArray.Floats> outputs = graph.run("loss", List.of(logits, targets));
    assertThat(outputs.get(0).shape()).isEmpty();
    assertThat((double) outputs.get(0).values()[0]).isCloseTo(binary, within(1e-6));

    HostArray classes = new HostArray.Floats(new long[] {2, 3}, new float[] {1, 2, 3, 0, 5, 0});
    HostArray rows = new HostArray.Longs(new long[] {2}, new long[] {0, 1});
    double first = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 1;
    double second = Math.log(2 + Math.exp(5)) - 5;
    assertThat((double) graph.run("softmax_loss", List.of(classes, rows)).get(0).values()[0])
        .isCloseTo((first + second) / 2, within(1e-6));
  }

  @Test
  void whatPyTorchRefusesIsAnInferenceExceptionAndTheGraphGoesOn() {
    for (long id : new long[] {4, -1, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> graph.run("explain", List.of(ids(0, id, 1))))
          .isInstanceOf(InferenceException.class)
          .hasMessageStartingWith("PyTorch failed in 'explain' on [Longs[1, 3]]: ");
    }
    assertThatThrownBy(() -> graph.run("none", List.of(ids(0, 1, 2))))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("'none'");
    assertThatThrownBy(() -> graph.run("explain", List.of()))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("'explain'");
    assertThat(graph.run("explain", List.of(ids(0, 1, 2)))).hasSize(2);
  }
}
