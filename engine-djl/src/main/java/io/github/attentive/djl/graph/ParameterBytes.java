package io.github.attentive.djl.graph;

import java.nio.ByteBuffer;

/** Where a parameter's bytes come from: the same ones each time. Thread-safe. */
@FunctionalInterface
public interface ParameterBytes {

  /**
   * The bytes.
   *
   * @return little-endian, row-major; no one changes them
   */
  ByteBuffer view();

  /**
   * Copies the bytes, where it can without a copy in between.
   *
   * @param target little-endian, with room for them; filled from its position on
   */
  default void copyTo(ByteBuffer target) {
    target.put(view().duplicate());
  }
}
