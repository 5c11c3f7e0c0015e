package io.github.attentive.djl.graph;

/** What the activation functions give back to their arguments. */
final class ActivationGradients {
  private final FunctionBuilder function;
  private final Tensor gradient;

  /**
   * For one result.
   *
   * @param gradient of the result
   */
  ActivationGradients(FunctionBuilder function, Tensor gradient) {
    this.function = function;
    this.gradient = gradient;
  }

  /**
   * The gradient by the argument.
   *
   * @param activation the function
   * @param x the argument
   * @param y the result
   */
  Tensor of(Activation activation, Tensor x, Tensor y) {
    return switch (activation) {
      case ERF -> times(errorFunctionSlope(x));
      case EXP -> times(y);
      case GELU, GELU_TANH -> function.geluGradient(activation, x, gradient);
      case RELU -> times(activated(Activation.STEP, x));
      case SIGMOID -> times(function.multiply(y, function.affine(y, -1, 1)));
      case SILU -> times(siluSlope(x, y));
      case SOFTPLUS -> times(activated(Activation.SIGMOID, x));
      case SQRT -> times(function.divide(function.fill(y, 0.5), y));
      case STEP -> times(function.fill(x, 0));
      case TANH -> times(function.affine(function.multiply(y, y), -1, 1));
    };
  }

  private Tensor times(Tensor slope) {
    return function.multiply(gradient, slope);
  }

  private Tensor activated(Activation activation, Tensor x) {
    return function.activate(activation, x);
  }

  /** {@code 2/sqrt(pi) exp(-x^2)}. */
  private Tensor errorFunctionSlope(Tensor x) {
    Tensor bell = activated(Activation.EXP, function.affine(function.multiply(x, x), -1, 0));
    return function.affine(bell, 2 / Math.sqrt(Math.PI), 0);
  }

  /** {@code s + y (1 - s)} for the logistic function {@code s}. */
  private Tensor siluSlope(Tensor x, Tensor y) {
    Tensor s = activated(Activation.SIGMOID, x);
    return function.add(s, function.multiply(y, function.affine(s, -1, 1)));
  }
}
