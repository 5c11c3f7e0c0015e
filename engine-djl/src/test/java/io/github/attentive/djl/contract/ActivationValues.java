package io.github.attentive.djl.contract;

import io.github.attentive.djl.graph.Activation;

/** Activation functions in double precision, from their definitions. */
public final class ActivationValues {
  private ActivationValues() {}

  /** The value at a point. */
  public static double of(Activation activation, double x) {
    return switch (activation) {
      case ERF -> errorFunction(x);
      case EXP -> Math.exp(x);
      case GELU -> x / 2 * (1 + errorFunction(x / Math.sqrt(2)));
      case GELU_TANH ->
          x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case RELU -> Math.max(x, 0);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case SILU -> x / (1 + Math.exp(-x));
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case SQRT -> Math.sqrt(x);
      case STEP -> x > 0 ? 1 : 0;
      case TANH -> Math.tanh(x);
    };
  }

  /** The derivative of GELU or GELU_TANH at a point. */
  public static double geluSlope(Activation activation, double x) {
    if (activation == Activation.GELU) {
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      return (1 + errorFunction(x / Math.sqrt(2))) / 2 + x * density;
    }
    double factor = Math.sqrt(2 / Math.PI);
    double tanh = Math.tanh(factor * (x + 0.044715 * x * x * x));
    double innerSlope = factor * (1 + 3 * 0.044715 * x * x);
    return (1 + tanh + x * (1 - tanh * tanh) * innerSlope) / 2;
  }

  /** Its power series; beyond a few units it is 1 or -1, to the last digit. */
  private static double errorFunction(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return sum * 2 / Math.sqrt(Math.PI);
  }
}
