package io.github.attentive.tensorflow;

import io.github.attentive.djl.runtime.HostArray;
import org.jspecify.annotations.Nullable;

/** How an output holds attention over the positions of a text. */
enum AttentionLayout {
  /** {@code [batch, heads, queries, keys]}. */
  HEADS,
  /** {@code [batch, queries, keys]}. */
  ONE_HEAD,
  /** {@code [batch, keys, 1]}: an attention pooling. */
  COLUMN,
  /** {@code [batch, keys]}: an attention pooling, or scores of as many classes. */
  ROW;

  /**
   * The layout of a shape.
   *
   * @param shape of an output
   * @param positions of the text
   * @return the layout, or null if it holds no attention
   */
  static @Nullable AttentionLayout of(long[] shape, int positions) {
    int axes = shape.length;
    boolean keysLast = axes >= 2 && shape[axes - 1] == positions;
    boolean queries = axes >= 3 && (shape[axes - 2] == positions || shape[axes - 2] == 1);
    return switch (axes) {
      case 4 -> keysLast && queries ? HEADS : null;
      case 3 ->
          keysLast && queries ? ONE_HEAD : shape[1] == positions && shape[2] == 1 ? COLUMN : null;
      case 2 -> keysLast ? ROW : null;
      default -> null;
    };
  }

  /** The same numbers as {@code [batch, heads, queries, keys]}. */
  HostArray.Floats layer(HostArray.Floats output) {
    long[] shape = output.shape();
    long[] all =
        switch (this) {
          case HEADS -> shape;
          case ONE_HEAD -> new long[] {shape[0], 1, shape[1], shape[2]};
          case COLUMN, ROW -> new long[] {shape[0], 1, 1, shape[1]};
        };
    return new HostArray.Floats(all, output.values());
  }
}
