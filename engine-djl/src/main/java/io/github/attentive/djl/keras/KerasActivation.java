package io.github.attentive.djl.keras;

import com.google.gson.JsonElement;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The activation functions of Keras 3, by their names, from the operations of a graph. */
final class KerasActivation {
  static final String LINEAR = "linear";
  static final String SIGMOID = "sigmoid";
  static final String SOFTMAX = "softmax";

  /** Klambauer et al. 2017. */
  private static final double SELU_SCALE = 1.0507009873554805;

  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double LEAKY_SLOPE = 0.2;

  private static final Map<String, BiFunction<FunctionBuilder, Tensor, Tensor>> FUNCTIONS =
      Map.ofEntries(
          Map.entry(LINEAR, (f, x) -> x),
          Map.entry("relu", activation(Activation.RELU)),
          Map.entry("relu6", KerasActivation::relu6),
          Map.entry("leaky_relu", (f, x) -> leakyRelu(f, x, LEAKY_SLOPE)),
          Map.entry("elu", (f, x) -> elu(f, x, 1)),
          Map.entry("selu", (f, x) -> f.affine(elu(f, x, SELU_ALPHA), SELU_SCALE, 0)),
          Map.entry("gelu", activation(Activation.GELU)),
          Map.entry("silu", activation(Activation.SILU)),
          Map.entry("swish", activation(Activation.SILU)),
          Map.entry("mish", KerasActivation::mish),
          Map.entry("tanh", activation(Activation.TANH)),
          Map.entry(SIGMOID, activation(Activation.SIGMOID)),
          Map.entry("hard_sigmoid", KerasActivation::hardSigmoid),
          Map.entry("hard_silu", (f, x) -> f.multiply(x, hardSigmoid(f, x))),
          Map.entry("hard_swish", (f, x) -> f.multiply(x, hardSigmoid(f, x))),
          Map.entry("softplus", activation(Activation.SOFTPLUS)),
          Map.entry("softsign", (f, x) -> f.divide(x, f.affine(magnitude(f, x), 1, 1))),
          Map.entry("exponential", activation(Activation.EXP)),
          Map.entry(SOFTMAX, (f, x) -> f.softmax(x, -1)));

  private KerasActivation() {}

  /** The name that an option gives. */
  static String name(KerasScope scope, String option) {
    JsonElement value = scope.options().element(option);
    if (value == null || value.isJsonNull()) {
      return LINEAR;
    }
    @Nullable String name =
        value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
            ? value.getAsString()
            : null;
    if (name == null || !FUNCTIONS.containsKey(name)) {
      throw scope
          .options()
          .unsupported(option, "one of " + FUNCTIONS.keySet().stream().sorted().toList(), value);
    }
    return name;
  }

  /** Applies a function by its name. */
  static Tensor apply(String name, FunctionBuilder function, Tensor x) {
    return FUNCTIONS.get(name).apply(function, x);
  }

  private static BiFunction<FunctionBuilder, Tensor, Tensor> activation(Activation activation) {
    return (function, x) -> function.activate(activation, x);
  }

  private static Tensor relu(FunctionBuilder f, Tensor x) {
    return f.activate(Activation.RELU, x);
  }

  /** {@code max(-x, 0)}. */
  private static Tensor below(FunctionBuilder f, Tensor x) {
    return relu(f, f.affine(x, -1, 0));
  }

  private static Tensor magnitude(FunctionBuilder f, Tensor x) {
    return f.add(relu(f, x), below(f, x));
  }

  /** {@code x} above 0, else {@code slope x}. */
  static Tensor leakyRelu(FunctionBuilder f, Tensor x, double slope) {
    return f.add(relu(f, x), f.affine(below(f, x), -slope, 0));
  }

  /** {@code x} above 0, else {@code alpha (exp(x) - 1)}. */
  static Tensor elu(FunctionBuilder f, Tensor x, double alpha) {
    Tensor exponential = f.activate(Activation.EXP, f.affine(below(f, x), -1, 0));
    return f.add(relu(f, x), f.affine(exponential, alpha, -alpha));
  }

  /** From 0 to 6. */
  static Tensor relu6(FunctionBuilder f, Tensor x) {
    return f.affine(relu(f, f.affine(relu(f, x), -1, 6)), -1, 6);
  }

  private static Tensor hardSigmoid(FunctionBuilder f, Tensor x) {
    return f.affine(relu6(f, f.affine(x, 1, 3)), 1.0 / 6, 0);
  }

  private static Tensor mish(FunctionBuilder f, Tensor x) {
    return f.multiply(x, f.activate(Activation.TANH, f.activate(Activation.SOFTPLUS, x)));
  }
}
