package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.contract.GoldenSentences;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models trained by Keras give Keras's scores and attention, within 1e-5. */
class KerasGoldenTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"keras/b_100, 5", "keras/a_10x10, 5", "keras/v_seq20, 20", "keras/v_softmax3, 5"})
  void scoresAndAttentionAreThoseOfKeras(String fixture, int length) throws IOException {
    Path keras = SharedFixtures.path(fixture);
    KerasWeights.convert(keras, length, true, folder);
    GoldenSentences golden = GoldenSentences.read(keras.resolve("golden.json"));
    golden.assertClassifies(folder);
    golden.assertExplains(folder);
  }

  @Test
  void withoutAttentionScoresAreThoseOfKerasAndNothingIsExplained() throws IOException {
    Path keras = SharedFixtures.path("keras/c_100_noatt");
    KerasWeights.convert(keras, 5, false, folder);
    GoldenSentences.read(keras.resolve("golden.json")).assertClassifies(folder);
    assertThatThrownBy(() -> AttentionExplainer.load(folder))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("has no attention layer");
  }

  /** The same with a copy of {@code v_softmax3} that is part of this repository. */
  @Test
  void theOwnCopyGivesThoseOfKeras() throws IOException, URISyntaxException {
    Path model = Path.of(KerasGoldenTest.class.getResource("/keras-softmax3").toURI());
    GoldenSentences golden = GoldenSentences.read(model.resolve("golden.json"));
    golden.assertClassifies(model);
    golden.assertExplains(model);
  }
}
