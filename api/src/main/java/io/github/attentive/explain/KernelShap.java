package io.github.attentive.explain;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kernel SHAP (Lundberg &amp; Lee 2017, "A Unified Approach to Interpreting Model Predictions"):
 * Shapley values of the units of a text. Stateless.
 *
 * <p>Where the samples cover all versions of the text, the values are computed from the definition:
 * {@code sum over S without i of |S|! (n - |S| - 1)! / n! * (v(S and i) - v(S))}. Else versions are
 * drawn as the authors' program does: sizes from the outside in are taken whole while the samples
 * last, the rest is drawn together with its complements, and a weighted regression is solved under
 * the condition that the values sum to {@code v(all) - v(none)}.
 */
public final class KernelShap {
  private static final int DRAWS_A_SAMPLE = 8;

  private KernelShap() {}

  /**
   * Computes the values.
   *
   * @param evaluations of the text
   * @param options samples and seed
   * @return the values; none for a text without units
   * @throws InvalidInputException if the budget does not suffice, or the samples are too few to
   *     tell the units apart
   * @throws InferenceException if the target gives NaN or infinities
   */
  public static ShapValues of(MaskEvaluations evaluations, ShapOptions options) {
    int n = evaluations.units();
    if (Subsets.countUpTo(n, options.samples() + 2) <= options.samples() + 2L) {
      return exact(evaluations, options);
    }
    Map<BitSet, Double> importance = sample(evaluations, options);
    List<BitSet> kept = new ArrayList<>(importance.keySet());
    kept.add(new BitSet());
    kept.add(evaluations.all());
    double[] values = evaluations.of(kept);
    double empty = values[values.length - 2];
    double whole = values[values.length - 1];
    double[][] matrix = new double[n][n];
    double[] right = new double[n];
    for (int s = 0; s < importance.size(); s++) {
      double weight = importance.getOrDefault(kept.get(s), 0.0);
      int[] units = kept.get(s).stream().toArray();
      for (int i : units) {
        right[i] += weight * (values[s] - empty);
        for (int j : units) {
          matrix[i][j] += weight;
        }
      }
    }
    double[] shares = constrained(matrix, right, whole - empty);
    return new ShapValues(shares, empty, whole, importance.size(), false, options);
  }

  private static ShapValues exact(MaskEvaluations evaluations, ShapOptions options) {
    int n = evaluations.units();
    List<BitSet> kept = new ArrayList<>(Subsets.proper(n).toList());
    kept.add(evaluations.all());
    // The number of a version is its bits read as a binary number.
    double[] values = evaluations.of(kept);
    double[] shares = new double[n];
    for (int s = 0; s < values.length; s++) {
      double weight = 1 / (n * Subsets.binomial(n - 1, Integer.bitCount(s)));
      for (int i = 0; i < n; i++) {
        if ((s >> i & 1) == 0) {
          shares[i] += weight * (values[s | 1 << i] - values[s]);
        }
      }
    }
    int between = Math.max(0, values.length - 2);
    return new ShapValues(shares, values[0], values[values.length - 1], between, true, options);
  }

  /** Versions of the text and how much each counts, neither whole nor empty. */
  private static Map<BitSet, Double> sample(MaskEvaluations evaluations, ShapOptions options) {
    int n = evaluations.units();
    int sizes = n / 2;
    // Sizes s and n - s go together; both count (n - 1) / (s (n - s)).
    double[] ofSize = new double[sizes + 1];
    double left = 0;
    for (int s = 1; s <= sizes; s++) {
      ofSize[s] = (n - 1.0) / ((double) s * (n - s)) * (2 * s == n ? 1 : 2);
      left += ofSize[s];
    }
    double total = left;
    Map<BitSet, Double> importance = new LinkedHashMap<>();
    int size = 1;
    for (; size <= sizes; size++) {
      double versions = Subsets.binomial(n, size) * (2 * size == n ? 1 : 2);
      if ((options.samples() - importance.size()) * ofSize[size] / left < versions) {
        break;
      }
      takeAll(evaluations, size, ofSize[size] / total / versions, importance);
      left -= ofSize[size];
    }
    if (size <= sizes) {
      draw(evaluations, options, size, ofSize, left, total, importance);
    }
    return importance;
  }

  private static void takeAll(
      MaskEvaluations evaluations, int size, double weight, Map<BitSet, Double> importance) {
    int[] chosen = new int[size];
    for (int i = 0; i < size; i++) {
      chosen[i] = i;
    }
    do {
      BitSet version = new BitSet();
      for (int unit : chosen) {
        version.set(unit);
      }
      importance.put(version, weight);
      importance.put(evaluations.without(version), weight);
    } while (Subsets.next(chosen, evaluations.units()));
  }

  /** Fills the samples with versions of the sizes left and shares what those count among them. */
  private static void draw(
      MaskEvaluations evaluations,
      ShapOptions options,
      int smallest,
      double[] ofSize,
      double left,
      double total,
      Map<BitSet, Double> importance) {
    Random random = new Random(options.seed());
    Map<BitSet, Integer> drawn = new LinkedHashMap<>();
    int wanted = options.samples() - importance.size();
    int counted = 0;
    for (int d = 0; d < (long) DRAWS_A_SAMPLE * wanted && drawn.size() + 2 <= wanted; d++) {
      BitSet version = version(evaluations.units(), size(ofSize, smallest, left, random), random);
      drawn.merge(version, 1, Integer::sum);
      drawn.merge(evaluations.without(version), 1, Integer::sum);
      counted += 2;
    }
    for (Map.Entry<BitSet, Integer> entry : drawn.entrySet()) {
      importance.put(entry.getKey(), left / total * entry.getValue() / counted);
    }
  }

  private static int size(double[] ofSize, int smallest, double left, Random random) {
    double at = random.nextDouble() * left;
    int size = smallest;
    while (size < ofSize.length - 1 && at >= ofSize[size]) {
      at -= ofSize[size];
      size++;
    }
    return size;
  }

  private static BitSet version(int units, int size, Random random) {
    int[] order = RandomOrder.of(units, random);
    BitSet version = new BitSet();
    for (int i = 0; i < size; i++) {
      version.set(order[i]);
    }
    return version;
  }

  /** Least squares under the condition that the values have this sum, by Lagrange's method. */
  private static double[] constrained(double[][] matrix, double[] right, double sum) {
    double[][] lower = WeightedLeastSquares.decompose(matrix, "draw more");
    double[] free = WeightedLeastSquares.solve(lower, right);
    double[] ones = new double[right.length];
    Arrays.fill(ones, 1);
    double[] direction = WeightedLeastSquares.solve(lower, ones);
    double surplus = (sum(free) - sum) / sum(direction);
    for (int i = 0; i < free.length; i++) {
      free[i] -= surplus * direction[i];
    }
    return free;
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
