package io.github.attentive.djl.graph;

import org.junit.jupiter.api.Test;

/** The shape rules of operations that move, cut and join axes. */
class FunctionBuilderAxesTest extends FunctionBuilderCase {
  @Test
  void matMulGivesRowsOfTheLeftAndColumnsOfTheRight() {
    assertFloats(
        function.matMul(floats(BATCH, LENGTH, of(4)), floats(BATCH, of(4), OTHER)),
        BATCH,
        LENGTH,
        OTHER);
    assertFloats(function.matMul(floats(of(2), of(3)), floats(of(3), of(5))), of(2), of(5));
    assertFloats(
        function.matMul(floats(BATCH, of(6), of(2), of(3)), floats(of(6), of(3), of(5))),
        BATCH,
        of(6),
        of(2),
        of(5));
    assertFloats(
        function.matMul(floats(of(2), of(3)), floats(BATCH, of(3), of(5))), BATCH, of(2), of(5));
    String expected = "matMul: expected [..., m, k] and [..., k, n], got %s and %s";
    Tensor x = floats(BATCH, of(2), of(3));
    for (Tensor y :
        new Tensor[] {
          floats(BATCH, of(4), of(5)), floats(of(3)), floats(OTHER, of(3), of(5)), floats()
        }) {
      assertRefused(() -> function.matMul(x, y), expected, x, y);
    }
    Tensor vector = floats(of(3));
    assertRefused(() -> function.matMul(vector, vector), expected, vector, vector);
    Tensor whole = integers(BATCH, of(3), of(3));
    assertRefused(() -> function.matMul(whole, x), "matMul: expected FLOAT32, got %s", whole);
    assertRefused(() -> function.matMul(x, whole), "matMul: expected FLOAT32, got %s", whole);
  }

