package io.github.attentive.explain;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Integrated gradients (Sundararajan et al. 2017, "Axiomatic Attribution for Deep Networks"): the
 * gradient along the straight line from a baseline b to the input x.
 *
 * <p>{@code IG_i = (x_i - b_i) * integral over t in [0, 1] of dF(b + t (x - b))/dx_i}. All of them
 * together are {@code F(x) - F(b)}; by how much the sum misses that is the {@link
 * #completenessError() completeness error}. Immutable; arrays are copied in and out.
 */
public final class IntegratedGradients {
  private final double[][] dimensions;
  private final double value;
  private final double baselineValue;
  private final QuadratureRule rule;
  private final int steps;
  private final int gradients;

  private IntegratedGradients(
      double[][] dimensions,
      double value,
      double baselineValue,
      QuadratureRule rule,
      int steps,
      int gradients) {
    this.dimensions = dimensions;
    this.value = value;
    this.baselineValue = baselineValue;
    this.rule = rule;
    this.steps = steps;
    this.gradients = gradients;
  }

  /**
   * Integrates.
   *
   * @param target the function and its gradient
   * @param input x, {@code [tokens][dimensions]}, finite, at least one of each
   * @param baseline b, of the same shape, finite
   * @param rule where the line is sampled
   * @param steps the number of samples, as {@link QuadratureRule#nodes} takes it
   * @param batchSize the most points that are asked for at once, at least 1; makes no difference to
   *     the result but through the target's own rounding
   * @return the attribution
   * @throws InvalidInputException if shapes differ, a number is not finite, or the steps or the
   *     batch size are too small
   * @throws InferenceException if the target gives NaN, infinities or arrays of another shape
   */
  public static IntegratedGradients of(
      TargetGradient target,
      double[][] input,
      double[][] baseline,
      QuadratureRule rule,
      int steps,
      int batchSize) {
    MatrixChecks.matrix("input", input);
    MatrixChecks.matrix("baseline", baseline, input.length, input[0].length);
    if (batchSize < 1) {
      throw new InvalidInputException("batch size: expected at least 1, got " + batchSize);
    }
    double[] nodes = rule.nodes(steps);
    double[] weights = rule.weights(steps);
    // The trapezoid has both ends among its nodes, the others have neither.
    boolean ends = nodes[0] == 0;
    double[] points = nodes;
    if (!ends) {
      points = Arrays.copyOf(nodes, steps + 2);
      points[steps] = 0;
      points[steps + 1] = 1;
    }
    double[][] integral = new double[input.length][input[0].length];
    double[] values = new double[points.length];
    for (int from = 0; from < points.length; from += batchSize) {
      int to = Math.min(points.length, from + batchSize);
      List<double[][]> batch = new ArrayList<>();
      for (int p = from; p < to; p++) {
        batch.add(between(baseline, input, points[p]));
      }
      List<TargetGradient.Slope> slopes = slopes(target, batch);
      for (int p = from; p < to; p++) {
        TargetGradient.Slope slope = slopes.get(p - from);
        values[p] = slope.value();
        if (p < steps) {
          add(integral, weights[p], slope.gradient());
        }
      }
    }
    for (int t = 0; t < integral.length; t++) {
      for (int d = 0; d < integral[t].length; d++) {
        integral[t][d] *= input[t][d] - baseline[t][d];
      }
    }
    return new IntegratedGradients(
        integral, values[points.length - 1], values[ends ? 0 : steps], rule, steps, points.length);
  }

  private static double[][] between(double[][] baseline, double[][] input, double share) {
    double[][] point = new double[input.length][input[0].length];
    for (int t = 0; t < point.length; t++) {
      for (int d = 0; d < point[t].length; d++) {
        // The end itself, not what rounding makes of it.
        point[t][d] =
            share == 1 ? input[t][d] : baseline[t][d] + share * (input[t][d] - baseline[t][d]);
      }
    }
    return point;
  }

  private static List<TargetGradient.Slope> slopes(TargetGradient target, List<double[][]> batch) {
    List<TargetGradient.Slope> slopes = target.at(batch);
    if (slopes.size() != batch.size()) {
      throw new InferenceException(
          "gradients: expected one for each of %s points, got %s"
              .formatted(batch.size(), slopes.size()));
    }
    for (TargetGradient.Slope slope : slopes) {
      try {
        InputGradient.checkSameShape(batch.get(0), slope.gradient());
        MatrixChecks.finite("target", new double[] {slope.value()});
      } catch (InvalidInputException e) {
        throw new InferenceException("integrated gradients: " + e.getMessage(), e);
      }
    }
    return slopes;
  }

  private static void add(double[][] to, double weight, double[][] gradient) {
    for (int t = 0; t < to.length; t++) {
      for (int d = 0; d < to[t].length; d++) {
        to[t][d] += weight * gradient[t][d];
      }
    }
  }

  /**
   * The score of each token: the signed sum over its dimensions.
   *
   * @return a new array, in text order
   */
  public double[] tokens() {
    return InputGradient.sums(dimensions);
  }

  /**
   * The score of each dimension.
   *
   * @return a copy, {@code [tokens][dimensions]}
   */
  public double[][] dimensions() {
    double[][] copy = new double[dimensions.length][];
    Arrays.setAll(copy, t -> dimensions[t].clone());
    return copy;
  }

  /**
   * The target at the input.
   *
   * @return F(x)
   */
  public double value() {
    return value;
  }

  /**
   * The target at the baseline.
   *
   * @return F(b)
   */
  public double baselineValue() {
    return baselineValue;
  }

  /**
   * By how much the scores miss what they should sum to, in the unit of the target.
   *
   * @return {@code sum IG - (F(x) - F(b))}; near 0 where the steps suffice
   */
  public double completenessError() {
    return Arrays.stream(tokens()).sum() - (value - baselineValue);
  }

  /**
   * The rule of integration.
   *
   * @return as given
   */
  public QuadratureRule rule() {
    return rule;
  }

  /**
   * The number of samples on the line.
   *
   * @return as given
   */
  public int steps() {
    return steps;
  }

  /**
   * How many gradients were computed: the steps, and both ends where the rule has them not.
   *
   * @return at least the steps
   */
  public int gradients() {
    return gradients;
  }

  /** The rule, the steps and the completeness error. */
  @Override
  public String toString() {
    return "IntegratedGradients[%s, %s steps, completeness error %s]"
        .formatted(rule.id(), steps, completenessError());
  }
}
