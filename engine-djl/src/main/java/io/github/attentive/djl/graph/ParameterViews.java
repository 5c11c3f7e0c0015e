package io.github.attentive.djl.graph;

import java.util.HashSet;
import java.util.Set;

/**
 * Tells what of a function only shows a large parameter in another order. What depends on
 * parameters alone is computed once and kept, but this: it would be a second copy of the weight.
 * Not thread-safe.
 */
public final class ParameterViews {
  /** Elements from which a copy counts. */
  private static final long LARGE = 1 << 16;

  private final Set<Tensor> views = new HashSet<>();

  /** For the steps of one function, in their order. */
  public ParameterViews() {}

  /**
   * Takes up a step.
   *
   * @param operation what it does
   * @param result what comes of it
   */
  public void add(Operation operation, Tensor result) {
    boolean orders =
        operation instanceof Operation.Transpose
            || operation instanceof Operation.Unsqueeze
            || operation instanceof Operation.SplitAxis
            || operation instanceof Operation.MergeAxes
            || operation instanceof Operation.Slice
            || operation instanceof Operation.Select;
    if (operation instanceof Operation.Rows
        || (orders && views.containsAll(operation.operands()))) {
      views.add(result);
    }
  }

  /**
   * Says whether a tensor is such a view.
   *
   * @param tensor result of a step taken up
   * @return true if it shows a parameter and is large
   */
  public boolean areLarge(Tensor tensor) {
    return views.contains(tensor) && tensor.shape().elements() >= LARGE;
  }
}
