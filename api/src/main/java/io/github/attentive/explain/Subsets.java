package io.github.attentive.explain;

import java.util.BitSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The subsets of a few units, and how many there are. */
final class Subsets {
  private Subsets() {}

  /** The number of all subsets of n units, or one more than the bound if it is larger. */
  static long countUpTo(int n, int bound) {
    return n < 31 ? Math.min(1L << n, bound + 1L) : bound + 1L;
  }

  /** Every subset but the whole, the empty one first; for at most 30 units. */
  static Stream<BitSet> proper(int n) {
    return LongStream.range(0, (1L << n) - 1).mapToObj(bits -> BitSet.valueOf(new long[] {bits}));
  }

  /** How many subsets of n units have k; exact up to 2^53, infinite where a double ends. */
  static double binomial(int n, int k) {
    double count = 1;
    for (int i = 1; i <= Math.min(k, n - k); i++) {
      count = count * (n + 1 - i) / i;
    }
    return count;
  }

  /** The next larger choice of as many of n units, in place; false after the last. */
  static boolean next(int[] chosen, int n) {
    int k = chosen.length;
    for (int i = k - 1; i >= 0; i--) {
      if (chosen[i] < n - k + i) {
        chosen[i]++;
        for (int j = i + 1; j < k; j++) {
          chosen[j] = chosen[j - 1] + 1;
        }
        return true;
      }
    }
    return false;
  }
}
