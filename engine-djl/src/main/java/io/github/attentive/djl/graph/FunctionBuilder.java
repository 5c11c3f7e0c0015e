package io.github.attentive.djl.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the steps of one function; see {@link GraphBuilder} for what goes wrong and how it is
 * said.
 */
public final class FunctionBuilder {
  private final String name;
  private final Map<String, Parameter> parameters;
  private final List<Function.Named> inputs = new ArrayList<>();
  private List<Function.Step> steps = new ArrayList<>();
  private final List<Function.Named> outputs = new ArrayList<>();
  private int tensors;

  FunctionBuilder(String name, Map<String, Parameter> parameters) {
    this.name = name;
    this.parameters = parameters;
  }

  String name() {
    return name;
  }

  /** What is written so far; inside a recurrence's step, of that. */
  List<Function.Step> steps() {
    return List.copyOf(steps);
  }

  /** What the function gives so far. */
  List<Tensor> outputs() {
    return outputs.stream().map(Function.Named::tensor).toList();
  }

  /** Takes steps back, by their results, which nothing reads that stays. */
  void remove(Set<Tensor> results) {
    steps.removeIf(step -> results.contains(step.result()));
  }

  Function build() {
    return new Function(name, inputs, steps, outputs);
  }

  /**
   * Adds an input.
   *
   * @param name unique among the inputs
   * @param type of its elements
   * @param axes of its shape
   * @return its value
   */
  public Tensor input(String name, ElementType type, Axis... axes) {
    requireNew("input", name, inputs);
    Tensor tensor = new Tensor(tensors++, type, Shape.of(axes));
    inputs.add(new Function.Named(name, tensor));
    return tensor;
  }

  /**
   * Adds an output.
   *
   * @param name unique among the outputs
   * @param tensor its value
   */
  public void output(String name, Tensor tensor) {
    requireNew("output", name, outputs);
    outputs.add(new Function.Named(name, tensor));
  }

  /**
   * Looks up rows: {@link Operation.Embedding}.
   *
   * @param table {@code [rows, d]} or {@code [rows]}
   * @param ids integers {@code [...]}
   * @return {@code [..., d]} or {@code [...]}
   */
  public Tensor embedding(Parameter table, Tensor ids) {
    uses("embedding", table);
    int rank = table.shape().rank();
    require(
        ids.type() == ElementType.INT64 && (rank == 1 || rank == 2),
        "embedding: expected a table [rows, d] or [rows] and INT64 ids, got %s and %s",
        table,
        ids);
    Shape shape = ids.shape();
    return step(
        new Operation.Embedding(table, ids),
        table.type(),
        rank == 1 ? shape : shape.inserted(shape.rank(), table.shape().axis(1)));
  }

  /**
   * Takes a whole table: {@link Operation.Rows}.
   *
   * @param table any shape
   * @return the table's shape
   */
  public Tensor rows(Parameter table) {
    uses("rows", table);
    return step(new Operation.Rows(table), table.type(), table.shape());
  }

  /**
   * Takes the first rows of a table: {@link Operation.LeadingRows}.
   *
   * @param table {@code [rows, ...]}
   * @param x whose axis says how many
   * @param axis from 0 or from -1 backwards
   * @return {@code [n, ...]}
   */
  public Tensor leadingRows(Parameter table, Tensor x, int axis) {
    uses("leadingRows", table);
    int position = position("leadingRows", x, axis);
    return step(
        new Operation.LeadingRows(table, x, position),
        table.type(),
        table.shape().with(0, x.shape().axis(position)));
  }

  /**
   * Puts a number in place of each element: {@link Operation.Fill}.
   *
   * @param x floats
   * @param value the number
   * @return the same shape
   */
  public Tensor fill(Tensor x, double value) {
    requireFloats("fill", x);
    return step(new Operation.Fill(x, value), x.shape());
  }

  /**
   * Adds: {@link Operation.Binary}.
   *
   * @param left a summand
   * @param right the other, of the same type and a shape that fits
   * @return the common shape
   */
  public Tensor add(Tensor left, Tensor right) {
    return binary(Operation.Arithmetic.ADD, left, right);
  }

  /**
   * Subtracts: adds what is negated.
   *
   * @param left what is subtracted from
   * @param right what is subtracted, of the same type and a shape that fits
   * @return the common shape
   */
  public Tensor subtract(Tensor left, Tensor right) {
    return add(left, affine(right, -1, 0));
  }

