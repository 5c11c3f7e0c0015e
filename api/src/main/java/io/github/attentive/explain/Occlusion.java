package io.github.attentive.explain;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Occlusion, or leave-one-out: what the target loses when a unit alone is removed, {@code o_i =
 * p(x) - p(x without i)}. Positive for a unit that speaks for the target. Stateless; costs a
 * forward pass a unit and one more.
 */
public final class Occlusion {
  private Occlusion() {}

  /**
   * The loss for each unit.
   *
   * @param evaluations of the text
   * @return a score for each unit, in text order; none for a text without units
   * @throws InvalidInputException if the budget does not suffice
   * @throws InferenceException if the target gives NaN or infinities
   */
  public static double[] of(MaskEvaluations evaluations) {
    List<BitSet> kept = masks(evaluations);
    double[] values = evaluations.of(kept);
    double[] losses = new double[evaluations.units()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = values[losses.length] - values[i];
    }
    return losses;
  }

  /** The text without each unit, and the whole text last. */
  static List<BitSet> masks(MaskEvaluations evaluations) {
    List<BitSet> kept = new ArrayList<>();
    for (int i = 0; i < evaluations.units(); i++) {
      BitSet one = evaluations.all();
      one.clear(i);
      kept.add(one);
    }
    kept.add(evaluations.all());
    return kept;
  }
}
