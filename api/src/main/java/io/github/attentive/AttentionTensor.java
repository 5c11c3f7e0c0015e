package io.github.attentive;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * Attention weights of one text: {@code [layers, heads, queries, keys]}.
 *
 * <p>Rows are queries, columns are keys: {@code at(l, h, q, k)} is how much position {@code q}
 * looked at position {@code k} in head {@code h} of layer {@code l}. Every weight is finite and in
 * [0, 1] up to rounding, and each row sums to 1 within 1e-5. Attention pooling has one query, so
 * its shape is {@code [1, 1, 1, keys]}. Immutable; arrays are copied in and out.
 */
public final class AttentionTensor {
  private final int layers;
  private final int heads;
  private final int queries;
  private final int keys;
  private final float[] values;

  /**
   * Creates a tensor.
   *
   * @param layers at least 1
   * @param heads at least 1
   * @param queries at least 1
   * @param keys at least 1
   * @param values the weights in row-major order, copied
   * @throws InvalidInputException if a size is below 1, or the number of values is not the product
   *     of the sizes
   * @throws InferenceException if a value is NaN or infinite
   */
  public AttentionTensor(int layers, int heads, int queries, int keys, float[] values) {
    this.layers = Checks.atLeastOne("attention layers", layers);
    this.heads = Checks.atLeastOne("attention heads", heads);
    this.queries = Checks.atLeastOne("attention queries", queries);
    this.keys = Checks.atLeastOne("attention keys", keys);
    BigInteger expected =
        BigInteger.valueOf((long) layers * heads)
            .multiply(BigInteger.valueOf((long) queries * keys));
    if (!expected.equals(BigInteger.valueOf(values.length))) {
      throw new InvalidInputException(
          "attention of shape %s: expected %s values, got %s"
              .formatted(Arrays.toString(shape()), expected, values.length));
    }
    this.values = values.clone();
    for (int i = 0; i < this.values.length; i++) {
      if (!Float.isFinite(this.values[i])) {
        throw new InferenceException(
            "attention of shape %s: expected finite weights, got %s at flat index %s"
                .formatted(Arrays.toString(shape()), this.values[i], i));
      }
    }
  }

  /**
   * The number of layers.
   *
   * @return at least 1
   */
  public int layers() {
    return layers;
  }

  /**
   * The number of heads in a layer.
   *
   * @return at least 1
   */
  public int heads() {
    return heads;
  }

  /**
   * The number of rows.
   *
   * @return at least 1
   */
  public int queries() {
    return queries;
  }

  /**
   * The number of columns.
   *
   * @return at least 1
   */
  public int keys() {
    return keys;
  }

  /**
   * One weight.
   *
   * @param layer counted from 0
   * @param head counted from 0
   * @param query counted from 0
   * @param key counted from 0
   * @return the weight
   * @throws IndexOutOfBoundsException if an index is outside the shape
   */
  public float at(int layer, int head, int query, int key) {
    Objects.checkIndex(layer, layers);
    Objects.checkIndex(head, heads);
    Objects.checkIndex(query, queries);
    Objects.checkIndex(key, keys);
    return values[((layer * heads + head) * queries + query) * keys + key];
  }

  /**
   * The sizes of the axes.
   *
   * @return a new array {@code {layers, heads, queries, keys}}
   */
  public int[] shape() {
    return new int[] {layers, heads, queries, keys};
  }

  /**
   * All weights.
   *
   * @return a copy in row-major order
   */
  public float[] toArray() {
    return values.clone();
  }

  /** Equal shape and bit-equal weights. */
  @Override
  public boolean equals(Object other) {
    return other instanceof AttentionTensor that
        && Arrays.equals(shape(), that.shape())
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape()) + Arrays.hashCode(values);
  }

  /** The shape and the first weights. */
  @Override
  public String toString() {
    return "AttentionTensor%s %s%s"
        .formatted(
            Arrays.toString(shape()),
            Arrays.toString(Arrays.copyOf(values, Math.min(values.length, 4))),
            values.length > 4 ? " ..." : "");
  }
}
