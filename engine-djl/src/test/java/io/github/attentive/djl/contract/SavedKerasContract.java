package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Models that Keras saved give Keras's scores, tokens and attention, within 1e-5, on the engine of
 * the class path: alone and in batches.
 */
public abstract class SavedKerasContract {
  @SuppressWarnings("unused")
  private static final List<String> FIXTURES = SharedFixtures.KERAS_WITH_ATTENTION;

  @ParameterizedTest
  @FieldSource("FIXTURES")
  void scoresTokensAndAttentionAreThoseOfKeras(String fixture) throws IOException {
    Path model = SharedFixtures.path("keras").resolve(fixture);
    GoldenSentences golden = GoldenSentences.read(model.resolve("golden.json"));
    golden.assertClassifies(model.resolve("model.keras"));
    golden.assertExplains(model);
  }

  @Test
  void withoutAttentionScoresAreThoseOfKerasAndNothingIsExplained() throws IOException {
    Path model = SharedFixtures.path("keras/c_100_noatt");
    GoldenSentences.read(model.resolve("golden.json")).assertClassifies(model);
    assertThatThrownBy(() -> AttentionExplainer.load(model))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("has no attention layer");
  }
}
