package io.github.attentive.djl.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Selects one element of an axis before what treats each element by itself, so that this is
 * computed for that one only: in the last layer of an encoder whose head reads one position, most
 * of the work would be for the others. Not thread-safe.
 */
public final class RowSelection {
  private final FunctionBuilder function;
  private final int axis;
  private final long index;

  /** What is computed for one element only. */
  private final Map<Tensor, Operation> ofOne = new HashMap<>();

  private final Map<Tensor, Tensor> selected = new HashMap<>();

  private RowSelection(FunctionBuilder function, int axis, long index) {
    this.function = function;
    this.axis = axis;
    this.index = index;
  }

  /**
   * Selects, as {@link FunctionBuilder#select} does, by other steps in place of some of the
   * function's. Those whose results anything else reads stay.
   *
   * @param function that computes x
   * @param x floats; neither this nor what is only computed for it may be read from now on
   * @param axis from 0, not the last
   * @param index 0, or -1 for the last
   * @return the shape without the axis
   */
  public static Tensor select(FunctionBuilder function, Tensor x, int axis, long index) {
    RowSelection selection = new RowSelection(function, axis, index);
    selection.find(x);
    function.remove(selection.ofOne.keySet());
    return selection.selected(x);
  }

  /** From the end, so that all that reads a result is known before what computes it is met. */
  private void find(Tensor x) {
    Set<Tensor> readForOne = new HashSet<>(Set.of(x));
    Set<Tensor> readForAll = new HashSet<>(function.outputs());
    List<Function.Step> steps = function.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Tensor result = steps.get(i).result();
      Operation operation = steps.get(i).operation();
      boolean isForOne = readForOne.contains(result) && !readForAll.contains(result);
      if (isForOne && treatsEachByItself(operation, result)) {
        ofOne.put(result, operation);
        readForOne.addAll(operation.operands());
      } else {
        readForAll.addAll(operation.operands());
      }
    }
  }

  private static boolean treatsEachByItself(Operation operation, Tensor result) {
    if (operation instanceof Operation.Binary) {
      return operation.operands().stream()
          .allMatch(operand -> operand.shape().equals(result.shape()));
    }
    return operation instanceof Operation.Activate
        || operation instanceof Operation.Affine
        || operation instanceof Operation.LayerNorm
        || operation instanceof Operation.Linear;
  }

  private Tensor selected(Tensor x) {
    Tensor known = selected.get(x);
    if (known == null) {
      known = ofOne.containsKey(x) ? computed(ofOne.get(x)) : function.select(x, axis, index);
      selected.put(x, known);
    }
    return known;
  }

  private Tensor computed(Operation operation) {
    Tensor first = selected(operation.operands().get(0));
    if (operation instanceof Operation.Activate op) {
      return function.activate(op.activation(), first);
    }
    if (operation instanceof Operation.Affine op) {
      return function.affine(first, op.scale(), op.shift());
    }
    if (operation instanceof Operation.LayerNorm op) {
      return function.layerNorm(first, op.weight(), op.bias(), op.epsilon());
    }
    if (operation instanceof Operation.Linear op) {
      return function.linear(first, op.weight(), op.bias());
    }
    Operation.Binary op = (Operation.Binary) operation;
    Tensor second = selected(op.right());
    return switch (op.arithmetic()) {
      case ADD -> function.add(first, second);
      case MULTIPLY -> function.multiply(first, second);
      case DIVIDE -> function.divide(first, second);
    };
  }
}
