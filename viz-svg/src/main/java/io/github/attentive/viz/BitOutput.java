package io.github.attentive.viz;

import java.util.Arrays;

/** Bytes that are filled bit by bit from the lowest, as RFC 1951 packs them. */
final class BitOutput {
  private byte[] bytes = new byte[1 << 13];
  private int size;
  private long pending;
  private int pendingBits;

  /** Appends the lower bits of a value, the lowest first; at most 32. */
  void write(int value, int bits) {
    pending |= (long) value << pendingBits;
    pendingBits += bits;
    while (pendingBits >= Byte.SIZE) {
      append((byte) pending);
      pending >>>= Byte.SIZE;
      pendingBits -= Byte.SIZE;
    }
  }

  /** How many bytes are full. */
  int size() {
    return size;
  }

  /** Everything written, the last byte filled up with zeros. */
  byte[] toByteArray() {
    if (pendingBits > 0) {
      write(0, Byte.SIZE - pendingBits);
    }
    return Arrays.copyOf(bytes, size);
  }

  private void append(byte value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = value;
  }
}
