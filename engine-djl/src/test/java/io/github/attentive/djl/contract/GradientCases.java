package io.github.attentive.djl.contract;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Functions to differentiate: each operation, alone or with what it stands with. */
final class GradientCases {
  private static final Axis BATCH = Axis.named("batch");
  private static final Axis LENGTH = Axis.named("length");
  private static final Axis ONE = Axis.fixed(1);
  private static final Axis TWO = Axis.fixed(2);
  private static final Axis THREE = Axis.fixed(3);
  private static final Axis FOUR = Axis.fixed(4);

  private final List<Case> cases = new ArrayList<>();

  /** Writes what is differentiated. */
  @FunctionalInterface
  interface Body {
    Tensor write(Weights weights, FunctionBuilder function, List<Tensor> x);
  }

  /**
   * A function.
   *
   * @param inputs all floats
   * @param body what is computed of them
   */
  record Case(String name, List<Shape> inputs, Body body) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Parameters of random numbers. */
  record Weights(GraphBuilder graph, SplittableRandom random) {
    Parameter floats(long... sizes) {
      Shape shape = Shape.ofSizes(sizes);
      float[] values = new float[(int) shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-1, 1);
      }
      return graph.parameter(Parameter.of("w" + random.nextLong(), shape, values));
    }

    Parameter integers(Shape shape, long... values) {
      return graph.parameter(Parameter.table("i" + random.nextLong(), shape, values));
    }
  }

  private GradientCases() {}

  static List<Case> all() {
    GradientCases cases = new GradientCases();
    cases.elements();
    cases.products();
    cases.axes();
    cases.reductions();
    cases.layers();
    cases.tables();
    cases.losses();
    cases.recurrences();
    return cases.cases;
  }

  private static Shape shape(Axis... axes) {
    return Shape.of(axes);
  }

  private void add(String name, Body body, Shape... inputs) {
    cases.add(new Case(name, List.of(inputs), body));
  }

  private void elements() {
    for (Activation activation : Activation.values()) {
      add(
          activation.name(),
          (w, f, x) ->
              f.activate(
                  activation,
                  activation == Activation.SQRT
                      ? f.affine(f.multiply(x.get(0), x.get(0)), 1, 0.5)
                      : x.get(0)),
          shape(BATCH, THREE));
    }
    add("affine", (w, f, x) -> f.affine(x.get(0), -1.5, 2), shape(BATCH, THREE));
    add("shifted only", (w, f, x) -> f.affine(x.get(0), 1, 2), shape(BATCH));
    add(
        "filled",
        (w, f, x) -> f.add(f.fill(x.get(0), 3), f.multiply(x.get(0), x.get(0))),
        shape(BATCH, TWO));
    for (Shape other :
        List.of(
            shape(BATCH, LENGTH, THREE),
            shape(BATCH, LENGTH, ONE),
            shape(BATCH, ONE, THREE),
            shape(ONE, ONE, ONE),
            shape(LENGTH, ONE),
            shape(THREE),
            shape(ONE),
            shape())) {
      add(
          "sum with " + other,
          (w, f, x) -> f.add(x.get(0), x.get(1)),
          shape(BATCH, LENGTH, THREE),
          other);
      add(
          "product with " + other,
          (w, f, x) -> f.multiply(x.get(1), x.get(0)),
          shape(BATCH, LENGTH, THREE),
          other);
      add(
          "quotient by " + other,
          (w, f, x) -> f.divide(x.get(0), f.activate(Activation.EXP, x.get(1))),
          shape(BATCH, LENGTH, THREE),
          other);
      add(
          "quotient of " + other,
          (w, f, x) -> f.divide(x.get(1), f.activate(Activation.EXP, x.get(0))),
          shape(BATCH, LENGTH, THREE),
          other);
    }
    add(
        "both repeated",
        (w, f, x) -> f.multiply(x.get(0), x.get(1)),
        shape(BATCH, ONE),
        shape(ONE, THREE));
    add("square", (w, f, x) -> f.multiply(x.get(0), x.get(0)), shape(BATCH, TWO));
    add("quotient of one", (w, f, x) -> f.divide(x.get(0), x.get(0)), shape(BATCH, TWO));
  }

  private void products() {
    Body product = (w, f, x) -> f.matMul(x.get(0), x.get(1));
    add("matrices", product, shape(TWO, LENGTH), shape(LENGTH, THREE));
    add("batches", product, shape(BATCH, TWO, THREE), shape(BATCH, THREE, LENGTH));
    add("a matrix for all", product, shape(BATCH, LENGTH, THREE), shape(THREE, TWO));
    add("a matrix of all", product, shape(TWO, THREE), shape(BATCH, THREE, FOUR));
    add("repeated batches", product, shape(BATCH, ONE, TWO, THREE), shape(TWO, THREE, LENGTH));
    add("columns", product, shape(BATCH, ONE, ONE), shape(BATCH, ONE, THREE));
    add(
        "each with each",
        (w, f, x) -> f.matMul(x.get(0), f.transpose(x.get(0), 1, 2)),
        shape(BATCH, LENGTH, TWO));
    for (Axis axis : List.of(THREE, ONE)) {
      add("softmax of " + axis, (w, f, x) -> f.softmax(x.get(0), -1), shape(BATCH, axis));
    }
    add("softmax", (w, f, x) -> f.softmax(x.get(0), 1), shape(BATCH, LENGTH, TWO));
    add(
        "attention",
        (w, f, x) -> {
          Tensor scores = f.matMul(x.get(0), f.transpose(x.get(1), 2, 3));
          return f.matMul(f.softmax(f.affine(scores, 0.7, 0), -1), x.get(2));
        },
        shape(BATCH, TWO, LENGTH, THREE),
        shape(BATCH, TWO, LENGTH, THREE),
        shape(BATCH, TWO, LENGTH, FOUR));
  }

  private void axes() {
    Axis six = Axis.fixed(6);
    add("transpose", (w, f, x) -> f.transpose(x.get(0), 0, 2), shape(BATCH, TWO, LENGTH));
    add("unsqueeze", (w, f, x) -> f.unsqueeze(x.get(0), 1), shape(BATCH, LENGTH));
    add("split", (w, f, x) -> f.splitAxis(x.get(0), 1, 2), shape(BATCH, six, TWO));
    add("merge", (w, f, x) -> f.mergeAxes(x.get(0), 1), shape(BATCH, TWO, THREE, TWO));
    add("slice", (w, f, x) -> f.slice(x.get(0), 1, 1, 3), shape(BATCH, six));
    add(
        "slices side by side",
        (w, f, x) ->
            f.multiply(
                f.multiply(f.slice(x.get(0), 1, 2, 4), f.slice(x.get(0), 1, 0, 2)),
                f.slice(x.get(0), 1, 4, 6)),
        shape(BATCH, six));
    add(
        "slices over each other, beside others, of two axes",
        (w, f, x) -> {
          Tensor row = f.slice(f.slice(x.get(1), 0, 1, 2), 1, 0, 3);
          return f.multiply(
              f.multiply(f.slice(x.get(0), 1, 1, 4), f.slice(x.get(0), 1, 2, 5)),
              f.sum(f.multiply(row, f.slice(x.get(1), 1, 2, 5)), 0));
        },
        shape(BATCH, six),
        shape(THREE, six));
    add(
        "slice and whole",
        (w, f, x) -> f.multiply(f.sum(x.get(0), 1), f.sum(f.slice(x.get(0), 1, 0, 2), 1)),
        shape(BATCH, six));
    for (long index : new long[] {0, 1, 2, -1}) {
      add("element " + index, (w, f, x) -> f.select(x.get(0), 1, index), shape(BATCH, THREE));
    }
    for (long index : new long[] {0, -1}) {
      add(
          "position " + index,
          (w, f, x) -> f.select(x.get(0), 1, index),
          shape(BATCH, LENGTH, TWO));
    }
    add(
        "second position",
        (w, f, x) -> f.select(f.matMul(x.get(0), x.get(1)), 0, 1),
        shape(Axis.named("several"), TWO),
        shape(TWO, THREE));
    add("reverse", (w, f, x) -> f.reverse(x.get(0), 1), shape(BATCH, LENGTH, TWO));
    for (int by : new int[] {1, -1, 2, -2}) {
      add("shift " + by, (w, f, x) -> f.shift(x.get(0), 1, by), shape(BATCH, LENGTH, TWO));
    }
    add(
        "concat",
        (w, f, x) -> f.concat(x.get(0), x.get(1), 1),
        shape(BATCH, TWO),
        shape(BATCH, THREE));
    add("concat with itself", (w, f, x) -> f.concat(x.get(0), x.get(0), -1), shape(BATCH, TWO));
    long[] places = {1, 0, 1, 1, 0, 2, 2, 2};
    add(
        "gather",
        (w, f, x) -> f.gather(x.get(0), f.rows(w.integers(shape(TWO, FOUR), places))),
        shape(BATCH, THREE, TWO, THREE));
    add(
        "scatter",
        (w, f, x) ->
            f.multiply(
                x.get(1),
                f.scatter(x.get(0), f.rows(w.integers(shape(TWO, FOUR), places)), x.get(1))),
        shape(BATCH, THREE, TWO, FOUR),
        shape(BATCH, THREE, TWO, THREE));
  }

  private void reductions() {
    for (Axis axis : List.of(LENGTH, THREE, ONE)) {
      Shape shape = shape(BATCH, axis, TWO);
      add("sum over " + axis, (w, f, x) -> f.sum(x.get(0), 1), shape);
      add("mean over " + axis, (w, f, x) -> f.mean(x.get(0), 1), shape);
      add("max over " + axis, (w, f, x) -> f.max(x.get(0), 1), shape);
    }
    add("sum of all", (w, f, x) -> f.sum(f.sum(x.get(0), 0), 0), shape(BATCH, LENGTH));
    add("sums so far", (w, f, x) -> f.cumulativeSum(x.get(0), 1), shape(BATCH, LENGTH, TWO));
  }

  private void layers() {
    for (boolean bias : new boolean[] {true, false}) {
      for (Shape shape : List.of(shape(BATCH, LENGTH, THREE), shape(BATCH, THREE), shape(THREE))) {
        add(
            "dense layer of " + shape,
            (w, f, x) -> f.linear(x.get(0), w.floats(4, 3), bias ? w.floats(4) : null),
            shape);
      }
      add(
          "norm",
          (w, f, x) -> f.layerNorm(x.get(0), w.floats(3), bias ? w.floats(3) : null, 0.01),
          shape(BATCH, LENGTH, THREE));
    }
    add(
        "norm of one",
        (w, f, x) -> f.layerNorm(x.get(0), w.floats(1), w.floats(1), 0.01),
        shape(BATCH, ONE));
    for (int width : new int[] {1, 3, 5}) {
      add(
          "convolution " + width,
          (w, f, x) -> f.convolution(x.get(0), w.floats(2, 3, width), w.floats(2)),
          shape(BATCH, LENGTH, THREE));
    }
  }

  /** What has no gradient stands beside what has one. */
  private void tables() {
    add(
        "tables",
        (w, f, x) -> {
          Tensor ids = f.rows(w.integers(shape(THREE), 2, 0, 1));
          Tensor counted = f.toFloat(f.cumulativeSum(f.notEqual(ids, 0), 0));
          Tensor rows = f.embedding(w.floats(3, 3), ids);
          Tensor leading = f.leadingRows(w.floats(5, 3), x.get(0), 1);
          Tensor factor = f.multiply(f.multiply(rows, leading), f.unsqueeze(counted, 1));
          return f.multiply(f.multiply(x.get(0), x.get(0)), factor);
        },
        shape(BATCH, THREE, THREE));
    add(
        "no way at all",
        (w, f, x) -> f.leadingRows(w.floats(5, 3), x.get(0), 1),
        shape(BATCH, LENGTH));
    add(
        "no way from one",
        (w, f, x) -> {
          f.activate(Activation.EXP, x.get(1));
          return f.affine(x.get(0), 2, 0);
        },
        shape(BATCH),
        shape(BATCH, TWO));
    add("the target itself", (w, f, x) -> x.get(0), shape(BATCH, TWO));
  }

  private void losses() {
    add(
        "loss of two classes",
        (w, f, x) -> f.binaryCrossEntropy(x.get(0), x.get(1)),
        shape(BATCH, TWO),
        shape(BATCH, TWO));
    add(
        "loss of several classes",
        (w, f, x) -> f.crossEntropy(x.get(0), f.rows(w.integers(shape(TWO), 2, 0))),
        shape(TWO, THREE));
  }

  private void recurrences() {
    for (boolean backward : new boolean[] {false, true}) {
      String direction = backward ? " backwards" : " forwards";
      add(
          "simple" + direction,
          (w, f, x) -> {
            Parameter kernel = w.floats(3, 3);
            return f.recurrence(
                List.of(x.get(0)),
                3,
                backward,
                (slices, state) ->
                    f.activate(
                        Activation.TANH, f.add(slices.get(0), f.linear(state, kernel, null))));
          },
          shape(BATCH, LENGTH, THREE));
      add(
          "last state, masked," + direction,
          (w, f, x) -> {
            Parameter kernel = w.floats(3, 3);
            Tensor states =
                f.recurrence(
                    List.of(x.get(0), x.get(1)),
                    3,
                    backward,
                    (slices, state) -> {
                      Tensor sum = f.add(slices.get(0), f.linear(state, kernel, w.floats(3)));
                      Tensor next = f.activate(Activation.SIGMOID, sum);
                      return f.add(
                          f.multiply(next, slices.get(1)),
                          f.multiply(state, f.affine(slices.get(1), -1, 1)));
                    });
            return f.select(states, 1, backward ? 0 : -1);
          },
          shape(BATCH, LENGTH, THREE),
          shape(BATCH, LENGTH, ONE));
      add(
          "state of parts" + direction,
          (w, f, x) -> {
            Parameter kernel = w.floats(2, 2);
            return f.recurrence(
                List.of(x.get(0)),
                4,
                backward,
                (slices, state) -> {
                  Tensor hidden = f.linear(f.slice(state, 1, 0, 2), kernel, null);
                  Tensor cell =
                      f.add(
                          f.multiply(f.slice(state, -1, 2, 4), f.slice(slices.get(0), 1, 0, 2)),
                          hidden);
                  Tensor out = f.multiply(f.slice(slices.get(0), 1, 2, 4), cell);
                  return f.concat(f.activate(Activation.TANH, out), cell, -1);
                });
          },
          shape(BATCH, LENGTH, FOUR));
    }
    add(
        "one after the other",
        (w, f, x) -> {
          Tensor states = x.get(0);
          for (boolean backward : new boolean[] {false, true}) {
            states =
                f.recurrence(
                    List.of(states),
                    2,
                    backward,
                    (slices, state) ->
                        f.activate(Activation.TANH, f.add(slices.get(0), f.affine(state, 0.5, 0))));
          }
          return states;
        },
        shape(BATCH, LENGTH, TWO));
    add(
        "numbers and matrices a position",
        (w, f, x) ->
            f.recurrence(
                List.of(x.get(0), x.get(1)),
                3,
                false,
                (slices, state) ->
                    f.multiply(
                        f.add(state, f.unsqueeze(slices.get(0), 1)), f.sum(slices.get(1), 1))),
        shape(BATCH, LENGTH),
        shape(BATCH, LENGTH, TWO, THREE));
    add(
        "one sequence has a gradient",
        (w, f, x) ->
            f.recurrence(
                List.of(f.fill(x.get(0), 0.5), x.get(0)),
                2,
                false,
                (slices, state) -> f.add(f.multiply(state, slices.get(0)), slices.get(1))),
        shape(BATCH, LENGTH, TWO));
    add(
        "a state that stays",
        (w, f, x) -> f.recurrence(List.of(x.get(0)), 2, false, (slices, state) -> state),
        shape(BATCH, LENGTH, TWO));
    add(
        "a state that is a slice",
        (w, f, x) -> f.recurrence(List.of(x.get(0)), 2, true, (slices, state) -> slices.get(0)),
        shape(BATCH, LENGTH, TWO));
  }
}