  @Test
  void transposeExchangesAxesAndKeepsTheType() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    assertFloats(function.transpose(x, 1, -1), BATCH, of(4), LENGTH);
    assertStep(new Operation.Transpose(x, 1, 2));
    assertIntegers(function.transpose(integers(BATCH, LENGTH), 0, 1), LENGTH, BATCH);
    assertRefused(() -> function.transpose(x, 1, 3), "transpose: expected an axis of %s, got 3", x);
    assertRefused(
        () -> function.transpose(x, -4, 1), "transpose: expected an axis of %s, got -4", x);
  }

  @Test
  void unsqueezeAddsAnAxisOfOne() {
    Tensor x = floats(BATCH, LENGTH);
    assertFloats(function.unsqueeze(x, 1), BATCH, of(1), LENGTH);
    assertFloats(function.unsqueeze(x, 0), of(1), BATCH, LENGTH);
    assertFloats(function.unsqueeze(x, 2), BATCH, LENGTH, of(1));
    assertIntegers(function.unsqueeze(integers(), 0), of(1));
    for (int axis : new int[] {3, -1}) {
      assertRefused(
          () -> function.unsqueeze(x, axis),
          "unsqueeze: expected a place from 0 to 2 in %s, got %s",
          x,
          axis);
    }
  }

  @Test
  void splitAxisMakesTwoOfOne() {
    Tensor x = floats(BATCH, LENGTH, of(6));
    assertFloats(function.splitAxis(x, -1, 2), BATCH, LENGTH, of(2), of(3));
    assertStep(new Operation.SplitAxis(x, 2, 2, 3));
    assertFloats(function.splitAxis(x, 2, 6), BATCH, LENGTH, of(6), of(1));
    assertIntegers(function.splitAxis(integers(of(4), BATCH), 0, 1), of(1), of(4), BATCH);
    for (long outer : new long[] {4, 12, 0, -2}) {
      assertRefused(
          () -> function.splitAxis(x, 2, outer),
          "splitAxis: expected axis 2 of %s to have a fixed size divisible by %s",
          x,
          outer);
    }
    assertRefused(
        () -> function.splitAxis(x, 1, 1),
        "splitAxis: expected axis 1 of %s to have a fixed size divisible by 1",
        x);
    assertRefused(() -> function.splitAxis(x, 3, 1), "splitAxis: expected an axis of %s, got 3", x);
  }

  @Test
  void mergeAxesMakesOneOfTwo() {
    Tensor x = floats(BATCH, of(2), of(3));
    assertFloats(function.mergeAxes(x, 1), BATCH, of(6));
    assertFloats(function.mergeAxes(x, -2), BATCH, of(6));
    assertStep(new Operation.MergeAxes(x, 1));
    assertIntegers(function.mergeAxes(integers(of(2), of(3), BATCH), 0), of(6), BATCH);
    for (int axis : new int[] {0, 2}) {
      assertRefused(
          () -> function.mergeAxes(x, axis),
          "mergeAxes: expected axes %s and the next of %s to have fixed sizes",
          axis,
          x);
    }
    assertRefused(() -> function.mergeAxes(x, -4), "mergeAxes: expected an axis of %s, got -4", x);
  }

  @Test
  void sliceTakesAPartOfAFixedAxis() {
    Tensor x = floats(BATCH, of(5));
    assertFloats(function.slice(x, -1, 1, 4), BATCH, of(3));
    assertStep(new Operation.Slice(x, 1, 1, 4));
    assertFloats(function.slice(x, 1, 0, 5), BATCH, of(5));
    assertIntegers(function.slice(integers(of(2)), 0, 1, 2), of(1));
    for (long[] part : new long[][] {{-1, 2}, {2, 2}, {3, 2}, {0, 6}}) {
      assertRefused(
          () -> function.slice(x, 1, part[0], part[1]),
          "slice: expected a part of axis 1 of %s, got %s to %s",
          x,
          part[0],
          part[1]);
    }
    assertRefused(
        () -> function.slice(x, 0, 0, 1), "slice: expected a part of axis 0 of %s, got 0 to 1", x);
    assertRefused(() -> function.slice(x, 2, 0, 1), "slice: expected an axis of %s, got 2", x);
  }

  @Test
  void selectDropsTheAxis() {
    Tensor x = floats(BATCH, LENGTH, of(3));
    assertFloats(function.select(x, -1, 2), BATCH, LENGTH);
    assertStep(new Operation.Select(x, 2, 2));
    assertFloats(function.select(x, 1, 0), BATCH, of(3));
    assertIntegers(function.select(integers(BATCH), 0, 9));
    assertFloats(function.select(x, 1, -1), BATCH, of(3));
    for (long index : new long[] {3, -2}) {
      assertRefused(
          () -> function.select(x, 2, index),
          "select: expected an element of axis 2 of %s, got %s",
          x,
          index);
    }
    assertRefused(
        () -> function.select(x, 1, -2), "select: expected an element of axis 1 of %s, got -2", x);
    assertRefused(() -> function.select(x, 3, 0), "select: expected an axis of %s, got 3", x);
  }

  @Test
  void concatAddsTheSizesOfOneAxis() {
    Tensor x = floats(BATCH, of(2), LENGTH);
    Tensor y = floats(BATCH, of(5), LENGTH);
    assertFloats(function.concat(x, y, 1), BATCH, of(7), LENGTH);
    assertStep(new Operation.Concat(x, y, 1));
    assertFloats(function.concat(x, x, -2), BATCH, of(4), LENGTH);
    assertIntegers(function.concat(integers(of(1)), integers(of(2)), 0), of(3));
    String expected = "concat: expected shapes that differ in a fixed axis %s only, got %s and %s";
    for (Tensor other :
        new Tensor[] {
          floats(BATCH, of(2)),
          floats(BATCH, of(2), OTHER),
          floats(BATCH, OTHER, LENGTH),
          integers(BATCH, of(2), LENGTH)
        }) {
      assertRefused(() -> function.concat(x, other, 1), expected, 1, x, other);
    }
    assertRefused(() -> function.concat(x, x, 0), expected, 0, x, x);
    assertRefused(() -> function.concat(x, y, 3), "concat: expected an axis of %s, got 3", x);
  }

  @Test
  void gatherPicksColumnsByRow() {
    Tensor x = floats(BATCH, of(2), LENGTH, of(9));
    Tensor index = integers(LENGTH, OTHER);
    assertFloats(function.gather(x, index), BATCH, of(2), LENGTH, OTHER);
    assertStep(new Operation.Gather(x, index));
    assertIntegers(
        function.gather(integers(BATCH, of(2), LENGTH, of(9)), index), BATCH, of(2), LENGTH, OTHER);
    String expected = "gather: expected [batch, heads, q, n] and [q, k], got %s and %s";
    for (Tensor other : new Tensor[] {integers(OTHER, LENGTH), integers(LENGTH), integers()}) {
      assertRefused(() -> function.gather(x, other), expected, x, other);
    }
    Tensor flat = floats(BATCH, LENGTH, of(9));
    assertRefused(() -> function.gather(flat, index), expected, flat, index);
    Tensor floats = floats(LENGTH, OTHER);
    assertRefused(() -> function.gather(x, floats), "gather: expected INT64, got %s", floats);
  }

  @Test
  void scatterPutsColumnsBack() {
    Tensor x = floats(BATCH, of(2), LENGTH, OTHER);
    Tensor index = integers(LENGTH, OTHER);
    Tensor like = floats(BATCH, of(2), LENGTH, of(9));
    assertFloats(function.scatter(x, index, like), BATCH, of(2), LENGTH, of(9));
    assertStep(new Operation.Scatter(x, index, like));
    String expected =
        "scatter: expected [batch, heads, q, k], [q, k] and [batch, heads, q, n], got %s, %s and %s";
    for (Tensor other : new Tensor[] {integers(OTHER, LENGTH), integers(LENGTH), integers()}) {
      assertRefused(() -> function.scatter(x, other, like), expected, x, other, like);
    }
    for (Tensor other : new Tensor[] {floats(BATCH, of(3), LENGTH, of(9)), floats(LENGTH)}) {
      assertRefused(() -> function.scatter(x, index, other), expected, x, index, other);
    }
    assertRefused(() -> function.scatter(like, index, like), expected, like, index, like);
    assertRefused(
        () -> function.scatter(index, index, x), "scatter: expected FLOAT32, got %s", index);
    assertRefused(() -> function.scatter(x, x, x), "scatter: expected INT64, got %s", x);
    assertRefused(
        () -> function.scatter(x, index, index), "scatter: expected FLOAT32, got %s", index);
  }

  @Test
  void shiftKeepsTheShape() {
    Tensor x = floats(BATCH, LENGTH);
    assertFloats(function.shift(x, -1, -2), BATCH, LENGTH);
    assertStep(new Operation.Shift(x, 1, -2));
    assertRefused(() -> function.shift(x, 1, 0), "shift: expected places to move by, got 0");
    assertRefused(() -> function.shift(x, 2, 1), "shift: expected an axis of %s, got 2", x);
    Tensor ids = integers(BATCH);
    assertRefused(() -> function.shift(ids, 0, 1), "shift: expected FLOAT32, got %s", ids);
  }

  @Test
  void fillKeepsTheShape() {
    Tensor x = floats(BATCH, LENGTH);
    assertFloats(function.fill(x, 0.5), BATCH, LENGTH);
    assertStep(new Operation.Fill(x, 0.5));
    Tensor ids = integers(BATCH);
    assertRefused(() -> function.fill(ids, 0), "fill: expected FLOAT32, got %s", ids);
  }

  @Test
  void softmaxKeepsTheShape() {
    Tensor x = floats(BATCH, LENGTH);
    assertFloats(function.softmax(x, -1), BATCH, LENGTH);
    assertStep(new Operation.Softmax(x, 1));
    assertRefused(() -> function.softmax(x, 2), "softmax: expected an axis of %s, got 2", x);
    Tensor ids = integers(BATCH);
    assertRefused(() -> function.softmax(ids, 0), "softmax: expected FLOAT32, got %s", ids);
    Tensor gradient = floats(BATCH, LENGTH);
    assertFloats(function.softmaxGradient(x, -1, gradient), BATCH, LENGTH);
    assertStep(new Operation.SoftmaxGradient(x, 1, gradient));
    assertRefused(
        () -> function.softmaxGradient(x, 0, ids),
        "softmaxGradient: expected a gradient like %s, got %s",
        x,
        ids);
  }

  @Test
  void meanAndSumDropTheAxis() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    assertFloats(function.mean(x, 1), BATCH, of(4));
    assertStep(new Operation.Reduce(Operation.Reduction.MEAN, x, 1));
    assertFloats(function.sum(x, -1), BATCH, LENGTH);
    assertStep(new Operation.Reduce(Operation.Reduction.SUM, x, 2));
    assertRefused(() -> function.mean(x, 3), "mean: expected an axis of %s, got 3", x);
    assertRefused(() -> function.sum(x, -4), "sum: expected an axis of %s, got -4", x);
    Tensor ids = integers(BATCH);
    assertRefused(() -> function.mean(ids, 0), "mean: expected FLOAT32, got %s", ids);
    assertRefused(() -> function.sum(ids, 0), "sum: expected FLOAT32, got %s", ids);
  }
}
