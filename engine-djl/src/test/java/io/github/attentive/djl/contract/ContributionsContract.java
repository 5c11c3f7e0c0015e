package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.TextInput;
import io.github.attentive.explain.PoolingContributions;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.GradientModel;
import io.github.attentive.spi.ModelOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contributions of what attention weighs, by every kind of model on the engine of the class path.
 * Of linear heads, each logit less its contributions is the head's bias, whatever the text; within
 * 1e-5. That rectified heads are told from others, {@code ContributionsTest} checks in doubles.
 */
public abstract class ContributionsContract {
  static List<String> models() {
    return EngineModels.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatIsLeftOfALogitIsTheBias(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    boolean isLinear = EngineModels.isLinearInAttention(name);
    assertThat(model.gradients().map(GradientModel::isPiecewiseLinearInAttention).orElse(false))
        .isEqualTo(isLinear);
    if (!isLinear || name.startsWith("bigru/")) {
      return;
    }
    List<TextInput> texts = EngineModels.TEXTS;
    List<ModelOutput> outputs = model.run(texts, Detail.SCORES);
    for (int logit = 0; logit < outputs.get(0).logits().length; logit++) {
      float[] factors = new float[outputs.get(0).logits().length];
      factors[logit] = 1;
      List<AttentionGradient> gradients =
          model
              .gradients()
              .orElseThrow()
              .byAttention(texts, Collections.nCopies(texts.size(), factors));
      double[] rests = new double[texts.size()];
      for (int i = 0; i < rests.length; i++) {
        double[] contributions = PoolingContributions.received(gradients.get(i));
        assertThat(contributions).hasSameSizeAs(outputs.get(i).positions());
        rests[i] = outputs.get(i).logits()[logit] - Arrays.stream(contributions).sum();
      }
      assertThat(rests).containsOnly(new double[] {rests[0]}, within(1e-5));
    }
  }
}
