package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Classifier;
import io.github.attentive.Device;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowProviderTest {
  private static final String ADVICE =
      "the tensorflow engine of this version opens no models yet; use the engine pytorch"
          + " (io.github.attentive:attentive-engine-djl-pytorch)";

  @TempDir Path folder;

  private static EngineProvider provider() {
    return ServiceLoader.load(EngineProvider.class).findFirst().orElseThrow();
  }

  @Test
  void isFoundByItsName() {
    assertThat(provider()).isInstanceOf(TensorFlowProvider.class);
    assertThat(provider().name()).isEqualTo("tensorflow");
    assertThat(provider().spiVersion()).isEqualTo(EngineProvider.SPI_VERSION);
    assertThat(EngineProvider.onClassPath())
        .extracting(EngineProvider::name)
        .containsExactly("tensorflow");
  }

  @Test
  void saysWhatItIsWithoutLoadingNatives() {
    EngineInfo info = provider().info();
    assertThat(info.version()).isEqualTo("2.16.1");
    assertThat(info.devices()).containsExactly(Device.CPU);
    assertThat(info.abilities()).containsExactly("opens no models yet");
    assertThat(provider().recipes()).isEmpty();
  }

  @Test
  void saysWhatToUseInstead() {
    assertThat(provider().objection(folder)).contains(ADVICE);
    assertThatThrownBy(() -> provider().open(folder, LoadOptions.defaults()))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessage(ADVICE);
    LoadOptions named = LoadOptions.builder().engine("tensorflow").build();
    assertThatThrownBy(() -> Classifier.load(folder, named))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessage(ADVICE);
    assertThatThrownBy(() -> Classifier.load(folder))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContainingAll("tensorflow: ", ADVICE);
  }
}
