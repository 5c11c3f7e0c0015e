package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import io.github.attentive.Classifier;
import io.github.attentive.Device;
import io.github.attentive.EngineUnavailableException;
import io.github.attentive.InferenceException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Recipe;
import io.github.attentive.Trainer;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.spi.EngineInfo;
import io.github.attentive.spi.EngineProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchProviderTest {
  @TempDir static Path model;

  private final EngineProvider provider = new PyTorchProvider();

  @BeforeAll
  static void train() {
    Trainer.train(Reviews.attention(1).build(), Reviews.small(), model);
  }

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(EngineProvider.class))
        .hasAtLeastOneElementOfType(PyTorchProvider.class);
    assertThat(EngineProvider.onClassPath()).extracting(EngineProvider::name).contains("pytorch");
    assertThat(provider.spiVersion()).isEqualTo(EngineProvider.SPI_VERSION);
    assertThat(provider.recipes()).containsExactlyInAnyOrder(Recipe.values());
  }

  @Test
  void saysItsVersionAndDevices() {
    EngineInfo info = provider.info();
    assertThat(info.version()).matches("2\\.7\\.1.* \\(DJL 0\\.35\\.1\\)");
    assertThat(info.devices()).contains(Device.CPU);
  }

  @Test
  void opensOnlyModelDirectories(@TempDir Path empty) {
    assertThat(provider.objection(model)).isEmpty();
    assertThat(provider.objection(empty)).isNotEmpty();
  }

  @Test
  void aDeviceThatIsNotThereIsNamed() {
    Device far = Device.gpu(99);
    LoadOptions options = LoadOptions.builder().device(far).build();
    assertThatThrownBy(() -> Classifier.load(model, options))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageStartingWith("device " + far + ": PyTorch finds only [" + Device.CPU);
    assertThatThrownBy(
            () -> Trainer.train(Reviews.attention(1).device(far).build(), Reviews.small(), model))
        .isInstanceOf(EngineUnavailableException.class);
  }

  @Test
  void threadsAreThoseOfTheOptions() {
    int before = JniUtils.getNumThreads();
    try {
      for (int threads : new int[] {2, 1, 3}) {
        LoadOptions options = LoadOptions.builder().threads(threads).build();
        try (Classifier classifier = Classifier.load(model, options)) {
          classifier.classify("the movie was boring");
          assertThat(JniUtils.getNumThreads()).isEqualTo(threads);
        }
      }
      Trainer.train(
          Reviews.attention(1).threads(2).build(), Reviews.small(), model.resolve("again"));
      assertThat(JniUtils.getNumThreads()).isEqualTo(2);
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void damagedWeightsGiveNoResult(float damage, @TempDir Path damaged) throws IOException {
    for (String name : List.of("config.json", "vocabulary.txt")) {
      Files.copy(model.resolve(name), damaged.resolve(name));
    }
    List<Parameter> weights = new ArrayList<>();
    for (StoredTensor tensor : Safetensors.read(model.resolve("model.safetensors")).values()) {
      float[] values = tensor.parameter().values();
      values[0] = damage;
      weights.add(Parameter.of(tensor.name(), tensor.shape(), values));
    }
    SafetensorsWriter.write(damaged.resolve("model.safetensors"), weights);
    try (Classifier classifier = Classifier.load(damaged)) {
      assertThatThrownBy(() -> classifier.classify("the movie was boring"))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("expected finite numbers");
    }
  }

  @Test
  void aDamagedFileIsNamed(@TempDir Path damaged) throws IOException {
    for (String name : List.of("config.json", "vocabulary.txt")) {
      Files.copy(model.resolve(name), damaged.resolve(name));
    }
    Files.write(damaged.resolve("model.safetensors"), new byte[100]);
    assertThatThrownBy(() -> Classifier.load(damaged))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(damaged.resolve("model.safetensors").toString());
  }
}