  /**
   * Compares two tensors, by their difference.
   *
   * @param x floats
   * @param bound floats of a shape that fits
   * @return the common shape: 1 where x is the bound or more, else 0
   */
  public Tensor atLeast(Tensor x, Tensor bound) {
    requireFloats("atLeast", x);
    return affine(activate(Activation.STEP, subtract(bound, x)), -1, 1);
  }

  /**
   * Multiplies: {@link Operation.Binary}.
   *
   * @param left a factor
   * @param right the other, of the same type and a shape that fits
   * @return the common shape
   */
  public Tensor multiply(Tensor left, Tensor right) {
    return binary(Operation.Arithmetic.MULTIPLY, left, right);
  }

  /**
   * Divides: {@link Operation.Binary}.
   *
   * @param left floats
   * @param right floats of a shape that fits
   * @return the common shape
   */
  public Tensor divide(Tensor left, Tensor right) {
    requireFloats("divide", left);
    return binary(Operation.Arithmetic.DIVIDE, left, right);
  }

  private Tensor binary(Operation.Arithmetic arithmetic, Tensor left, Tensor right) {
    String operation = arithmetic.name().toLowerCase(Locale.ROOT);
    Shape shape = left.shape().broadcast(right.shape());
    require(
        left.type() == right.type() && shape != null,
        operation + ": expected equal types and shapes that fit, got %s and %s",
        left,
        right);
    return step(new Operation.Binary(arithmetic, left, right), left.type(), shape);
  }

  /**
   * Scales and shifts: {@link Operation.Affine}.
   *
   * @param x any tensor
   * @param scale the factor
   * @param shift what is added
   * @return the same shape
   */
  public Tensor affine(Tensor x, double scale, double shift) {
    require(
        x.type() == ElementType.FLOAT32 || (scale == Math.rint(scale) && shift == Math.rint(shift)),
        "affine: expected whole numbers for %s, got %s and %s",
        x,
        scale,
        shift);
    return step(new Operation.Affine(x, scale, shift), x.type(), x.shape());
  }

  /**
   * Applies an activation function: {@link Operation.Activate}.
   *
   * @param activation the function
   * @param x floats
   * @return the same shape
   */
  public Tensor activate(Activation activation, Tensor x) {
    requireFloats("activate", x);
    return step(new Operation.Activate(activation, x), x.shape());
  }

  /**
   * Differentiates GELU: {@link Operation.GeluGradient}.
   *
   * @param activation {@link Activation#GELU} or {@link Activation#GELU_TANH}
   * @param x floats
   * @param gradient floats of the same shape
   * @return the same shape
   */
  public Tensor geluGradient(Activation activation, Tensor x, Tensor gradient) {
    require(
        activation == Activation.GELU || activation == Activation.GELU_TANH,
        "geluGradient: expected GELU or GELU_TANH, got %s",
        activation);
    requireAlike("geluGradient", x, gradient);
    return step(new Operation.GeluGradient(activation, x, gradient), x.shape());
  }

  private void requireAlike(String operation, Tensor x, Tensor gradient) {
    requireFloats(operation, x);
    require(
        gradient.type() == x.type() && gradient.shape().equals(x.shape()),
        operation + ": expected a gradient like %s, got %s",
        x,
        gradient);
  }

  /**
   * Compares with a number: {@link Operation.NotEqual}.
   *
   * @param x integers
   * @param value the number
   * @return integers 0 or 1 of the same shape
   */
  public Tensor notEqual(Tensor x, long value) {
    requireIntegers("notEqual", x);
    return step(new Operation.NotEqual(x, value), x.type(), x.shape());
  }

  /**
   * Sums along an axis: {@link Operation.CumulativeSum}.
   *
   * @param x any tensor
   * @param axis from 0 or from -1 backwards
   * @return the same shape
   */
  public Tensor cumulativeSum(Tensor x, int axis) {
    return step(
        new Operation.CumulativeSum(x, position("cumulativeSum", x, axis)), x.type(), x.shape());
  }

  /**
   * Turns integers into floats: {@link Operation.ToFloat}.
   *
   * @param x integers
   * @return the same shape
   */
  public Tensor toFloat(Tensor x) {
    requireIntegers("toFloat", x);
    return step(new Operation.ToFloat(x), x.shape());
  }

