package io.github.attentive.djl.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which tensors of a function depend on which. Immutable. */
final class DataFlow {
  private final List<Function.Step> steps;
  private final Map<Tensor, Operation> producers = new HashMap<>();

  /**
   * Reads a function.
   *
   * @param steps the function's, in order
   */
  DataFlow(List<Function.Step> steps) {
    this.steps = steps;
    steps.forEach(step -> producers.put(step.result(), step.operation()));
  }

  /** What computes a tensor, which must not be an input. */
  Operation producer(Tensor tensor) {
    return producers.get(tensor);
  }

  /** The tensors whose numbers depend on some, those included. */
  Set<Tensor> influencedBy(List<Tensor> sources) {
    Set<Tensor> influenced = new HashSet<>(sources);
    for (Function.Step step : steps) {
      if (passesOn(step.operation(), influenced)) {
        influenced.add(step.result());
      }
    }
    return influenced;
  }

  /** Whether the numbers of an operation's result depend on some tensors. */
  static boolean passesOn(Operation operation, Set<Tensor> influenced) {
    boolean readsShapeOnly =
        operation instanceof Operation.Fill || operation instanceof Operation.LeadingRows;
    return !readsShapeOnly && operation.operands().stream().anyMatch(influenced::contains);
  }

  /**
   * What tensors show: each is itself, or the tensor on the way to the target of which it is only
   * another view (a transposition, an axis more).
   */
  List<Tensor> shownBy(List<Tensor> tensors, Tensor target) {
    Set<Tensor> leading = leadingTo(target);
    return tensors.stream().map(tensor -> shown(tensor, leading)).toList();
  }

  /** The tensors of which the target is computed, itself included. */
  private Set<Tensor> leadingTo(Tensor target) {
    Set<Tensor> leading = new HashSet<>(Set.of(target));
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (leading.contains(steps.get(i).result())) {
        leading.addAll(steps.get(i).operation().operands());
      }
    }
    return leading;
  }

  private Tensor shown(Tensor tensor, Set<Tensor> leading) {
    @Nullable Operation producer = producers.get(tensor);
    if (leading.contains(tensor) || producer == null || !isView(producer)) {
      return tensor;
    }
    return shown(producer.operands().get(0), leading);
  }

  private static boolean isView(Operation producer) {
    return producer instanceof Operation.Unsqueeze || producer instanceof Operation.Transpose;
  }
}
