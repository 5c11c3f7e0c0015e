package io.github.attentive.tensorflow;

import io.github.attentive.djl.runtime.HostArray;
import java.util.Optional;

/** How the axes of an output hold attention. */
enum AttentionLayout {
  /** {@code [batch, positions, positions]}: one head. */
  ONE_HEAD,
  /** {@code [batch, heads, positions, positions]}. */
  HEADS,
  /**
   * One query: {@code [batch, positions]}, {@code [batch, positions, 1]}, {@code [batch, 1,
   * positions]} or {@code [batch, heads, 1, positions]}.
   */
  POOLING;

  /**
   * The layout that a shape may be.
   *
   * @param shape of an output
   * @param batch how many texts ran
   * @param positions of each
   */
  static Optional<AttentionLayout> of(long[] shape, int batch, int positions) {
    int axes = shape.length;
    if (axes < 2 || axes > 4 || shape[0] != batch) {
      return Optional.empty();
    }
    long last = shape[axes - 1];
    long before = shape[axes - 2];
    if (axes >= 3 && last == positions && before == positions) {
      return Optional.of(axes == 3 ? ONE_HEAD : HEADS);
    }
    boolean pooling =
        switch (axes) {
          case 2 -> last == positions;
          case 3 -> (before == 1 && last == positions) || (before == positions && last == 1);
          default -> before == 1 && last == positions;
        };
    return pooling ? Optional.of(POOLING) : Optional.empty();
  }

  /** The number of heads in an array of this layout. */
  int heads(long[] shape) {
    return shape.length == 4 ? (int) shape[1] : 1;
  }

  /**
   * The same numbers as {@code [batch, heads, queries, keys]}.
   *
   * @param array of this layout
   */
  HostArray.Floats unfolded(HostArray.Floats array) {
    long[] shape = array.shape();
    if (shape.length == 4) {
      return array;
    }
    long queries = this == ONE_HEAD ? shape[1] : 1;
    long keys = shape.length == 3 && this == POOLING ? shape[1] * shape[2] : shape[1];
    return new HostArray.Floats(new long[] {shape[0], 1, queries, keys}, array.values());
  }
}