  /**
   * Multiplies matrices: {@link Operation.MatMul}.
   *
   * @param left {@code [..., m, k]}
   * @param right {@code [..., k, n]}
   * @return {@code [..., m, n]}
   */
  public Tensor matMul(Tensor left, Tensor right) {
    requireFloats("matMul", left);
    requireFloats("matMul", right);
    Shape l = left.shape();
    Shape r = right.shape();
    Shape leading =
        l.rank() >= 2 && r.rank() >= 2 && l.axis(-1).equals(r.axis(-2))
            ? l.leading(l.rank() - 2).broadcast(r.leading(r.rank() - 2))
            : null;
    require(
        leading != null,
        "matMul: expected [..., m, k] and [..., k, n], got %s and %s",
        left,
        right);
    return step(
        new Operation.MatMul(left, right),
        leading.inserted(leading.rank(), l.axis(-2)).inserted(leading.rank() + 1, r.axis(-1)));
  }

  /**
   * Exchanges two axes: {@link Operation.Transpose}.
   *
   * @param x any tensor
   * @param first an axis, from 0 or from -1 backwards
   * @param second another axis
   * @return the same numbers
   */
  public Tensor transpose(Tensor x, int first, int second) {
    int from = position("transpose", x, first);
    int to = position("transpose", x, second);
    Shape shape = x.shape();
    Shape exchanged = shape.with(from, shape.axis(to)).with(to, shape.axis(from));
    return step(new Operation.Transpose(x, from, to), x.type(), exchanged);
  }

  /**
   * Adds an axis of size 1: {@link Operation.Unsqueeze}.
   *
   * @param x any tensor
   * @param axis where it will be, from 0
   * @return the same numbers
   */
  public Tensor unsqueeze(Tensor x, int axis) {
    require(
        axis >= 0 && axis <= x.shape().rank(),
        "unsqueeze: expected a place from 0 to %s in %s, got %s",
        x.shape().rank(),
        x,
        axis);
    return step(
        new Operation.Unsqueeze(x, axis), x.type(), x.shape().inserted(axis, Axis.fixed(1)));
  }

  /**
   * Splits an axis in two: {@link Operation.SplitAxis}.
   *
   * @param x any tensor
   * @param axis of a fixed size, from 0 or from -1 backwards
   * @param outer the size of the first of the two, a divisor
   * @return the same numbers
   */
  public Tensor splitAxis(Tensor x, int axis, long outer) {
    int position = position("splitAxis", x, axis);
    long size = x.shape().axis(position).size();
    require(
        outer > 0 && size > 0 && size % outer == 0,
        "splitAxis: expected axis %s of %s to have a fixed size divisible by %s",
        position,
        x,
        outer);
    Shape shape =
        x.shape()
            .with(position, Axis.fixed(outer))
            .inserted(position + 1, Axis.fixed(size / outer));
    return step(new Operation.SplitAxis(x, position, outer, size / outer), x.type(), shape);
  }

  /**
   * Merges an axis with the next: {@link Operation.MergeAxes}.
   *
   * @param x any tensor
   * @param axis the first of the two, both of fixed sizes, from 0 or from -1 backwards
   * @return the same numbers
   */
  public Tensor mergeAxes(Tensor x, int axis) {
    int position = position("mergeAxes", x, axis);
    require(
        position + 1 < x.shape().rank()
            && x.shape().axis(position).size() > 0
            && x.shape().axis(position + 1).size() > 0,
        "mergeAxes: expected axes %s and the next of %s to have fixed sizes",
        position,
        x);
    long size =
        Math.multiplyExact(x.shape().axis(position).size(), x.shape().axis(position + 1).size());
    return step(
        new Operation.MergeAxes(x, position),
        x.type(),
        x.shape().without(position + 1).with(position, Axis.fixed(size)));
  }

  /**
   * Takes a part of an axis: {@link Operation.Slice}.
   *
   * @param x any tensor
   * @param axis of a fixed size, from 0 or from -1 backwards
   * @param start the first element
   * @param end the one after the last
   * @return the shape with {@code end - start} elements along the axis
   */
  public Tensor slice(Tensor x, int axis, long start, long end) {
    int position = position("slice", x, axis);
    require(
        start >= 0 && start < end && end <= x.shape().axis(position).size(),
        "slice: expected a part of axis %s of %s, got %s to %s",
        position,
        x,
        start,
        end);
    return step(
        new Operation.Slice(x, position, start, end),
        x.type(),
        x.shape().with(position, Axis.fixed(end - start)));
  }

