package io.github.attentive.djl.graph;

/** The types of tensor elements. */
public enum ElementType {
  /** IEEE 754 single precision. */
  FLOAT32(4),
  /** Signed 64-bit integers, for token ids. */
  INT64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The size of an element.
   *
   * @return in bytes
   */
  public int bytes() {
    return bytes;
  }
}
