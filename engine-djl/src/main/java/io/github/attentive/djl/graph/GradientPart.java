package io.github.attentive.djl.graph;

/**
 * What a step adds to the gradient of one of its operands.
 *
 * @param operand the operand
 * @param gradient of the operand's shape, or of a part of it along one axis
 * @param axis along which it is a part, or {@link #WHOLE}
 * @param start where the part begins
 */
record GradientPart(Tensor operand, Tensor gradient, int axis, long start) {
  static final int WHOLE = -1;

  static GradientPart whole(Tensor operand, Tensor gradient) {
    return new GradientPart(operand, gradient, WHOLE, 0);
  }

  /** Where the part ends. */
  long end() {
    return start + gradient.shape().axis(axis).size();
  }
}
