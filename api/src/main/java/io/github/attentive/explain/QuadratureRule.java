package io.github.attentive.explain;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;

/**
 * Where an integral over [0, 1] is sampled and how much each sample counts. The weights of every
 * rule sum to 1, so that a constant is integrated exactly.
 */
public enum QuadratureRule {
  /** Gauss-Legendre: the most exact for smooth functions. */
  GAUSS_LEGENDRE("gauss", 1) {
    @Override
    double[] nodesOf(int count) {
      return new GaussLegendre(count).nodes();
    }

    @Override
    double[] weightsOf(int count) {
      return new GaussLegendre(count).weights();
    }
  },
  /**
   * Points at equal distances with both ends among them: n of them bound n - 1 stretches, so each
   * counts 1 / (n - 1) and the ends half of that. (Weights of 1 / n, as some libraries have them,
   * sum to less than 1.)
   */
  TRAPEZOID("trapezoid", 2) {
    @Override
    double[] nodesOf(int count) {
      double[] nodes = new double[count];
      Arrays.setAll(nodes, i -> (double) i / (count - 1));
      return nodes;
    }

    @Override
    double[] weightsOf(int count) {
      double[] weights = new double[count];
      Arrays.fill(weights, 1.0 / (count - 1));
      weights[0] /= 2;
      weights[count - 1] /= 2;
      return weights;
    }
  },
  /** The middles of n equal stretches. */
  MIDDLE("middle", 1) {
    @Override
    double[] nodesOf(int count) {
      double[] nodes = new double[count];
      Arrays.setAll(nodes, i -> (i + 0.5) / count);
      return nodes;
    }

    @Override
    double[] weightsOf(int count) {
      double[] weights = new double[count];
      Arrays.fill(weights, 1.0 / count);
      return weights;
    }
  };

  /** The most points a rule is made for. */
  public static final int MOST_POINTS = 10_000;

  private final String id;
  private final int fewest;

  QuadratureRule(String id, int fewest) {
    this.id = id;
    this.fewest = fewest;
  }

  abstract double[] nodesOf(int count);

  abstract double[] weightsOf(int count);

  /**
   * The name used on the command line and in JSON.
   *
   * @return {@code gauss}, {@code trapezoid} or {@code middle}
   */
  public String id() {
    return id;
  }

  /**
   * Where to sample.
   *
   * @param count the number of points: at least 1, at least 2 for the trapezoid
   * @return a new array of points in [0, 1], ascending
   * @throws InvalidInputException if the count is too small or above {@link #MOST_POINTS}
   */
  public double[] nodes(int count) {
    check(count);
    return nodesOf(count);
  }

  /**
   * What each sample counts.
   *
   * @param count the number of points: at least 1, at least 2 for the trapezoid
   * @return a new array of weights that sum to 1 within 1e-13, in the order of the nodes
   * @throws InvalidInputException if the count is too small or above {@link #MOST_POINTS}
   */
  public double[] weights(int count) {
    check(count);
    return weightsOf(count);
  }

  /**
   * Refuses a number of points that this rule is not made for.
   *
   * @param count the number of points
   * @throws InvalidInputException if the count is too small or above {@link #MOST_POINTS}
   */
  public void check(int count) {
    if (count < fewest || count > MOST_POINTS) {
      throw new InvalidInputException(
          "steps of rule %s: expected %s to %s, got %s".formatted(id, fewest, MOST_POINTS, count));
    }
  }
}
