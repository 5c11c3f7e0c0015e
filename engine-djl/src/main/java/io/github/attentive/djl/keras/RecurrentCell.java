package io.github.attentive.djl.keras;

import io.github.attentive.djl.architecture.GruStep;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The step of a recurrent layer. What a position adds is projected for all positions at once,
 * before; a step adds what the state gives.
 */
abstract class RecurrentCell {
  final KerasScope scope;
  final String path;
  final int firstWeight;
  final int units;
  final boolean bias;
  final String activation;
  private final long in;

  private RecurrentCell(KerasScope scope, String path, int firstWeight, long in) {
    this.scope = scope;
    this.path = path;
    this.firstWeight = firstWeight;
    this.in = in;
    this.units = scope.options().positive("units");
    this.bias = scope.options().flag("use_bias", true);
    this.activation = KerasActivation.name(scope, "activation");
  }

  /**
   * The cell of a layer.
   *
   * @param scope the layer
   * @param path of its weights below the layer's
   * @param firstWeight the number of the first of them
   * @param in numbers of a position
   */
  static RecurrentCell of(KerasScope scope, String path, int firstWeight, long in) {
    return switch (scope.layer().className()) {
      case "GRU" -> new Gru(scope, path, firstWeight, in);
      case "LSTM" -> new Lstm(scope, path, firstWeight, in);
      default -> new Simple(scope, path, firstWeight, in);
    };
  }

  /** How many vectors of {@link #units} numbers a position is projected to. */
  abstract int gates();

  /** The bias of the projection, or null. */
  @Nullable Parameter inputBias() {
    return bias ? scope.weight(path + 2, firstWeight + 2, "bias", width()) : null;
  }

  Shape width() {
    return Shape.ofSizes((long) gates() * units);
  }

  /** What the positions add, {@code [batch, positions, gates * units]}. */
  Tensor project(FunctionBuilder function, Tensor x) {
    return function.linear(
        x, scope.kernel(path + 0, firstWeight, "kernel", in, (long) gates() * units), inputBias());
  }

  Parameter recurrentKernel() {
    return scope.kernel(
        path + 1, firstWeight + 1, "recurrent_kernel", units, (long) gates() * units);
  }

  /** Numbers of the state. */
  int stateSize() {
    return units;
  }

  /** The parts of a state, the output first. */
  List<Tensor> parts(FunctionBuilder function, Tensor state) {
    return List.of(state);
  }

  /** The state after a step. */
  abstract Tensor next(FunctionBuilder function, Tensor projected, Tensor state);

  final Tensor activate(FunctionBuilder function, String name, Tensor x) {
    return KerasActivation.apply(name, function, x);
  }

  /** One of the vectors that stand one after the other. */
  final Tensor gate(FunctionBuilder function, Tensor all, int gate) {
    return function.slice(all, -1, (long) gate * units, (gate + 1L) * units);
  }

  /** {@code f(x + U h)}. */
  private static final class Simple extends RecurrentCell {
    Simple(KerasScope scope, String path, int firstWeight, long in) {
      super(scope, path, firstWeight, in);
    }

    @Override
    int gates() {
      return 1;
    }

    @Override
    Tensor next(FunctionBuilder function, Tensor projected, Tensor state) {
      Tensor recurrent = function.linear(state, recurrentKernel(), null);
      return activate(function, activation, function.add(projected, recurrent));
    }
  }

  /** Hochreiter and Schmidhuber 1997; gates in the order input, forget, cell, output. */
  private static final class Lstm extends RecurrentCell {
    private final String gateActivation;

    Lstm(KerasScope scope, String path, int firstWeight, long in) {
      super(scope, path, firstWeight, in);
      scope.options().flag("unit_forget_bias", true);
      gateActivation = KerasActivation.name(scope, "recurrent_activation");
    }

    @Override
    int gates() {
      return 4;
    }

    @Override
    int stateSize() {
      return 2 * units;
    }

    @Override
    List<Tensor> parts(FunctionBuilder function, Tensor state) {
      return List.of(gate(function, state, 0), gate(function, state, 1));
    }

