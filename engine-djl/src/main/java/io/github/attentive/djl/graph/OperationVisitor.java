package io.github.attentive.djl.graph;

/**
 * A method for each operation.
 *
 * @param <R> what a visit gives
 */
public interface OperationVisitor<R> {

  /**
   * Looks up rows.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R embedding(Operation.Embedding operation);

  /**
   * Takes a whole table.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R rows(Operation.Rows operation);

  /**
   * Takes the first rows of a table.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R leadingRows(Operation.LeadingRows operation);

  /**
   * Puts a number in place of each element.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R fill(Operation.Fill operation);

  /**
   * Combines elements of two tensors.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R binary(Operation.Binary operation);

  /**
   * Scales and shifts.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R affine(Operation.Affine operation);

  /**
   * Applies an activation function.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R activate(Operation.Activate operation);

  /**
   * Differentiates GELU.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R geluGradient(Operation.GeluGradient operation);

  /**
   * Compares with a number.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R notEqual(Operation.NotEqual operation);

  /**
   * Sums along an axis.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R cumulativeSum(Operation.CumulativeSum operation);

  /**
   * Turns integers into floats.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R toFloat(Operation.ToFloat operation);

  /**
   * Multiplies matrices.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R matMul(Operation.MatMul operation);

  /**
   * Exchanges two axes.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R transpose(Operation.Transpose operation);

  /**
   * Adds an axis of size 1.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R unsqueeze(Operation.Unsqueeze operation);

  /**
   * Splits an axis in two.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R splitAxis(Operation.SplitAxis operation);

  /**
   * Merges two axes.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R mergeAxes(Operation.MergeAxes operation);

  /**
   * Takes a part of an axis.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R slice(Operation.Slice operation);

  /**
   * Takes one element of an axis.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R select(Operation.Select operation);

  /**
   * Turns an axis round.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R reverse(Operation.Reverse operation);

  /**
   * Moves elements along an axis.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R shift(Operation.Shift operation);

  /**
   * Joins two tensors.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R concat(Operation.Concat operation);

  /**
   * Picks elements of the last axis.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R gather(Operation.Gather operation);

  /**
   * Puts elements back to where they were picked.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R scatter(Operation.Scatter operation);

  /**
   * Normalises exponentials.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R softmax(Operation.Softmax operation);

  /**
   * Differentiates a softmax.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R softmaxGradient(Operation.SoftmaxGradient operation);

  /**
   * Drops elements at random.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R dropout(Operation.Dropout operation);

  /**
   * Takes the largest, the mean or the sum.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R reduce(Operation.Reduce operation);

  /**
   * Applies a dense layer.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R linear(Operation.Linear operation);

  /**
   * Normalises the last axis.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R layerNorm(Operation.LayerNorm operation);

  /**
   * Differentiates the normalisation of the last axis.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R layerNormGradient(Operation.LayerNormGradient operation);

  /**
   * Convolves along the middle axis.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R convolution(Operation.Convolution operation);

  /**
   * Attends without giving the weights.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R attention(Operation.Attention operation);

  /**
   * Goes from position to position.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R recurrence(Operation.Recurrence operation);

  /**
   * Computes a loss of two classes.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R binaryCrossEntropy(Operation.BinaryCrossEntropy operation);

  /**
   * Computes a loss of several classes.
   *
   * @param operation the operation
   * @return the result of the visit
   */
  R crossEntropy(Operation.CrossEntropy operation);
}
