package io.github.attentive.viz;

import java.util.OptionalDouble;

/**
 * One head in brief: its weights, pooled where they are many, and the numbers that tell what kind
 * of head it is. Rows that are all 0 or missing are left out of the means; a missing weight counts
 * as 0 in them.
 *
 * @param cells the highest weight of each block of cells; NaN if all of a block are missing
 * @param highest the highest weight; 0 if all are missing
 * @param query the row of the highest weight
 * @param key its column
 * @param entropy mean over the queries of the entropy of their weights as shares, in [0, 1]: as a
 *     share of the entropy of an even row
 * @param ahead mean distance from queries to the keys behind them in the text, weighted, in
 *     positions; absent unless there are as many queries as keys
 * @param back the same for the keys before them
 * @param next mean weight of the key right behind the query; absent as above
 * @param previous the same for the key right before it
 * @param special mean weight of the special tokens together; absent where they are not known
 */
record HeadSummary(
    Matrix cells,
    double highest,
    int query,
    int key,
    double entropy,
    OptionalDouble ahead,
    OptionalDouble back,
    OptionalDouble next,
    OptionalDouble previous,
    OptionalDouble special) {

  /**
   * Sums a head up.
   *
   * @param weights {@code [queries][keys]}
   * @param block how many cells by how many become one
   */
  static HeadSummary of(double[][] weights, int block, OptionalDouble special) {
    int queries = weights.length;
    int keys = weights[0].length;
    double entropy = 0;
    double ahead = 0;
    double back = 0;
    double next = 0;
    double previous = 0;
    int rows = 0;
    int strongest = 0;
    for (int query = 0; query < queries; query++) {
      double sum = 0;
      for (int key = 0; key < keys; key++) {
        double weight = known(weights[query][key]);
        sum += weight;
        if (weight > known(weights[strongest / keys][strongest % keys])) {
          strongest = query * keys + key;
        }
      }
      if (sum > 0) {
        rows++;
        for (int key = 0; key < keys; key++) {
          double share = known(weights[query][key]) / sum;
          if (share > 0) {
            // StrictMath: figures have equal bytes on every machine.
            entropy -= share * StrictMath.log(share);
            ahead += share * Math.max(0, key - query);
            back += share * Math.max(0, query - key);
          }
        }
        next += query + 1 < keys ? known(weights[query][query + 1]) : 0;
        previous += query > 0 && query <= keys ? known(weights[query][query - 1]) : 0;
      }
    }
    double evenRow = keys == 1 ? 1 : StrictMath.log(keys);
    double mean = rows == 0 ? 0 : 1.0 / rows;
    boolean square = queries == keys;
    return new HeadSummary(
        pool(weights, block),
        known(weights[strongest / keys][strongest % keys]),
        strongest / keys,
        strongest % keys,
        Math.max(0, Math.min(1, entropy * mean / evenRow)),
        given(square, ahead * mean),
        given(square, back * mean),
        given(square, next * mean),
        given(square, previous * mean),
        special);
  }

  private static OptionalDouble given(boolean given, double value) {
    return given ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static double known(double weight) {
    return Double.isNaN(weight) ? 0 : weight;
  }

  private static Matrix pool(double[][] weights, int block) {
    int queries = weights.length;
    int keys = weights[0].length;
    return Matrix.of(
        (queries + block - 1) / block,
        (keys + block - 1) / block,
        (row, column) -> {
          double highest = Double.NaN;
          for (int q = row * block; q < Math.min(queries, (row + 1) * block); q++) {
            for (int k = column * block; k < Math.min(keys, (column + 1) * block); k++) {
              double weight = weights[q][k];
              if (Double.isNaN(highest) || weight > highest) {
                highest = weight;
              }
            }
          }
          return highest;
        });
  }

  /** The mean distance between query and key. */
  OptionalDouble distance() {
    return given(ahead.isPresent(), ahead.orElse(0) + back.orElse(0));
  }
}
