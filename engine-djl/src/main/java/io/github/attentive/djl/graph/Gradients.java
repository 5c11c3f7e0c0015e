package io.github.attentive.djl.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Differentiation of what a function computes, backwards from one tensor to others, as further
 * steps of the same function (reverse mode: Linnainmaa 1976). Not thread-safe.
 *
 * <p>Only what leads from the wanted tensors to the target is gone through. Where a function has no
 * derivative, the gradient is the one that PyTorch gives: 0 at the corner of a rectifier, equal
 * parts for equal largest elements.
 */
public final class Gradients {
  private final FunctionBuilder function;
  private final List<Function.Step> steps;
  private final Map<Tensor, Operation> producers = new HashMap<>();

  private Gradients(FunctionBuilder function) {
    this.function = function;
    this.steps = function.steps();
    steps.forEach(step -> producers.put(step.result(), step.operation()));
  }

  /**
   * Writes the backward pass: for each wanted tensor the gradient of the sum of {@code seed *
   * target} over all elements.
   *
   * <p>The gradient of a tensor that does not lead to the target is zeros; but one that is only
   * another view of a tensor that does (a transposition, an axis more) gets that one's gradient, in
   * the same view.
   *
   * @param function that computes the target of the wanted tensors; its steps so far are gone
   *     through
   * @param target floats
   * @param seed factors of its elements, of its shape
   * @param wanted floats, inputs or results of steps
   * @return a gradient for each, of its shape, in order
   * @throws IllegalArgumentException if the seed has another shape than the target, or something on
   *     the way has no derivative here: fused {@link Operation.Attention}, for which the composed
   *     form stands, {@link Operation.Dropout}, or a {@link Operation.Recurrence} over sequences of
   *     sizes known at run time only
   */
  public static List<Tensor> of(
      FunctionBuilder function, Tensor target, Tensor seed, List<Tensor> wanted) {
    if (!seed.shape().equals(target.shape()) || seed.type() != target.type()) {
      throw new IllegalArgumentException(
          "function '%s', gradients of %s: expected a seed of its shape, got %s"
              .formatted(function.name(), target, seed));
    }
    return new Gradients(function).write(target, seed, wanted);
  }

  private List<Tensor> write(Tensor target, Tensor seed, List<Tensor> wanted) {
    Set<Tensor> leading = leadingTo(target);
    List<Tensor> sources = wanted.stream().map(tensor -> shown(tensor, leading)).toList();
    Set<Tensor> influenced = influencedBy(sources);
    Map<Tensor, GradientSum> sums = new HashMap<>();
    add(GradientPart.whole(target, seed), sums);
    Map<Tensor, Tensor> totals = new HashMap<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Function.Step step = steps.get(i);
      GradientSum sum = sums.get(step.result());
      if (sum != null && passesOn(step.operation(), influenced)) {
        Tensor gradient = sum.total();
        totals.put(step.result(), gradient);
        GradientRules rules =
            new GradientRules(function, step.result(), gradient, influenced::contains);
        step.operation().accept(rules).forEach(part -> add(part, sums));
      }
    }
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Tensor source = sources.get(i);
      Tensor gradient =
          totals.computeIfAbsent(
              source,
              tensor -> sums.getOrDefault(tensor, new GradientSum(function, tensor)).total());
      gradients.add(shownAs(wanted.get(i), source, gradient));
    }
    return gradients;
  }

  private void add(GradientPart part, Map<Tensor, GradientSum> sums) {
    sums.computeIfAbsent(part.operand(), operand -> new GradientSum(function, operand)).add(part);
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

  /** The tensors whose numbers depend on some, those included. */
  private Set<Tensor> influencedBy(List<Tensor> sources) {
    Set<Tensor> influenced = new HashSet<>(sources);
    for (Function.Step step : steps) {
      if (passesOn(step.operation(), influenced)) {
        influenced.add(step.result());
      }
    }
    return influenced;
  }

  /** Whether the numbers of an operation's result depend on some tensors. */
  private static boolean passesOn(Operation operation, Set<Tensor> influenced) {
    boolean readsShapeOnly =
        operation instanceof Operation.Fill || operation instanceof Operation.LeadingRows;
    return !readsShapeOnly && operation.operands().stream().anyMatch(influenced::contains);
  }

  /** What a tensor shows: itself, or the tensor on the way of which it is only another view. */
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

  /** The gradient of what a tensor shows, in its view. */
  private Tensor shownAs(Tensor tensor, Tensor source, Tensor gradient) {
    if (tensor == source) {
      return gradient;
    }
    Operation producer = producers.get(tensor);
    Tensor inner = shownAs(producer.operands().get(0), source, gradient);
    return producer instanceof Operation.Transpose transpose
        ? function.transpose(inner, transpose.first(), transpose.second())
        : function.unsqueeze(inner, ((Operation.Unsqueeze) producer).axis());
  }
}
