package io.github.attentive.djl.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Layers that make one result of several. */
final class KerasMergeLayers {
  /** What a sum of squares counts as at least, so that nothing is divided by 0. */
  private static final double LEAST_SQUARES = 1e-12;

  private KerasMergeLayers() {}

  static List<KerasValue> add(KerasScope scope) {
    return merged(scope, scope.function()::add);
  }

  static List<KerasValue> subtract(KerasScope scope) {
    return merged(scope, scope.function()::subtract);
  }

  static List<KerasValue> multiply(KerasScope scope) {
    return merged(scope, scope.function()::multiply);
  }

  static List<KerasValue> average(KerasScope scope) {
    KerasValue sum = merged(scope, scope.function()::add).get(0);
    double share = 1.0 / scope.inputs().size();
    return List.of(sum.with(scope.function().affine(scope.floats(sum), share, 0)));
  }

  static List<KerasValue> maximum(KerasScope scope) {
    FunctionBuilder function = scope.function();
    return merged(scope, (x, y) -> function.add(y, above(function, x, y)));
  }

  static List<KerasValue> minimum(KerasScope scope) {
    FunctionBuilder function = scope.function();
    return merged(scope, (x, y) -> function.subtract(x, above(function, x, y)));
  }

  /** {@code max(x - y, 0)}. */
  private static Tensor above(FunctionBuilder function, Tensor x, Tensor y) {
    return function.activate(Activation.RELU, function.subtract(x, y));
  }

  private static List<KerasValue> merged(KerasScope scope, BinaryOperator<Tensor> merge) {
    scope.options().requireSinglePrecision();
    List<KerasValue> inputs = scope.inputs();
    Tensor result = scope.floats(inputs.get(0));
    for (KerasValue input : inputs.subList(1, inputs.size())) {
      result = merge.apply(result, scope.floats(input));
    }
    return List.of(new KerasValue(result, eitherMask(scope, inputs), positions(inputs), null));
  }

  /** Of all inputs; null if one has none. */
  private static @Nullable Tensor eitherMask(KerasScope scope, List<KerasValue> inputs) {
    FunctionBuilder function = scope.function();
    Tensor mask = inputs.get(0).mask();
    for (KerasValue input : inputs.subList(1, inputs.size())) {
      if (mask == null || input.mask() == null) {
        return null;
      }
      mask = mask == input.mask() ? mask : either(function, mask, input.mask());
    }
    return mask;
  }

  /** 1 where one of two masks is. */
  static Tensor either(FunctionBuilder function, Tensor one, Tensor other) {
    return function.subtract(function.add(one, other), function.multiply(one, other));
  }

  private static int positions(List<KerasValue> inputs) {
    return inputs.stream().mapToInt(KerasValue::positions).max().orElseThrow();
  }

  static List<KerasValue> concatenate(KerasScope scope) {
    scope.options().requireSinglePrecision();
    int option = scope.options().whole("axis", -1);
    List<KerasValue> inputs = scope.inputs();
    FunctionBuilder function = scope.function();
    Tensor result = scope.floats(inputs.get(0));
    int axis = result.shape().position(option);
    for (KerasValue input : inputs.subList(1, inputs.size())) {
      result = function.concat(result, scope.floats(input), axis);
    }
    int positions = positions(inputs);
    boolean joinsPositions = inputs.stream().anyMatch(input -> input.positions() == axis);
    Tensor mask = joinsPositions ? joinedMask(scope, inputs) : sideBySideMask(scope, inputs);
    return List.of(
        new KerasValue(result, mask, joinsPositions ? KerasValue.NO_POSITIONS : positions, null));
  }

  /** A branch without a mask counts as one of which every position counts. */
  private static @Nullable Tensor sideBySideMask(KerasScope scope, List<KerasValue> inputs) {
    Tensor all = eitherMask(scope, inputs);
    if (all != null) {
      return all;
    }
    return inputs.stream()
        .map(KerasValue::mask)
        .filter(Objects::nonNull)
        .findFirst()
        .map(
            mask -> {
              inputs.forEach(input -> scope.writer().mixesPositions(input, null));
              Tensor ones = scope.function().affine(mask, 0, 1);
              scope.writer().countsAll(ones);
              return ones;
            })
        .orElse(null);
  }

