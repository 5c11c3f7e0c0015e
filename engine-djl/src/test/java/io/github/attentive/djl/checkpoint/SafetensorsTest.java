package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.safetensors");
  }

  private static List<Parameter> tensors() {
    return List.of(
        Parameter.of("z", Shape.ofSizes(2, 3), new float[] {1, -0f, 3e-45f, 4, 5, 6}),
        Parameter.of("a \"ü\" <\uD83D\uDE00>", Shape.of(), new float[] {Float.NaN}),
        Parameter.of(
            "m", Shape.ofSizes(1, 2, 1), new float[] {Float.NEGATIVE_INFINITY, Float.MAX_VALUE}));
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    Files.write(file, SafetensorsWriter.write(tensors()));
    Map<String, Parameter> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactly("z", "a \"ü\" <\uD83D\uDE00>", "m");
    for (Parameter tensor : tensors()) {
      Parameter found = read.get(tensor.name());
      assertThat(found.name()).isEqualTo(tensor.name());
      assertThat(found.shape()).isEqualTo(tensor.shape());
      assertThat(found.bytes()).isEqualTo(tensor.bytes());
    }
  }

  @Test
  void noTensorsAreAFile() throws IOException {
    Files.write(file, SafetensorsWriter.write(List.of()));
    assertThat(Safetensors.read(file)).isEmpty();
  }

  @Test
  void equalTensorsGiveEqualBytes() {
    assertThat(SafetensorsWriter.write(tensors())).isEqualTo(SafetensorsWriter.write(tensors()));
  }

  @Test
  void bytesAreThoseOfTheFormat() {
    byte[] bytes =
        SafetensorsWriter.write(
            List.of(
                Parameter.of("a", Shape.ofSizes(1, 2), new float[] {1, 2}),
                Parameter.of("b", Shape.ofSizes(1), new float[] {3})));
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
    int padded = (header.length() + 7) / 8 * 8;
    ByteBuffer expected = ByteBuffer.allocate(8 + padded + 12).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded).put(header.getBytes(StandardCharsets.US_ASCII));
    expected.put(" ".repeat(padded - header.length()).getBytes(StandardCharsets.US_ASCII));
    expected.putFloat(1).putFloat(2).putFloat(3);
    assertThat(bytes).isEqualTo(expected.array());
  }

  @Test
  void readsTensorsInAnotherOrderThanTheirBytes() throws IOException {
    SafetensorsFile.of(
            "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                + "\"a\":{\"data_offsets\":[0,8],\"shape\":[2],\"dtype\":\"F32\"}}",
            12)
        .write(file);
    Map<String, Parameter> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactly("b", "a");
    // The bytes of SafetensorsFile count upwards from 0.
    assertThat(read.get("a").bytes().get(0)).isEqualTo((byte) 0);
    assertThat(read.get("b").bytes().get(0)).isEqualTo((byte) 8);
  }

  @Test
  void anUnreadablePathIsNamed() {
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("none.safetensors")))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("none.safetensors: cannot be read");
    assertThatThrownBy(() -> Safetensors.read(folder))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(folder.toString());
  }
}
