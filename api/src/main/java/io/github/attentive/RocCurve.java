package io.github.attentive;

import java.util.Arrays;
import java.util.OptionalDouble;

/** The receiver operating characteristic of two classes. */
final class RocCurve {
  private RocCurve() {}

  /**
   * The area under the curve, by ranks: Mann and Whitney's U as a share of all pairs.
   *
   * @param scores a finite score for each example, the higher, the more positive
   * @param positive whether the example is of the positive class
   * @return in [0, 1], or nothing if all examples are of one class
   */
  static OptionalDouble area(float[] scores, boolean[] positive) {
    int positives = 0;
    for (boolean one : positive) {
      positives += one ? 1 : 0;
    }
    float[] high = new float[positives];
    float[] low = new float[scores.length - positives];
    if (high.length == 0 || low.length == 0) {
      return OptionalDouble.empty();
    }
    int highs = 0;
    for (int i = 0; i < scores.length; i++) {
      if (positive[i]) {
        high[highs++] = scores[i];
      } else {
        low[i - highs] = scores[i];
      }
    }
    Arrays.sort(high);
    Arrays.sort(low);
    long halves = 0;
    int below = 0;
    int notAbove = 0;
    for (float score : high) {
      while (below < low.length && low[below] < score) {
        below++;
      }
      while (notAbove < low.length && low[notAbove] <= score) {
        notAbove++;
      }
      // A pair in order counts two halves, a tie one: those below are also among those not above.
      halves += (long) below + notAbove;
    }
    return OptionalDouble.of(halves / (2.0 * high.length * low.length));
  }
}
