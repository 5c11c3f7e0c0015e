package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateTest {
  private static byte[] compress(byte[] bytes) {
    return Deflate.compress(bytes, Integer.MAX_VALUE).orElseThrow();
  }

  private static void assertReadsBack(byte[] bytes) throws DataFormatException {
    byte[] compressed = compress(bytes);
    Inflater inflater = new Inflater(true);
    inflater.setInput(compressed);
    byte[] read = new byte[bytes.length + 1];
    int size = 0;
    for (int count = 1; count > 0; size += count) {
      count = inflater.inflate(read, size, read.length - size);
    }
    assertThat(inflater.finished()).isTrue();
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    assertThat(size).isEqualTo(bytes.length);
    assertArrayEquals(bytes, Arrays.copyOf(read, size));
  }

  private static byte[] random(int length, int symbols, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(symbols);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 257, 258, 259, 260, 261, 1000, 32767, 32768, 32769, 100_003})
  void everyLengthReadsBack(int length) throws DataFormatException {
    assertReadsBack(new byte[length]);
    for (int symbols : new int[] {2, 3, 20, 256}) {
      assertReadsBack(random(length, symbols, length));
    }
  }

  /** A repetition at each distance class, up to the window's end and just beyond it. */
  @Test
  void everyDistanceReadsBack() throws DataFormatException {
    byte[] piece = random(300, 256, 1);
    for (int distance = 300; distance <= 33_000; distance += distance < 400 ? 7 : 1_090) {
      byte[] bytes = new byte[distance + 300];
      byte[] between = random(distance, 256, distance);
      System.arraycopy(between, 0, bytes, 0, distance);
      System.arraycopy(piece, 0, bytes, 0, 300);
      System.arraycopy(piece, 0, bytes, distance, 300);
      assertReadsBack(bytes);
    }
  }

  @Test
  void randomMixturesReadBack() throws DataFormatException {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = random(1 + random.nextInt(3_000), 256, i);
      for (int k = random.nextInt(30); k > 0; k--) {
        int from = random.nextInt(bytes.length);
        int to = random.nextInt(bytes.length);
        int length = random.nextInt(bytes.length - Math.max(from, to) + 1);
        System.arraycopy(bytes, from, bytes, to, length);
      }
      assertReadsBack(bytes);
    }
  }

  /** The rows of an attention matrix as an image, each cell four pixels wide and high. */
  private static byte[] attention(int scale, double distanceDecay) {
    Random random = new Random(1);
    int count = 300;
    byte[] bytes = new byte[count * scale * (count * scale + 1)];
    for (int row = 0; row < count; row++) {
      int centre = row;
      double[] logits =
          IntStream.range(0, count)
              .mapToDouble(i -> 1.5 * random.nextGaussian() - distanceDecay * Math.abs(i - centre))
              .toArray();
      for (int x = 0; x < count * scale; x++) {
        double weight = Math.exp(logits[x / scale] - 4);
        bytes[row * scale * (count * scale + 1) + 1 + x] = (byte) Math.min(255, 256 * weight);
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 0.15", "4, 0", "4, 0.15"})
  void attentionIsNearlyAsSmallAsWithTheJdksSlowestLevel(int scale, double distanceDecay) {
    byte[] bytes = attention(scale, distanceDecay);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] buffer = new byte[bytes.length + 1024];
    int theirs = deflater.deflate(buffer);
    deflater.end();
    assertThat(compress(bytes).length).isLessThan((int) (1.1 * theirs));
  }

  @Test
  void noiseTakesNoMoreThanItsEntropy() {
    int entropy = 100_000 / 2;
    assertThat(compress(random(100_000, 16, 2)).length).isBetween(entropy, entropy * 102 / 100);
  }

  @Test
  void givesUpBeyondTheLimit() {
    byte[] noise = random(100_000, 256, 2);
    int size = compress(noise).length;
    assertThat(Deflate.compress(noise, size)).isPresent();
    assertThat(Deflate.compress(noise, size - 1)).isEmpty();
    assertThat(Deflate.compress(noise, 10)).isEmpty();
  }
}
