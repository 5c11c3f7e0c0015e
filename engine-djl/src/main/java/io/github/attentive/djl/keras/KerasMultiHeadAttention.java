package io.github.attentive.djl.keras;

import com.google.gson.JsonElement;
import io.github.attentive.djl.architecture.QueryKeyLayer;
import io.github.attentive.djl.architecture.ValueLayer;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code MultiHeadAttention} (Vaswani et al. 2017) over positions. */
final class KerasMultiHeadAttention {
  private static final double UNSEEN = 1e9;

  private final KerasScope scope;
  private final FunctionBuilder function;
  private final boolean bias;
  private final int heads;

  private KerasMultiHeadAttention(KerasScope scope) {
    this.scope = scope;
    this.function = scope.function();
    this.bias = scope.options().flag("use_bias", true);
    this.heads = scope.options().positive("num_heads");
  }

  static List<KerasValue> write(KerasScope scope) {
    return new KerasMultiHeadAttention(scope).write();
  }

  private List<KerasValue> write() {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    options.require("use_gate", false);
    requireAxis(options.element("attention_axes"));
    int keySize = options.positive("key_dim");
    int valueSize = options.positive("value_dim", keySize);
    KerasValue query = argument(0, "query");
    KerasValue value = argument(1, "value");
    @Nullable KerasValue ownKey = scope.argument(2, "key").orElse(null);
    KerasValue key = ownKey == null ? value : ownKey;
    Tensor queries = project("query", 0, query, keySize);
    Tensor keys = project("key", 1, key, keySize);
    Tensor values = project("value", 2, value, valueSize);

    @Nullable Tensor seen = seen(query, value, ownKey);
    scope.writer().mixesPositions(key, value.mask() == null ? key.mask() : value.mask());
    double scale = 1 / Math.sqrt(keySize);
    boolean returnsScores = scope.flag("return_attention_scores");
    @Nullable Tensor weights = null;
    Tensor context;
    if (scope.writer().explain() || returnsScores) {
      Tensor scores =
          function.affine(function.matMul(queries, function.transpose(keys, 2, 3)), scale, 0);
      Tensor masked = masked(scores, seen);
      weights = weights(masked, seen, returnsScores);
      if (key.positions() == 1) {
        boolean ignoresPadding = value.mask() != null || key.mask() != null;
        scope
            .writer()
            .show(
                new ShownAttention(
                    scope.layer().name(),
                    weights,
                    weights,
                    ignoresPadding,
                    "dot products",
                    new QueryKeyLayer(queries, keys, masked, scale),
                    new ValueLayer(weights, values, outputKernel(query, valueSize))));
      }
      context = function.matMul(weights, values);
    } else {
      Tensor unseen = seen == null ? null : function.affine(seen, UNSEEN, -UNSEEN);
      context = function.attention(queries, keys, values, unseen, scale);
    }
    Tensor joined = function.mergeAxes(function.transpose(context, 1, 2), 2);
    List.of(query, value, key).forEach(scope.writer()::unmask);
    List<KerasValue> results = new ArrayList<>();
    results.add(
        new KerasValue(output(joined, query, valueSize), query.mask(), query.positions(), null));
    if (returnsScores && weights != null) {
      results.add(KerasValue.of(weights));
    }
    return results;
  }

  private KerasValue argument(int place, String name) {
    KerasValue value =
        scope
            .argument(place, name)
            .orElseThrow(() -> scope.fail("expected a %s, got none".formatted(name)));
    if (scope.floats(value).shape().rank() != 3) {
      throw scope.fail("expected [batch, positions, numbers], got " + value.tensor());
    }
    return value;
  }

  private void requireAxis(@Nullable JsonElement axes) {
    boolean overPositions =
        axes == null
            || axes.isJsonNull()
            || (axes.isJsonArray()
                && axes.getAsJsonArray().size() == 1
                && axes.getAsJsonArray().get(0).getAsInt() == 1);
    if (!overPositions) {
      throw scope.options().unsupported("attention_axes", "positions alone, [1]", axes);
    }
  }

  /** {@code [batch, heads, positions, size]}. */
  private Tensor project(String what, int place, KerasValue input, int size) {
    Tensor x = scope.floats(input);
    long in = x.shape().axis(-1).size();
    long out = (long) heads * size;
    String path = what + "_dense/vars/";
    int number = bias ? place * 2 : place;
    Parameter kernel = scope.kernel(path + 0, number, "kernel", in, out, in, heads, size);
    @Nullable Parameter shift =
        bias ? scope.weight(path + 1, number + 1, "bias", Shape.ofSizes(out), heads, size) : null;
    Tensor projected = function.linear(x, kernel, shift);
    return function.transpose(function.splitAxis(projected, 2, heads), 1, 2);
  }

  private Tensor output(Tensor joined, KerasValue query, int valueSize) {
    Parameter kernel = outputKernel(query, valueSize);
    Shape width = Shape.of(kernel.shape().axis(0));
    return function.linear(
        joined, kernel, bias ? scope.weight("output_dense/vars/1", 7, "bias", width) : null);
  }

  private Parameter outputKernel(KerasValue query, int valueSize) {
    long out = outputSize(scope.floats(query).shape().axis(-1).size());
    long in = (long) heads * valueSize;
    return scope.kernel(
        "output_dense/vars/0", bias ? 6 : 3, "kernel", in, out, heads, valueSize, out);
  }

  private long outputSize(long absent) {
    JsonElement option = scope.options().element("output_shape");
    if (option == null || option.isJsonNull()) {
      return absent;
    }
    JsonElement single =
        option.isJsonArray() && option.getAsJsonArray().size() == 1
            ? option.getAsJsonArray().get(0)
            : option;
    if (!single.isJsonPrimitive() || single.getAsLong() < 1) {
      throw scope.options().unsupported("output_shape", "one size", option);
    }
    return single.getAsLong();
  }

  /** 1 where a query sees a key, of axes {@code [batch, 1, queries, keys]}; or null for all. */
  private @Nullable Tensor seen(KerasValue query, KerasValue value, @Nullable KerasValue key) {
    @Nullable Tensor seen = null;
    if (query.mask() != null) {
      seen = function.unsqueeze(function.unsqueeze(query.mask(), 2), 1);
    }
    if (value.mask() != null) {
      seen = both(seen, function.unsqueeze(function.unsqueeze(value.mask(), 1), 1));
    }
    if (key != null && key.mask() != null) {
      seen = both(seen, function.unsqueeze(function.unsqueeze(key.mask(), 1), 1));
    }
    if (scope.flag("use_causal_mask")) {
      Tensor causal = CausalMask.of(function, scope.floats(query), scope.floats(value));
      seen = both(seen, function.unsqueeze(causal, 1));
    }
    return seen;
  }

  private Tensor both(@Nullable Tensor one, Tensor other) {
    return one == null ? other : function.multiply(one, other);
  }

  private Tensor masked(Tensor scores, @Nullable Tensor seen) {
    return seen == null
        ? scores
        : function.add(function.multiply(scores, seen), function.affine(seen, UNSEEN, -UNSEEN));
  }

  /** Where scores are returned, Keras gives queries of padding no weights at all. */
  private Tensor weights(Tensor masked, @Nullable Tensor seen, boolean returnsScores) {
    Tensor weights = function.softmax(masked, -1);
    return returnsScores && seen != null ? function.multiply(weights, seen) : weights;
  }
}
