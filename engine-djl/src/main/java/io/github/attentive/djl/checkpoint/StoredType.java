package io.github.attentive.djl.checkpoint;

import java.util.Optional;

/**
 * The element types of the safetensors format, by the names that the format gives them.
 *
 * <p>The sizes of all are known, so that a file with any of them can be checked and its other
 * tensors read. Immutable.
 */
public enum StoredType {
  /** IEEE 754 double precision. */
  F64(64, Use.WEIGHT),
  /** IEEE 754 single precision. */
  F32(32, Use.WEIGHT),
  /** IEEE 754 half precision. */
  F16(16, Use.WEIGHT),
  /** The upper half of an {@link #F32}. */
  BF16(16, Use.WEIGHT),
  /** Signed integers of 64 bits. */
  I64(64, Use.INTEGERS),
  /** Signed integers of 32 bits. */
  I32(32, Use.INTEGERS),
  /** Signed integers of 16 bits. */
  I16(16, Use.INTEGERS),
  /** Signed integers of 8 bits. */
  I8(8, Use.INTEGERS),
  /** Unsigned integers of 8 bits. */
  U8(8, Use.INTEGERS),
  /** A byte, 0 for false. */
  BOOL(8, Use.INTEGERS),
  /** Unsigned integers of 16 bits. */
  U16(16, Use.NONE),
  /** Unsigned integers of 32 bits. */
  U32(32, Use.NONE),
  /** Unsigned integers of 64 bits. */
  U64(64, Use.NONE),
  /** Pairs of single precision: complex numbers. */
  C64(64, Use.NONE),
  /** 8 bits with 4 of exponent. */
  F8_E4M3(8, Use.NONE),
  /** 8 bits with 5 of exponent. */
  F8_E5M2(8, Use.NONE),
  /** 8 bits, all of exponent. */
  F8_E8M0(8, Use.NONE),
  /** 8 bits with 4 of exponent, without infinities and negative zero. */
  F8_E4M3FNUZ(8, Use.NONE),
  /** 8 bits with 5 of exponent, without infinities and negative zero. */
  F8_E5M2FNUZ(8, Use.NONE),
  /** 6 bits with 2 of exponent, packed. */
  F6_E2M3(6, Use.NONE),
  /** 6 bits with 3 of exponent, packed. */
  F6_E3M2(6, Use.NONE),
  /** 4 bits, packed. */
  F4(4, Use.NONE);

  private enum Use {
    WEIGHT,
    INTEGERS,
    NONE
  }

  private final int bits;
  private final Use use;

  StoredType(int bits, Use use) {
    this.bits = bits;
    this.use = use;
  }

  /** By the format's name for it. */
  static Optional<StoredType> named(String name) {
    for (StoredType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /**
   * The size of an element.
   *
   * @return in bits
   */
  public int bits() {
    return bits;
  }

  /**
   * Says whether {@link StoredTensor#parameter} reads it.
   *
   * @return true for F64, F32, F16 and BF16
   */
  public boolean isWeight() {
    return use == Use.WEIGHT;
  }

  /**
   * Says whether {@link StoredTensor#integers} reads it.
   *
   * @return true for I64, I32, I16, I8, U8 and BOOL
   */
  public boolean isInteger() {
    return use == Use.INTEGERS;
  }
}