  /**
   * Takes one element of an axis: {@link Operation.Select}.
   *
   * @param x any tensor
   * @param axis from 0 or from -1 backwards
   * @param index the element, from 0, or -1 for the last
   * @return the shape without the axis
   */
  public Tensor select(Tensor x, int axis, long index) {
    int position = position("select", x, axis);
    Axis selected = x.shape().axis(position);
    require(
        index >= -1 && (selected.name() != null || index < selected.size()),
        "select: expected an element of axis %s of %s, got %s",
        position,
        x,
        index);
    return step(new Operation.Select(x, position, index), x.type(), x.shape().without(position));
  }

  /**
   * Turns an axis round: {@link Operation.Reverse}.
   *
   * @param x any tensor
   * @param axis from 0 or from -1 backwards
   * @return the same shape
   */
  public Tensor reverse(Tensor x, int axis) {
    return step(new Operation.Reverse(x, position("reverse", x, axis)), x.type(), x.shape());
  }

  /**
   * Moves elements along an axis: {@link Operation.Shift}.
   *
   * @param x floats
   * @param axis from 0 or from -1 backwards
   * @param by how many places farther, negative for nearer to the start, not 0
   * @return the same shape
   */
  public Tensor shift(Tensor x, int axis, int by) {
    requireFloats("shift", x);
    int position = position("shift", x, axis);
    require(by != 0, "shift: expected places to move by, got %s", by);
    return step(new Operation.Shift(x, position, by), x.shape());
  }

  /**
   * Joins two tensors: {@link Operation.Concat}.
   *
   * @param first any tensor
   * @param second of the same type, and shape but for the axis
   * @param axis of fixed sizes, from 0 or from -1 backwards
   * @return the shape with both sizes along the axis
   */
  public Tensor concat(Tensor first, Tensor second, int axis) {
    int position = position("concat", first, axis);
    require(
        first.type() == second.type()
            && first.shape().rank() == second.shape().rank()
            && first.shape().without(position).equals(second.shape().without(position))
            && first.shape().axis(position).size() > 0
            && second.shape().axis(position).size() > 0,
        "concat: expected shapes that differ in a fixed axis %s only, got %s and %s",
        position,
        first,
        second);
    long size =
        Math.addExact(first.shape().axis(position).size(), second.shape().axis(position).size());
    return step(
        new Operation.Concat(first, second, position),
        first.type(),
        first.shape().with(position, Axis.fixed(size)));
  }

  /**
   * Picks elements of the last axis: {@link Operation.Gather}.
   *
   * @param x {@code [batch, heads, q, n]}
   * @param index integers {@code [q, k]}
   * @return {@code [batch, heads, q, k]}
   */
  public Tensor gather(Tensor x, Tensor index) {
    requireIntegers("gather", index);
    require(
        x.shape().rank() == 4
            && index.shape().rank() == 2
            && x.shape().axis(2).equals(index.shape().axis(0)),
        "gather: expected [batch, heads, q, n] and [q, k], got %s and %s",
        x,
        index);
    return step(
        new Operation.Gather(x, index), x.type(), x.shape().with(-1, index.shape().axis(1)));
  }

  /**
   * Puts elements back to where they were picked: {@link Operation.Scatter}.
   *
   * @param x floats {@code [batch, heads, q, k]}
   * @param index integers {@code [q, k]}
   * @param like floats {@code [batch, heads, q, n]}
   * @return the shape of the last
   */
  public Tensor scatter(Tensor x, Tensor index, Tensor like) {
    requireFloats("scatter", x);
    requireIntegers("scatter", index);
    requireFloats("scatter", like);
    require(
        x.shape().rank() == 4
            && index.shape().rank() == 2
            && x.shape().axes().subList(2, 4).equals(index.shape().axes())
            && like.shape().rank() == 4
            && like.shape().leading(3).equals(x.shape().leading(3)),
        "scatter: expected [batch, heads, q, k], [q, k] and [batch, heads, q, n], got %s, %s and %s",
        x,
        index,
        like);
    return step(new Operation.Scatter(x, index, like), like.shape());
  }

