package io.github.attentive.djl.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private final DataFlow flow;

  private Gradients(FunctionBuilder function) {
    this.function = function;
    this.steps = function.steps();
    this.flow = new DataFlow(steps);
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
   *     form stands, {@link Operation.Dropout}, an operation that is a gradient itself, or a {@link
   *     Operation.Recurrence} over sequences of sizes known at run time only
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
    List<Tensor> sources = flow.shownBy(wanted, target);
    Set<Tensor> influenced = flow.influencedBy(sources);
    Map<Tensor, GradientSum> sums = new HashMap<>();
    add(GradientPart.whole(target, seed), sums);
    Map<Tensor, Tensor> totals = new HashMap<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Function.Step step = steps.get(i);
      GradientSum sum = sums.get(step.result());
      if (sum != null && DataFlow.passesOn(step.operation(), influenced)) {
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

  /** The gradient of what a tensor shows, in its view. */
  private Tensor shownAs(Tensor tensor, Tensor source, Tensor gradient) {
    if (tensor == source) {
      return gradient;
    }
    Operation producer = flow.producer(tensor);
    Tensor inner = shownAs(producer.operands().get(0), source, gradient);
    return producer instanceof Operation.Transpose transpose
        ? function.transpose(inner, transpose.first(), transpose.second())
        : function.unsqueeze(inner, ((Operation.Unsqueeze) producer).axis());
  }
}
