package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The shape rule of each operation, and what it says to shapes that do not fit. */
class FunctionBuilderTest {
  private static final Axis BATCH = Axis.named("batch");
  private static final Axis LENGTH = Axis.named("length");
  private static final Axis OTHER = Axis.named("other");

  private final GraphBuilder graph = new GraphBuilder();
  private final Parameter table = graph.parameter(parameter("table", 10, 4));
  private final Parameter weight = graph.parameter(parameter("weight", 3, 4));
  private final Parameter bias = graph.parameter(parameter("bias", 3));
  private final FunctionBuilder function = graph.function("f");
  private int inputs;

  private static Parameter parameter(String name, long... sizes) {
    Shape shape = Shape.ofSizes(sizes);
    return Parameter.of(name, shape, new float[(int) shape.elements()]);
  }

  private Tensor floats(Axis... axes) {
    return function.input("in" + inputs++, ElementType.FLOAT32, axes);
  }

  private Tensor integers(Axis... axes) {
    return function.input("in" + inputs++, ElementType.INT64, axes);
  }

  private static Axis of(long size) {
    return Axis.fixed(size);
  }

  private static void assertFloats(Tensor tensor, Axis... axes) {
    assertThat(tensor.type()).isEqualTo(ElementType.FLOAT32);
    assertThat(tensor.shape()).isEqualTo(Shape.of(axes));
  }

  private void assertRefused(ThrowingCallable call, String message) {
    int steps = graph.build().function("f").steps().size();
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("function 'f', " + message);
    assertThat(graph.build().function("f").steps()).hasSize(steps);
  }

  @Test
  void embeddingAppendsTheWidthOfTheTable() {
    assertFloats(function.embedding(table, integers(BATCH, LENGTH)), BATCH, LENGTH, of(4));
    assertFloats(function.embedding(table, integers()), of(4));
    assertRefused(
        () -> function.embedding(table, floats(BATCH)),
        "embedding: expected a table [rows, d] and INT64 ids, got table[10, 4] and tensor 4"
            + " FLOAT32[batch]");
    assertRefused(
        () -> function.embedding(bias, integers(BATCH)),
        "embedding: expected a table [rows, d] and INT64 ids, got bias[3] and tensor 5"
            + " INT64[batch]");
    assertRefused(
        () -> function.embedding(parameter("stranger", 10, 4), integers(BATCH)),
        "embedding: expected a parameter of this graph, got stranger[10, 4]");
  }

  @Test
  void addKeepsTheShape() {
    assertFloats(function.add(floats(BATCH, of(2)), floats(BATCH, of(2))), BATCH, of(2));
    assertRefused(
        () -> function.add(floats(BATCH, of(2)), floats(of(2))),
        "add: expected equal shapes, got tensor 3 FLOAT32[batch, 2] and tensor 4 FLOAT32[2]");
    assertRefused(
        () -> function.add(floats(BATCH), floats(LENGTH)),
        "add: expected equal shapes, got tensor 5 FLOAT32[batch] and tensor 6 FLOAT32[length]");
    assertRefused(
        () -> function.add(floats(BATCH), integers(BATCH)),
        "add: expected FLOAT32, got tensor 8 INT64[batch]");
    assertRefused(
        () -> function.add(integers(BATCH), floats(BATCH)),
        "add: expected FLOAT32, got tensor 9 INT64[batch]");
  }

  @Test
  void matMulGivesRowsOfTheLeftAndColumnsOfTheRight() {
    assertFloats(
        function.matMul(floats(BATCH, LENGTH, of(4)), floats(BATCH, of(4), OTHER)),
        BATCH,
        LENGTH,
        OTHER);
    assertFloats(function.matMul(floats(of(2), of(3)), floats(of(3), of(5))), of(2), of(5));
    String expected = "matMul: expected [..., m, k] and [..., k, n], got tensor ";
    assertRefused(
        () -> function.matMul(floats(of(2), of(3)), floats(of(4), of(5))),
        expected + "6 FLOAT32[2, 3] and tensor 7 FLOAT32[4, 5]");
    assertRefused(
        () -> function.matMul(floats(of(3)), floats(of(3))),
        expected + "8 FLOAT32[3] and tensor 9 FLOAT32[3]");
    assertRefused(
        () -> function.matMul(floats(BATCH, of(2), of(3)), floats(of(3), of(5))),
        expected + "10 FLOAT32[batch, 2, 3] and tensor 11 FLOAT32[3, 5]");
    assertRefused(
        () -> function.matMul(floats(BATCH, of(2), of(3)), floats(OTHER, of(3), of(5))),
        expected + "12 FLOAT32[batch, 2, 3] and tensor 13 FLOAT32[other, 3, 5]");
    assertRefused(
        () -> function.matMul(integers(of(2), of(3)), floats(of(3), of(5))),
        "matMul: expected FLOAT32, got tensor 14 INT64[2, 3]");
    assertRefused(
        () -> function.matMul(floats(of(2), of(3)), integers(of(3), of(5))),
        "matMul: expected FLOAT32, got tensor 17 INT64[3, 5]");
  }

