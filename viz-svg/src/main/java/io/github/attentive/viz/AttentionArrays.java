package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Attention from a caller's arrays, which are checked when they are read. */
final class AttentionArrays extends LayeredAttention {
  /** Reads one matrix, so that one class serves every kind of array. */
  @FunctionalInterface
  interface Matrices {
    double[][] at(int layer, int head);
  }

  private final Matrices matrices;
  private final List<String> queries;
  private final List<String> keys;
  private final int firstQueryOfPair;
  private final int firstKeyOfPair;

  private AttentionArrays(
      String view,
      int layers,
      int heads,
      Matrices matrices,
      List<String> queries,
      List<String> keys,
      int firstQueryOfPair,
      int firstKeyOfPair) {
    super(view, layers, heads);
    this.matrices = matrices;
    this.queries = List.copyOf(queries);
    this.keys = List.copyOf(keys);
    this.firstQueryOfPair = firstQueryOfPair;
    this.firstKeyOfPair = firstKeyOfPair;
    requireWeights(queries.size(), keys.size());
  }

  /**
   * Takes arrays.
   *
   * @param heads how many heads each layer has, which have to be as many
   * @param matrices arrays of the caller
   */
  static AttentionArrays of(
      String view, int[] heads, Matrices matrices, List<String> queries, List<String> keys) {
    for (int layer = 1; layer < heads.length; layer++) {
      if (heads[layer] != heads[0]) {
        throw new InvalidInputException(
            "%s layer %s: expected %s heads as in layer 0, got %s"
                .formatted(view, layer, heads[0], heads[layer]));
      }
    }
    return new AttentionArrays(
        view,
        heads.length,
        heads.length == 0 ? 0 : heads[0],
        matrices,
        queries,
        keys,
        queries.size(),
        keys.size());
  }

  static double[][] doubles(float[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int row = 0; row < copy.length; row++) {
      float[] from = matrix[row];
      copy[row] = IntStream.range(0, from.length).mapToDouble(i -> from[i]).toArray();
    }
    return copy;
  }

  /** The same with copies of the arrays. */
  AttentionArrays copied() {
    double[][][][] copies = new double[layers()][heads()][][];
    for (int layer = 0; layer < copies.length; layer++) {
      for (int head = 0; head < copies[layer].length; head++) {
        copies[layer][head] = weights(layer, head);
      }
    }
    return new AttentionArrays(
        view(),
        layers(),
        heads(),
        (layer, head) -> copies[layer][head],
        queries,
        keys,
        firstQueryOfPair,
        firstKeyOfPair);
  }

  /** The same as the attention of two texts, of which the second starts there. */
  AttentionArrays withPairFrom(int query, int key) {
    if (query < 0 || query > queries.size() || key < 1 || key >= keys.size()) {
      throw new InvalidInputException(
          "%s pair: expected a first query of the second text from 0 to %s and a first key from 1 to %s, got %s and %s"
              .formatted(view(), queries.size(), keys.size() - 1, query, key));
    }
    return new AttentionArrays(view(), layers(), heads(), matrices, queries, keys, query, key);
  }

  @Override
  List<String> queries() {
    return queries;
  }

  @Override
  List<String> keys() {
    return keys;
  }

  @Override
  List<Integer> querySegments() {
    return segments(queries.size(), firstQueryOfPair);
  }

  @Override
  List<Integer> keySegments() {
    return segments(keys.size(), firstKeyOfPair);
  }

  private static List<Integer> segments(int count, int firstOfPair) {
    return IntStream.range(0, count).mapToObj(i -> i < firstOfPair ? 0 : 1).toList();
  }

  @Override
  double[][] weights(int layer, int head) {
    double[][] matrix = matrices.at(layer, head);
    requireLength("queries", layer, head, "", matrix.length, queries.size());
    double[][] copy = new double[matrix.length][];
    for (int query = 0; query < copy.length; query++) {
      copy[query] = matrix[query].clone();
      requireLength("keys", layer, head, ", query " + query, copy[query].length, keys.size());
      for (int key = 0; key < copy[query].length; key++) {
        double weight = copy[query][key];
        if (weight < 0 || Double.isInfinite(weight)) {
          throw new InvalidInputException(
              "%s layer %s, head %s, query %s, key %s: expected a weight of 0 or more, or NaN for none, got %s"
                  .formatted(view(), layer, head, query, key, weight));
        }
      }
    }
    return copy;
  }

  private void requireLength(
      String axis, int layer, int head, String where, int length, int expected) {
    if (length != expected) {
      throw new InvalidInputException(
          "%s layer %s, head %s%s: expected %s %s as there are labels, got %s"
              .formatted(view(), layer, head, where, expected, axis, length));
    }
  }

  /** Nothing says which of a caller's tokens are special. */
  @Override
  OptionalDouble specialMass(int layer, int head) {
    return OptionalDouble.empty();
  }
}
