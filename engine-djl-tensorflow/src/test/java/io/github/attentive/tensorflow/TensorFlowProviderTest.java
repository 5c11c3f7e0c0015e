package io.github.attentive.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Classifier;
import io.github.attentive.Device;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.ExportFormat;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowProviderTest {
  @TempDir Path folder;

  private static EngineProvider provider() {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(TensorFlowProvider.class::isInstance)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isFoundByItsName() {
    assertThat(provider().name()).isEqualTo("tensorflow");
    assertThat(provider().spiVersion()).isEqualTo(EngineProvider.SPI_VERSION);
    assertThat(EngineProvider.onClassPath())
        .extracting(EngineProvider::name)
        .contains("tensorflow");
  }

  @Test
  void saysWhatItIs() {
    EngineInfo info = provider().info();
    assertThat(info.version()).startsWith("2.16.1 (DJL ");
    assertThat(info.devices()).startsWith(Device.CPU);
    assertThat(info.abilities())
        .containsExactly(
            "opens Hugging Face, Keras and attentive directories",
            "opens SavedModels, where their origin is trusted",
            "explains by attention",
            "exports savedmodel");
    assertThat(provider().recipes()).isEmpty();
    assertThat(provider().exportFormats()).containsExactly(ExportFormat.SAVED_MODEL);
  }

  @Test
  void saysWhyItDoesNotOpenADirectory() {
    assertThat(provider().objection(folder))
        .hasValueSatisfying(reason -> assertThat(reason).contains("config.json: is missing"));
    assertThatThrownBy(() -> Classifier.load(folder))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("config.json: is missing");
  }

  @Test
  void namesTheDevicesItFinds() {
    LoadOptions options = LoadOptions.builder().device(Device.gpu(7)).build();
    assertThatThrownBy(() -> Classifier.load(SharedFixtures.path("hf/bert"), options))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContainingAll("device gpu:7: TensorFlow finds only", "libraries for CUDA");
  }
}
