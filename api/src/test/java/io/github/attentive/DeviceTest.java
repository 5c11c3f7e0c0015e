package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu:0", "gpu:1", "gpu:15", "gpu:999"})
  void writtenFormReadsBack(String name) {
    assertThat(Device.parse(name)).hasToString(name);
    assertThat(Device.parse(Device.parse(name).toString())).isEqualTo(Device.parse(name));
  }

  @Test
  void parsed() {
    assertThat(Device.parse("cpu")).isEqualTo(Device.CPU);
    assertThat(Device.CPU).isEqualTo(new Device(Device.Kind.CPU, 0));
    assertThat(Device.parse("gpu")).isEqualTo(Device.gpu(0)).hasToString("gpu:0");
    assertThat(Device.parse("gpu:3")).isEqualTo(new Device(Device.Kind.GPU, 3));
    assertThat(Device.gpu(2)).isNotEqualTo(Device.gpu(3)).isNotEqualTo(Device.CPU);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CPU",
        "cpu:0",
        "gpu:",
        "gpu:-1",
        "gpu: 1",
        " gpu",
        "gpu:1 ",
        "gpu:1000",
        "gpu:1.5",
        "cuda",
        "GPU:0",
        "gpu:\u0661",
        "gpu:99999999999999999999"
      })
  void anythingElseIsRefused(String name) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Device.parse(name))
        .withMessage("device: expected cpu, gpu or gpu:N, got '" + name + "'");
  }

  @Test
  void indexIsRefusedWithWhatFits() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Device.gpu(-1))
        .withMessage("device index: expected 0 or above, got -1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new Device(Device.Kind.CPU, 1))
        .withMessage("device index: expected 0 for the CPU, got 1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new Device(Device.Kind.CPU, -1))
        .withMessage("device index: expected 0 for the CPU, got -1");
    assertThatNullPointerException().isThrownBy(() -> new Device(null, 0));
    assertThatNullPointerException().isThrownBy(() -> Device.parse(null));
  }
}
