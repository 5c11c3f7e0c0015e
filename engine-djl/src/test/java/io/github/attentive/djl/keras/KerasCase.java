package io.github.attentive.djl.keras;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.contract.GraphInterpreter;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;

/** What tests of saved models share: open an archive that the test has built, and run it. */
class KerasCase {
  static final Offset<Double> CLOSE = Offset.offset(1e-6);

  @TempDir Path folder;

  EngineModel open(KerasArchive archive) throws IOException {
    archive.write(folder);
    return open(folder);
  }

  static EngineModel open(Path model) {
    return ModelDirectory.open(
        model,
        LoadOptions.defaults(),
        "interpreter",
        (graph, device, threads) -> new GraphInterpreter(graph));
  }

  /** The outputs of the head, before any softmax or logistic function. */
  double[] logits(KerasArchive archive, String text) throws IOException {
    float[] logits = run(archive, text, Detail.SCORES).logits();
    double[] wide = new double[logits.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = logits[i];
    }
    return wide;
  }

  ModelOutput run(KerasArchive archive, String text, Detail detail) throws IOException {
    try (EngineModel model = open(archive)) {
      return model.run(List.of(TextInput.of(text)), detail).get(0);
    }
  }

  AbstractStringAssert<?> assertRefused(KerasArchive archive) throws IOException {
    archive.write(folder);
    return assertRefused(folder);
  }

  static AbstractStringAssert<?> assertRefused(Path model) {
    String[] message = new String[1];
    assertThatThrownBy(() -> open(model))
        .isInstanceOf(ModelLoadException.class)
        .satisfies(e -> message[0] = e.getMessage());
    return Assertions.assertThat(message[0]).doesNotContain("\n");
  }

  /** The embedding of a token, two numbers, as {@link KerasArchive} makes it. */
  static double[] embedded(int id) {
    return new double[] {0.5 * id - 1, 0.75 - 0.25 * id * id % 2};
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
