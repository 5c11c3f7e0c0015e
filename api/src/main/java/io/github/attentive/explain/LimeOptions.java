package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;

/**
 * How LIME samples and fits. Immutable.
 *
 * @param samples the number of versions of the text drawn, the whole text among them; at least 2
 * @param kernelWidth how fast a version counts less the more it lacks, above 0: a version that
 *     keeps k of n units is at the cosine distance {@code d = 1 - sqrt(k / n)} and counts {@code
 *     exp(-d^2 / (2 width^2))}
 * @param ridge how strongly large weights are held back, 0 or above, relative to samples whose
 *     weights sum to 1
 * @param seed of the samples
 */
public record LimeOptions(int samples, double kernelWidth, double ridge, long seed) {
  /** The samples of the defaults. */
  public static final int DEFAULT_SAMPLES = 1000;

  /**
   * The kernel width of the defaults: the original's 25, which measures distances in hundredths.
   */
  public static final double DEFAULT_KERNEL_WIDTH = 0.25;

  /** The ridge of the defaults: the original's 1 for every 1000 samples. */
  public static final double DEFAULT_RIDGE = 0.001;

  /**
   * Creates options.
   *
   * @param samples as above
   * @param kernelWidth as above
   * @param ridge as above
   * @param seed as above
   * @throws InvalidInputException if a number is out of its range or not finite
   */
  public LimeOptions {
    if (samples < 2) {
      throw new InvalidInputException("LIME samples: expected at least 2, got " + samples);
    }
    if (!(kernelWidth > 0) || !Double.isFinite(kernelWidth)) {
      throw new InvalidInputException(
          "LIME kernel width: expected a number above 0, got " + kernelWidth);
    }
    if (!(ridge >= 0) || !Double.isFinite(ridge)) {
      throw new InvalidInputException("LIME ridge: expected 0 or above, got " + ridge);
    }
  }

  /**
   * The defaults with a seed.
   *
   * @param seed of the samples
   * @return options
   */
  public static LimeOptions ofSeed(long seed) {
    return new LimeOptions(DEFAULT_SAMPLES, DEFAULT_KERNEL_WIDTH, DEFAULT_RIDGE, seed);
  }
}
