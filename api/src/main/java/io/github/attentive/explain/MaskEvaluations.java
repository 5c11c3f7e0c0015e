package io.github.attentive.explain;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a {@link MaskedTarget} says of one text, remembered: no version is evaluated twice, and
 * never more than a budget allows. Methods and measures that share one of these share its
 * evaluations.
 *
 * <p>A version is the set of units kept. For one text; not thread-safe.
 */
public final class MaskEvaluations {
  /** The budget where none is named. */
  public static final int DEFAULT_BUDGET = 10_000;

  private final int units;
  private final MaskedTarget target;
  private final int budget;
  private final Map<BitSet, Double> known = new HashMap<>();

  /**
   * Starts with nothing evaluated and {@link #DEFAULT_BUDGET}.
   *
   * @param units the number of words, tokens or sentences of the text, 0 or above
   * @param target what is evaluated
   * @throws InvalidInputException if the number is negative
   */
  public MaskEvaluations(int units, MaskedTarget target) {
    this(units, target, DEFAULT_BUDGET);
  }

  /**
   * Starts with nothing evaluated.
   *
   * @param units the number of words, tokens or sentences of the text, 0 or above
   * @param target what is evaluated
   * @param budget the most versions that are ever evaluated, at least 1
   * @throws InvalidInputException if a number is out of its range
   */
  public MaskEvaluations(int units, MaskedTarget target, int budget) {
    if (units < 0 || budget < 1) {
      throw new InvalidInputException(
          "evaluations: expected 0 or more units and a budget of at least 1, got %s and %s"
              .formatted(units, budget));
    }
    this.units = units;
    this.target = Objects.requireNonNull(target, "target");
    this.budget = budget;
  }

  /**
   * The number of units of the text.
   *
   * @return 0 or above
   */
  public int units() {
    return units;
  }

  /**
   * How many versions were evaluated so far.
   *
   * @return at most the budget
   */
  public int forwardPasses() {
    return known.size();
  }

  /**
   * How many forward passes these versions would still cost.
   *
   * @param kept sets of units kept
   * @return the number of different ones that are not known yet
   */
  public int cost(Collection<BitSet> kept) {
    return unknown(kept).size();
  }

  /**
   * The target of each version; those not known yet are evaluated in one call.
   *
   * @param kept sets of units kept; copied
   * @return as many values, in the same order
   * @throws InvalidInputException if a set holds a unit the text has not, or the budget does not
   *     suffice; then nothing is evaluated
   * @throws InferenceException if the target gives more or fewer values, NaN or infinities
   */
  public double[] of(List<BitSet> kept) {
    List<BitSet> unknown = unknown(kept);
    if (unknown.size() > budget - known.size()) {
      throw new InvalidInputException(
          "forward passes: expected at most %s, the budget, got %s done and %s more to do; allow more or take a shorter text"
              .formatted(budget, known.size(), unknown.size()));
    }
    if (!unknown.isEmpty()) {
      evaluate(unknown);
    }
    return kept.stream().mapToDouble(this::value).toArray();
  }

  /**
   * The target of one version.
   *
   * @param kept the units kept; copied
   * @return the value
   * @throws InvalidInputException as {@link #of(List)}
   * @throws InferenceException as {@link #of(List)}
   */
  public double of(BitSet kept) {
    return of(List.of(kept))[0];
  }

  /**
   * The target of the whole text.
   *
   * @return the value
   * @throws InvalidInputException as {@link #of(List)}
   * @throws InferenceException as {@link #of(List)}
   */
  public double whole() {
    return of(all());
  }

  /** Every unit of the text. */
  BitSet all() {
    BitSet all = new BitSet(units);
    all.set(0, units);
    return all;
  }

  /** Every unit but these. */
  BitSet without(BitSet removed) {
    BitSet kept = all();
    kept.andNot(removed);
    return kept;
  }

  private double value(BitSet kept) {
    Double value = known.get(kept);
    return Objects.requireNonNull(value);
  }

  private List<BitSet> unknown(Collection<BitSet> kept) {
    Set<BitSet> unknown = new LinkedHashSet<>();
    for (BitSet version : kept) {
      if (version.length() > units) {
        throw new InvalidInputException(
            "kept units: expected 0 to %s, got %s".formatted(units - 1, version.length() - 1));
      }
      if (!known.containsKey(version)) {
        unknown.add((BitSet) version.clone());
      }
    }
    return new ArrayList<>(unknown);
  }

  private void evaluate(List<BitSet> versions) {
    boolean[][] kept = new boolean[versions.size()][units];
    for (int v = 0; v < kept.length; v++) {
      for (int u = 0; u < units; u++) {
        kept[v][u] = versions.get(v).get(u);
      }
    }
    double[] values = target.of(kept);
    if (values.length != kept.length) {
      throw new InferenceException(
          "masked texts: expected %s results, got %s".formatted(kept.length, values.length));
    }
    for (int v = 0; v < values.length; v++) {
      if (!Double.isFinite(values[v])) {
        throw new InferenceException(
            "masked text that keeps the units %s of %s: expected a finite target, got %s"
                .formatted(versions.get(v), units, values[v]));
      }
    }
    for (int v = 0; v < values.length; v++) {
      known.put(versions.get(v), values[v]);
    }
  }
}
