package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of weights that go from the file straight into their target. */
class StoredFloatsTest {
  /** More than is converted at once, and not a multiple of it. */
  private static final int MANY = 200_003;

  @TempDir Path folder;

  private Parameter parameter(String type, byte[] data, int elements) throws IOException {
    Path file = folder.resolve("x.safetensors");
    return Safetensors.read(SafetensorsFile.write(file, type, "[" + elements + "]", data))
        .get("x")
        .parameter();
  }

  private static ByteBuffer target(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] counting(String type, int elements) {
    ByteBuffer data = ByteBuffer.allocate(elements * bytesOf(type)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      switch (type) {
        case "F32" -> data.putFloat(i * 0.5f);
        case "F64" -> data.putDouble(i * 0.5);
        case "BF16" -> data.putShort((short) (Float.floatToRawIntBits(i % 256) >>> 16));
        default -> data.putShort((short) (i & 0x7bff));
      }
    }
    return data.array();
  }

  private static int bytesOf(String type) {
    return switch (type) {
      case "F32" -> 4;
      case "F64" -> 8;
      default -> 2;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 3",
    "F16, 3",
    "BF16, 3",
    "F64, 3",
    "F32, " + MANY,
    "F16, " + MANY,
    "BF16, " + MANY,
    "F64, " + MANY
  })
  void aCopyIsTheView(String type, int elements) throws IOException {
    Parameter parameter = parameter(type, counting(type, elements), elements);
    for (int round = 0; round < 2; round++) {
      ByteBuffer target = target(elements * Float.BYTES + 8).position(4);
      parameter.copyTo(target);
      assertThat(target.position()).isEqualTo(elements * Float.BYTES + 4);
      assertThat(target.getInt(0)).isZero();
      assertThat(target.getInt(elements * Float.BYTES + 4)).isZero();
      ByteBuffer copied = target.duplicate().position(4).limit(elements * Float.BYTES + 4);
      assertThat(copied.mismatch(parameter.bytes())).isEqualTo(-1);
    }
  }

  @Test
  void knownNumbers() throws IOException {
    ByteBuffer halves = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    halves.putShort((short) 0x3c00).putShort((short) 0xc000);
    halves.putShort((short) 0x0001).putShort((short) 0x7c00);
    ByteBuffer target = target(16);
    parameter("F16", halves.array(), 4).copyTo(target);
    assertThat(target.getFloat(0)).isEqualTo(1f);
    assertThat(target.getFloat(4)).isEqualTo(-2f);
    assertThat(target.getFloat(8)).isEqualTo((float) Math.pow(2, -24));
    assertThat(target.getFloat(12)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({"F32", "F16", "BF16", "F64"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a mapped file cannot be cut there")
  void aFileThatHasBecomeShorterIsRefused(String type) throws IOException {
    int elements = 100_000;
    Parameter parameter = parameter(type, counting(type, elements), elements);
    Path file = folder.resolve("x.safetensors");
    for (long length : new long[] {Files.size(file) - 1, Files.size(file) / 2, 0}) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      assertThatThrownBy(() -> parameter.copyTo(target(elements * Float.BYTES)))
          .isInstanceOf(ModelLoadException.class)
          .hasMessage(
              "%s: tensor 'x': the file has become shorter since its header was read", file);
    }
    Files.delete(file);
    assertThatThrownBy(() -> parameter.copyTo(target(elements * Float.BYTES)))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(file + ": tensor 'x': cannot be read: ");
  }
}
