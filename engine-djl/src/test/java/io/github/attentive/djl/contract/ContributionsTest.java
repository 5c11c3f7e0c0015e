package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.GraphAbilities;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where the logits are found to be piecewise linear in the attention, they are: scaled, it changes
 * them by what the weights times their gradients say. By all of it where the head is linear, by a
 * little where it has rectified units, which stay on or off.
 */
class ContributionsTest {
  private static final double ALL = 1;
  private static final double LITTLE = 1e-4;

  static List<String> models() {
    return GradientGraph.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void scaledAttentionScalesContributions(String name) throws IOException {
    Graph graph = GradientGraph.model(name);
    boolean isLinear = EngineModels.isLinearInAttention(name);
    assertThat(GraphAbilities.of(graph).linearInAttention()).isEqualTo(isLinear);
    if (isLinear) {
      new GradientDifferences(graph).attentionContributes(name.startsWith("bigru/") ? LITTLE : ALL);
    }
  }
}
