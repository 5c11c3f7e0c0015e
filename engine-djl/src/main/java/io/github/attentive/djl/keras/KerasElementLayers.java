package io.github.attentive.djl.keras;

import com.google.gson.JsonElement;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.keras.KerasValue.Squashing;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers that treat each position, or each number, by itself. */
final class KerasElementLayers {
  private KerasElementLayers() {}

  static List<KerasValue> dense(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    long units = options.positive("units");
    boolean bias = options.flag("use_bias", true);
    String activation = KerasActivation.name(scope, "activation");
    KerasValue input = scope.input();
    Tensor x = scope.floats(input);
    long in = x.shape().axis(-1).size();
    if (in < 1) {
      throw scope.fail("expected a last axis of fixed size, got " + x.shape());
    }
    Tensor dense =
        scope
            .function()
            .linear(
                x,
                scope.kernel("vars/0", 0, "kernel", in, units),
                bias ? scope.weight("vars/1", 1, "bias", Shape.ofSizes(units)) : null);
    KerasValue result = input.with(dense);
    if (input.positions() == x.shape().rank() - 1) {
      scope.writer().mixesPositions(input, null);
      result = result.at(KerasValue.NO_POSITIONS);
    }
    return List.of(activated(scope, activation, result));
  }

  static List<KerasValue> activation(KerasScope scope) {
    scope.options().requireSinglePrecision();
    String activation = KerasActivation.name(scope, "activation");
    return List.of(activated(scope, activation, scope.input()));
  }

  /** Applies an activation; a softmax may be over positions, and the last one of a classifier. */
  private static KerasValue activated(KerasScope scope, String activation, KerasValue value) {
    Tensor x = scope.floats(value);
    if (activation.equals(KerasActivation.SOFTMAX)) {
      return softmaxed(scope, value, x.shape().rank() - 1, null);
    }
    KerasValue result = value.with(KerasActivation.apply(activation, scope.function(), x));
    return activation.equals(KerasActivation.SIGMOID) ? result.after(x, Squashing.SIGMOID) : result;
  }

  static List<KerasValue> softmax(KerasScope scope) {
    scope.options().requireSinglePrecision();
    JsonElement option = scope.options().element("axis");
    KerasValue input = scope.input();
    int axis = axis(scope, option, scope.floats(input));
    return List.of(softmaxed(scope, input, axis, scope.mask(input)));
  }

  private static int axis(KerasScope scope, @Nullable JsonElement option, Tensor x) {
    JsonElement single =
        option != null && option.isJsonArray() && option.getAsJsonArray().size() == 1
            ? option.getAsJsonArray().get(0)
            : option;
    if (single == null) {
      return x.shape().rank() - 1;
    }
    if (!single.isJsonPrimitive() || !single.getAsJsonPrimitive().isNumber()) {
      throw scope.options().unsupported("axis", "one axis", option);
    }
    return x.shape().position(single.getAsInt());
  }

  private static KerasValue softmaxed(
      KerasScope scope, KerasValue value, int axis, @Nullable Tensor mask) {
    FunctionBuilder function = scope.function();
    Tensor x = scope.floats(value);
    Tensor softmax;
    if (mask == null) {
      softmax = function.softmax(x, axis);
    } else {
      Tensor unseen = function.affine(mask, 1e9, -1e9);
      Tensor masked = function.add(function.multiply(x, mask), unseen);
      softmax = function.multiply(function.softmax(masked, axis), mask);
    }
    if (axis == value.positions()) {
      scope.writer().mixesPositions(value, mask);
      scope.writer().show(pooling(scope, softmax, axis, mask != null));
    }
    KerasValue result = value.with(softmax);
    return axis == x.shape().rank() - 1 && value.positions() != axis && mask == null
        ? result.after(x, Squashing.SOFTMAX)
        : result;
  }

  /** Weights of positions, {@code [batch, positions]} or with an axis of heads on either side. */
  private static ShownAttention pooling(
      KerasScope scope, Tensor softmax, int axis, boolean masked) {
    FunctionBuilder function = scope.function();
    int rank = softmax.shape().rank();
    Tensor heads =
        switch (rank) {
          case 2 -> function.unsqueeze(softmax, 1);
          case 3 -> axis == 2 ? softmax : function.transpose(softmax, 1, 2);
          default -> throw scope.fail("expected a softmax of at most three axes, got " + softmax);
        };
    return new ShownAttention(
        scope.layer().name(),
        softmax,
        function.unsqueeze(heads, 2),
        masked,
        "a softmax over positions",
        null,
        null);
  }

