package io.github.attentive.djl.checkpoint;

import static io.github.attentive.djl.checkpoint.SafetensorsFile.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTensorTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.safetensors");
  }

  private StoredTensor tensor(String type, String shape, byte... data) throws IOException {
    return Safetensors.read(SafetensorsFile.write(file, type, shape, data)).get("x");
  }

  private void assertRefused(ThrowingCallable call, String says) {
    assertThatThrownBy(call)
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(file + ": tensor 'x': " + says);
  }

  @Test
  void tellsWhatIsStored() throws IOException {
    StoredTensor tensor = tensor("F16", "[2,1]", (byte) 0, (byte) 0x3c, (byte) 0, (byte) 0xc0);
    assertThat(tensor.file()).isEqualTo(file);
    assertThat(tensor.name()).isEqualTo("x");
    assertThat(tensor.type()).isEqualTo(StoredType.F16);
    assertThat(tensor.sizes()).containsExactly(2, 1);
    assertThat(tensor.elements()).isEqualTo(2);
    assertThat(tensor.shape()).isEqualTo(Shape.ofSizes(2, 1));
    assertThat(tensor.bytes().isReadOnly()).isTrue();
    assertThat(tensor.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(tensor.bytes().getShort()).isEqualTo((short) 0x3c00);
    assertThat(tensor).hasToString("x F16[2, 1]");
    tensor.sizes()[0] = 5;
    assertThat(tensor.sizes()).containsExactly(2, 1);
    Parameter parameter = tensor.parameter();
    assertThat(parameter).hasToString("x[2, 1]");
    assertThat(parameter.trainable()).isTrue();
    assertThat(parameter.values()).containsExactly(1, -2);
  }

  @Test
  void floatsShareTheMappedBytes() throws IOException {
    StoredTensor tensor = tensor("F32", "[1]", (byte) 0, (byte) 0, (byte) 0x80, (byte) 0x3f);
    assertThat(tensor.parameter().bytes().isDirect()).isTrue();
    assertThat(tensor.parameter().values()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({"F64, 000000000000f03f", "F16, 003c", "BF16, 803f", "F32, 0000803f"})
  void everyWeightIsReadAsFloats(String type, String hex) throws IOException {
    byte[] data = HexFormat.of().parseHex(hex);
    assertThat(tensor(type, "[]", data).parameter().values()).containsExactly(1);
    assertThat(tensor(type, "[]", data).parameter().shape()).isEqualTo(Shape.of());
    assertRefused(
        () -> tensor(type, "[1]", data).integers(),
        "expected integers of type I64, I32, I16, I8, U8 or BOOL, got " + type);
  }

  @ParameterizedTest
  @CsvSource({
    "I64, ffffffffffffffff0000000000000080, -1, -9223372036854775808",
    "I32, ffffffff00000080, -1, -2147483648",
    "I16, ffff0080, -1, -32768",
    "I8, ff80, -1, -128",
    "U8, ff80, 255, 128",
    "BOOL, 0100, 1, 0"
  })
  void everyIntegerTypeIsReadAsLongs(String type, String hex, long first, long second)
      throws IOException {
    byte[] data = HexFormat.of().parseHex(hex);
    assertThat(tensor(type, "[2]", data).integers()).containsExactly(first, second);
    assertRefused(
        () -> tensor(type, "[2]", data).parameter(),
        "expected a weight of type F32, F16, BF16 or F64, got " + type);
  }

  @ParameterizedTest
  @EnumSource(StoredType.class)
  void theSizeOfEveryTypeIsChecked(StoredType type) throws IOException {
    byte[] data = new byte[type.bits()];
    StoredTensor tensor = tensor(type.name(), "[2,4]", data);
    assertThat(tensor.bytes().remaining()).isEqualTo(data.length);
    assertThat(StoredType.named(type.name())).contains(type);
    if (!type.isWeight()) {
      assertThatThrownBy(tensor::parameter).hasMessageContaining("got " + type);
    }
    if (!type.isInteger()) {
      assertThatThrownBy(tensor::integers).hasMessageContaining("got " + type);
    }
    assertThatThrownBy(() -> tensor(type.name(), "[2,4]", new byte[type.bits() + 1]))
        .hasMessageContaining("expected " + type.bits() + " bytes from byte 0");
  }

  @Test
  void packedElementsFillWholeBytes() throws IOException {
    assertThat(tensor("F4", "[3,2]", new byte[3]).elements()).isEqualTo(6);
    assertThatThrownBy(() -> tensor("F4", "[3]", new byte[2]))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("tensor 'x': expected whole bytes, got 12 bits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F16", "I64"})
  void anAxisOfSizeZeroIsReadButIsNoWeight(String type) throws IOException {
    StoredTensor tensor = tensor(type, "[2,0,3]");
    assertThat(tensor.elements()).isZero();
    assertThat(tensor.bytes().remaining()).isZero();
    assertRefused(tensor::shape, "expected sizes of at least 1, got shape [2, 0, 3]");
    if (type.equals("I64")) {
      assertThat(tensor.integers()).isEmpty();
    } else {
      assertRefused(tensor::parameter, "expected sizes of at least 1, got shape [2, 0, 3]");
    }
  }

  @Test
  void tensorsWithoutElementsLieBetweenOthers() throws IOException {
    SafetensorsFile.of(
            "{"
                + entry("z", "[0]", "[8,8]")
                + ","
                + entry("b", "[1]", "[4,8]")
                + ","
                + entry("y", "[4,0]", "[4,4]")
                + ","
                + entry("a", "[1]", "[0,4]")
                + "}",
            8)
        .write(file);
    Map<String, StoredTensor> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactly("z", "b", "y", "a");
    assertThat(read.get("b").bytes().get()).isEqualTo((byte) 4);
    assertThat(read.get("a").bytes().get()).isEqualTo((byte) 0);
    assertThatThrownBy(read::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  /** A file with holes: nothing of its size is on the disk, or may be allocated. */
  private Map<String, StoredTensor> large(String header, long dataLength) throws IOException {
    byte[] start = SafetensorsFile.of(header, 0).bytes();
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(start);
      sparse.setLength(start.length + dataLength);
      sparse.seek(start.length + dataLength - 4);
      sparse.write(new byte[] {1, 2, 3, 4});
    }
    ByteBuffer[] last = new ByteBuffer[1];
    assertThat(AllocatedBytes.of(() -> last[0] = Safetensors.read(file).get("z").bytes()))
        .isLessThan(1_000_000);
    assertThat(last[0].getInt(last[0].limit() - 4)).isEqualTo(0x04030201);
    return Safetensors.read(file);
  }

  @Test
  void aTensorTooLargeForABufferIsRefusedOnlyWhenUsed() throws IOException {
    long end = 3L << 30;
    Map<String, StoredTensor> read =
        large(
            "{"
                + entry("a", "[1]", "[0,4]")
                + ","
                + entry("x", "[805306368]", "[4," + (end + 4) + "]")
                + ","
                + entry("z", "[1]", "[" + (end + 4) + "," + (end + 8) + "]")
                + "}",
            end + 8);
    StoredTensor tensor = read.get("x");
    assertThat(tensor.shape()).isEqualTo(Shape.ofSizes(805306368));
    assertRefused(tensor::bytes, "expected at most 2147483639 bytes, got 3221225472");
    assertRefused(tensor::parameter, "expected at most 2147483639 bytes, got 3221225472");
    assertThat(read.get("a").parameter().values()).containsExactly(0);
  }

  @Test
  void aTensorTooLargeOnceConvertedIsRefused() throws IOException {
    Map<String, StoredTensor> read =
        large(
            "{"
                + entry("x", "F16", "[805306368]", "[0,1610612736]")
                + ","
                + entry("z", "I32", "[1]", "[1610612736,1610612740]")
                + "}",
            1610612740);
    assertThat(read.get("x").bytes().remaining()).isEqualTo(1610612736);
    assertRefused(
        read.get("x")::parameter,
        "expected at most 2147483639 bytes as 32-bit floats, got 3221225472");
    assertThat(read.get("z").integers()).containsExactly(0x04030201);
  }

  /** Regions end between tensors. */
  @Test
  void tensorsOfSeveralRegionsAreMapped() throws IOException {
    long size = 700L << 20;
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 3; i++) {
      String offsets = "[" + i * size + "," + (i + 1) * size + "]";
      header.append(entry("x" + i, "[" + size / 4 + "]", offsets)).append(',');
    }
    header.append(entry("z", "[2]", "[" + 3 * size + "," + (3 * size + 8) + "]")).append('}');
    Map<String, StoredTensor> read = large(header.toString(), 3 * size + 8);
    for (int i = 0; i < 3; i++) {
      StoredTensor tensor = read.get("x" + i);
      assertThat(AllocatedBytes.of(tensor::parameter)).isLessThan(100_000);
      assertThat(tensor.bytes().getInt(tensor.bytes().limit() - 4)).isZero();
    }
  }
}
