package io.github.attentive.djl.keras;

import com.google.gson.JsonElement;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent layers, one direction or both. At positions that are masked the state stays; what they
 * put out is the output before, or zeros.
 */
final class KerasRecurrentLayers {
  private KerasRecurrentLayers() {}

  /**
   * What a direction gives.
   *
   * @param outputs {@code [batch, positions, units]}, in the order of the positions
   * @param last {@code [batch, units]}
   * @param states the states after the last step
   */
  private record Direction(Tensor outputs, Tensor last, List<Tensor> states) {}

  static List<KerasValue> write(KerasScope scope) {
    KerasOptions options = scope.options();
    boolean sequences = options.flag("return_sequences", false);
    boolean states = options.flag("return_state", false);
    boolean backward = options.flag("go_backwards", false);
    KerasValue input = scope.input();
    Tensor mask = scope.mask(input);
    scope.writer().mixesPositions(input, mask);
    boolean zeros = options.flag("zero_output_for_mask", false);
    Direction direction = direction(scope, "cell/vars/", 0, backward, mask, zeros);
    List<KerasValue> results = new ArrayList<>();
    if (!sequences) {
      results.add(KerasValue.of(direction.last()));
    } else if (backward) {
      // Keras gives the last position first; its mask stays as it is.
      results.add(KerasValue.of(scope.function().reverse(direction.outputs(), 1)).masked(mask));
    } else {
      results.add(new KerasValue(direction.outputs(), mask, input.positions(), null));
    }
    if (states) {
      direction.states().forEach(state -> results.add(KerasValue.of(state)));
    }
    return results;
  }

  static List<KerasValue> bidirectional(KerasScope scope) {
    KerasOptions options = scope.options();
    options.requireSinglePrecision();
    KerasScope forward = scope.within(inner(scope, "layer"));
    KerasScope backward =
        scope.within(inner(scope, options.has("backward_layer") ? "backward_layer" : "layer"));
    boolean sequences = forward.options().flag("return_sequences", false);
    boolean states = forward.options().flag("return_state", false);
    boolean ownBackward = backward.options().flag("return_sequences", false);
    forward.options().require("go_backwards", false);
    if (options.has("backward_layer")) {
      backward.options().require("go_backwards", true);
    }
    if (ownBackward != sequences) {
      throw scope.fail("expected both directions to return sequences, or neither");
    }
    backward.options().flag("return_state", false);
    forward.options().flag("zero_output_for_mask", false);
    backward.options().flag("zero_output_for_mask", false);
    KerasValue input = scope.input();
    Tensor mask = scope.mask(input);
    scope.writer().mixesPositions(input, mask);
    // Where outputs of both directions meet, Keras has zeros for masked positions.
    Direction there = direction(forward, "forward_layer/cell/vars/", 0, false, mask, sequences);
    int weights = forward.options().flag("use_bias", true) ? 3 : 2;
    Direction back =
        direction(backward, "backward_layer/cell/vars/", weights, true, mask, sequences);
    forward.options().requireAllRead();
    backward.options().requireAllRead();

    List<Tensor> merged =
        sequences
            ? merge(scope, there.outputs(), back.outputs())
            : merge(scope, there.last(), back.last());
    List<KerasValue> results = new ArrayList<>();
    for (Tensor tensor : merged) {
      results.add(
          sequences
              ? new KerasValue(tensor, mask, input.positions(), null)
              : KerasValue.of(tensor));
    }
    if (states) {
      there.states().forEach(state -> results.add(KerasValue.of(state)));
      back.states().forEach(state -> results.add(KerasValue.of(state)));
    }
    return results;
  }

  private static KerasLayer inner(KerasScope scope, String option) {
    JsonFile json = scope.options().object(option);
    String className = json.string("class_name");
    if (!List.of("GRU", "LSTM", "SimpleRNN").contains(className)) {
      throw scope
          .options()
          .unsupported(option, "GRU, LSTM or SimpleRNN", json.element("class_name"));
    }
    KerasLayer outer = scope.layer();
    return new KerasLayer(
        outer.name(),
        className,
        false,
        json.object("config"),
        List.of(),
        outer.place() + ", its " + className,
        outer.weights());
  }

  private static List<Tensor> merge(KerasScope scope, Tensor there, Tensor back) {
    FunctionBuilder function = scope.function();
    JsonElement option = scope.options().element("merge_mode");
    @Nullable String mode = option == null || option.isJsonNull() ? null : option.getAsString();
    if (mode == null) {
      return List.of(there, back);
    }
    return List.of(
        switch (mode) {
          case "concat" -> function.concat(there, back, -1);
          case "sum" -> function.add(there, back);
          case "mul" -> function.multiply(there, back);
          case "ave" -> function.affine(function.add(there, back), 0.5, 0);
          default ->
              throw scope
                  .options()
                  .unsupported("merge_mode", "concat, sum, mul, ave or null", option);
        });
  }

  /** One direction of a GRU, LSTM or simple recurrence. */
  private static Direction direction(
      KerasScope scope,
      String path,
      int firstWeight,
      boolean backward,
      @Nullable Tensor mask,
      boolean zeros) {
    scope.options().requireSinglePrecision();
    scope.options().require("stateful", false);
    scope.options().require("time_major", false);
    Tensor x = scope.floats(scope.input());
    if (x.shape().rank() != 3) {
      throw scope.fail("expected [batch, positions, numbers], got " + x);
    }
    FunctionBuilder function = scope.function();
    RecurrentCell cell = RecurrentCell.of(scope, path, firstWeight, x.shape().axis(-1).size());
    Tensor projected = cell.project(function, x);
    Tensor counts = mask == null ? null : function.unsqueeze(mask, 2);
    Tensor states =
        function.recurrence(
            counts == null ? List.of(projected) : List.of(projected, counts),
            cell.stateSize(),
            backward,
            (slices, state) -> {
              Tensor next = cell.next(function, slices.get(0), state);
              return counts == null ? next : chosen(function, slices.get(1), next, state);
            });
    Tensor last = function.select(states, 1, backward ? 0 : -1);
    List<Tensor> parts = cell.parts(function, last);
    Tensor outputs = cell.parts(function, states).get(0);
    return new Direction(
        counts != null && zeros ? function.multiply(outputs, counts) : outputs,
        parts.get(0),
        parts);
  }

  /** The next state where the position counts, which is 1 or 0, else the state before. */
  private static Tensor chosen(
      FunctionBuilder function, Tensor counts, Tensor next, Tensor before) {
    return function.add(
        function.multiply(next, counts), function.multiply(before, function.affine(counts, -1, 1)));
  }
}
