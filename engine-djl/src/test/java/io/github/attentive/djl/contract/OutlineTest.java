package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.SeldomCalled;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept to write functions later holds no weights, and still suffices. */
class OutlineTest {
  static List<String> models() {
    return GradientGraph.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void weightsAreFreedAndFunctionsWrittenAllTheSame(String name) throws Exception {
    Outlined outlined = Outlined.of(name);
    for (int i = 0; outlined.isHeld() && i < 100; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(outlined.isHeld()).as("a weight is still held").isFalse();
    for (SeldomCalled function : outlined.outline.seldomCalled()) {
      assertThat(outlined.outline.function(function.name()).outputs()).isNotEmpty();
    }
  }

  private record Outlined(Graph outline, List<WeakReference<Parameter>> weights) {
    /** Nothing else of the graph outlives this call. */
    static Outlined of(String name) throws IOException {
      Graph graph = GradientGraph.model(name);
      return new Outlined(
          graph.outline(),
          graph.parameters().stream().map(parameter -> new WeakReference<>(parameter)).toList());
    }

    boolean isHeld() {
      return weights.stream().anyMatch(weight -> weight.get() != null);
    }
  }
}
