package io.github.attentive.djl.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** A recurrent layer of Keras by loops over positions and units, with random weights. */
final class PlainRecurrence {
  private final String kind;
  private final int units;
  private final boolean resetAfter;
  private final DoubleUnaryOperator activation;
  private final DoubleUnaryOperator gateActivation;

  /** {@code [in, gates * units]}. */
  final float[][] kernel;

  /** {@code [units, gates * units]}. */
  final float[][] recurrent;

  /** Rows of {@code gates * units}, two for a GRU with the reset after; or null. */
  final float[][] bias;

  PlainRecurrence(
      Random random,
      String kind,
      int units,
      boolean biased,
      boolean resetAfter,
      DoubleUnaryOperator activation,
      DoubleUnaryOperator gateActivation) {
    this.kind = kind;
    this.units = units;
    this.resetAfter = resetAfter && kind.equals("GRU");
    this.activation = activation;
    this.gateActivation = gateActivation;
    int width = units * (kind.equals("LSTM") ? 4 : kind.equals("GRU") ? 3 : 1);
    kernel = Matrix.random(random, 2, width);
    recurrent = Matrix.random(random, units, width);
    bias = biased ? Matrix.random(random, this.resetAfter ? 2 : 1, width) : null;
  }

  /** As Keras stores it: a row, or two. */
  Object storedBias() {
    return resetAfter ? bias : bias[0];
  }

  /** What a direction gives: outputs in the order read, and the last states. */
  record Run(double[][] outputs, List<double[]> states) {}

  /** Goes over positions in the order given; what does not count leaves the state. */
  Run over(double[][] x, boolean[] counts, boolean zeros) {
    double[] hidden = new double[units];
    double[] cell = new double[units];
    List<double[]> outputs = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      if (counts[i]) {
        double[] before = hidden.clone();
        hidden =
            switch (kind) {
              case "GRU" -> gru(x[i], before);
              case "LSTM" -> lstm(x[i], before, cell);
              default -> simple(x[i], before);
            };
      }
      outputs.add(counts[i] || !zeros ? hidden : new double[units]);
    }
    return new Run(
        outputs.toArray(double[][]::new),
        kind.equals("LSTM") ? List.of(hidden, cell) : List.of(hidden));
  }

  private double[] gate(double[] all, int gate) {
    return Arrays.copyOfRange(all, gate * units, (gate + 1) * units);
  }

  private double[] biasRow(int row) {
    return bias == null ? new double[kernel[0].length] : Matrix.of(bias[row]);
  }

  private double[] projected(double[] x) {
    return Matrix.plus(Matrix.times(x, Matrix.of(kernel)), biasRow(0));
  }

  private double[] simple(double[] x, double[] hidden) {
    double[] sum = Matrix.plus(projected(x), Matrix.times(hidden, Matrix.of(recurrent)));
    return Arrays.stream(sum).map(activation).toArray();
  }

  private double[] lstm(double[] x, double[] hidden, double[] cell) {
    double[] all = Matrix.plus(projected(x), Matrix.times(hidden, Matrix.of(recurrent)));
    double[] next = new double[units];
    for (int u = 0; u < units; u++) {
      double input = gateActivation.applyAsDouble(gate(all, 0)[u]);
      double forget = gateActivation.applyAsDouble(gate(all, 1)[u]);
      cell[u] = forget * cell[u] + input * activation.applyAsDouble(gate(all, 2)[u]);
      next[u] = gateActivation.applyAsDouble(gate(all, 3)[u]) * activation.applyAsDouble(cell[u]);
    }
    return next;
  }

  private double[] gru(double[] x, double[] hidden) {
    double[] in = projected(x);
    double[] own = Matrix.times(hidden, Matrix.of(recurrent));
    if (resetAfter) {
      own = Matrix.plus(own, biasRow(bias == null ? 0 : 1));
    }
    double[] update = new double[units];
    double[] kept = new double[units];
    for (int u = 0; u < units; u++) {
      update[u] = gateActivation.applyAsDouble(gate(in, 0)[u] + gate(own, 0)[u]);
      double reset = gateActivation.applyAsDouble(gate(in, 1)[u] + gate(own, 1)[u]);
      kept[u] = resetAfter ? reset * gate(own, 2)[u] : reset * hidden[u];
    }
    double[] rest = resetAfter ? kept : gate(Matrix.times(kept, Matrix.of(recurrent)), 2);
    double[] next = new double[units];
    for (int u = 0; u < units; u++) {
      double candidate = activation.applyAsDouble(gate(in, 2)[u] + rest[u]);
      next[u] = update[u] * hidden[u] + (1 - update[u]) * candidate;
    }
    return next;
  }
}
