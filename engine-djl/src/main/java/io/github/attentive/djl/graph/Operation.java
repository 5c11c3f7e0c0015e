package io.github.attentive.djl.graph;

/**
 * One step of a function. The set is closed; an engine's writer handles each through {@link
 * Visitor}, so that a new operation does not compile until every engine has it.
 */
public sealed interface Operation {

  /**
   * Calls the method of a visitor for this operation.
   *
   * @param visitor the visitor
   * @param <R> what it returns
   * @return what it returned
   */
  <R> R accept(Visitor<R> visitor);

  /**
   * A method for each operation.
   *
   * @param <R> what a visit gives
   */
  interface Visitor<R> {
    /**
     * Looks up rows.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R embedding(Embedding operation);

    /**
     * Adds.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R add(Add operation);

    /**
     * Multiplies matrices.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R matMul(MatMul operation);

    /**
     * Exchanges two axes.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R transpose(Transpose operation);

    /**
     * Adds an axis of size 1.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R unsqueeze(Unsqueeze operation);

    /**
     * Normalises exponentials.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R softmax(Softmax operation);

    /**
     * Averages.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R mean(Mean operation);

    /**
     * Applies a dense layer.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R linear(Linear operation);

    /**
     * Attends without giving the weights.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R attention(Attention operation);

    /**
     * Computes a loss of two classes.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R binaryCrossEntropy(BinaryCrossEntropy operation);

    /**
     * Computes a loss of several classes.
     *
     * @param operation the operation
     * @return the result of the visit
     */
    R crossEntropy(CrossEntropy operation);
  }

  /**
   * Rows of a table: {@code [..., d]} from ids {@code [...]}.
   *
   * @param table {@code [rows, d]}
   * @param ids row numbers
   */
  record Embedding(Parameter table, Tensor ids) implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.embedding(this);
    }
  }

  /**
   * The sum of each two elements.
   *
   * @param left a summand
   * @param right the other, of the same shape
   */
  record Add(Tensor left, Tensor right) implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.add(this);
    }
  }

  /**
   * The product of the last two axes: {@code [..., m, n]} from {@code [..., m, k]} and {@code [...,
   * k, n]}.
   *
   * @param left the left factor
   * @param right the right factor
   */
  record MatMul(Tensor left, Tensor right) implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.matMul(this);
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
    public <R> R accept(Visitor<R> visitor) {
      return visitor.transpose(this);
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
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unsqueeze(this);
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
    public <R> R accept(Visitor<R> visitor) {
      return visitor.softmax(this);
    }
  }

  /**
   * The mean along an axis, which goes.
   *
   * @param x the tensor
   * @param axis the axis, from 0
   */
  record Mean(Tensor x, int axis) implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.mean(this);
    }
  }

  /**
   * A dense layer, {@code x weight^T + bias}: {@code [..., out]} from {@code [..., in]}.
   *
   * @param x the tensor
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}
   */
  record Linear(Tensor x, Parameter weight, Parameter bias) implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.linear(this);
    }
  }

  /**
   * {@code softmax(scale query key^T) value} in one step, the weights not given: {@code [..., q,
   * d]} from {@code [..., q, e]}, {@code [..., k, e]} and {@code [..., k, d]}.
   *
   * @param query who looks
   * @param key what is looked at
   * @param value what is fetched
   * @param scale factor of the scores
   */
  record Attention(Tensor query, Tensor key, Tensor value, double scale) implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.attention(this);
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
    public <R> R accept(Visitor<R> visitor) {
      return visitor.binaryCrossEntropy(this);
    }
  }

  /**
   * The mean over the batch of {@code -ln softmax(x)[t]}: one number.
   *
   * @param logits {@code [batch, classes]}
   * @param targets {@code [batch]}, class numbers
   */
  record CrossEntropy(Tensor logits, Tensor targets) implements Operation {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.crossEntropy(this);
    }
  }
}
