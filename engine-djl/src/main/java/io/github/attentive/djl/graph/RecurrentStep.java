package io.github.attentive.djl.graph;

import java.util.List;

/** What a recurrence does at each position, in terms of the operations of its function. */
@FunctionalInterface
public interface RecurrentStep {

  /**
   * Writes one step.
   *
   * @param slices what it sees of each sequence, {@code [batch, ...]}
   * @param state what the step before left, {@code [batch, d]}
   * @return the state that it leaves, of the shape of the state
   */
  Tensor next(List<Tensor> slices, Tensor state);
}
