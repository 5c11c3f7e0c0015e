package io.github.attentive.explain;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Normalised area over the perturbation curve (Edin et al. 2024, "Normalized AOPC"): mean
 * comprehensiveness of an order, between that of the worst order of removal and that of the best.
 * Unlike the area itself, it may be compared between models. Immutable.
 *
 * <p>The mean is over the removal of 1, 2, ... all units. The bounds are found by beam search, so
 * that they are bounds exactly only where the beam holds all sets of a size; the order's own area
 * counts for both of them.
 *
 * @param area the mean comprehensiveness of the order
 * @param lower the lowest found
 * @param upper the highest found
 */
public record NormalisedErasure(double area, double lower, double upper) {

  /**
   * Creates a result.
   *
   * @param area as above
   * @param lower as above
   * @param upper as above
   * @throws InvalidInputException unless {@code lower <= area <= upper}, all finite
   */
  public NormalisedErasure {
    if (!(lower <= area && area <= upper) || !Double.isFinite(upper - lower)) {
      throw new InvalidInputException(
          "area: expected a number from the lower to the upper bound, got %s, %s and %s"
              .formatted(area, lower, upper));
    }
  }

  /**
   * Measures an order.
   *
   * @param evaluations of the text; at most about {@code beam * units^2} forward passes are needed
   * @param order the units from the highest down
   * @param beam how many sets of removed units are followed at a time, at least 1
   * @return the area and its bounds
   * @throws InvalidInputException if there is no unit, the order is not one of all units, the beam
   *     is below 1, or the budget does not suffice
   * @throws InferenceException if the target gives NaN or infinities
   */
  public static NormalisedErasure of(MaskEvaluations evaluations, int[] order, int beam) {
    if (beam < 1) {
      throw new InvalidInputException("beam: expected at least 1, got " + beam);
    }
    int[] counts = IntStream.rangeClosed(1, evaluations.units()).toArray();
    double area = Erasure.mean(Erasure.comprehensiveness(evaluations, order, counts));
    double upper = extreme(evaluations, beam, 1);
    double lower = extreme(evaluations, beam, -1);
    return new NormalisedErasure(area, Math.min(area, lower), Math.max(area, upper));
  }

  /** Units removed so far and the sum of what the target lost after each of them. */
  private record Removal(BitSet removed, double sum) {}

  private static double extreme(MaskEvaluations evaluations, int beam, int sign) {
    double whole = evaluations.whole();
    List<Removal> best = List.of(new Removal(new BitSet(), 0));
    for (int k = 0; k < evaluations.units(); k++) {
      List<Removal> longer = new ArrayList<>();
      for (Removal removal : best) {
        List<BitSet> next = oneMore(removal.removed(), evaluations.units());
        double[] values = evaluations.of(next.stream().map(evaluations::without).toList());
        for (int i = 0; i < values.length; i++) {
          longer.add(new Removal(next.get(i), removal.sum() + whole - values[i]));
        }
      }
      longer.sort(Comparator.comparingDouble(removal -> -sign * removal.sum()));
      // Of two ways to the same set, only the better one can win.
      Set<BitSet> seen = new LinkedHashSet<>();
      longer.removeIf(removal -> !seen.add(removal.removed()));
      best = List.copyOf(longer.subList(0, Math.min(beam, longer.size())));
    }
    return best.get(0).sum() / evaluations.units();
  }

  private static List<BitSet> oneMore(BitSet removed, int units) {
    List<BitSet> larger = new ArrayList<>();
    for (int i = removed.nextClearBit(0); i < units; i = removed.nextClearBit(i + 1)) {
      BitSet next = (BitSet) removed.clone();
      next.set(i);
      larger.add(next);
    }
    return larger;
  }

  /**
   * Where the area lies between its bounds.
   *
   * @return 0, as bad as can be, to 1, as good as can be; 0 where the bounds are equal
   */
  public double share() {
    return upper == lower ? 0 : (area - lower) / (upper - lower);
  }
}
