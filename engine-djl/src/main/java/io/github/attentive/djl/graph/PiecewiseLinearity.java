package io.github.attentive.djl.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether numbers of a function are a piecewise linear function of others, everything else being
 * held: then they are the sum of those others, each times its gradient, and of a rest that no small
 * change of them moves.
 *
 * <p>Found from the operations on the way, by rules that are sufficient: of a product at most one
 * factor may vary, a quotient's divisor may not, and of activations there may be rectifiers only.
 * What would be linear for another reason is not found.
 */
public final class PiecewiseLinearity implements OperationVisitor<Boolean> {
  private final Set<Tensor> varying;

  private PiecewiseLinearity(Set<Tensor> varying) {
    this.varying = varying;
  }

  /**
   * Looks at what a function computes.
   *
   * @param function the function
   * @param target floats
   * @param sources floats, inputs or results of steps; one that is only another view of a tensor on
   *     the way to the target (a transposition, an axis more) stands for that one
   * @return true if the target depends on a source, and is piecewise linear in all of them together
   */
  public static boolean holds(Function function, Tensor target, List<Tensor> sources) {
    DataFlow flow = new DataFlow(function.steps());
    Set<Tensor> varying = flow.influencedBy(flow.shownBy(sources, target));
    PiecewiseLinearity rules = new PiecewiseLinearity(varying);
    Set<Tensor> bent = new HashSet<>();
    for (Function.Step step : function.steps()) {
      Operation operation = step.operation();
      if (DataFlow.passesOn(operation, bent)
          || (DataFlow.passesOn(operation, varying) && !operation.accept(rules))) {
        bent.add(step.result());
      }
    }
    return varying.contains(target) && !bent.contains(target);
  }

  private boolean varies(Tensor tensor) {
    return varying.contains(tensor);
  }

  @Override
  public Boolean embedding(Operation.Embedding operation) {
    return false;
  }

  @Override
  public Boolean rows(Operation.Rows operation) {
    return false;
  }

  @Override
  public Boolean leadingRows(Operation.LeadingRows operation) {
    return false;
  }

  @Override
  public Boolean fill(Operation.Fill operation) {
    return false;
  }

  @Override
  public Boolean binary(Operation.Binary operation) {
    return switch (operation.arithmetic()) {
      case ADD -> true;
      case MULTIPLY -> !(varies(operation.left()) && varies(operation.right()));
      case DIVIDE -> !varies(operation.right());
    };
  }

  @Override
  public Boolean affine(Operation.Affine operation) {
    return true;
  }

  @Override
  public Boolean activate(Operation.Activate operation) {
    return operation.activation() == Activation.RELU;
  }

  @Override
  public Boolean geluGradient(Operation.GeluGradient operation) {
    return !varies(operation.x());
  }

  @Override
  public Boolean notEqual(Operation.NotEqual operation) {
    return false;
  }

  @Override
  public Boolean cumulativeSum(Operation.CumulativeSum operation) {
    return true;
  }

  @Override
  public Boolean toFloat(Operation.ToFloat operation) {
    return false;
  }

  @Override
  public Boolean matMul(Operation.MatMul operation) {
    return !(varies(operation.left()) && varies(operation.right()));
  }

  @Override
  public Boolean transpose(Operation.Transpose operation) {
    return true;
  }

  @Override
  public Boolean unsqueeze(Operation.Unsqueeze operation) {
    return true;
  }

  @Override
  public Boolean splitAxis(Operation.SplitAxis operation) {
    return true;
  }

  @Override
  public Boolean mergeAxes(Operation.MergeAxes operation) {
    return true;
  }

  @Override
  public Boolean slice(Operation.Slice operation) {
    return true;
  }

  @Override
  public Boolean select(Operation.Select operation) {
    return true;
  }

  @Override
  public Boolean reverse(Operation.Reverse operation) {
    return true;
  }

  @Override
  public Boolean shift(Operation.Shift operation) {
    return true;
  }

  @Override
  public Boolean concat(Operation.Concat operation) {
    return true;
  }

  @Override
  public Boolean gather(Operation.Gather operation) {
    return true;
  }

  @Override
  public Boolean scatter(Operation.Scatter operation) {
    return true;
  }

  @Override
  public Boolean softmax(Operation.Softmax operation) {
    return false;
  }

  @Override
  public Boolean softmaxGradient(Operation.SoftmaxGradient operation) {
    return !varies(operation.result());
  }

  @Override
  public Boolean dropout(Operation.Dropout operation) {
    return false;
  }

  @Override
  public Boolean reduce(Operation.Reduce operation) {
    return true;
  }

  @Override
  public Boolean linear(Operation.Linear operation) {
    return true;
  }

  @Override
  public Boolean layerNorm(Operation.LayerNorm operation) {
    return false;
  }

  @Override
  public Boolean layerNormGradient(Operation.LayerNormGradient operation) {
    return !varies(operation.x());
  }

  @Override
  public Boolean convolution(Operation.Convolution operation) {
    return true;
  }

  @Override
  public Boolean attention(Operation.Attention operation) {
    return false;
  }

  @Override
  public Boolean recurrence(Operation.Recurrence operation) {
    return false;
  }

  @Override
  public Boolean binaryCrossEntropy(Operation.BinaryCrossEntropy operation) {
    return false;
  }

  @Override
  public Boolean crossEntropy(Operation.CrossEntropy operation) {
    return false;
  }
}
