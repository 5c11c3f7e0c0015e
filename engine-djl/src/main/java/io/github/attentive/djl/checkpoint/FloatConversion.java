package io.github.attentive.djl.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/**
 * Turns floating-point numbers of other widths into 32-bit ones. Bits go through integers, never
 * through a float register, so that a NaN keeps its payload.
 */
final class FloatConversion {
  private static final int BLOCK = 8192;

  private static final int SIGN = 0x8000;
  private static final int SMALLEST_NORMAL = 0x0400;
  private static final int INFINITY = 0x7c00;

  /** What is added to an exponent of bias 15 to have bias 127, in the place it has in 32 bits. */
  private static final int REBIAS = (127 - 15) << 23;

  private FloatConversion() {}

  /** Whether it is 32-bit floats already, or what this converts. */
  static ByteBuffer toFloats(StoredType type, ByteBuffer stored) {
    ByteBuffer source = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case F32 -> source;
      case F16, BF16 -> shorts(source.asShortBuffer(), type == StoredType.F16);
      case F64 -> doubles(source.asDoubleBuffer());
      default -> throw new IllegalArgumentException("not a floating-point type: " + type);
    };
  }

  private static ByteBuffer allocate(int elements) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer shorts(ShortBuffer source, boolean half) {
    ByteBuffer floats = allocate(source.remaining());
    IntBuffer target = floats.asIntBuffer();
    short[] from = new short[BLOCK];
    int[] to = new int[BLOCK];
    while (source.hasRemaining()) {
      int count = Math.min(BLOCK, source.remaining());
      source.get(from, 0, count);
      if (half) {
        halves(from, to, count);
      } else {
        upperHalves(from, to, count);
      }
      target.put(to, 0, count);
    }
    return floats;
  }

  private static void halves(short[] from, int[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = ofHalf(from[i]);
    }
  }

  private static void upperHalves(short[] from, int[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i] << 16;
    }
  }

  /** The bits of the 32-bit float equal to a 16-bit one (IEEE 754-2019, binary16, binary32). */
  private static int ofHalf(short bits) {
    int magnitude = bits & (SIGN - 1);
    int sign = (bits & SIGN) << 16;
    if (magnitude >= INFINITY) {
      // The largest exponent stays the largest; the payload of a NaN keeps its place.
      return sign | 2 * REBIAS + (magnitude << 13);
    }
    if (magnitude >= SMALLEST_NORMAL) {
      return sign | REBIAS + (magnitude << 13);
    }
    // Zero and subnormal numbers count steps of 2^-24; each is a normal 32-bit float.
    return sign | Float.floatToRawIntBits(magnitude * 0x1p-24f);
  }

  private static ByteBuffer doubles(DoubleBuffer source) {
    ByteBuffer floats = allocate(source.remaining());
    IntBuffer target = floats.asIntBuffer();
    double[] from = new double[BLOCK];
    int[] to = new int[BLOCK];
    while (source.hasRemaining()) {
      int count = Math.min(BLOCK, source.remaining());
      source.get(from, 0, count);
      for (int i = 0; i < count; i++) {
        to[i] = Float.floatToRawIntBits((float) from[i]);
      }
      target.put(to, 0, count);
    }
    return floats;
  }
}
