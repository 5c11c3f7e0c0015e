package io.github.attentive.djl.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a function. The set is closed; an engine's writer handles each through {@link
 * OperationVisitor}, so that a new operation does not compile until every engine has it.
 */
public sealed interface Operation {

  /**
   * Calls the method of a visitor for this operation.
   *
   * @param visitor the visitor
   * @param <R> what it returns
   * @return what it returned
   */
  <R> R accept(OperationVisitor<R> visitor);

  /**
   * The tensors it reads.
   *
   * @return its operands in order; one that stands twice is there twice
   */
  List<Tensor> operands();

  /** What is done with two elements. */
  enum Arithmetic {
    /** The sum. */
    ADD,
    /** The product. */
    MULTIPLY,
    /** The left one divided by the right one. */
    DIVIDE
  }

  /** What becomes of the elements along an axis. */
  enum Reduction {
    /** The largest. */
    MAX,
    /** Their mean. */
    MEAN,
    /** Their sum. */
    SUM
  }

  /**
   * Rows of a table: {@code [..., d]} from ids {@code [...]}, or {@code [...]} from a table of one
   * axis.
   *
   * @param table {@code [rows, d]} or {@code [rows]}
   * @param ids row numbers, within the table
   */
  record Embedding(Parameter table, Tensor ids) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.embedding(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(ids);
    }
  }

  /**
   * A table as it stands, as a tensor.
   *
   * @param table any shape
   */
  record Rows(Parameter table) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.rows(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of();
    }
  }

  /**
   * As many leading rows of a table as a tensor's axis is long: {@code [n, ...]} from {@code [rows,
   * ...]}. The table must have enough.
   *
   * @param table {@code [rows, ...]}
   * @param x whose axis counts
   * @param axis the axis, from 0
   */
  record LeadingRows(Parameter table, Tensor x, int axis) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.leadingRows(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * One number in place of each element of a tensor, whatever that holds.
   *
   * @param x whose shape counts
   * @param value the number
   */
  record Fill(Tensor x, double value) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.fill(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The sum, product or quotient of each two elements, axes of size 1 and missing leading axes
   * being repeated.
   *
   * @param arithmetic what is done
   * @param left one operand
   * @param right the other, of the same type
   */
  record Binary(Arithmetic arithmetic, Tensor left, Tensor right) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.binary(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(left, right);
    }
  }

  /**
   * {@code scale x + shift} for each element.
   *
   * @param x the tensor
   * @param scale the factor; a whole number for integers
   * @param shift what is added; a whole number for integers
   */
  record Affine(Tensor x, double scale, double shift) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.affine(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * A function of each element.
   *
   * @param activation the function
   * @param x the tensor
   */
  record Activate(Activation activation, Tensor x) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.activate(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The gradient of {@link Activation#GELU} or {@link Activation#GELU_TANH} by its argument, of
   * which engines have one that takes no more than one step.
   *
   * @param activation the function
   * @param x its argument
   * @param gradient of its result, of the shape of x
   */
  record GeluGradient(Activation activation, Tensor x, Tensor gradient) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.geluGradient(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x, gradient);
    }
  }

  /**
   * 1 for each integer that differs from a number, 0 for each that equals it.
   *
   * @param x integers
   * @param value the number
   */
  record NotEqual(Tensor x, long value) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.notEqual(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The sum of each element and those before it along an axis.
   *
   * @param x the tensor
   * @param axis the axis, from 0
   */
  record CumulativeSum(Tensor x, int axis) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.cumulativeSum(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The same numbers as floats.
   *
   * @param x integers
   */
  record ToFloat(Tensor x) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.toFloat(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The product of the last two axes: {@code [..., m, n]} from {@code [..., m, k]} and {@code [...,
   * k, n]}, leading axes of size 1 and missing ones being repeated.
   *
   * @param left the left factor
   * @param right the right factor
   */
  record MatMul(Tensor left, Tensor right) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.matMul(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(left, right);
    }
  }

  /**
   * The same numbers with two axes exchanged.
   *
   * @param x the tensor
   * @param first an axis, from 0
   * @param second another axis, from 0
   */
  record Transpose(Tensor x, int first, int second) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.transpose(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The same numbers with one more axis of size 1.
   *
   * @param x the tensor
   * @param axis where it will be, from 0
   */
  record Unsqueeze(Tensor x, int axis) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.unsqueeze(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The same numbers with one axis of a fixed size as two: {@code [..., outer, inner, ...]}.
   *
   * @param x the tensor
   * @param axis the axis, from 0
   * @param outer size of the first
   * @param inner size of the second
   */
  record SplitAxis(Tensor x, int axis, long outer, long inner) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.splitAxis(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The same numbers with an axis and the next, both of fixed sizes, as one.
   *
   * @param x the tensor
   * @param axis the first of the two, from 0
   */
  record MergeAxes(Tensor x, int axis) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.mergeAxes(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * A part of an axis of a fixed size.
   *
   * @param x the tensor
   * @param axis the axis, from 0
   * @param start the first element
   * @param end the one after the last
   */
  record Slice(Tensor x, int axis, long start, long end) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.slice(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * One element of an axis, which goes.
   *
   * @param x the tensor
   * @param axis the axis, from 0
   * @param index the element, from 0, or -1 for the last
   */
  record Select(Tensor x, int axis, long index) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.select(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The same numbers, those along an axis in the opposite order.
   *
   * @param x the tensor
   * @param axis the axis, from 0
   */
  record Reverse(Tensor x, int axis) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.reverse(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The same numbers farther along an axis; those pushed out at its end go, and zeros follow where
   * none came from.
   *
   * @param x the tensor
   * @param axis the axis, from 0
   * @param by how many places farther, negative for nearer to the start, not 0
   */
  record Shift(Tensor x, int axis, int by) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.shift(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * Two tensors one after the other along an axis.
   *
   * @param first the first
   * @param second the second, of the same shape but for the axis
   * @param axis the axis, from 0
   */
  record Concat(Tensor first, Tensor second, int axis) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.concat(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(first, second);
    }
  }

  /**
   * {@code x[..., q, index[q, k]]}: for each row of the last two axes the elements that the same
   * row of the index names.
   *
   * @param x {@code [batch, heads, q, n]}
   * @param index {@code [q, k]}, from 0 to below n
   */
  record Gather(Tensor x, Tensor index) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.gather(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x, index);
    }
  }

  /**
   * The way back from {@link Gather}: {@code [..., q, index[q, k]]} is {@code x[..., q, k]}, the
   * sum of several where the index names a place more than once, zero where never.
   *
   * @param x {@code [batch, heads, q, k]}
   * @param index {@code [q, k]}, from 0 to below n
   * @param like {@code [batch, heads, q, n]}, whose shape counts
   */
  record Scatter(Tensor x, Tensor index, Tensor like) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.scatter(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x, index, like);
    }
  }

  /**
   * Exponentials along an axis, divided by their sum.
   *
   * @param x the tensor
   * @param axis the axis, from 0
   */
  record Softmax(Tensor x, int axis) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.softmax(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The gradient of {@link Softmax} by its argument: {@code y (g - sum(y g))}.
   *
   * @param result of the softmax, y
   * @param axis the axis, from 0
   * @param gradient of the result, of its shape, g
   */
  record SoftmaxGradient(Tensor result, int axis, Tensor gradient) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.softmaxGradient(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(result, gradient);
    }
  }

  /**
   * Zero in place of some elements, chosen at random, and the rest divided by the share that stays:
   * dropout (Srivastava et al. 2014). The engine's seed decides which.
   *
   * @param x the tensor
   * @param rate the share that goes, above 0 and below 1
   */
  record Dropout(Tensor x, double rate) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.dropout(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The largest, the mean or the sum along an axis, which goes.
   *
   * @param reduction which of them
   * @param x the tensor
   * @param axis the axis, from 0
   */
  record Reduce(Reduction reduction, Tensor x, int axis) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.reduce(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * A dense layer, {@code x weight^T + bias}: {@code [..., out]} from {@code [..., in]}.
   *
   * @param x the tensor
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}, or null for none
   */
  record Linear(Tensor x, Parameter weight, @Nullable Parameter bias) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.linear(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * {@code (x - mean) / sqrt(variance + epsilon) weight + bias} over the last axis (Ba et al.
   * 2016), the variance divided by the axis' size.
   *
   * @param x {@code [..., d]}
   * @param weight {@code [d]}
   * @param bias {@code [d]}, or null for none
   * @param epsilon above 0
   */
  record LayerNorm(Tensor x, Parameter weight, @Nullable Parameter bias, double epsilon)
      implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.layerNorm(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * The gradient of {@link LayerNorm} by its argument: {@code (h - mean(h) - n mean(h n)) / s} for
   * the normed {@code n}, the deviation {@code s} and {@code h}, the gradient by weight.
   *
   * @param x {@code [..., d]}
   * @param weight {@code [d]}
   * @param epsilon above 0
   * @param gradient of the result, of the shape of x
   */
  record LayerNormGradient(Tensor x, Parameter weight, double epsilon, Tensor gradient)
      implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.layerNormGradient(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x, gradient);
    }
  }

  /**
   * A convolution over positions that keeps their number, zeros beyond both ends: {@code [batch, n,
   * out]} from {@code [batch, n, in]}.
   *
   * @param x {@code [batch, n, in]}
   * @param weight {@code [out, in, width]}, the width odd
   * @param bias {@code [out]}
   */
  record Convolution(Tensor x, Parameter weight, Parameter bias) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.convolution(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(x);
    }
  }

  /**
   * {@code softmax(scale query key^T + bias) value} in one step, the weights not given: {@code
   * [..., q, d]} from {@code [..., q, e]}, {@code [..., k, e]} and {@code [..., k, d]}.
   *
   * @param query who looks
   * @param key what is looked at
   * @param value what is fetched
   * @param bias added to the scores {@code [..., q, k]}, axes of size 1 being repeated; or null
   * @param scale factor of the scores
   */
  record Attention(Tensor query, Tensor key, Tensor value, @Nullable Tensor bias, double scale)
      implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.attention(this);
    }

    @Override
    public List<Tensor> operands() {
      return bias == null ? List.of(query, key, value) : List.of(query, key, value, bias);
    }
  }

  /**
   * The same steps for each position, one after the other: every step gets the position's slices of
   * some sequences and the state that the step before left, zeros at first. The result holds the
   * state after each step, at the step's position: {@code [batch, n, d]}.
   *
   * @param sequences {@code [batch, n, ...]} each
   * @param slices what a step sees of each sequence, {@code [batch, ...]}
   * @param state what it sees of the state, {@code [batch, d]}
   * @param steps of parameters, the slices, the state, and each other only
   * @param next the state that it leaves, {@code [batch, d]}
   * @param backward whether the last position comes first
   */
  record Recurrence(
      List<Tensor> sequences,
      List<Tensor> slices,
      Tensor state,
      List<Function.Step> steps,
      Tensor next,
      boolean backward)
      implements Operation {

    /**
     * Copies the lists.
     *
     * @param sequences as above
     * @param slices as above
     * @param state as above
     * @param steps as above
     * @param next as above
     * @param backward as above
     */
    public Recurrence {
      sequences = List.copyOf(sequences);
      slices = List.copyOf(slices);
      steps = List.copyOf(steps);
    }

    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.recurrence(this);
    }

    @Override
    public List<Tensor> operands() {
      return sequences;
    }
  }

  /**
   * The mean over all elements of {@code -t ln s(x) - (1 - t) ln(1 - s(x))}, s the logistic
   * function: one number.
   *
   * @param logits any shape
   * @param targets the same shape, 0 or 1
   */
  record BinaryCrossEntropy(Tensor logits, Tensor targets) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.binaryCrossEntropy(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(logits, targets);
    }
  }

  /**
   * {@code -ln softmax(x)[t]} for each row.
   *
   * @param logits {@code [batch, classes]}
   * @param targets {@code [batch]}, class numbers
   */
  record CrossEntropy(Tensor logits, Tensor targets) implements Operation {
    @Override
    public <R> R accept(OperationVisitor<R> visitor) {
      return visitor.crossEntropy(this);
    }

    @Override
    public List<Tensor> operands() {
      return List.of(logits, targets);
    }
  }
}
