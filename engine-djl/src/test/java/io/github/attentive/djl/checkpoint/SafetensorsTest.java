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
import java.util.stream.IntStream;
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

  private byte[] written(List<Parameter> tensors) throws IOException {
    SafetensorsWriter.write(file, tensors);
    return Files.readAllBytes(file);
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    SafetensorsWriter.write(file, tensors());
    Map<String, StoredTensor> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactly("z", "a \"ü\" <\uD83D\uDE00>", "m");
    for (Parameter tensor : tensors()) {
      Parameter found = read.get(tensor.name()).parameter();
      assertThat(found.name()).isEqualTo(tensor.name());
      assertThat(found.shape()).isEqualTo(tensor.shape());
      assertThat(found.bytes()).isEqualTo(tensor.bytes());
    }
  }

  @Test
  void noTensorsAreAFile() throws IOException {
    SafetensorsWriter.write(file, List.of());
    assertThat(Safetensors.read(file)).isEmpty();
  }

  @Test
  void equalTensorsGiveEqualBytes() throws IOException {
    assertThat(written(tensors())).isEqualTo(written(tensors()));
  }

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    byte[] bytes =
        written(
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
  void onlyFloatsOfDifferentNamesAreWritten() throws IOException {
    SafetensorsWriter.write(file, tensors());
    byte[] before = Files.readAllBytes(file);
    Parameter integers = Parameter.table("t", Shape.ofSizes(1), new long[1]);
    Parameter weight = Parameter.of("w", Shape.ofSizes(1), new float[1]);
    Parameter reserved = Parameter.of("__metadata__", Shape.ofSizes(1), new float[1]);
    assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(integers)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor 't': expected type FLOAT32, the only one written, got INT64");
    assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(weight, weight)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tensor 'w': the name stands twice");
    assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(reserved)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tensor '__metadata__'");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aTensorThatCannotBeMadeLeavesTheOldFile() throws IOException {
    SafetensorsWriter.write(file, tensors());
    byte[] before = Files.readAllBytes(file);
    Parameter weight = Parameter.of("w", Shape.ofSizes(1), new float[1]);
    Parameter wrong = Parameter.lazy("x", Shape.ofSizes(2), () -> ByteBuffer.allocate(4));
    assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(weight, wrong)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).hasBinaryContent(before);
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
  }

  /** Eight tensors of 16 MB over one buffer, which is all that is held of them. */
  @Test
  void tensorsAreWrittenOneAfterTheOther() {
    ByteBuffer block = ByteBuffer.allocate(1 << 24).order(ByteOrder.LITTLE_ENDIAN);
    block.putFloat(0, 5).putFloat(block.limit() - 4, 7);
    Shape shape = Shape.ofSizes(block.limit() / 4);
    List<Parameter> tensors =
        IntStream.range(0, 8)
            .mapToObj(i -> Parameter.lazy("x" + i, shape, block::duplicate))
            .toList();
    assertThat(AllocatedBytes.of(() -> SafetensorsWriter.write(file, tensors)))
        .isLessThan(4_000_000);
    ByteBuffer last = Safetensors.read(file).get("x7").bytes();
    assertThat(last.getFloat(0)).isEqualTo(5);
    assertThat(last.getFloat(last.limit() - 4)).isEqualTo(7);
  }

  /** The bytes are those of the old file, which goes on living while it is mapped. */
  @Test
  void aFileIsReplacedByItsOwnTensors() throws IOException {
    SafetensorsWriter.write(file, tensors());
    byte[] before = Files.readAllBytes(file);
    SafetensorsWriter.write(
        file, Safetensors.read(file).values().stream().map(StoredTensor::parameter).toList());
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void readsTensorsInAnotherOrderThanTheirBytes() throws IOException {
    SafetensorsFile.of(
            "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                + "\"a\":{\"data_offsets\":[0,8],\"shape\":[2],\"dtype\":\"F32\"}}",
            12)
        .write(file);
    Map<String, StoredTensor> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactly("b", "a");
    // The bytes of SafetensorsFile count upwards from 0.
    assertThat(read.get("a").bytes().get(0)).isEqualTo((byte) 0);
    assertThat(read.get("b").bytes().get(0)).isEqualTo((byte) 8);
  }

  @Test
  void anUnreadablePathIsNamed() {
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("none.safetensors")))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("none.safetensors: is missing");
    assertThatThrownBy(() -> Safetensors.read(folder))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(folder.toString());
  }
}