  /**
   * Normalises exponentials: {@link Operation.Softmax}.
   *
   * @param x floats
   * @param axis from 0 or from -1 backwards
   * @return the same shape, summing to 1 along the axis
   */
  public Tensor softmax(Tensor x, int axis) {
    requireFloats("softmax", x);
    return step(new Operation.Softmax(x, position("softmax", x, axis)), x.shape());
  }

  /**
   * Differentiates a softmax: {@link Operation.SoftmaxGradient}.
   *
   * @param result of the softmax
   * @param axis from 0 or from -1 backwards
   * @param gradient floats of the same shape
   * @return the same shape
   */
  public Tensor softmaxGradient(Tensor result, int axis, Tensor gradient) {
    requireAlike("softmaxGradient", result, gradient);
    int position = position("softmaxGradient", result, axis);
    return step(new Operation.SoftmaxGradient(result, position, gradient), result.shape());
  }

  /**
   * Drops elements at random: {@link Operation.Dropout}.
   *
   * @param x floats
   * @param rate the share that goes, at least 0 and below 1; 0 leaves the tensor as it is
   * @return the same shape
   */
  public Tensor dropout(Tensor x, double rate) {
    requireFloats("dropout", x);
    require(rate >= 0 && rate < 1, "dropout: expected a rate from 0 to below 1, got %s", rate);
    return rate == 0 ? x : step(new Operation.Dropout(x, rate), x.shape());
  }

  /**
   * Averages: {@link Operation.Reduce}.
   *
   * @param x floats
   * @param axis from 0 or from -1 backwards
   * @return the shape without the axis
   */
  public Tensor mean(Tensor x, int axis) {
    return reduce(Operation.Reduction.MEAN, x, axis);
  }

  /**
   * Takes the largest: {@link Operation.Reduce}.
   *
   * @param x floats
   * @param axis from 0 or from -1 backwards
   * @return the shape without the axis
   */
  public Tensor max(Tensor x, int axis) {
    return reduce(Operation.Reduction.MAX, x, axis);
  }

  /**
   * Sums: {@link Operation.Reduce}.
   *
   * @param x floats
   * @param axis from 0 or from -1 backwards
   * @return the shape without the axis
   */
  public Tensor sum(Tensor x, int axis) {
    return reduce(Operation.Reduction.SUM, x, axis);
  }

  private Tensor reduce(Operation.Reduction reduction, Tensor x, int axis) {
    String operation = reduction.name().toLowerCase(Locale.ROOT);
    requireFloats(operation, x);
    int position = position(operation, x, axis);
    return step(new Operation.Reduce(reduction, x, position), x.shape().without(position));
  }

  /**
   * Applies a dense layer: {@link Operation.Linear}.
   *
   * @param x {@code [..., in]}
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}, or null for none
   * @return {@code [..., out]}
   */
  public Tensor linear(Tensor x, Parameter weight, @Nullable Parameter bias) {
    uses("linear", weight);
    requireFloats("linear", x);
    if (bias != null) {
      uses("linear", bias);
    }
    require(
        x.shape().rank() >= 1
            && weight.shape().rank() == 2
            && weight.shape().axis(1).equals(x.shape().axis(-1))
            && (bias == null || bias.shape().equals(Shape.of(weight.shape().axis(0)))),
        "linear: expected [..., in], [out, in] and [out], got %s, %s and %s",
        x,
        weight,
        bias);
    return step(new Operation.Linear(x, weight, bias), x.shape().with(-1, weight.shape().axis(0)));
  }

  /**
   * Normalises the last axis: {@link Operation.LayerNorm}.
   *
   * @param x {@code [..., d]}
   * @param weight {@code [d]}
   * @param bias {@code [d]}, or null for none
   * @param epsilon above 0
   * @return the same shape
   */
  public Tensor layerNorm(Tensor x, Parameter weight, @Nullable Parameter bias, double epsilon) {
    uses("layerNorm", weight);
    requireFloats("layerNorm", x);
    if (bias != null) {
      uses("layerNorm", bias);
    }
    Shape last = x.shape().rank() == 0 ? Shape.of() : Shape.of(x.shape().axis(-1));
    require(
        weight.shape().equals(last) && (bias == null || bias.shape().equals(last)) && epsilon > 0,
        "layerNorm: expected [..., d], [d], [d] and an epsilon above 0, got %s, %s, %s and %s",
        x,
        weight,
        bias,
        epsilon);
    return step(new Operation.LayerNorm(x, weight, bias, epsilon), x.shape());
  }

