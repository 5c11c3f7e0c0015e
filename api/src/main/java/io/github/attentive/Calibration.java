package io.github.attentive;

import java.util.ArrayList;
import java.util.List;

/** Sorts predictions into bins of equal width by the probability of the predicted label. */
final class Calibration {
  /** As in Guo et al. 2017. */
  private static final int BINS = 15;

  private final int[] count = new int[BINS];
  private final int[] right = new int[BINS];
  private final double[] confidence = new double[BINS];

  /**
   * Counts a prediction.
   *
   * @param probability of the predicted label, in [0, 1]; a float, so that its product with the
   *     number of bins is exact and no rounding moves it over a border
   */
  void add(float probability, boolean correct) {
    int bin = Math.max(0, (int) Math.ceil((double) probability * BINS) - 1);
    count[bin]++;
    right[bin] += correct ? 1 : 0;
    confidence[bin] += probability;
  }

  List<ReliabilityBin> bins() {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      int divisor = Math.max(1, count[i]);
      bins.add(
          new ReliabilityBin(
              (double) i / BINS,
              (i + 1.0) / BINS,
              count[i],
              confidence[i] / divisor,
              (double) right[i] / divisor));
    }
    return List.copyOf(bins);
  }

  /** The mean distance of confidence and accuracy, each bin weighted with its predictions. */
  static double error(List<ReliabilityBin> bins) {
    double sum = 0;
    long predictions = 0;
    for (ReliabilityBin bin : bins) {
      sum += bin.count() * Math.abs(bin.accuracy() - bin.confidence());
      predictions += bin.count();
    }
    return sum / predictions;
  }
}
