package io.github.attentive.djl.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The dense layers of a function whose result an activation takes, and nothing else: a writer may
 * compute both in one step, where the activation stands. Immutable.
 */
public final class FusedActivations {
  private final Map<Tensor, Operation.Linear> layers;

  private FusedActivations(Map<Tensor, Operation.Linear> layers) {
    this.layers = layers;
  }

  /**
   * Finds them among the steps of a function, those of its recurrences left out.
   *
   * @param function the function
   * @param layer whether a dense layer may be fused
   * @param activation whether an activation may
   * @return what was found
   */
  public static FusedActivations of(
      Function function, Predicate<Operation.Linear> layer, Predicate<Activation> activation) {
    Map<Tensor, Operation.Linear> dense = new HashMap<>();
    Map<Tensor, Integer> uses = new HashMap<>();
    for (Function.Step step : function.steps()) {
      if (step.operation() instanceof Operation.Linear linear && layer.test(linear)) {
        dense.put(step.result(), linear);
      }
      step.operation().operands().forEach(operand -> uses.merge(operand, 1, Integer::sum));
    }
    function.outputs().forEach(output -> uses.merge(output.tensor(), 1, Integer::sum));
    Map<Tensor, Operation.Linear> fused = new HashMap<>();
    for (Function.Step step : function.steps()) {
      if (step.operation() instanceof Operation.Activate activate
          && activation.test(activate.activation())
          && dense.containsKey(activate.x())
          && uses.get(activate.x()) == 1) {
        fused.put(activate.x(), dense.get(activate.x()));
      }
    }
    return new FusedActivations(fused);
  }

  /**
   * Says whether a dense layer is computed with its activation, and so not by itself.
   *
   * @param result the layer's
   * @return true if no step of its own is to be written for it
   */
  public boolean holds(Tensor result) {
    return layers.containsKey(result);
  }

  /**
   * The dense layer that a tensor is the result of, if it is computed with its activation.
   *
   * @param result any tensor
   * @return the layer, or null
   */
  public Operation.@Nullable Linear layerOf(Tensor result) {
    return layers.get(result);
  }
}