  /**
   * Differentiates the normalisation of the last axis: {@link Operation.LayerNormGradient}.
   *
   * @param norm that was applied in this function
   * @param gradient floats of the shape of what was normalised
   * @return the same shape
   */
  public Tensor layerNormGradient(Operation.LayerNorm norm, Tensor gradient) {
    requireAlike("layerNormGradient", norm.x(), gradient);
    return step(
        new Operation.LayerNormGradient(norm.x(), norm.weight(), norm.epsilon(), gradient),
        norm.x().shape());
  }

  /**
   * Convolves along the middle axis: {@link Operation.Convolution}.
   *
   * @param x {@code [batch, n, in]}
   * @param weight {@code [out, in, width]}, the width odd
   * @param bias {@code [out]}
   * @return {@code [batch, n, out]}
   */
  public Tensor convolution(Tensor x, Parameter weight, Parameter bias) {
    uses("convolution", weight);
    uses("convolution", bias);
    requireFloats("convolution", x);
    require(
        x.shape().rank() == 3
            && weight.shape().rank() == 3
            && weight.shape().axis(1).equals(x.shape().axis(2))
            && weight.shape().axis(2).size() % 2 == 1
            && bias.shape().equals(Shape.of(weight.shape().axis(0))),
        "convolution: expected [batch, n, in], [out, in, odd width] and [out], got %s, %s and %s",
        x,
        weight,
        bias);
    return step(
        new Operation.Convolution(x, weight, bias), x.shape().with(-1, weight.shape().axis(0)));
  }

  /**
   * Attends without giving the weights: {@link Operation.Attention}.
   *
   * @param query {@code [..., q, e]}
   * @param key {@code [..., k, e]}
   * @param value {@code [..., k, d]}
   * @param bias added to the scores {@code [..., q, k]}, or null
   * @param scale factor of the scores
   * @return {@code [..., q, d]}
   */
  public Tensor attention(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor bias, double scale) {
    requireFloats("attention", query);
    requireFloats("attention", key);
    requireFloats("attention", value);
    int rank = query.shape().rank();
    require(
        rank >= 2
            && key.shape().rank() == rank
            && value.shape().rank() == rank
            && key.shape().with(-2, query.shape().axis(-2)).equals(query.shape())
            && value.shape().with(-1, key.shape().axis(-1)).equals(key.shape()),
        "attention: expected [..., q, e], [..., k, e] and [..., k, d], got %s, %s and %s",
        query,
        key,
        value);
    if (bias != null) {
      requireFloats("attention", bias);
      Shape scores = query.shape().with(-1, key.shape().axis(-2));
      require(
          scores.equals(scores.broadcast(bias.shape())),
          "attention: expected a bias that fits scores %s, got %s",
          scores,
          bias);
    }
    return step(
        new Operation.Attention(query, key, value, bias, scale),
        query.shape().with(-1, value.shape().axis(-1)));
  }

  /**
   * Goes from position to position: {@link Operation.Recurrence}.
   *
   * @param sequences floats {@code [batch, n, ...]}, at least one
   * @param size of the state
   * @param backward whether the last position comes first
   * @param step writes what happens at a position, of parameters and of what it is given only
   * @return the states {@code [batch, n, size]}
   */
  public Tensor recurrence(
      List<Tensor> sequences, long size, boolean backward, RecurrentStep step) {
    sequences.forEach(sequence -> requireFloats("recurrence", sequence));
    Shape first = sequences.get(0).shape();
    require(
        sequences.stream()
            .map(Tensor::shape)
            .allMatch(shape -> shape.rank() >= 2 && shape.leading(2).equals(first.leading(2))),
        "recurrence: expected sequences [batch, n, ...], got %s",
        sequences);
    List<Tensor> slices = sequences.stream().map(this::sliceOf).toList();
    return recurrence(sequences, slices, size, backward, List.of(), step);
  }

  /** A new tensor for what a step of a recurrence sees of a sequence. */
  Tensor sliceOf(Tensor sequence) {
    return value(sequence.shape().without(1));
  }

