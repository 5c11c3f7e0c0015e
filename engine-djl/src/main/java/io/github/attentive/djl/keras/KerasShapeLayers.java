package io.github.attentive.djl.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers that bring positions together, or numbers into another shape. */
final class KerasShapeLayers {
  private KerasShapeLayers() {}

  /** The mean of the positions that count. */
  static List<KerasValue> averagePooling(KerasScope scope) {
    KerasValue input = pooled(scope);
    FunctionBuilder function = scope.function();
    Tensor x = scope.floats(input);
    @Nullable Tensor mask = scope.mask(input);
    scope.writer().mixesPositions(input, mask);
    Tensor mean;
    if (mask == null) {
      mean = function.mean(x, 1);
    } else {
      scope.writer().averagesMasked(mask);
      Tensor counts = function.unsqueeze(mask, 2);
      mean =
          function.divide(function.sum(function.multiply(x, counts), 1), function.sum(counts, 1));
    }
    return List.of(kept(scope, mean));
  }

  /** The largest of all positions: Keras looks at no mask here. */
  static List<KerasValue> maxPooling(KerasScope scope) {
    KerasValue input = pooled(scope);
    scope.writer().mixesPositions(input, null);
    return List.of(kept(scope, scope.function().max(scope.floats(input), 1)));
  }

  private static KerasValue pooled(KerasScope scope) {
    scope.options().requireSinglePrecision();
    scope.options().require("data_format", "channels_last");
    KerasValue input = scope.input();
    if (scope.floats(input).shape().rank() != 3) {
      throw scope.fail("expected [batch, positions, numbers], got " + input.tensor());
    }
    return input;
  }

  private static KerasValue kept(KerasScope scope, Tensor pooled) {
    boolean keeps = scope.options().flag("keepdims", false);
    return KerasValue.of(keeps ? scope.function().unsqueeze(pooled, 1) : pooled);
  }

  static List<KerasValue> flatten(KerasScope scope) {
    scope.options().requireSinglePrecision();
    scope.options().require("data_format", "channels_last");
    KerasValue input = scope.input();
    Tensor x = scope.floats(input);
    boolean single = otherAxesAreSingle(x.shape(), input.positions());
    if (!single) {
      scope.writer().mixesPositions(input, null);
    }
    Tensor flat = flattened(scope.function(), x);
    return List.of(KerasValue.of(flat).at(single ? 1 : KerasValue.NO_POSITIONS));
  }

  private static boolean otherAxesAreSingle(Shape shape, int positions) {
    for (int i = 1; i < shape.rank(); i++) {
      if (i != positions && shape.axis(i).size() != 1) {
        return false;
      }
    }
    return positions >= 1;
  }

  /** All axes but the batch as one; an axis of size 1 beside one of unknown size goes. */
  private static Tensor flattened(FunctionBuilder function, Tensor x) {
    Tensor flat = x;
    while (flat.shape().rank() > 2) {
      Shape shape = flat.shape();
      flat =
          shape.axis(1).size() > 0 && shape.axis(2).size() > 0
              ? function.mergeAxes(flat, 1)
              : function.select(flat, shape.axis(2).size() == 1 ? 2 : 1, 0);
      if (shape.axis(1).size() < 0 && shape.axis(2).size() != 1) {
        throw new IllegalArgumentException(
            "expected a fixed number of positions, got " + x.shape());
      }
    }
    return flat;
  }

  static List<KerasValue> permute(KerasScope scope) {
    scope.options().requireSinglePrecision();
    KerasValue input = scope.input();
    Tensor x = scope.floats(input);
    JsonElement dims = scope.options().element("dims");
    int rank = x.shape().rank();
    if (!(dims instanceof JsonArray array) || array.size() != rank - 1) {
      throw scope
          .options()
          .unsupported("dims", "an order of the %s axes".formatted(rank - 1), dims);
    }
    // order[i] is the axis that comes to i; swaps bring them there one by one.
    int[] places = java.util.stream.IntStream.range(0, rank).toArray();
    int positions = KerasValue.NO_POSITIONS;
    for (int i = 1; i < rank; i++) {
      int wanted = array.get(i - 1).getAsInt();
      int at = i;
      while (at < rank && places[at] != wanted) {
        at++;
      }
      if (at == rank) {
        throw scope.options().unsupported("dims", "each axis once", dims);
      }
      if (at != i) {
        x = scope.function().transpose(x, i, at);
        places[at] = places[i];
        places[i] = wanted;
      }
      positions = wanted == input.positions() ? i : positions;
    }
    return List.of(KerasValue.of(x).at(positions));
  }

  static List<KerasValue> reshape(KerasScope scope) {
    scope.options().requireSinglePrecision();
    KerasValue input = scope.input();
    FunctionBuilder function = scope.function();
    Tensor x = scope.floats(input);
    JsonElement option = scope.options().element("target_shape");
    if (!(option instanceof JsonArray target) || target.isEmpty()) {
      throw scope.options().unsupported("target_shape", "sizes", option);
    }
    Tensor flat = flattened(function, x);
    long elements = flat.shape().axis(1).size();
    long known = 1;
    for (JsonElement size : target) {
      known *= size.getAsLong() < 0 ? 1 : size.getAsLong();
    }
    Tensor shaped = flat;
    long rest = elements;
    for (int i = 0; i < target.size() - 1; i++) {
      long size = target.get(i).getAsLong() < 0 ? elements / known : target.get(i).getAsLong();
      shaped = function.splitAxis(shaped, i + 1, size);
      rest /= size;
    }
    long last = target.get(target.size() - 1).getAsLong();
    if (last >= 0 && last != rest) {
      throw scope.options().unsupported("target_shape", elements + " elements", option);
    }
    boolean samePlaces =
        input.positions() == 1
            && shaped.shape().axis(1).equals(x.shape().axis(1))
            && shaped.shape().rank() > 1;
    if (!samePlaces) {
      scope.writer().mixesPositions(input, null);
    }
    return List.of(KerasValue.of(shaped).at(samePlaces ? 1 : KerasValue.NO_POSITIONS));
  }

  static List<KerasValue> repeatVector(KerasScope scope) {
    scope.options().requireSinglePrecision();
    int count = scope.options().positive("n");
    if (count > KerasConfig.LONGEST_SEQUENCE) {
      throw scope
          .options()
          .unsupported(
              "n", "at most " + KerasConfig.LONGEST_SEQUENCE, scope.options().element("n"));
    }
    FunctionBuilder function = scope.function();
    Tensor single = function.unsqueeze(scope.floats(scope.input()), 1);
    Tensor zeros =
        function.rows(
            scope.constant(
                "zeros", Shape.of(Axis.fixed(count), Axis.fixed(1)), () -> new float[count]));
    return List.of(KerasValue.of(function.add(single, zeros)));
  }
}
