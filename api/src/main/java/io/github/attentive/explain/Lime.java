package io.github.attentive.explain;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * LIME (Ribeiro et al. 2016, "Why Should I Trust You?"): a linear model of which units are kept,
 * fitted to the target near the whole text. Stateless.
 *
 * <p>As in the authors' program, a version lacks a number of units that is drawn evenly from 1 to
 * all of them, and which ones is drawn evenly, too. Where the text has so few units that the
 * samples would cover all versions, each is taken once and counts as often as it would be drawn:
 * the seed then makes no difference.
 */
public final class Lime {
  private Lime() {}

  /**
   * Fits.
   *
   * @param evaluations of the text
   * @param options samples, kernel, ridge and seed
   * @return the weights of the linear model; none for a text without units
   * @throws InvalidInputException if the budget does not suffice, or the ridge is 0 and the samples
   *     do not tell the units apart
   * @throws InferenceException if the target gives NaN or infinities
   */
  public static LimeFit fit(MaskEvaluations evaluations, LimeOptions options) {
    int n = evaluations.units();
    List<BitSet> kept = new ArrayList<>();
    kept.add(evaluations.all());
    boolean exact = Subsets.countUpTo(n, options.samples()) <= options.samples();
    if (exact) {
      Subsets.proper(n).forEach(kept::add);
    } else {
      draw(evaluations, options, kept);
    }
    double[] importance = new double[kept.size()];
    double sum = 0;
    for (int s = 0; s < importance.length; s++) {
      double share = exact && s > 0 ? shareOfDraws(n, kept.get(s), options.samples()) : 1;
      importance[s] = share * kernel(kept.get(s).cardinality(), n, options.kernelWidth());
      sum += importance[s];
    }
    for (int s = 0; s < importance.length; s++) {
      importance[s] /= sum;
    }
    return solve(n, kept, evaluations.of(kept), importance, options, exact);
  }

  private static void draw(MaskEvaluations evaluations, LimeOptions options, List<BitSet> kept) {
    Random random = new Random(options.seed());
    int n = evaluations.units();
    while (kept.size() < options.samples()) {
      int lacking = 1 + random.nextInt(n);
      int[] order = RandomOrder.of(n, random);
      BitSet version = evaluations.all();
      for (int i = 0; i < lacking; i++) {
        version.clear(order[i]);
      }
      kept.add(version);
    }
  }

  /** How often a version would be drawn. */
  private static double shareOfDraws(int units, BitSet version, int samples) {
    return (samples - 1) / (units * Subsets.binomial(units, version.cardinality()));
  }

  private static double kernel(int kept, int units, double width) {
    double distance = units == 0 ? 0 : 1 - Math.sqrt((double) kept / units);
    return Math.exp(-distance * distance / (2 * width * width));
  }

  /** Weighted ridge regression with a free intercept: the variables are centred first. */
  private static LimeFit solve(
      int n,
      List<BitSet> kept,
      double[] values,
      double[] importance,
      LimeOptions options,
      boolean exact) {
    double[] mean = new double[n];
    double meanValue = 0;
    for (int s = 0; s < values.length; s++) {
      meanValue += importance[s] * values[s];
      for (int i = kept.get(s).nextSetBit(0); i >= 0; i = kept.get(s).nextSetBit(i + 1)) {
        mean[i] += importance[s];
      }
    }
    double[][] matrix = new double[n][n];
    double[] right = new double[n];
    double total = 0;
    for (int s = 0; s < values.length; s++) {
      double[] row = new double[n];
      for (int i = 0; i < n; i++) {
        row[i] = (kept.get(s).get(i) ? 1 : 0) - mean[i];
      }
      double value = values[s] - meanValue;
      total += importance[s] * value * value;
      for (int i = 0; i < n; i++) {
        double weighted = importance[s] * row[i];
        right[i] += weighted * value;
        for (int j = 0; j <= i; j++) {
          matrix[i][j] += weighted * row[j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      matrix[i][i] += options.ridge();
    }
    double[] weights =
        WeightedLeastSquares.solve(
            WeightedLeastSquares.decompose(matrix, "draw more, or set a ridge above 0"), right);
    double intercept = meanValue;
    for (int i = 0; i < n; i++) {
      intercept -= weights[i] * mean[i];
    }
    double left = 0;
    for (int s = 0; s < values.length; s++) {
      double residual = values[s] - intercept;
      for (int i = kept.get(s).nextSetBit(0); i >= 0; i = kept.get(s).nextSetBit(i + 1)) {
        residual -= weights[i];
      }
      left += importance[s] * residual * residual;
    }
    // What never changes is fitted by the intercept alone.
    double determination = total == 0 ? 1 : 1 - left / total;
    return new LimeFit(weights, intercept, determination, values.length, exact, options);
  }
}