  /**
   * A recurrence whose step begins with steps that are written already.
   *
   * @param slices what they and the rest see of each sequence
   * @param written steps of the slices and each other only
   */
  Tensor recurrence(
      List<Tensor> sequences,
      List<Tensor> slices,
      long size,
      boolean backward,
      List<Function.Step> written,
      RecurrentStep step) {
    Shape first = sequences.get(0).shape();
    Tensor state = value(Shape.of(first.axis(0), Axis.fixed(size)));
    List<Function.Step> outer = steps;
    List<Function.Step> inner = new ArrayList<>(written);
    steps = inner;
    Tensor next;
    try {
      next = step.next(slices, state);
    } finally {
      steps = outer;
    }
    require(
        next.type() == ElementType.FLOAT32 && next.shape().equals(state.shape()),
        "recurrence: expected steps to leave a state %s, got %s",
        state,
        next);
    Operation.Recurrence recurrence =
        new Operation.Recurrence(sequences, slices, state, inner, next, backward);
    requireClosed(recurrence);
    return step(recurrence, first.leading(2).inserted(2, Axis.fixed(size)));
  }

  /** An engine may keep the steps apart from the function around them. */
  private void requireClosed(Operation.Recurrence recurrence) {
    Set<Tensor> known = new HashSet<>(recurrence.slices());
    known.add(recurrence.state());
    for (Function.Step step : recurrence.steps()) {
      require(
          known.containsAll(step.operation().operands()),
          "recurrence: expected its steps to use what they are given only, got %s",
          step.operation().operands());
      known.add(step.result());
    }
    require(
        known.contains(recurrence.next()),
        "recurrence: expected the next state to be a step's result, got %s",
        recurrence.next());
  }

  /**
   * The loss of two classes: {@link Operation.BinaryCrossEntropy}.
   *
   * @param logits floats
   * @param targets floats of the same shape
   * @return one number
   */
  public Tensor binaryCrossEntropy(Tensor logits, Tensor targets) {
    requireFloats("binaryCrossEntropy", logits);
    requireFloats("binaryCrossEntropy", targets);
    require(
        logits.shape().equals(targets.shape()),
        "binaryCrossEntropy: expected equal shapes, got %s and %s",
        logits,
        targets);
    return step(new Operation.BinaryCrossEntropy(logits, targets), Shape.of());
  }

  /**
   * The loss of several classes: {@link Operation.CrossEntropy}.
   *
   * @param logits floats {@code [batch, classes]}
   * @param targets integers {@code [batch]}
   * @return {@code [batch]}
   */
  public Tensor crossEntropy(Tensor logits, Tensor targets) {
    requireFloats("crossEntropy", logits);
    require(
        logits.shape().rank() == 2
            && targets.type() == ElementType.INT64
            && logits.shape().without(1).equals(targets.shape()),
        "crossEntropy: expected [batch, classes] and INT64 [batch], got %s and %s",
        logits,
        targets);
    return step(new Operation.CrossEntropy(logits, targets), targets.shape());
  }

  private Tensor step(Operation operation, Shape shape) {
    return step(operation, ElementType.FLOAT32, shape);
  }

  private Tensor value(Shape shape) {
    return new Tensor(tensors++, ElementType.FLOAT32, shape);
  }

  private Tensor step(Operation operation, ElementType type, Shape shape) {
    Tensor result = new Tensor(tensors++, type, shape);
    steps.add(new Function.Step(operation, result));
    return result;
  }

  private int position(String operation, Tensor x, int axis) {
    int rank = x.shape().rank();
    require(axis >= -rank && axis < rank, operation + ": expected an axis of %s, got %s", x, axis);
    return x.shape().position(axis);
  }

  private void requireNew(String kind, String name, List<Function.Named> taken) {
    require(
        taken.stream().noneMatch(named -> named.name().equals(name)),
        kind + " '%s' is there already",
        name);
  }

  private void uses(String operation, Parameter parameter) {
    require(
        parameters.get(parameter.name()) == parameter,
        operation + ": expected a parameter of this graph, got %s",
        parameter);
  }

  private void requireIntegers(String operation, Tensor x) {
    require(x.type() == ElementType.INT64, operation + ": expected INT64, got %s", x);
  }

  private void requireFloats(String operation, Tensor x) {
    require(x.type() == ElementType.FLOAT32, operation + ": expected FLOAT32, got %s", x);
  }

  private void require(boolean condition, String message, @Nullable Object... found) {
    if (!condition) {
      throw new IllegalArgumentException("function '" + name + "', " + message.formatted(found));
    }
  }
}
