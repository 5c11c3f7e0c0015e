package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.TextInput;
import io.github.attentive.explain.PoolingContributions;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.PooledText;
import io.github.attentive.spi.PoolingHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is pooled, by every kind of model on the engine of the class path: contributions and rest
 * are the logits, and the weights are the attention; within 1e-5. Other kinds have none.
 */
public abstract class PoolingContract {
  @TempDir Path folder;

  static List<String> models() {
    return EngineModels.names();
  }

  private static double[] doubles(float[] values, int from, int count) {
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = values[from + i];
    }
    return doubles;
  }

  private static double[][] rows(float[] values, int rows) {
    double[][] matrix = new double[rows][];
    int size = rows == 0 ? 0 : values.length / rows;
    for (int i = 0; i < rows; i++) {
      matrix[i] = doubles(values, i * size, size);
    }
    return matrix;
  }

  private static PoolingContributions contributions(PooledText text, int output) {
    PoolingHead head = text.head();
    double[] weights = doubles(text.weights(), 0, text.weights().length);
    double[][] states = rows(text.states(), weights.length);
    double[] last = rows(head.weights(), head.outputs())[output];
    double bias = head.bias()[output];
    return head.units() == 0
        ? PoolingContributions.ofLinearHead(weights, states, last, bias)
        : PoolingContributions.ofRectifiedHead(
            weights,
            states,
            rows(head.hidden(), head.units()),
            doubles(head.hiddenBias(), 0, head.units()),
            last,
            bias);
  }

  @ParameterizedTest
  @MethodSource("models")
  void contributionsAndRestAreTheLogits(String name) throws IOException {
    try (EngineModel model = EngineModels.open(EngineModels.path(name, folder))) {
      if (!name.startsWith("bigru/") && !name.equals("attentive-keras/true")) {
        assertThat(model.pooling()).isEmpty();
        return;
      }
      List<TextInput> texts = EngineModels.TEXTS;
      List<PooledText> pooled = model.pooling().orElseThrow().pooled(texts);
      List<ModelOutput> outputs = model.run(texts, Detail.ATTENTION);
      for (int i = 0; i < texts.size(); i++) {
        ModelOutput output = outputs.get(i);
        assertThat(pooled.get(i).weights()).hasSameSizeAs(output.positions());
        for (int k = 0; k < output.logits().length; k++) {
          assertThat(contributions(pooled.get(i), k).logit())
              .isCloseTo(output.logits()[k], within(1e-5));
        }
        if (name.startsWith("bigru/")) {
          float[] attention = output.attention().orElseThrow().toArray();
          assertThat(pooled.get(i).weights()).containsExactly(attention, within(1e-5f));
        }
      }
    }
  }
}
