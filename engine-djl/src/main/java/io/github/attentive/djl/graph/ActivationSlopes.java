package io.github.attentive.djl.graph;

/** The derivatives of the activation functions. */
final class ActivationSlopes {
  private final FunctionBuilder function;

  ActivationSlopes(FunctionBuilder function) {
    this.function = function;
  }

  /**
   * The derivative at each element.
   *
   * @param activation the function
   * @param x where
   * @param y its value there
   */
  Tensor of(Activation activation, Tensor x, Tensor y) {
    return switch (activation) {
      case ERF -> ofErrorFunction(x);
      case EXP -> y;
      case GELU, GELU_TANH ->
          throw new IllegalArgumentException(activation + " has its own operation");
      case RELU -> activated(Activation.STEP, x);
      case SIGMOID -> function.multiply(y, function.affine(y, -1, 1));
      case SILU -> silu(x, y);
      case SOFTPLUS -> activated(Activation.SIGMOID, x);
      case SQRT -> function.divide(function.fill(y, 0.5), y);
      case STEP -> function.fill(x, 0);
      case TANH -> function.affine(function.multiply(y, y), -1, 1);
    };
  }

  private Tensor activated(Activation activation, Tensor x) {
    return function.activate(activation, x);
  }

  /** {@code 2/sqrt(pi) exp(-x^2)}. */
  private Tensor ofErrorFunction(Tensor x) {
    Tensor bell = activated(Activation.EXP, function.affine(function.multiply(x, x), -1, 0));
    return function.affine(bell, 2 / Math.sqrt(Math.PI), 0);
  }

  /** {@code s + y (1 - s)} for the logistic function {@code s}. */
  private Tensor silu(Tensor x, Tensor y) {
    Tensor s = activated(Activation.SIGMOID, x);
    return function.add(s, function.multiply(y, function.affine(s, -1, 1)));
  }
}
