package io.github.attentive.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Dataset;
import io.github.attentive.Device;
import io.github.attentive.ExportFormat;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.LoadOptions;
import io.github.attentive.Recipe;
import io.github.attentive.Token;
import io.github.attentive.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What providers are made of. */
class SpiTest {
  private static final TokenSpan CLS = new TokenSpan("[CLS]", 1, 0, Token.NO_WORD, 0, 0, true);
  private static final TokenSpan GOOD = new TokenSpan("good", 7, 0, 0, 0, 4, false);

  @Test
  void spansAreChecked() {
    assertThat(GOOD.end()).isEqualTo(4);
    assertThat(CLS.special()).isTrue();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new TokenSpan("x", 1, 0, 0, 3, 2, false))
        .withMessage("token 'x': expected 0 <= start <= end and a word, got [3, 2), word 0");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new TokenSpan("x", 1, 0, 0, -1, 2, false))
        .withMessageContaining("got [-1, 2), word 0");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new TokenSpan("x", 1, 0, Token.NO_WORD, 0, 2, false))
        .withMessageContaining("got [0, 2), word -1");
    assertThatNullPointerException().isThrownBy(() -> new TokenSpan(null, 1, 0, 0, 0, 2, false));
  }

  @Test
  void outputsAreCopied() {
    List<TokenSpan> positions = new ArrayList<>(List.of(CLS, GOOD));
    float[] logits = {1, 2};
    float[] scores = {0.25f, 0.75f};
    ModelOutput output = new ModelOutput(positions, true, logits, scores, null);
    positions.clear();
    logits[0] = 9;
    scores[0] = 9;
    output.logits()[1] = 9;
    output.scores()[1] = 9;
    assertThat(output.positions()).containsExactly(CLS, GOOD);
    assertThat(output.truncated()).isTrue();
    assertThat(output.logits()).containsExactly(1, 2);
    assertThat(output.scores()).containsExactly(0.25f, 0.75f);
    assertThat(output.attention()).isEmpty();
    AttentionTensor attention = new AttentionTensor(1, 1, 1, 2, new float[] {0.5f, 0.5f});
    assertThat(
            new ModelOutput(List.of(CLS, GOOD), false, new float[0], scores, attention).attention())
        .containsSame(attention);
  }

  @Test
  void eachDetailIncludesTheOnesBefore() {
    assertThat(Detail.SCORES.includes(Detail.SCORES)).isTrue();
    assertThat(Detail.SCORES.includes(Detail.ATTENTION)).isFalse();
    assertThat(Detail.ATTENTION.includes(Detail.SCORES)).isTrue();
    assertThat(Detail.ATTENTION.includes(Detail.QUERIES_AND_KEYS)).isFalse();
    assertThat(Detail.QUERIES_AND_KEYS.includes(Detail.ATTENTION)).isTrue();
  }

  @Test
  void enginesAreDescribed() {
    List<Device> devices = new ArrayList<>(List.of(Device.CPU));
    List<String> abilities = new ArrayList<>(List.of("classify"));
    EngineInfo info = new EngineInfo("2.7", devices, abilities);
    devices.clear();
    abilities.clear();
    assertThat(info.version()).isEqualTo("2.7");
    assertThat(info.devices()).containsExactly(Device.CPU);
    assertThat(info.abilities()).containsExactly("classify");
    assertThatNullPointerException().isThrownBy(() -> new EngineInfo(null, List.of(), List.of()));
  }

  @Test
  void aProviderTrainsNothingUnlessItSaysSo() {
    EngineProvider provider =
        new EngineProvider() {
          @Override
          public String name() {
            return "plain";
          }

          @Override
          public int spiVersion() {
            return SPI_VERSION;
          }

          @Override
          public int priority() {
            return 0;
          }

          @Override
          public EngineInfo info() {
            return new EngineInfo("1", List.of(), List.of());
          }

          @Override
          public Optional<String> objection(Path model) {
            return Optional.empty();
          }

          @Override
          public EngineModel open(Path model, LoadOptions options) {
            throw new UnsupportedOperationException();
          }
        };
    assertThat(provider.recipes()).isEmpty();
    Dataset data = Dataset.of(List.of(LabelledText.of("a", "x"), LabelledText.of("b", "y")));
    TrainingOptions options = TrainingOptions.builder(Recipe.KERAS_POOLING).build();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> provider.train(options, data, null, Path.of("x")))
        .withMessage("engine 'plain' does not train");
    assertThat(provider.exportFormats()).isEmpty();
    Path path = Path.of("x");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(
            () -> provider.export(path, ExportFormat.TORCHSCRIPT, path, LoadOptions.defaults()))
        .withMessage("engine 'plain' does not export");
  }
}
