package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.Removal;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ErasureModel;
import io.github.attentive.spi.ModelOutput;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SavedModels of tokens take texts with tokens left out; those of texts cannot. */
class ForeignErasureTest {
  private static final TextInput TEXT = TextInput.of("the movie was not good");

  @ParameterizedTest
  @ValueSource(strings = {"b_100", "v_mha2_mask", "v_seq20", "v_bigru_mask"})
  void tokensMayBeLeftOut(String fixture) {
    Path directory = SharedFixtures.path("keras").resolve(fixture);
    TensorFlowProvider provider = new TensorFlowProvider();
    try (EngineModel foreign =
            provider.open(directory.resolve("saved_model_export"), ForeignProgram.TRUST);
        EngineModel own = provider.open(directory.resolve("model.keras"), LoadOptions.defaults())) {
      ErasureModel erasure = foreign.erasure().orElseThrow();
      ModelOutput whole = own.run(List.of(TEXT), Detail.SCORES).get(0);
      boolean[] kept = new boolean[whole.positions().size()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = i != 3;
      }
      for (Removal removal : List.of(Removal.DELETE, Removal.PAD)) {
        ModelOutput expected = own.erasure().orElseThrow().run(TEXT, List.of(kept), removal).get(0);
        ModelOutput actual = erasure.run(TEXT, List.of(kept), removal).get(0);
        assertThat(actual.positions()).isEqualTo(expected.positions());
        assertThat(actual.scores()).containsExactly(expected.scores(), within(1e-5f));
      }
      assertThatThrownBy(() -> erasure.run(TEXT, List.of(kept), Removal.MASK))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("removal 'mask': expected a model with a mask token");
      assertThat(foreign.gradients()).isEmpty();
      assertThat(foreign.norms()).isEmpty();
    }
  }

  @Test
  void aModelOfTextsTakesNothingElse() {
    try (EngineModel model =
        new TensorFlowProvider()
            .open(SharedFixtures.path("keras/b_100/saved_model_string"), ForeignProgram.TRUST)) {
      assertThat(model.erasure()).isEmpty();
      assertThat(model.gradients()).isEmpty();
    }
  }
}