  @Test
  void transposeExchangesAxesAndKeepsTheType() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    Tensor swapped = function.transpose(x, 1, -1);
    assertFloats(swapped, BATCH, of(4), LENGTH);
    assertThat(graph.build().function("f").steps().get(0).operation())
        .isEqualTo(new Operation.Transpose(x, 1, 2));
    assertThat(function.transpose(integers(BATCH, LENGTH), 0, 1).type())
        .isEqualTo(ElementType.INT64);
    assertRefused(
        () -> function.transpose(x, 1, 3),
        "transpose: expected an axis of tensor 0 FLOAT32[batch, length, 4], got 3");
    assertRefused(
        () -> function.transpose(x, -4, 1),
        "transpose: expected an axis of tensor 0 FLOAT32[batch, length, 4], got -4");
  }

  @Test
  void unsqueezeAddsAnAxisOfOne() {
    Tensor x = floats(BATCH, LENGTH);
    assertFloats(function.unsqueeze(x, 1), BATCH, of(1), LENGTH);
    assertFloats(function.unsqueeze(x, 0), of(1), BATCH, LENGTH);
    assertFloats(function.unsqueeze(x, 2), BATCH, LENGTH, of(1));
    assertThat(function.unsqueeze(integers(), 0).type()).isEqualTo(ElementType.INT64);
    for (int axis : new int[] {3, -1}) {
      assertRefused(
          () -> function.unsqueeze(x, axis),
          "unsqueeze: expected a place from 0 to 2 in " + x + ", got " + axis);
    }
  }

  @Test
  void softmaxKeepsTheShape() {
    Tensor x = floats(BATCH, LENGTH);
    assertFloats(function.softmax(x, -1), BATCH, LENGTH);
    assertThat(graph.build().function("f").steps().get(0).operation())
        .isEqualTo(new Operation.Softmax(x, 1));
    assertRefused(
        () -> function.softmax(x, 2),
        "softmax: expected an axis of tensor 0 FLOAT32[batch, length], got 2");
    assertRefused(
        () -> function.softmax(integers(BATCH), 0),
        "softmax: expected FLOAT32, got tensor 2 INT64[batch]");
  }

  @Test
  void meanDropsTheAxis() {
    Tensor x = floats(BATCH, LENGTH, of(4));
    assertFloats(function.mean(x, 1), BATCH, of(4));
    assertFloats(function.mean(x, -1), BATCH, LENGTH);
    assertRefused(
        () -> function.mean(x, 3),
        "mean: expected an axis of tensor 0 FLOAT32[batch, length, 4], got 3");
    assertRefused(
        () -> function.mean(integers(BATCH), 0),
        "mean: expected FLOAT32, got tensor 3 INT64[batch]");
  }

  @Test
  void linearReplacesTheLastAxis() {
    assertFloats(function.linear(floats(BATCH, LENGTH, of(4)), weight, bias), BATCH, LENGTH, of(3));
    String expected = "linear: expected [..., in], [out, in] and [out], got tensor ";
    assertRefused(
        () -> function.linear(floats(BATCH, of(5)), weight, bias),
        expected + "2 FLOAT32[batch, 5], weight[3, 4] and bias[3]");
    assertRefused(
        () -> function.linear(floats(BATCH, of(4)), table, bias),
        expected + "3 FLOAT32[batch, 4], table[10, 4] and bias[3]");
    assertRefused(
        () -> function.linear(floats(BATCH, of(3)), bias, bias),
        expected + "4 FLOAT32[batch, 3], bias[3] and bias[3]");
    assertRefused(
        () -> function.linear(floats(), weight, bias),
        expected + "5 FLOAT32[], weight[3, 4] and bias[3]");
    assertRefused(
        () -> function.linear(integers(BATCH, of(4)), weight, bias),
        "linear: expected FLOAT32, got tensor 6 INT64[batch, 4]");
    assertRefused(
        () -> function.linear(floats(of(4)), parameter("w", 3, 4), bias),
        "linear: expected a parameter of this graph, got w[3, 4]");
    assertRefused(
        () -> function.linear(floats(of(4)), weight, parameter("b", 3)),
        "linear: expected a parameter of this graph, got b[3]");
  }

  @Test
  void attentionGivesARowOfTheValueForEachQuery() {
    Tensor query = floats(BATCH, LENGTH, of(4));
    Tensor key = floats(BATCH, OTHER, of(4));
    Tensor value = floats(BATCH, OTHER, of(6));
    assertFloats(function.attention(query, key, value, null, 0.5), BATCH, LENGTH, of(6));
    String expected =
        "attention: expected [..., q, e], [..., k, e] and [..., k, d], got " + query + ", ";
    assertRefused(
        () -> function.attention(query, value, key, null, 1), expected + value + " and " + key);
    assertRefused(
        () -> function.attention(query, key, query, null, 1), expected + key + " and " + query);
    assertRefused(
        () -> function.attention(query, floats(of(4)), value, null, 1),
        expected + "tensor 4 FLOAT32[4] and " + value);
    assertRefused(
        () -> function.attention(query, key, floats(), null, 1),
        expected + key + " and tensor 5 FLOAT32[]");
    assertRefused(
        () -> function.attention(integers(BATCH, LENGTH, of(4)), key, value, null, 1),
        "attention: expected FLOAT32, got tensor 6 INT64[batch, length, 4]");
    assertRefused(
        () -> function.attention(query, integers(BATCH, OTHER, of(4)), value, null, 1),
        "attention: expected FLOAT32, got tensor 7 INT64[batch, other, 4]");
    assertRefused(
        () -> function.attention(query, key, integers(BATCH, OTHER, of(6)), null, 1),
        "attention: expected FLOAT32, got tensor 8 INT64[batch, other, 6]");
  }

  @Test
  void lossesAreOneNumber() {
    assertFloats(function.binaryCrossEntropy(floats(BATCH, of(1)), floats(BATCH, of(1))));
    assertFloats(function.crossEntropy(floats(BATCH, of(3)), integers(BATCH)));
    assertRefused(
        () -> function.binaryCrossEntropy(floats(BATCH, of(1)), floats(BATCH)),
        "binaryCrossEntropy: expected equal shapes, got tensor 6 FLOAT32[batch, 1] and tensor 7"
            + " FLOAT32[batch]");
    assertRefused(
        () -> function.binaryCrossEntropy(floats(BATCH), integers(BATCH)),
        "binaryCrossEntropy: expected FLOAT32, got tensor 9 INT64[batch]");
    assertRefused(
        () -> function.crossEntropy(floats(BATCH, of(3)), floats(BATCH)),
        "crossEntropy: expected [batch, classes] and INT64 [batch], got tensor 10 FLOAT32[batch,"
            + " 3] and tensor 11 FLOAT32[batch]");
    assertRefused(
        () -> function.crossEntropy(floats(BATCH), integers()),
        "crossEntropy: expected [batch, classes] and INT64 [batch], got tensor 12 FLOAT32[batch]"
            + " and tensor 13 INT64[]");
    assertRefused(
        () -> function.crossEntropy(floats(BATCH, of(3)), integers(LENGTH)),
        "crossEntropy: expected [batch, classes] and INT64 [batch], got tensor 14 FLOAT32[batch,"
            + " 3] and tensor 15 INT64[length]");
  }

  @Test
  void everyOperationIsVisitedAsItself() {
    Tensor ids = integers(BATCH, LENGTH);
    Tensor words = function.embedding(table, ids);
    function.add(words, words);
    function.matMul(words, function.transpose(words, 1, 2));
    function.unsqueeze(words, 0);
    function.softmax(words, 0);
    function.attention(words, words, words, null, 1);
    Tensor logits = function.linear(function.mean(words, 1), weight, bias);
    function.binaryCrossEntropy(logits, logits);
    function.crossEntropy(logits, integers(BATCH));
    assertThat(graph.build().function("f").steps())
        .extracting(step -> step.operation().accept(new OperationNames()))
        .containsExactly(
            "Embedding",
            "Add",
            "Transpose",
            "MatMul",
            "Unsqueeze",
            "Softmax",
            "Attention",
            "Mean",
            "Linear",
            "BinaryCrossEntropy",
            "CrossEntropy");
  }
}
