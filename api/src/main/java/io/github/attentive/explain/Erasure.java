package io.github.attentive.explain;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Comprehensiveness and sufficiency (DeYoung et al. 2020, "ERASER"): what becomes of the target
 * when the units an explanation ranks highest are removed, or alone are kept. Stateless.
 *
 * <p>With {@code r_k} the k highest units, comprehensiveness is {@code p(x) - p(x without r_k)},
 * large if they matter, and sufficiency {@code p(x) - p(r_k)}, near 0 if they suffice. The mean
 * over several k is the area over the perturbation curve (AOPC). It depends on the model, too, so
 * it must not be compared between models; {@link NormalisedErasure} may be.
 */
public final class Erasure {
  /** The shares of the units that are removed or kept, in percent. */
  public static final List<Integer> PERCENT = List.of(1, 5, 10, 20, 50);

  private Erasure() {}

  /**
   * Ranks units.
   *
   * @param scores a score for each unit, finite
   * @return the units' indices from the highest score down; of equal ones, the earlier first
   * @throws InvalidInputException if a score is not finite
   */
  public static int[] order(double[] scores) {
    MatrixChecks.finite("scores", scores);
    return IntStream.range(0, scores.length)
        .boxed()
        // Adding 0 makes the two zeros one.
        .sorted(Comparator.comparingDouble(i -> -scores[i] + 0.0))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * How many units {@link #PERCENT} of them are.
   *
   * @param units the number of units, 0 or above
   * @return a count for each share: rounded up, so at least 1 where there is a unit
   */
  public static int[] counts(int units) {
    return PERCENT.stream().mapToInt(p -> (int) (((long) p * units + 99) / 100)).toArray();
  }

  /**
   * Comprehensiveness.
   *
   * @param evaluations of the text
   * @param order the units from the highest down
   * @param counts how many of them to remove, each 0 to all
   * @return a value for each count
   * @throws InvalidInputException if the order is not one of all units, a count is out of range, or
   *     the budget does not suffice
   * @throws InferenceException if the target gives NaN or infinities
   */
  public static double[] comprehensiveness(MaskEvaluations evaluations, int[] order, int[] counts) {
    return losses(evaluations, without(evaluations, order, counts));
  }

  /**
   * Sufficiency.
   *
   * @param evaluations of the text
   * @param order the units from the highest down
   * @param counts how many of them to keep, each 0 to all
   * @return a value for each count
   * @throws InvalidInputException as {@link #comprehensiveness}
   * @throws InferenceException as {@link #comprehensiveness}
   */
  public static double[] sufficiency(MaskEvaluations evaluations, int[] order, int[] counts) {
    return losses(evaluations, highest(evaluations, order, counts));
  }

  /**
   * The area over the perturbation curve.
   *
   * @param values comprehensiveness or sufficiency at several counts
   * @return their mean
   * @throws InvalidInputException if there is none or one is not finite
   */
  public static double mean(double[] values) {
    MatrixChecks.finite("values", values);
    return Arrays.stream(values)
        .average()
        .orElseThrow(
            () -> new InvalidInputException("mean: expected at least one value, got none"));
  }

  /** The text without its highest units, for each count. */
  static List<BitSet> without(MaskEvaluations evaluations, int[] order, int[] counts) {
    return highest(evaluations, order, counts).stream().map(evaluations::without).toList();
  }

  /** The highest units alone, for each count. */
  static List<BitSet> highest(MaskEvaluations evaluations, int[] order, int[] counts) {
    int units = evaluations.units();
    BitSet seen = new BitSet(units);
    for (int unit : order) {
      if (unit >= 0 && unit < units) {
        seen.set(unit);
      }
    }
    if (order.length != units || seen.cardinality() != units) {
      throw new InvalidInputException(
          "order: expected each of the units 0 to %s once, got %s"
              .formatted(units - 1, Arrays.toString(order)));
    }
    List<BitSet> highest = new ArrayList<>();
    for (int count : counts) {
      if (count < 0 || count > units) {
        throw new InvalidInputException(
            "count of units: expected 0 to %s, got %s".formatted(units, count));
      }
      BitSet kept = new BitSet();
      for (int i = 0; i < count; i++) {
        kept.set(order[i]);
      }
      highest.add(kept);
    }
    return highest;
  }

  /** What the target loses in each version. */
  private static double[] losses(MaskEvaluations evaluations, List<BitSet> versions) {
    List<BitSet> kept = new ArrayList<>(versions);
    kept.add(evaluations.all());
    double[] values = evaluations.of(kept);
    double whole = values[versions.size()];
    return Arrays.stream(values, 0, versions.size()).map(value -> whole - value).toArray();
  }
}
