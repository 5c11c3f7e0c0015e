package io.github.attentive.djl.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What each operation gives back to its operands: the gradient of its result times its derivative,
 * by further operations of the same set. For one step.
 */
final class GradientRules implements OperationVisitor<List<GradientPart>> {
  private final FunctionBuilder function;
  private final Tensor result;
  private final Tensor gradient;
  private final Predicate<Tensor> needed;

  /**
   * For one step.
   *
   * @param result the step's
   * @param gradient of the result
   * @param needed the tensors whose gradients are wanted
   */
  GradientRules(
      FunctionBuilder function, Tensor result, Tensor gradient, Predicate<Tensor> needed) {
    this.function = function;
    this.result = result;
    this.gradient = gradient;
    this.needed = needed;
  }

  private static List<GradientPart> whole(Tensor operand, Tensor gradient) {
    return List.of(GradientPart.whole(operand, gradient));
  }

  /** Of two operands, those whose gradients are wanted; what was repeated is summed up. */
  private List<GradientPart> wanted(
      Tensor one, Supplier<Tensor> ofOne, Tensor other, Supplier<Tensor> ofOther) {
    List<GradientPart> parts = new ArrayList<>();
    if (needed.test(one)) {
      parts.add(GradientPart.whole(one, summedTo(ofOne.get(), one.shape())));
    }
    if (needed.test(other)) {
      parts.add(GradientPart.whole(other, summedTo(ofOther.get(), other.shape())));
    }
    return parts;
  }

