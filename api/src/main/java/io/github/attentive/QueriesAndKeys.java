package io.github.attentive;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What the attention of one text was computed from: for each layer and head the query and key
 * vectors, and the scores that the softmax saw.
 *
 * <p>The softmax of {@code score(l, h, q, k)} over all keys {@code k} is the attention weight of
 * the model. A score is {@code scale(l)} times the dot product of {@code query(l, h, q)} and {@code
 * key(l, h, k)}, plus whatever else the model adds to it: terms of relative positions, windows,
 * masks. Where nothing is added, it is the scaled product itself. The score of a key that a query
 * must not see may be hugely negative, for instance -1e30, but it is a finite number.
 *
 * <p>Vectors are those that the scores are made of: where a model rotates them by their positions,
 * they are rotated. They have a size for each layer. Attention pooling has one query. All numbers
 * are finite: NaN and infinity are refused. Immutable; arrays are copied in and out.
 */
public final class QueriesAndKeys {
  private final int heads;
  private final int queryCount;
  private final int positions;
  private final float[] scales;
  private final float[][] queries;
  private final float[][] keys;
  private final float[][] scores;

  /**
   * Creates the vectors and scores of a text.
   *
   * @param heads of each layer, at least 1
   * @param queryCount queries of each head: one for each position, or 1 for pooling
   * @param positions keys of each head, at least 1
   * @param scales the factor of the dot products for each layer, at least one layer
   * @param queries for each layer {@code [heads, queryCount, size]} in row-major order, copied
   * @param keys for each layer {@code [heads, positions, size]} in row-major order, copied
   * @param scores for each layer {@code [heads, queryCount, positions]} in row-major order, copied
   * @throws InvalidInputException if a size is below 1, or the numbers of a layer do not fit the
   *     sizes
   * @throws InferenceException if a number is NaN or infinite
   */
  public QueriesAndKeys(
      int heads,
      int queryCount,
      int positions,
      float[] scales,
      List<float[]> queries,
      List<float[]> keys,
      List<float[]> scores) {
    this.heads = Checks.atLeastOne("heads", heads);
    this.queryCount = Checks.atLeastOne("queries", queryCount);
    this.positions = Checks.atLeastOne("positions", positions);
    Checks.atLeastOne("attention layers", scales.length);
    this.scales = finite("scales", scales.clone());
    this.queries = finite("queries", queries, scales.length);
    this.keys = finite("keys", keys, scales.length);
    this.scores = finite("scores", scores, scales.length);
    for (int layer = 0; layer < scales.length; layer++) {
      long size = this.keys[layer].length / ((long) heads * positions);
      requireCount("keys", layer, this.keys[layer], Math.max(1, size) * heads * positions);
      requireCount("queries", layer, this.queries[layer], size * heads * queryCount);
      requireCount("scores", layer, this.scores[layer], (long) heads * queryCount * positions);
    }
  }

  private static float[][] finite(String what, List<float[]> layers, int expected) {
    if (layers.size() != expected) {
      throw new InvalidInputException(
          "%s: expected those of %s layers, got %s".formatted(what, expected, layers.size()));
    }
    float[][] copies = new float[expected][];
    for (int layer = 0; layer < expected; layer++) {
      copies[layer] = finite(what + " of layer " + layer, layers.get(layer).clone());
    }
    return copies;
  }

  private static float[] finite(String what, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InferenceException(
            "%s: expected finite numbers, got %s at flat index %s".formatted(what, values[i], i));
      }
    }
    return values;
  }

  private void requireCount(String what, int layer, float[] values, long expected) {
    if (values.length != expected) {
      throw new InvalidInputException(
          "%s of layer %s for %s heads, %s queries, %s positions: expected %s numbers, got %s"
              .formatted(what, layer, heads, queryCount, positions, expected, values.length));
    }
  }

  /**
   * The number of layers.
   *
   * @return at least 1; as many as the attention has
   */
  public int layers() {
    return scales.length;
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
   * The number of queries in a head.
   *
   * @return {@link #positions()}, or 1 for pooling
   */
  public int queries() {
    return queryCount;
  }

  /**
   * The number of keys in a head: the positions of the text.
   *
   * @return at least 1
   */
  public int positions() {
    return positions;
  }

  /**
   * How many numbers a query or key has.
   *
   * @param layer counted from 0
   * @return at least 1
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public int size(int layer) {
    return keys[Objects.checkIndex(layer, layers())].length / (heads * positions);
  }

  /**
   * What the dot product of a query and a key is multiplied by.
   *
   * @param layer counted from 0
   * @return the factor, usually one over the root of a number
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public float scale(int layer) {
    return scales[Objects.checkIndex(layer, layers())];
  }

  /**
   * The query of a position.
   *
   * @param layer counted from 0
   * @param head counted from 0
   * @param position counted from 0, below {@link #queries()}
   * @return a copy, {@code [size(layer)]}
   * @throws IndexOutOfBoundsException if an index is outside the shape
   */
  public float[] query(int layer, int head, int position) {
    int size = size(layer);
    Objects.checkIndex(head, heads);
    Objects.checkIndex(position, queryCount);
    int from = (head * queryCount + position) * size;
    return Arrays.copyOfRange(queries[layer], from, from + size);
  }

  /**
   * The key of a position.
   *
   * @param layer counted from 0
   * @param head counted from 0
   * @param position counted from 0, below {@link #positions()}
   * @return a copy, {@code [size(layer)]}
   * @throws IndexOutOfBoundsException if an index is outside the shape
   */
  public float[] key(int layer, int head, int position) {
    int size = size(layer);
    Objects.checkIndex(head, heads);
    Objects.checkIndex(position, positions);
    int from = (head * positions + position) * size;
    return Arrays.copyOfRange(keys[layer], from, from + size);
  }

  /**
   * The number that the softmax saw: the scaled dot product and all that the model adds to it.
   *
   * @param layer counted from 0
   * @param head counted from 0
   * @param query counted from 0, below {@link #queries()}
   * @param key counted from 0, below {@link #positions()}
   * @return a finite number, hugely negative for a key that the query must not see
   * @throws IndexOutOfBoundsException if an index is outside the shape
   */
  public float score(int layer, int head, int query, int key) {
    Objects.checkIndex(layer, layers());
    Objects.checkIndex(head, heads);
    Objects.checkIndex(query, queryCount);
    Objects.checkIndex(key, positions);
    return scores[layer][(head * queryCount + query) * positions + key];
  }

  /** Equal sizes and bit-equal numbers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof QueriesAndKeys that
        && heads == that.heads
        && queryCount == that.queryCount
        && positions == that.positions
        && Arrays.equals(scales, that.scales)
        && Arrays.deepEquals(queries, that.queries)
        && Arrays.deepEquals(keys, that.keys)
        && Arrays.deepEquals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(
        new Object[] {heads, queryCount, positions, scales, queries, keys, scores});
  }

  /** The sizes. */
  @Override
  public String toString() {
    return "QueriesAndKeys[%s layers, %s heads, %s queries, %s positions]"
        .formatted(layers(), heads, queryCount, positions);
  }
}
