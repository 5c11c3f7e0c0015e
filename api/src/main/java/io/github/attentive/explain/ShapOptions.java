package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;

/**
 * How kernel SHAP samples. Immutable.
 *
 * @param samples the most versions of the text evaluated besides the whole and the empty one; at
 *     least 2. Values of 4 for each unit and above make the system solvable
 * @param seed of the samples
 */
public record ShapOptions(int samples, long seed) {
  /** What {@link #forUnits} adds to twice the number of units. */
  public static final int BASE_SAMPLES = 1024;

  /**
   * Creates options.
   *
   * @param samples as above
   * @param seed as above
   * @throws InvalidInputException if the samples are too few
   */
  public ShapOptions {
    if (samples < 2) {
      throw new InvalidInputException("SHAP samples: expected at least 2, got " + samples);
    }
  }

  /**
   * The defaults: {@code 2 * units + 1024} samples, which makes texts of up to 10 units exact. (The
   * authors' program has 2048 in place of 1024.)
   *
   * @param units of the text, 0 or above
   * @param seed of the samples
   * @return options
   */
  public static ShapOptions forUnits(int units, long seed) {
    return new ShapOptions(2 * units + BASE_SAMPLES, seed);
  }
}