  /** Sums over the axes that were repeated where a tensor of a shape met a larger one. */
  private Tensor summedTo(Tensor x, Shape shape) {
    Tensor sum = x;
    while (sum.shape().rank() > shape.rank()) {
      sum = function.sum(sum, 0);
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!sum.shape().axis(axis).equals(shape.axis(axis))) {
        sum = function.unsqueeze(function.sum(sum, axis), axis);
      }
    }
    return sum;
  }

  private Tensor negative(Tensor x) {
    return function.affine(x, -1, 0);
  }

  /** The same number for all elements along an axis that a reduction has taken. */
  private Tensor repeated(Tensor x, int axis, Tensor like) {
    return function.add(function.unsqueeze(x, axis), function.fill(like, 0));
  }

  private IllegalArgumentException refused(String operation, String instead) {
    return new IllegalArgumentException(
        "function '%s', gradients of %s: expected %s, got %s"
            .formatted(function.name(), result, instead, operation));
  }

  private IllegalArgumentException differentiatedTwice(String operation) {
    return refused("a gradient of " + operation, "a function that is not differentiated twice");
  }

  @Override
  public List<GradientPart> embedding(Operation.Embedding op) {
    return List.of();
  }

  @Override
  public List<GradientPart> rows(Operation.Rows op) {
    return List.of();
  }

  @Override
  public List<GradientPart> leadingRows(Operation.LeadingRows op) {
    return List.of();
  }

  @Override
  public List<GradientPart> fill(Operation.Fill op) {
    return List.of();
  }

  @Override
  public List<GradientPart> notEqual(Operation.NotEqual op) {
    return List.of();
  }

  @Override
  public List<GradientPart> toFloat(Operation.ToFloat op) {
    return List.of();
  }

  @Override
  public List<GradientPart> binary(Operation.Binary op) {
    Tensor left = op.left();
    Tensor right = op.right();
    return switch (op.arithmetic()) {
      case ADD -> wanted(left, () -> gradient, right, () -> gradient);
      case MULTIPLY ->
          wanted(
              left,
              () -> function.multiply(gradient, right),
              right,
              () -> function.multiply(gradient, left));
      case DIVIDE ->
          wanted(
              left,
              () -> function.divide(gradient, right),
              right,
              () -> negative(function.divide(function.multiply(gradient, result), right)));
    };
  }

  @Override
  public List<GradientPart> affine(Operation.Affine op) {
    return whole(op.x(), op.scale() == 1 ? gradient : function.affine(gradient, op.scale(), 0));
  }

  @Override
  public List<GradientPart> activate(Operation.Activate op) {
    ActivationGradients gradients = new ActivationGradients(function, gradient);
    return whole(op.x(), gradients.of(op.activation(), op.x(), result));
  }

  @Override
  public List<GradientPart> geluGradient(Operation.GeluGradient op) {
    throw differentiatedTwice("GELU");
  }

  @Override
  public List<GradientPart> cumulativeSum(Operation.CumulativeSum op) {
    Tensor fromTheEnd = function.cumulativeSum(function.reverse(gradient, op.axis()), op.axis());
    return whole(op.x(), function.reverse(fromTheEnd, op.axis()));
  }

  @Override
  public List<GradientPart> matMul(Operation.MatMul op) {
    Tensor left = op.left();
    Tensor right = op.right();
    return wanted(
        left,
        () -> function.matMul(gradient, function.transpose(right, -1, -2)),
        right,
        () -> function.matMul(function.transpose(left, -1, -2), gradient));
  }

  @Override
  public List<GradientPart> transpose(Operation.Transpose op) {
    return whole(op.x(), function.transpose(gradient, op.first(), op.second()));
  }

  @Override
  public List<GradientPart> unsqueeze(Operation.Unsqueeze op) {
    return whole(op.x(), function.select(gradient, op.axis(), 0));
  }

  @Override
  public List<GradientPart> splitAxis(Operation.SplitAxis op) {
    return whole(op.x(), function.mergeAxes(gradient, op.axis()));
  }

  @Override
  public List<GradientPart> mergeAxes(Operation.MergeAxes op) {
    long outer = op.x().shape().axis(op.axis()).size();
    return whole(op.x(), function.splitAxis(gradient, op.axis(), outer));
  }

  @Override
  public List<GradientPart> slice(Operation.Slice op) {
    return List.of(new GradientPart(op.x(), gradient, op.axis(), op.start()));
  }

  /** An axis of a size known at run time only has the gradient at one place of a row of zeros. */
  @Override
  public List<GradientPart> select(Operation.Select op) {
    Axis axis = op.x().shape().axis(op.axis());
    Tensor single = function.unsqueeze(gradient, op.axis());
    if (axis.name() == null) {
      long start = op.index() < 0 ? axis.size() - 1 : op.index();
      return List.of(new GradientPart(op.x(), single, op.axis(), start));
    }
    Tensor ones = function.fill(op.x(), 1);
    Tensor place =
        function.subtract(ones, function.shift(ones, op.axis(), op.index() < 0 ? -1 : 1));
    if (op.index() > 0) {
      place = function.shift(place, op.axis(), Math.toIntExact(op.index()));
    }
    return whole(op.x(), function.multiply(place, single));
  }

  @Override
  public List<GradientPart> reverse(Operation.Reverse op) {
    return whole(op.x(), function.reverse(gradient, op.axis()));
  }

  @Override
  public List<GradientPart> shift(Operation.Shift op) {
    return whole(op.x(), function.shift(gradient, op.axis(), -op.by()));
  }

  @Override
  public List<GradientPart> concat(Operation.Concat op) {
    long middle = op.first().shape().axis(op.axis()).size();
    long end = result.shape().axis(op.axis()).size();
    return wanted(
        op.first(),
        () -> function.slice(gradient, op.axis(), 0, middle),
        op.second(),
        () -> function.slice(gradient, op.axis(), middle, end));
  }

  @Override
  public List<GradientPart> gather(Operation.Gather op) {
    return whole(op.x(), function.scatter(gradient, op.index(), op.x()));
  }

  @Override
  public List<GradientPart> scatter(Operation.Scatter op) {
    return needed.test(op.x()) ? whole(op.x(), function.gather(gradient, op.index())) : List.of();
  }

  @Override
  public List<GradientPart> softmax(Operation.Softmax op) {
    return whole(op.x(), function.softmaxGradient(result, op.axis(), gradient));
  }

  @Override
  public List<GradientPart> softmaxGradient(Operation.SoftmaxGradient op) {
    throw differentiatedTwice("a softmax");
  }

  @Override
  public List<GradientPart> dropout(Operation.Dropout op) {
    throw refused("dropout at a rate of " + op.rate(), "a function without chance");
  }

  @Override
  public List<GradientPart> reduce(Operation.Reduce op) {
    return whole(
        op.x(),
        switch (op.reduction()) {
          case MAX -> ofMax(op);
          case MEAN -> repeated(ofMean(op), op.axis(), op.x());
          case SUM -> repeated(gradient, op.axis(), op.x());
        });
  }

  /** What are equal largest elements get equal parts. */
  private Tensor ofMax(Operation.Reduce op) {
    Tensor largest = function.atLeast(op.x(), function.unsqueeze(result, op.axis()));
    Tensor part = function.divide(gradient, function.sum(largest, op.axis()));
    return function.multiply(largest, function.unsqueeze(part, op.axis()));
  }

  private Tensor ofMean(Operation.Reduce op) {
    Axis axis = op.x().shape().axis(op.axis());
    return axis.name() == null
        ? function.affine(gradient, 1.0 / axis.size(), 0)
        : function.divide(gradient, function.sum(function.fill(op.x(), 1), op.axis()));
  }

  @Override
  public List<GradientPart> linear(Operation.Linear op) {
    Tensor weight = function.rows(op.weight());
    if (gradient.shape().rank() == 1) {
      Tensor row = function.matMul(function.unsqueeze(gradient, 0), weight);
      return whole(op.x(), function.select(row, 0, 0));
    }
    return whole(op.x(), function.matMul(gradient, weight));
  }

  @Override
  public List<GradientPart> layerNorm(Operation.LayerNorm op) {
    return whole(op.x(), function.layerNormGradient(op, gradient));
  }

  @Override
  public List<GradientPart> layerNormGradient(Operation.LayerNormGradient op) {
    throw differentiatedTwice("a layer norm");
  }

  /** For each place of the window, the gradients as far from there. */
  @Override
  public List<GradientPart> convolution(Operation.Convolution op) {
    int width = Math.toIntExact(op.weight().shape().axis(2).size());
    Tensor window = function.rows(op.weight());
    List<Tensor> moved = new ArrayList<>();
    for (int place = 0; place < width; place++) {
      Tensor product = function.matMul(gradient, function.select(window, 2, place));
      int distance = place - width / 2;
      moved.add(distance == 0 ? product : function.shift(product, 1, distance));
    }
    return whole(op.x(), moved.stream().reduce(function::add).orElseThrow());
  }

  @Override
  public List<GradientPart> attention(Operation.Attention op) {
    throw refused("fused attention", "attention composed of softmax and products");
  }

  @Override
  public List<GradientPart> recurrence(Operation.Recurrence op) {
    return new RecurrenceGradient(function, op).parts(result, gradient, needed);
  }

  @Override
  public List<GradientPart> binaryCrossEntropy(Operation.BinaryCrossEntropy op) {
    Tensor logits = op.logits();
    Tensor count = function.fill(logits, 1);
    while (count.shape().rank() > 0) {
      count = function.sum(count, 0);
    }
    Tensor share = function.divide(gradient, count);
    return wanted(
        logits,
        () ->
            function.multiply(
                share,
                function.subtract(function.activate(Activation.SIGMOID, logits), op.targets())),
        op.targets(),
        () -> function.multiply(share, negative(logits)));
  }

  /** The probabilities less 1 at the true class. */
  @Override
  public List<GradientPart> crossEntropy(Operation.CrossEntropy op) {
    Tensor probabilities = function.softmax(op.logits(), 1);
    Tensor ones = function.unsqueeze(function.fill(gradient, 1), 1);
    Tensor truth =
        function.scatter(
            inFourAxes(ones), function.unsqueeze(op.targets(), 1), inFourAxes(probabilities));
    Tensor matrix = function.select(function.select(truth, 0, 0), 0, 0);
    return whole(
        op.logits(),
        function.multiply(
            function.unsqueeze(gradient, 1), function.subtract(probabilities, matrix)));
  }

  private Tensor inFourAxes(Tensor matrix) {
    return function.unsqueeze(function.unsqueeze(matrix, 0), 0);
  }
}
