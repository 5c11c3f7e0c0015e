package io.github.attentive.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** All bits of all results, against formulas that share nothing with the conversion. */
class FloatConversionTest {
  private static final int PATTERNS = 1 << 16;

  private static ByteBuffer allPatterns() {
    ByteBuffer patterns = ByteBuffer.allocate(2 * PATTERNS).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < PATTERNS; i++) {
      patterns.putShort((short) i);
    }
    return patterns.flip();
  }

  /** A number of 16 bits by the definition of IEEE 754; a NaN keeps its payload's upper bits. */
  private static int expected(int bits, int mantissaBits, int bias) {
    int sign = bits >> 15;
    int exponent = (bits & 0x7fff) >> mantissaBits;
    int mantissa = bits & (1 << mantissaBits) - 1;
    if (exponent == 2 * bias + 1 && mantissa != 0) {
      return sign << 31 | 0xff << 23 | mantissa << 23 - mantissaBits;
    }
    double magnitude;
    if (exponent == 2 * bias + 1) {
      magnitude = Double.POSITIVE_INFINITY;
    } else if (exponent == 0) {
      magnitude = mantissa * Math.pow(2, 1 - bias - mantissaBits);
    } else {
      magnitude =
          (Math.pow(2, mantissaBits) + mantissa) * Math.pow(2, exponent - bias - mantissaBits);
    }
    return Float.floatToRawIntBits((float) (sign == 0 ? magnitude : -magnitude));
  }

  @Test
  void everyHalf() {
    ByteBuffer floats = FloatConversion.toFloats(StoredType.F16, allPatterns());
    assertThat(floats.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(floats.remaining()).isEqualTo(4 * PATTERNS);
    for (int i = 0; i < PATTERNS; i++) {
      assertThat(floats.getInt(4 * i)).as("%x", i).isEqualTo(expected(i, 10, 15));
    }
  }

  @Test
  void everyUpperHalf() {
    ByteBuffer floats = FloatConversion.toFloats(StoredType.BF16, allPatterns());
    assertThat(floats.remaining()).isEqualTo(4 * PATTERNS);
    for (int i = 0; i < PATTERNS; i++) {
      assertThat(floats.getInt(4 * i)).as("%x", i).isEqualTo(expected(i, 7, 127));
    }
  }

  @Test
  void someHalvesByHand() {
    short[] halves = {0x3c00, (short) 0xc000, 0x0001, 0x03ff, 0x0400, 0x7bff, (short) 0xfc00};
    float[] floats = {1, -2, 0x1p-24f, 0x1.ff8p-15f, 0x1p-14f, 65504, Float.NEGATIVE_INFINITY};
    ByteBuffer stored = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
    stored.asShortBuffer().put(halves);
    ByteBuffer converted = FloatConversion.toFloats(StoredType.F16, stored);
    for (float expected : floats) {
      assertThat(converted.getFloat()).isEqualTo(expected);
    }
  }

  @Test
  void doublesToTheNearestFloat() {
    SplittableRandom random = new SplittableRandom(7);
    ByteBuffer stored = ByteBuffer.allocate(8 * 20_000).order(ByteOrder.LITTLE_ENDIAN);
    double[] ties = {1 + 0x1p-24, 1 + 0x3p-24, 0x1p-150, 0x3p-150, 0x1.ffffffp127, -1e300, 1e-300};
    for (double tie : ties) {
      stored.putDouble(tie);
    }
    while (stored.hasRemaining()) {
      // Exponents around those that a float has, subnormal ones among them.
      double value = (random.nextDouble() + 1) * Math.pow(2, random.nextInt(-155, 130));
      stored.putDouble(random.nextBoolean() ? value : -value);
    }
    ByteBuffer floats = FloatConversion.toFloats(StoredType.F64, stored.flip());
    while (stored.hasRemaining()) {
      String decimal = new BigDecimal(stored.getDouble()).toString();
      assertThat(floats.getInt())
          .as(decimal)
          .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(decimal)));
    }
    assertThat(floats.hasRemaining()).isFalse();
  }

  @Test
  void doublesThatAreNoNumbersOrHaveASign() {
    ByteBuffer stored = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    stored.putDouble(-0.0).putDouble(Double.NaN).putLong(0xfff4_0000_0000_0001L).putDouble(-1e-50);
    ByteBuffer floats = FloatConversion.toFloats(StoredType.F64, stored.flip());
    assertThat(floats.getInt()).isEqualTo(0x8000_0000);
    assertThat(floats.getFloat()).isNaN();
    assertThat(floats.getFloat()).isNaN();
    assertThat(floats.getInt()).isEqualTo(0x8000_0000);
  }

  @Test
  void whatIsReadStaysAsItIs() {
    ByteBuffer stored = allPatterns().position(2);
    FloatConversion.toFloats(StoredType.F16, stored);
    assertThat(stored.position()).isEqualTo(2);
    assertThatThrownBy(() -> FloatConversion.toFloats(StoredType.I8, stored))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
