package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.architecture.ModelFunctions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients of every kind of model are differences of its logits. */
class GradientsInterpretedTest {
  static List<String> models() {
    return GradientGraph.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void byWordVectors(String name) throws IOException {
    new GradientDifferences(GradientGraph.of(name)).byWordVectors();
  }

  @ParameterizedTest
  @MethodSource("models")
  void byAttention(String name) throws IOException {
    GradientGraph model = GradientGraph.of(name);
    if (model.has(ModelFunctions.ATTENTION_GRADIENTS)) {
      new GradientDifferences(model).byAttention();
    } else {
      assertThat(name).isIn("keras/c_100_noatt", "attentive-keras/false");
    }
  }
}
