package io.github.attentive.djl.keras;

import com.google.gson.JsonElement;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a layer sees while one call of it is written: its options, what it is called with, its
 * weights, the function. Not thread-safe.
 */
final class KerasScope {
  /** What says how a call is made, and changes nothing in inference. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("training");

  private final KerasWriter writer;
  private final KerasLayer layer;
  private final KerasCall call;
  private final KerasOptions options;
  private final Set<String> read = new HashSet<>(WITHOUT_EFFECT);

  KerasScope(KerasWriter writer, KerasLayer layer, KerasCall call) {
    this.writer = writer;
    this.layer = layer;
    this.call = call;
    this.options = new KerasOptions(layer);
  }

  KerasWriter writer() {
    return writer;
  }

  KerasLayer layer() {
    return layer;
  }

  KerasOptions options() {
    return options;
  }

  FunctionBuilder function() {
    return writer.function();
  }

  /** The same call for a layer within this one. */
  KerasScope within(KerasLayer inner) {
    return new KerasScope(writer, inner, call);
  }

  /** All results the layer is called with in its first argument. */
  List<KerasValue> inputs() {
    if (call.arguments().isEmpty()) {
      throw fail("expected to be called with something, got nothing");
    }
    return values(call.arguments().get(0));
  }

  /** The one result the layer is called with. */
  KerasValue input() {
    List<KerasValue> inputs = inputs();
    if (inputs.size() != 1) {
      throw fail("expected to be called with one result, got %s".formatted(inputs.size()));
    }
    return inputs.get(0);
  }

  /** An argument by its place or its name. */
  Optional<KerasValue> argument(int place, String name) {
    KerasArgument argument =
        place < call.arguments().size() ? call.arguments().get(place) : named(name);
    return argument == null || isNull(argument)
        ? Optional.empty()
        : Optional.of(values(argument).get(0));
  }

  /** A number or switch by its place or its name. */
  @Nullable JsonElement constant(int place, String name) {
    KerasArgument argument =
        place < call.arguments().size() ? call.arguments().get(place) : named(name);
    return argument instanceof KerasArgument.Constant constant ? constant.value() : null;
  }

  int argumentCount() {
    return call.arguments().size();
  }

  private @Nullable KerasArgument named(String name) {
    read.add(name);
    return call.named().get(name);
  }

  private static boolean isNull(KerasArgument argument) {
    return argument instanceof KerasArgument.Constant constant && constant.value().isJsonNull();
  }

  /** A switch of the call. */
  boolean flag(String name) {
    return named(name) instanceof KerasArgument.Constant constant
        && constant.value().isJsonPrimitive()
        && constant.value().getAsBoolean();
  }

  private List<KerasValue> values(KerasArgument argument) {
    List<KerasValue> values = new ArrayList<>();
    if (argument instanceof KerasArgument.Result result) {
      values.add(writer.value(result));
    } else if (argument instanceof KerasArgument.Several several) {
      several.arguments().forEach(part -> values.addAll(values(part)));
    } else {
      throw fail("expected to be called with results of layers, got " + argument);
    }
    return values;
  }

  /** The mask that counts: the one the call gives, else the input's own. */
  @Nullable Tensor mask(KerasValue input) {
    KerasArgument given = named("mask");
    if (!(given instanceof KerasArgument.Result result)) {
      return input.mask();
    }
    try {
      return writer.value(result).tensor();
    } catch (UnknownKerasLayerException e) {
      // Keras writes down how it computed the input's own mask, in operations of many kinds.
      if (input.mask() == null) {
        throw e;
      }
      return input.mask();
    }
  }

  /** The numbers of a value that has to hold floats. */
  Tensor floats(KerasValue value) {
    Tensor tensor = value.tensor();
    if (tensor == null || tensor.type() != ElementType.FLOAT32) {
      throw fail(
          "expected numbers, got %s: this library reads texts, whose tokens go into an Embedding"
              .formatted(tensor == null ? "texts" : "tokens"));
    }
    return tensor;
  }

  /**
   * A matrix {@code [in, out]}, perhaps in more axes, as a dense layer's weight {@code [out, in]}.
   */
  Parameter kernel(String path, int number, String what, long in, long out, long... stored) {
    Shape shape = stored.length == 0 ? Shape.ofSizes(in, out) : Shape.ofSizes(stored);
    return writer
        .parameters()
        .shared(
            layer,
            path + "." + what,
            Shape.ofSizes(out, in),
            turned -> {
              float[] values = values(path, number, what, shape);
              for (int row = 0; row < in; row++) {
                for (int column = 0; column < out; column++) {
                  turned[Math.toIntExact(column * in + row)] =
                      values[Math.toIntExact(row * out + column)];
                }
              }
              return turned;
            });
  }

  /** A weight as it is, perhaps with its axes as one. */
  Parameter weight(String path, int number, String what, Shape shape, long... stored) {
    Shape found = stored.length == 0 ? shape : Shape.ofSizes(stored);
    return constant(path + "." + what, shape, () -> values(path, number, what, found));
  }

  /** Numbers as a parameter; they are computed if there is none so far. */
  Parameter constant(String what, Shape shape, Supplier<float[]> values) {
    return writer.parameters().shared(layer, what, shape, unused -> values.get());
  }

  /** The numbers of a weight, for a parameter that is made of them. */
  float[] values(String path, int number, String what, Shape shape) {
    return writer.parameters().array(layer, path, number, what, shape).values();
  }

  /** A weight that is one number. */
  double number(String path, int number, String what) {
    return writer.parameters().number(layer, path, number, what);
  }

  ModelLoadException fail(String problem) {
    return new ModelLoadException(layer.place() + ": " + problem);
  }

  /** Refuses options and arguments that no one has asked for. */
  void requireAllRead() {
    options.requireAllRead();
    call.named()
        .forEach(
            (name, argument) -> {
              boolean off =
                  argument instanceof KerasArgument.Constant constant
                      && (constant.value().isJsonNull()
                          || (constant.value().isJsonPrimitive()
                              && constant.value().getAsJsonPrimitive().isBoolean()
                              && !constant.value().getAsBoolean()));
              if (!off && !read.contains(name)) {
                throw fail("is called with '%s', which is not supported".formatted(name));
              }
            });
  }
}
