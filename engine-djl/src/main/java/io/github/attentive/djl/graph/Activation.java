package io.github.attentive.djl.graph;

/** The activation functions. */
public enum Activation {
  /** The error function, {@code 2/sqrt(pi)} times the integral of {@code exp(-t^2)} from 0. */
  ERF,
  /** {@code exp(x)}. */
  EXP,
  /** {@code x Phi(x)}, Phi the normal distribution (Hendrycks and Gimpel 2016). */
  GELU,
  /** The same by {@code x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))}. */
  GELU_TANH,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** {@code x / (1 + exp(-x))}. */
  SILU,
  /** {@code ln(1 + exp(x))}. */
  SOFTPLUS,
  /** The square root, of numbers of at least 0. */
  SQRT,
  /** 1 above 0, else 0. */
  STEP,
  /** The hyperbolic tangent. */
  TANH
}