  static List<KerasValue> relu(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    options.require("threshold", 0);
    double slope = options.number("negative_slope", 0);
    KerasValue input = scope.input();
    Tensor x = scope.floats(input);
    FunctionBuilder function = scope.function();
    if (options.has("max_value")) {
      options.require("max_value", 6);
      options.require("negative_slope", 0);
      return List.of(input.with(KerasActivation.relu6(function, x)));
    }
    return List.of(input.with(KerasActivation.leakyRelu(function, x, slope)));
  }

  static List<KerasValue> leakyRelu(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    // Keras 2 calls it alpha.
    double slope = options.number("negative_slope", options.number("alpha", 0.3));
    KerasValue input = scope.input();
    return List.of(
        input.with(KerasActivation.leakyRelu(scope.function(), scope.floats(input), slope)));
  }

  static List<KerasValue> elu(KerasScope scope) {
    scope.options().requireSinglePrecision();
    double alpha = scope.options().number("alpha", 1);
    KerasValue input = scope.input();
    return List.of(input.with(KerasActivation.elu(scope.function(), scope.floats(input), alpha)));
  }

  static List<KerasValue> layerNormalization(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    options.require("rms_scaling", false);
    double epsilon = options.number("epsilon", 1e-3);
    boolean scales = options.flag("scale", true);
    boolean shifts = options.flag("center", true);
    KerasValue input = scope.input();
    Tensor x = scope.floats(input);
    Shape shape = lastAxis(scope, x);
    Parameter gamma =
        scales
            ? scope.weight("vars/0", 0, "gamma", shape)
            : scope.constant("no scale", shape, () -> ones(shape));
    int number = scales ? 1 : 0;
    Parameter beta = shifts ? scope.weight("vars/" + number, number, "beta", shape) : null;
    return List.of(input.with(scope.function().layerNorm(x, gamma, beta, epsilon)));
  }

  private static float[] ones(Shape shape) {
    float[] ones = new float[Math.toIntExact(shape.elements())];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The only axis that is normalized over. */
  private static Shape lastAxis(KerasScope scope, Tensor x) {
    JsonElement option = scope.options().element("axis");
    if (axis(scope, option, x) != x.shape().rank() - 1) {
      throw scope.options().unsupported("axis", "the last one", option);
    }
    return Shape.of(x.shape().axis(-1));
  }

  /** With the means and variances of training. */
  static List<KerasValue> batchNormalization(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    options.element("momentum");
    options.require("synchronized", false);
    options.require("renorm", false);
    for (String renorm : List.of("renorm_clipping", "renorm_momentum")) {
      options.element(renorm);
    }
    double epsilon = options.number("epsilon", 1e-3);
    boolean scales = options.flag("scale", true);
    boolean shifts = options.flag("center", true);
    KerasValue input = scope.input();
    Tensor x = scope.floats(input);
    Shape shape = lastAxis(scope, x);
    FunctionBuilder function = scope.function();
    Parameter factor =
        scope.constant("factor", shape, () -> factor(scope, shape, scales, shifts, epsilon));
    Parameter shift =
        scope.constant("shift", shape, () -> shift(scope, shape, scales, shifts, epsilon));
    Tensor scaled = function.multiply(x, function.rows(factor));
    return List.of(input.with(function.add(scaled, function.rows(shift))));
  }

  private static float[] factor(
      KerasScope scope, Shape shape, boolean scales, boolean shifts, double epsilon) {
    double[] factors = factors(scope, shape, scales, shifts, epsilon);
    float[] single = new float[factors.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) factors[i];
    }
    return single;
  }

  private static double[] factors(
      KerasScope scope, Shape shape, boolean scales, boolean shifts, double epsilon) {
    float[] gamma = scales ? scope.values("vars/0", 0, "gamma", shape) : null;
    int place = (scales ? 1 : 0) + (shifts ? 1 : 0) + 1;
    float[] variance = scope.values("vars/" + place, place, "moving_variance", shape);
    double[] factors = new double[variance.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (gamma == null ? 1 : gamma[i]) / Math.sqrt(variance[i] + epsilon);
    }
    return factors;
  }

  private static float[] shift(
      KerasScope scope, Shape shape, boolean scales, boolean shifts, double epsilon) {
    double[] factors = factors(scope, shape, scales, shifts, epsilon);
    int place = scales ? 1 : 0;
    float[] beta = shifts ? scope.values("vars/" + place, place, "beta", shape) : null;
    int next = place + (shifts ? 1 : 0);
    float[] mean = scope.values("vars/" + next, next, "moving_mean", shape);
    float[] shift = new float[factors.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = (float) ((beta == null ? 0 : beta[i]) - mean[i] * factors[i]);
    }
    return shift;
  }

  /** What only training notices. */
  static List<KerasValue> identity(KerasScope scope) {
    scope.options().requireSinglePrecision();
    KerasValue input = scope.input();
    return List.of(
        new KerasValue(scope.floats(input), input.mask(), input.positions(), input.squashed()));
  }
}
