package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.LoadOptions;
import io.github.attentive.Removal;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces made in Python take texts with tokens left out, as the model they were made of does. */
class ForeignErasureTest {
  private static final TextInput TEXT = TextInput.of("The movie was boring.", "It was not good.");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"flat", "stacked", "nested", "logits"})
  void tokensMayBeLeftOut(String kind) throws IOException {
    PyTorchProvider provider = new PyTorchProvider();
    Path trace = ForeignFiles.trace(kind, directory);
    try (EngineModel foreign = provider.open(trace, ForeignFiles.TRUST);
        EngineModel own = provider.open(SharedFixtures.path("hf/bert"), LoadOptions.defaults())) {
      ModelOutput whole = own.run(List.of(TEXT), Detail.SCORES).get(0);
      boolean[] kept = new boolean[whole.positions().size()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = i % 3 != 0;
      }
      List<boolean[]> versions = List.of(kept, new boolean[kept.length]);
      for (Removal removal : Removal.values()) {
        List<ModelOutput> expected = own.erasure().orElseThrow().run(TEXT, versions, removal);
        List<ModelOutput> actual = foreign.erasure().orElseThrow().run(TEXT, versions, removal);
        for (int i = 0; i < versions.size(); i++) {
          assertThat(actual.get(i).positions()).isEqualTo(expected.get(i).positions());
          assertThat(actual.get(i).logits())
              .as("%s, version %s", removal, i)
              .containsExactly(expected.get(i).logits(), within(1e-5f));
        }
      }
      assertThat(foreign.gradients()).isEmpty();
      assertThat(foreign.norms()).isEmpty();
    }
  }
}
