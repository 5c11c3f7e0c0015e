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
      case ERF -> function.affine(bell(x, 1), 2 / Math.sqrt(Math.PI), 0);
      case EXP -> y;
      case GELU -> gelu(x);
      case GELU_TANH -> geluByTanh(x);
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

  /** {@code exp(-scale x^2)}. */
  private Tensor bell(Tensor x, double scale) {
    return activated(Activation.EXP, function.affine(function.multiply(x, x), -scale, 0));
  }

  /** {@code Phi(x) + x phi(x)}, of the normal distribution and its density. */
  private Tensor gelu(Tensor x) {
    Tensor scaled = function.affine(x, Math.sqrt(0.5), 0);
    Tensor distribution = function.affine(activated(Activation.ERF, scaled), 0.5, 0.5);
    Tensor density = function.affine(bell(x, 0.5), 1 / Math.sqrt(2 * Math.PI), 0);
    return function.add(distribution, function.multiply(x, density));
  }

  /** {@code (1 + t)/2 + x/2 (1 - t^2) u'} for {@code t = tanh(u)}, {@code u = c (x + a x^3)}. */
  private Tensor geluByTanh(Tensor x) {
    double factor = Math.sqrt(2 / Math.PI);
    double cubic = 0.044715;
    Tensor square = function.multiply(x, x);
    Tensor inner = function.multiply(x, function.affine(square, cubic * factor, factor));
    Tensor t = activated(Activation.TANH, inner);
    Tensor innerSlope = function.affine(square, 3 * cubic * factor, factor);
    Tensor rest = function.affine(function.multiply(t, t), -1, 1);
    Tensor second = function.multiply(function.multiply(x, rest), innerSlope);
    return function.affine(function.add(function.affine(t, 1, 1), second), 0.5, 0);
  }

  /** {@code s + y (1 - s)} for the logistic function {@code s}. */
  private Tensor silu(Tensor x, Tensor y) {
    Tensor s = activated(Activation.SIGMOID, x);
    return function.add(s, function.multiply(y, function.affine(s, -1, 1)));
  }
}
