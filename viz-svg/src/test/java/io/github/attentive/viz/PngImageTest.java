package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngImageTest {
  private static List<Colour> palette(int size) {
    return IntStream.range(0, size).mapToObj(i -> new Colour(i * 0x010509 + 0x200000)).toList();
  }

  private static byte[] pixels(int width, int height, IntBinaryOperator at) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) at.applyAsInt(i % width, i / width);
    }
    return pixels;
  }

  private static byte[] encode(PngImage image, int scale) {
    return image.encode(scale, Integer.MAX_VALUE).orElseThrow();
  }

  /** Writes an image, has the JDK read it, and compares each pixel. */
  private static void assertReadsBack(
      int width, byte[] pixels, int colours, boolean transparent, int scale) throws IOException {
    List<Colour> palette = palette(colours);
    byte[] file = encode(new PngImage(width, pixels, palette, transparent), scale);
    BufferedImage read = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(file)));
    int height = pixels.length / width;
    assertThat(List.of(read.getWidth(), read.getHeight()))
        .isEqualTo(List.of(width * scale, height * scale));
    int[] expected = new int[width * scale * height * scale];
    for (int i = 0; i < expected.length; i++) {
      int x = i % (width * scale) / scale;
      int y = i / (width * scale) / scale;
      int index = pixels[y * width + x] & 0xFF;
      int alpha = transparent && index == 0 ? 0 : 0xFF000000;
      expected[i] = palette.get(index).rgb() | alpha;
    }
    int[] actual = read.getRGB(0, 0, width * scale, height * scale, null, 0, width * scale);
    assertArrayEquals(expected, actual);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 255, 256})
  void everyDepthReadsBack(int colours) throws IOException {
    Random random = new Random(colours);
    int[][] sizes = {{1, 1}, {1, 9}, {9, 1}, {7, 5}, {64, 64}, {131, 67}};
    for (int[] size : sizes) {
      byte[] noise = pixels(size[0], size[1], (x, y) -> random.nextInt(colours));
      byte[] constant = pixels(size[0], size[1], (x, y) -> colours - 1);
      byte[] stripes = pixels(size[0], size[1], (x, y) -> (x / 3 + y) % colours);
      for (byte[] pixels : List.of(noise, constant, stripes)) {
        for (int scale : new int[] {1, 2, 4}) {
          assertReadsBack(size[0], pixels, colours, scale == 2, scale);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2048, 2048, 1", "256, 256, 4", "1, 40000, 1", "40000, 1, 1", "20000, 3, 2"})
  void largeImagesReadBack(int width, int height, int scale) throws IOException {
    Random random = new Random(5);
    // The upper half is noise, the lower one repeats itself.
    byte[] pixels =
        pixels(width, height, (x, y) -> 2 * y < height ? random.nextInt(256) : (x * y >> 4) & 0xFF);
    assertReadsBack(width, pixels, 256, true, scale);
    assertReadsBack(width, pixels(width, height, (x, y) -> 1), 2, false, scale);
  }

  /** A pixel that is seldom makes words so long that they have to be limited. */
  @Test
  void steepFrequenciesReadBack() throws IOException {
    int[] bounds = new int[26];
    bounds[0] = 1;
    bounds[1] = 2;
    for (int i = 2; i < bounds.length; i++) {
      bounds[i] = bounds[i - 1] + bounds[i - 2];
    }
    Random random = new Random(3);
    byte[] pixels =
        pixels(
            600,
            500,
            (x, y) -> {
              int value = random.nextInt(bounds[bounds.length - 1]);
              int index = 0;
              while (bounds[index] <= value) {
                index++;
              }
              return index;
            });
    assertReadsBack(600, pixels, bounds.length, false, 1);
    assertReadsBack(600, pixels, bounds.length, false, 4);
  }

  @Test
  void bytesAreTheSameOnEveryMachine() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(7);
    byte[] noise = pixels(100, 90, (x, y) -> random.nextInt(16));
    byte[] smooth = pixels(300, 200, (x, y) -> (x * x + y * y) / 700 & 0xFF);
    for (int scale : new int[] {1, 2, 4}) {
      digest.update(encode(new PngImage(100, noise, palette(16), true), scale));
      digest.update(encode(new PngImage(300, smooth, palette(256), false), scale));
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("17239cd383d6e179dd7552a7d85461f691dda2c4a26211773823f2a81cbade16");
  }

  @Test
  void givesUpBeyondTheLimit() {
    Random random = new Random(5);
    byte[] noise = pixels(400, 400, (x, y) -> random.nextInt(256));
    PngImage image = new PngImage(400, noise, palette(256), false);
    int size = encode(image, 1).length;
    assertThat(image.encode(1, size)).isPresent();
    assertThat(image.encode(1, size - 1)).isEmpty();
    assertThat(image.encode(1, 1000)).isEmpty();
  }
}
