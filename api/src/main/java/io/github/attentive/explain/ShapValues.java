package io.github.attentive.explain;

import java.util.Objects;

/**
 * Shapley values of the units of a text. Immutable; arrays are copied in and out; all finite.
 *
 * <p>They share out what the text adds over the empty one: {@code sum of values = whole - empty}
 * within rounding, exact or sampled.
 */
public final class ShapValues {
  private final double[] values;
  private final double empty;
  private final double whole;
  private final int samples;
  private final boolean exact;
  private final ShapOptions options;

  ShapValues(
      double[] values,
      double empty,
      double whole,
      int samples,
      boolean exact,
      ShapOptions options) {
    this.values = values;
    this.empty = empty;
    this.whole = whole;
    this.samples = samples;
    this.exact = exact;
    this.options = Objects.requireNonNull(options, "options");
  }

  /**
   * The share of each unit.
   *
   * @return a copy, in text order; positive for what speaks for the target
   */
  public double[] values() {
    return values.clone();
  }

  /**
   * The target of the text without any unit.
   *
   * @return p(empty)
   */
  public double empty() {
    return empty;
  }

  /**
   * The target of the whole text.
   *
   * @return p(x)
   */
  public double whole() {
    return whole;
  }

  /**
   * The number of different versions evaluated besides the whole and the empty one.
   *
   * @return at most the samples asked for
   */
  public int samples() {
    return samples;
  }

  /**
   * Whether all versions were evaluated: the values are then the definition's own, and the seed
   * made no difference.
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
  public ShapOptions options() {
    return options;
  }

  /** How the values were made. */
  @Override
  public String toString() {
    return "ShapValues[%s values, %s samples, exact %s, %s]"
        .formatted(values.length, samples, exact, options);
  }
}
