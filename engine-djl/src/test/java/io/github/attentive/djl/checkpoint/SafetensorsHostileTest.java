package io.github.attentive.djl.checkpoint;

import static io.github.attentive.djl.checkpoint.SafetensorsFile.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that lie are refused with a {@link ModelLoadException} that names them, whatever they do.
 */
class SafetensorsHostileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.safetensors");
  }

  private void assertRefused(byte[] content, String... says) throws IOException {
    Files.write(file, content);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String part : says) {
            assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining(part);
          }
          assertThatThrownBy(() -> Safetensors.read(file))
              .isInstanceOf(ModelLoadException.class)
              .hasMessageStartingWith(file + ": ");
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void shorterThanItsLengthField(int size) throws IOException {
    assertRefused(new byte[size], "expected at least 8 bytes, got " + size);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 100_000_001, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE})
  void headerLengthThatCannotBe(long length) throws IOException {
    assertRefused(
        new SafetensorsFile(length, "{}".getBytes(StandardCharsets.US_ASCII), 0).bytes(),
        "got a length of " + length);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -8, Long.MIN_VALUE})
  void negativeHeaderLengthIsSaidUnsigned(long length) throws IOException {
    assertRefused(
        new SafetensorsFile(length, new byte[64], 0).bytes(),
        "got a length of " + Long.toUnsignedString(length));
  }

  @Test
  void headerThatIsNotUtf8() throws IOException {
    byte[] header = {'{', '"', (byte) 0xC3, '"', '}'};
    assertRefused(new SafetensorsFile(5, header, 0).bytes(), "the header is not UTF-8");
    byte[] surrogate = {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'};
    assertRefused(new SafetensorsFile(7, surrogate, 0).bytes(), "the header is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  ",
        "{ ",
        "[]",
        "nonsense",
        "\"text\"",
        "null",
        "12",
        "{\"x\":1}",
        "{\"x\":null}",
        "{\"x\":[]}",
        "{'x':{}}",
        "{x:{}}",
        "{\"x\":{}",
        "{\"__metadata__\":{\"a\":}}",
        "{\"__metadata__\":{}",
        "{}x",
        "{}{}",
        "{},",
        " {}",
        "\uFEFF{}",
        "{\"__metadata__\":null}",
        "{\"__metadata__\":\"a\"}",
        "{\"__metadata__\":[]}",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"__metadata__\":{\"a\":null}}",
        "{\"__metadata__\":{\"a\":{}}}",
        "{\"__metadata__\":{\"a\":\"b\",\"a\":\"b\"}}",
        "{\"__metadata__\":{},\"__metadata__\":{}}"
      })
  void headerThatIsNotTheJsonOfTheFormat(String header) throws IOException {
    assertRefused(SafetensorsFile.of(header, 0).bytes());
  }

  static Stream<Arguments> damagedEntries() {
    String good = entry("x", "[1]", "[0,4]");
    return Stream.of(
        Arguments.of("{" + good + "," + good + "}", 4, "the header: 'x' stands twice"),
        Arguments.of(
            "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            4,
            "tensor 'x': 'dtype' stands twice"),
        Arguments.of(
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}",
            4,
            "tensor 'x': 'shape' stands twice"),
        Arguments.of(
            good.replaceFirst("(.*)", "{$1}").replace("F32", "F33"),
            4,
            "tensor 'x': expected a dtype of the safetensors format such as F32, got 'F33'"),
        Arguments.of(
            "{" + good.replace("\"F32\"", "32") + "}",
            4,
            "tensor 'x': 'dtype': expected a text, got NUMBER"),
        Arguments.of("{" + good.replace("F32", "F64") + "}", 4, "expected 8 bytes"),
        Arguments.of("{" + good.replace("dtype", "dType") + "}", 4, "unknown field 'dType'"),
        Arguments.of("{" + good.replace("[1]", "[1],\"x\":1") + "}", 4, "unknown field 'x'"),
        Arguments.of("{\"x\":{}}", 4, "expected dtype, shape and data_offsets"),
        Arguments.of("{\"x\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "expected dtype"),
        Arguments.of("{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, "expected dtype"),
        Arguments.of("{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "expected dtype"));
  }

  @ParameterizedTest
  @MethodSource("damagedEntries")
  void tensorsThatAreNotDescribedOnce(String header, int data, String says) throws IOException {
    assertRefused(SafetensorsFile.of(header, data).bytes(), says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0]",
        "[2,0]",
        "[0,-1]",
        "[-0]",
        "[1e0]",
        "[1.0]",
        "[01]",
        "[4611686018427387904,4,0]",
        "[-1]",
        "[-1,-1]",
        "[9223372036854775807]",
        "[1099511627776,1099511627776]",
        "[4294967296,4294967296,4]",
        "[65536,65536,65536,65536]",
        "[536870912]",
        "[-9223372036854775808]",
        "[9223372036854775808]",
        "[1.5]",
        "[\"1\"]",
        "[1e300]",
        "[null]",
        "[true]",
        "[[1]]",
        "{}",
        "1",
        "null",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]"
      })
  void shapesThatCannotBe(String shape) throws IOException {
    assertRefused(SafetensorsFile.tensor(shape, "[0,4]", 4).bytes());
  }

  @Test
  void sixteenAxesAreStillRead() throws IOException {
    SafetensorsFile.tensor("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[0,4]", 4).write(file);
    assertThat(Safetensors.read(file).get("x").shape().rank()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0,8]",
        "[0,2]",
        "[4,0]",
        "[4,8]",
        "[8,12]",
        "[0,0]",
        "[-4,0]",
        "[0,-4]",
        "[9223372036854775804,9223372036854775807]",
        "[-9223372036854775808,-9223372036854775804]",
        "[0]",
        "[]",
        "[0,4,8]",
        "[0,4.5]",
        "[\"0\",\"4\"]",
        "4"
      })
  void offsetsThatDoNotFitOneTensorOfFourBytes(String offsets) throws IOException {
    assertRefused(SafetensorsFile.tensor("[1]", offsets, 4).bytes());
  }

  static Stream<Arguments> rangesOfTwo() {
    return Stream.of(
        Arguments.of("overlap", "[0,8]", "[4,12]", 12),
        Arguments.of("the same range", "[0,8]", "[0,8]", 8),
        Arguments.of("gap", "[0,8]", "[12,20]", 20),
        Arguments.of("gap at the start", "[4,12]", "[12,20]", 20),
        Arguments.of("beyond the file", "[0,8]", "[8,16]", 12),
        Arguments.of("trailing bytes", "[0,8]", "[8,16]", 17));
  }

  @ParameterizedTest
  @MethodSource("rangesOfTwo")
  void rangesThatDoNotTileTheData(String what, String first, String second, int data)
      throws IOException {
    String header = "{" + entry("x", "[2]", first) + "," + entry("y", "[2]", second) + "}";
    assertRefused(SafetensorsFile.of(header, data).bytes());
  }

  @Test
  void saysWhatWasExpectedAndFound() throws IOException {
    assertRefused(
        SafetensorsFile.tensor("[2,3]", "[0,20]", 20).bytes(),
        "tensor 'x': expected 24 bytes from byte 0 of the data's 20, got offsets 0 to 20",
        "fetch or save it again");
    assertRefused(
        SafetensorsFile.tensor("[2,3]", "[0,24]", 25).bytes(), "expected 24 bytes of data, got 25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "["})
  void deepNestingInTheMetadata(String opening) throws IOException {
    String deep = "{\"__metadata__\":" + opening.repeat(100_000);
    assertRefused(SafetensorsFile.of(deep, 0).bytes());
  }

  @Test
  void aLongHeaderOfNothingIsReadOrRefusedInTime() throws IOException {
    String blank = "{" + " ".repeat(5_000_000) + "}";
    SafetensorsFile.of(blank, 0).write(file);
    assertThat(Safetensors.read(file)).isEmpty();
    assertRefused(SafetensorsFile.of("{" + " ".repeat(5_000_000), 0).bytes());
  }

  @Test
  void namesOfEnormousLength() throws IOException {
    assertRefused(
        SafetensorsFile.of("{" + entry("x".repeat(1001), "[1]", "[0,4]") + "}", 4).bytes(),
        "the header: expected names of at most 1000 characters, got one of 1001: xxx");
    String longest = "x".repeat(1000);
    SafetensorsFile.of("{" + entry(longest, "[1]", "[0,4]") + "}", 4).write(file);
    assertThat(Safetensors.read(file)).containsOnlyKeys(longest);
    byte[] enormous = SafetensorsFile.of("{\"" + "\\\\".repeat(6_000_000), 0).bytes();
    assertRefused(enormous, "a string of more than 10000000 bytes in the header");
    // The array of the header itself, and no string.
    assertThat(AllocatedBytes.of(() -> readOrRefuse(file))).isLessThan(enormous.length + 2_000_000);
  }

  @Test
  void moreTensorsThanAnyModelHas() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 100_001; i++) {
      header.append(i == 0 ? "" : ",").append(entry("x" + i, "[0]", "[0,0]"));
    }
    assertRefused(
        SafetensorsFile.of(header + "}", 0).bytes(), "the header: expected at most 100000 names");
  }

  @Test
  void aGitLfsPointerIsNoTensorFile() throws IOException {
    assertRefused(
        ("version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 9\n")
            .getBytes(StandardCharsets.US_ASCII),
        "got the Git LFS pointer to it",
        "run `git lfs pull`");
  }

  @ParameterizedTest
  @ValueSource(longs = {100_000_000, 100_000_001, 1L << 40, Long.MIN_VALUE})
  void declaredSizesAllocateNothing(long declared) throws IOException {
    Files.write(file, new SafetensorsFile(declared, new byte[64], 0).bytes());
    assertThat(AllocatedBytes.of(() -> readOrRefuse(file))).isLessThan(1_000_000);
  }

  private static void readOrRefuse(Path file) {
    try {
      Safetensors.read(file);
    } catch (ModelLoadException e) {
      assertThat(e).hasMessageStartingWith(file + ": ");
    }
  }
}
