package io.github.attentive.djl.checkpoint;

import static io.github.attentive.djl.checkpoint.SafetensorsFile.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
  private static final int FUZZED_FILES = 3000;

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
        "{},"
      })
  void headerThatIsNotTheJsonOfTheFormat(String header) throws IOException {
    assertRefused(SafetensorsFile.of(header, 0).bytes());
  }

  static Stream<Arguments> damagedEntries() {
    String good = entry("x", "[1]", "[0,4]");
    return Stream.of(
        Arguments.of("{" + good + "," + good + "}", 4, "tensor 'x' stands in the header twice"),
        Arguments.of(
            "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            4,
            "tensor 'x': field 'dtype' stands twice"),
        Arguments.of(
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}",
            4,
            "tensor 'x': field 'shape' stands twice"),
        Arguments.of(good.replaceFirst("(.*)", "{$1}").replace("F32", "F33"), 4, "got F33"),
        Arguments.of("{" + good.replace("\"F32\"", "32") + "}", 4, "got 32"),
        Arguments.of("{" + good.replace("F32", "F64") + "}", 4, "got F64"),
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

  /** Any flip, cut or growth of a good file gives a refusal, or tensors that fit the file. */
  @Test
  void anyDamageIsARefusalOrAWellFormedResult() {
    byte[] good =
        SafetensorsWriter.write(
            List.of(
                Parameter.of("embedding.weight", Shape.ofSizes(5, 4), new float[20]),
                Parameter.of("dense.bias", Shape.ofSizes(3), new float[] {1, 2, 3})));
    SplittableRandom random = new SplittableRandom(42);
    int[] refused = new int[1];
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < FUZZED_FILES; i++) {
            byte[] bad = damaged(good, random);
            Files.write(file, bad);
            refused[0] += isRefused(bad) ? 1 : 0;
          }
        });
    // Were all refused or none, the fuzz would show nothing.
    assertThat(refused[0]).isBetween(FUZZED_FILES / 2, FUZZED_FILES - FUZZED_FILES / 20);
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    byte[] bad = good.clone();
    switch (random.nextInt(4)) {
      case 0 -> bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      case 1 -> bad = Arrays.copyOf(bad, bad.length + 1 + random.nextInt(64));
      case 2 -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      default -> {
        int at = random.nextInt(bad.length);
        String soup = "{}[],:\"\\0123456789-eE. x";
        for (int i = at; i < Math.min(at + 3, bad.length); i++) {
          bad[i] = (byte) soup.charAt(random.nextInt(soup.length()));
        }
      }
    }
    return bad;
  }

  private boolean isRefused(byte[] content) {
    try {
      long bytes = 0;
      for (Parameter tensor : Safetensors.read(file).values()) {
        assertThat(tensor.values()).hasSize((int) tensor.shape().elements());
        bytes += tensor.bytes().remaining();
      }
      assertThat(bytes).isLessThan(content.length);
      return false;
    } catch (ModelLoadException e) {
      assertThat(e).hasMessageStartingWith(file + ": ");
      return true;
    }
  }
}