    @Override
    Tensor next(FunctionBuilder function, Tensor projected, Tensor state) {
      List<Tensor> before = parts(function, state);
      Tensor all = function.add(projected, function.linear(before.get(0), recurrentKernel(), null));
      Tensor input = activate(function, gateActivation, gate(function, all, 0));
      Tensor forget = activate(function, gateActivation, gate(function, all, 1));
      Tensor candidate = activate(function, activation, gate(function, all, 2));
      Tensor output = activate(function, gateActivation, gate(function, all, 3));
      Tensor cell =
          function.add(
              function.multiply(forget, before.get(1)), function.multiply(input, candidate));
      Tensor hidden = function.multiply(output, activate(function, activation, cell));
      return function.concat(hidden, cell, -1);
    }
  }

  /** Cho et al. 2014; gates in the order update, reset, candidate. */
  private static final class Gru extends RecurrentCell {
    private final String gateActivation;
    private final boolean resetAfter;

    Gru(KerasScope scope, String path, int firstWeight, long in) {
      super(scope, path, firstWeight, in);
      gateActivation = KerasActivation.name(scope, "recurrent_activation");
      resetAfter = scope.options().flag("reset_after", true);
    }

    @Override
    int gates() {
      return 3;
    }

    /** With the reset after the product there are two rows: of the positions and of the state. */
    @Override
    @Nullable Parameter inputBias() {
      return bias && resetAfter ? biasRow(0) : super.inputBias();
    }

    private Parameter biasRow(int row) {
      int size = 3 * units;
      return scope.constant(
          path + 2 + ".bias." + row,
          width(),
          () -> {
            float[] both = scope.values(path + 2, firstWeight + 2, "bias", Shape.ofSizes(2, size));
            return Arrays.copyOfRange(both, row * size, (row + 1) * size);
          });
    }

    @Override
    Tensor next(FunctionBuilder function, Tensor projected, Tensor state) {
      return resetAfter
          ? nextWithResetAfter(function, projected, state)
          : nextWithResetBefore(function, projected, state);
    }

    private Tensor nextWithResetAfter(FunctionBuilder function, Tensor projected, Tensor state) {
      Tensor recurrent = function.linear(state, recurrentKernel(), bias ? biasRow(1) : null);
      Tensor update = gateOf(function, projected, recurrent, 0);
      Tensor reset = gateOf(function, projected, recurrent, 1);
      return GruStep.next(
          function,
          reset,
          update,
          gate(function, projected, 2),
          gate(function, recurrent, 2),
          state,
          x -> activate(function, activation, x));
    }

    private Tensor nextWithResetBefore(FunctionBuilder function, Tensor projected, Tensor state) {
      Tensor recurrent = function.linear(state, part("gates", 0, 2), null);
      Tensor update = gateOf(function, projected, recurrent, 0);
      Tensor reset = gateOf(function, projected, recurrent, 1);
      Tensor rest = function.linear(function.multiply(reset, state), part("candidate", 2, 3), null);
      Tensor candidate =
          activate(function, activation, function.add(gate(function, projected, 2), rest));
      return GruStep.mixed(function, update, state, candidate);
    }

    private Tensor gateOf(FunctionBuilder function, Tensor projected, Tensor recurrent, int gate) {
      return activate(
          function,
          gateActivation,
          function.add(gate(function, projected, gate), gate(function, recurrent, gate)));
    }

    /** Some gates of the recurrent kernel, as a dense layer's weight. */
    private Parameter part(String what, int from, int to) {
      int rows = (to - from) * units;
      return scope.constant(
          path + 1 + ".recurrent_kernel." + what,
          Shape.ofSizes(rows, units),
          () -> {
            float[] stored =
                scope.values(
                    path + 1,
                    firstWeight + 1,
                    "recurrent_kernel",
                    Shape.ofSizes(units, 3L * units));
            float[] values = new float[rows * units];
            for (int row = 0; row < rows; row++) {
              for (int column = 0; column < units; column++) {
                values[row * units + column] = stored[column * 3 * units + from * units + row];
              }
            }
            return values;
          });
    }
  }
}
