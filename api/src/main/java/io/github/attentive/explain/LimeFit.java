package io.github.attentive.explain;

import java.util.Objects;

/** The linear model that LIME fitted. Immutable; arrays are copied in and out; all finite. */
public final class LimeFit {
  private final double[] weights;
  private final double intercept;
  private final double determination;
  private final int samples;
  private final boolean exact;
  private final LimeOptions options;

  LimeFit(
      double[] weights,
      double intercept,
      double determination,
      int samples,
      boolean exact,
      LimeOptions options) {
    this.weights = weights;
    this.intercept = intercept;
    this.determination = determination;
    this.samples = samples;
    this.exact = exact;
    this.options = Objects.requireNonNull(options, "options");
  }

  /**
   * What keeping a unit adds to the target near the whole text.
   *
   * @return a copy, in text order; positive for what speaks for the target
   */
  public double[] weights() {
    return weights.clone();
  }

  /**
   * What the linear model says of a text without units.
   *
   * @return the intercept
   */
  public double intercept() {
    return intercept;
  }

  /**
   * How well the linear model fits the samples as they are weighed: the coefficient of
   * determination. Where it is low, the weights say little.
   *
   * @return R2, at most 1; 1 where the target never changes
   */
  public double determination() {
    return determination;
  }

  /**
   * The number of versions the model was fitted to.
   *
   * @return as asked for, or fewer where the text has no more
   */
  public int samples() {
    return samples;
  }

  /**
   * Whether all versions of the text were taken, so that the seed made no difference.
   *
   * @return true for short texts
   */
  public boolean exact() {
    return exact;
  }

  /**
   * What was asked for, the seed among it.
   *
   * @return the options
   */
  public LimeOptions options() {
    return options;
  }

  /** The fit and what it was made with. */
  @Override
  public String toString() {
    return "LimeFit[R2 %s, %s samples, %s]".formatted(determination, samples, options);
  }
}
