package io.github.attentive.djl.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the steps of one function; see {@link GraphBuilder} for what goes wrong and how it is
 * said.
 */
public final class FunctionBuilder {
  private final String name;
  private final List<Parameter> parameters;
  private final List<Function.Named> inputs = new ArrayList<>();
  private final List<Function.Step> steps = new ArrayList<>();
  private final List<Function.Named> outputs = new ArrayList<>();
  private int tensors;

  FunctionBuilder(String name, List<Parameter> parameters) {
    this.name = name;
    this.parameters = parameters;
  }

  String name() {
    return name;
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
   * @param table {@code [rows, d]}
   * @param ids integers {@code [...]}
   * @return {@code [..., d]}
   */
  public Tensor embedding(Parameter table, Tensor ids) {
    uses("embedding", table);
    require(
        ids.type() == ElementType.INT64 && table.shape().rank() == 2,
        "embedding: expected a table [rows, d] and INT64 ids, got %s and %s",
        table,
        ids);
    Shape shape = ids.shape().inserted(ids.shape().rank(), table.shape().axis(1));
    return step(new Operation.Embedding(table, ids), shape);
  }

  /**
   * Adds: {@link Operation.Add}.
   *
   * @param left floats
   * @param right floats of the same shape
   * @return the same shape
   */
  public Tensor add(Tensor left, Tensor right) {
    requireFloats("add", left);
    requireFloats("add", right);
    require(
        left.shape().equals(right.shape()),
        "add: expected equal shapes, got %s and %s",
        left,
        right);
    return step(new Operation.Add(left, right), left.shape());
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
    require(
        l.rank() >= 2
            && l.rank() == r.rank()
            && l.axis(-1).equals(r.axis(-2))
            && l.axes().subList(0, l.rank() - 2).equals(r.axes().subList(0, l.rank() - 2)),
        "matMul: expected [..., m, k] and [..., k, n], got %s and %s",
        left,
        right);
    return step(new Operation.MatMul(left, right), l.with(-1, r.axis(-1)));
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
   * Averages: {@link Operation.Mean}.
   *
   * @param x floats
   * @param axis from 0 or from -1 backwards
   * @return the shape without the axis
   */
  public Tensor mean(Tensor x, int axis) {
    requireFloats("mean", x);
    int position = position("mean", x, axis);
    return step(new Operation.Mean(x, position), x.shape().without(position));
  }

  /**
   * Applies a dense layer: {@link Operation.Linear}.
   *
   * @param x {@code [..., in]}
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}
   * @return {@code [..., out]}
   */
  public Tensor linear(Tensor x, Parameter weight, Parameter bias) {
    uses("linear", weight);
    uses("linear", bias);
    requireFloats("linear", x);
    require(
        x.shape().rank() >= 1
            && weight.shape().rank() == 2
            && weight.shape().axis(1).equals(x.shape().axis(-1))
            && bias.shape().equals(Shape.of(weight.shape().axis(0))),
        "linear: expected [..., in], [out, in] and [out], got %s, %s and %s",
        x,
        weight,
        bias);
    return step(new Operation.Linear(x, weight, bias), x.shape().with(-1, weight.shape().axis(0)));
  }

  /**
   * Attends without giving the weights: {@link Operation.Attention}.
   *
   * @param query {@code [..., q, e]}
   * @param key {@code [..., k, e]}
   * @param value {@code [..., k, d]}
   * @param scale factor of the scores
   * @return {@code [..., q, d]}
   */
  public Tensor attention(Tensor query, Tensor key, Tensor value, double scale) {
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
    return step(
        new Operation.Attention(query, key, value, scale),
        query.shape().with(-1, value.shape().axis(-1)));
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
   * @return one number
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
    return step(new Operation.CrossEntropy(logits, targets), Shape.of());
  }

  private Tensor step(Operation operation, Shape shape) {
    return step(operation, ElementType.FLOAT32, shape);
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
        parameters.contains(parameter),
        operation + ": expected a parameter of this graph, got %s",
        parameter);
  }

  private void requireFloats(String operation, Tensor x) {
    require(x.type() == ElementType.FLOAT32, operation + ": expected FLOAT32, got %s", x);
  }

  private void require(boolean condition, String message, Object... found) {
    if (!condition) {
      throw new IllegalArgumentException("function '" + name + "', " + message.formatted(found));
    }
  }
}
