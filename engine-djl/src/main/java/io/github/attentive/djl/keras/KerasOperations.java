package io.github.attentive.djl.keras;

import com.google.gson.JsonElement;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleFunction;

/**
 * Operations that Keras puts among the layers: those by which it computes masks, and some that
 * people use in functional models.
 */
final class KerasOperations {
  private KerasOperations() {}

  /** 1 where a token differs from a number. */
  static List<KerasValue> notEqual(KerasScope scope) {
    KerasValue input = scope.input();
    Tensor ids = input.tensor();
    JsonElement number = scope.constant(1, "x2");
    if (ids == null
        || ids.type() != ElementType.INT64
        || number == null
        || number.getAsDouble() != Math.rint(number.getAsDouble())) {
      throw new UnknownKerasLayerException(
          scope.layer().place() + ": expected tokens and a whole number, got others");
    }
    FunctionBuilder function = scope.function();
    Tensor differs = function.toFloat(function.notEqual(ids, number.getAsLong()));
    if (number.getAsLong() == 0) {
      scope.writer().masksPadding();
    }
    return List.of(KerasValue.of(differs));
  }

  static List<KerasValue> same(KerasScope scope) {
    scope.options().element("dtype");
    return List.of(scope.input());
  }

  static List<KerasValue> either(KerasScope scope) {
    KerasValue one = scope.input();
    KerasValue other = second(scope);
    return List.of(
        one.tensor() == other.tensor()
            ? one
            : KerasValue.of(
                KerasMergeLayers.either(scope.function(), scope.floats(one), scope.floats(other))));
  }

  private static KerasValue second(KerasScope scope) {
    return scope
        .argument(1, "x2")
        .orElseThrow(() -> scope.fail("expected a second argument, got none"));
  }

  static List<KerasValue> add(KerasScope scope) {
    FunctionBuilder function = scope.function();
    Tensor x = scope.floats(scope.input());
    return binary(scope, function::add, number -> function.affine(x, 1, number));
  }

  static List<KerasValue> subtract(KerasScope scope) {
    FunctionBuilder function = scope.function();
    Tensor x = scope.floats(scope.input());
    return binary(scope, function::subtract, number -> function.affine(x, 1, -number));
  }

  static List<KerasValue> multiply(KerasScope scope) {
    FunctionBuilder function = scope.function();
    Tensor x = scope.floats(scope.input());
    return binary(scope, function::multiply, number -> function.affine(x, number, 0));
  }

  private static List<KerasValue> binary(
      KerasScope scope, BinaryOperator<Tensor> ofTensors, DoubleFunction<Tensor> ofNumber) {
    KerasValue one = scope.input();
    JsonElement number = scope.constant(1, "x2");
    if (number != null && number.isJsonPrimitive()) {
      return List.of(KerasValue.of(ofNumber.apply(number.getAsDouble())).at(one.positions()));
    }
    KerasValue other = second(scope);
    Tensor result = ofTensors.apply(scope.floats(one), scope.floats(other));
    return List.of(KerasValue.of(result).at(Math.max(one.positions(), other.positions())));
  }

  static List<KerasValue> sum(KerasScope scope) {
    return reduced(scope, (x, axis) -> scope.function().sum(x, axis));
  }

  static List<KerasValue> mean(KerasScope scope) {
    return reduced(scope, (x, axis) -> scope.function().mean(x, axis));
  }

  /** Takes one axis away. */
  @FunctionalInterface
  private interface Reduction {
    Tensor of(Tensor x, int axis);
  }

  private static List<KerasValue> reduced(KerasScope scope, Reduction reduction) {
    KerasValue input = scope.input();
    Tensor x = scope.floats(input);
    JsonElement option =
        scope.options().has("axis") ? scope.options().element("axis") : scope.constant(1, "axis");
    JsonElement single =
        option != null && option.isJsonArray() && option.getAsJsonArray().size() == 1
            ? option.getAsJsonArray().get(0)
            : option;
    if (single == null || !single.isJsonPrimitive()) {
      throw scope.fail("expected one axis, got " + option);
    }
    int axis = x.shape().position(single.getAsInt());
    boolean keeps = scope.options().flag("keepdims", false);
    int positions = input.positions();
    if (positions == axis) {
      scope.writer().mixesPositions(input, null);
      positions = KerasValue.NO_POSITIONS;
    } else if (positions > axis && !keeps) {
      positions--;
    }
    Tensor result = reduction.of(x, axis);
    return List.of(
        KerasValue.of(keeps ? scope.function().unsqueeze(result, axis) : result).at(positions));
  }

  static List<KerasValue> expandDims(KerasScope scope) {
    KerasValue input = scope.input();
    Tensor x = scope.floats(input);
    int option = axis(scope);
    int axis = option < 0 ? option + x.shape().rank() + 1 : option;
    int positions = input.positions() >= axis ? input.positions() + 1 : input.positions();
    return List.of(KerasValue.of(scope.function().unsqueeze(x, axis)).at(positions));
  }

  static List<KerasValue> squeeze(KerasScope scope) {
    KerasValue input = scope.input();
    Tensor x = scope.floats(input);
    int axis = x.shape().position(axis(scope));
    if (x.shape().axis(axis).size() != 1) {
      throw scope.fail("expected an axis of size 1, got axis %s of %s".formatted(axis, x));
    }
    int positions = input.positions() > axis ? input.positions() - 1 : input.positions();
    return List.of(KerasValue.of(scope.function().select(x, axis, 0)).at(positions));
  }

  private static int axis(KerasScope scope) {
    JsonElement axis =
        scope.options().has("axis") ? scope.options().element("axis") : scope.constant(1, "axis");
    if (axis == null || !axis.isJsonPrimitive()) {
      throw scope.fail("expected one axis, got " + axis);
    }
    return axis.getAsInt();
  }
}
