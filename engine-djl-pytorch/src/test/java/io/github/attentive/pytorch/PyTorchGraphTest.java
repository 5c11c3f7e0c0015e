package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Device;
import io.github.attentive.InferenceException;
import io.github.attentive.djl.contract.SmallGraph;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PyTorch says about what it refuses. */
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