  private static @Nullable Tensor joinedMask(KerasScope scope, List<KerasValue> inputs) {
    if (inputs.stream().allMatch(input -> input.mask() == null)) {
      inputs.forEach(input -> scope.writer().mixesPositions(input, null));
      return null;
    }
    if (inputs.stream().anyMatch(input -> input.mask() == null)) {
      throw scope.fail("expected a mask for all of its inputs, or for none");
    }
    return inputs.stream()
        .map(KerasValue::mask)
        .map(Objects::requireNonNull)
        .reduce((one, other) -> scope.function().concat(one, other, 1))
        .orElseThrow();
  }

  static List<KerasValue> dot(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    boolean normalises = options.flag("normalize", false);
    List<KerasValue> inputs = scope.inputs();
    if (inputs.size() != 2
        || inputs.stream().map(scope::floats).anyMatch(x -> x.shape().rank() > 3)) {
      throw scope.fail(
          "expected two inputs of at most three axes, got "
              + inputs.stream().map(KerasValue::tensor).collect(Collectors.toList()));
    }
    KerasValue left = inputs.get(0);
    KerasValue right = inputs.get(1);
    Tensor x = scope.floats(left);
    Tensor y = scope.floats(right);
    JsonElement option = options.element("axes");
    int a = axis(scope, option, 0, x);
    int b = axis(scope, option, 1, y);
    FunctionBuilder function = scope.function();
    if (normalises) {
      x = normalised(function, x, a);
      y = normalised(function, y, b);
    }
    if (left.positions() == a) {
      scope.writer().mixesPositions(left, left.mask());
    }
    // As matrices [batch, m, k] and [batch, k, n]; what is a vector loses its axis again.
    boolean vectorLeft = x.shape().rank() == 2;
    boolean vectorRight = y.shape().rank() == 2;
    Tensor rows = vectorLeft ? function.unsqueeze(x, 1) : a == 2 ? x : function.transpose(x, 1, 2);
    Tensor columns =
        vectorRight ? function.unsqueeze(y, 2) : b == 1 ? y : function.transpose(y, 1, 2);
    Tensor product = function.matMul(rows, columns);
    int rowPositions = !vectorLeft && left.positions() == 3 - a ? 1 : KerasValue.NO_POSITIONS;
    int columnPositions = !vectorRight && right.positions() == 3 - b ? 2 : KerasValue.NO_POSITIONS;
    int positions = Math.max(rowPositions, columnPositions);
    if (vectorLeft) {
      product = function.select(product, 1, 0);
      positions = positions == 2 ? 1 : positions;
    } else if (vectorRight) {
      product = function.select(product, 2, 0);
    }
    return List.of(KerasValue.of(product).at(positions));
  }

  private static int axis(KerasScope scope, @Nullable JsonElement option, int place, Tensor x) {
    JsonElement own =
        option instanceof JsonArray both && both.size() == 2 ? both.get(place) : option;
    if (own == null || !own.isJsonPrimitive()) {
      throw scope.options().unsupported("axes", "one axis, or one of each input", option);
    }
    int axis = x.shape().position(own.getAsInt());
    if (axis == 0) {
      throw scope.options().unsupported("axes", "any axis but the batch", option);
    }
    return axis;
  }

  /** Of length 1 along an axis. */
  private static Tensor normalised(FunctionBuilder function, Tensor x, int axis) {
    Tensor squares = function.sum(function.multiply(x, x), axis);
    Tensor above = function.activate(Activation.RELU, function.affine(squares, 1, -LEAST_SQUARES));
    Tensor length = function.activate(Activation.SQRT, function.affine(above, 1, LEAST_SQUARES));
    return function.divide(x, function.unsqueeze(length, axis));
  }
}
