package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shape rules of tables and of elementwise operations, and what does not fit them. */
class FunctionBuilderTest extends FunctionBuilderCase {
  @Test
  void embeddingAppendsTheWidthOfTheTable() {
    assertFloats(function.embedding(table, integers(BATCH, LENGTH)), BATCH, LENGTH, of(4));
    assertFloats(function.embedding(table, integers()), of(4));
    assertFloats(function.embedding(bias, integers(BATCH, LENGTH)), BATCH, LENGTH);
    String expected =
        "embedding: expected a table [rows, d] or [rows] and INT64 ids, got %s and %s";
    Tensor floats = floats(BATCH);
    assertRefused(() -> function.embedding(table, floats), expected, table, floats);
    Parameter deep = graph.parameter(parameter("deep", 2, 3, 4));
    Tensor ids = integers(BATCH);
    assertRefused(() -> function.embedding(deep, ids), expected, deep, ids);
    Parameter single = graph.parameter(parameter("single"));
    assertRefused(() -> function.embedding(single, ids), expected, single, ids);
    assertRefused(
        () -> function.embedding(parameter("stranger", 10, 4), ids),
        "embedding: expected a parameter of this graph, got stranger[10, 4]");
    assertRefused(
        () -> function.embedding(parameter("table", 10, 4), ids),
        "embedding: expected a parameter of this graph, got table[10, 4]");
  }

  @Test
  void embeddingInATableOfIntegersGivesIntegers() {
    Parameter buckets =
        graph.parameter(Parameter.table("buckets", Shape.ofSizes(3), new long[] {4, 5, 6}));
    assertIntegers(function.embedding(buckets, integers(LENGTH, LENGTH)), LENGTH, LENGTH);
  }

  @Test
  void rowsAreTheWholeTable() {
    assertFloats(function.rows(table), of(10), of(4));
    assertStep(new Operation.Rows(table));
    Parameter whole =
        graph.parameter(Parameter.table("whole", Shape.ofSizes(2, 1), new long[] {1, 2}));
    assertIntegers(function.rows(whole), of(2), of(1));
    assertRefused(
        () -> function.rows(parameter("stranger", 2)),
        "rows: expected a parameter of this graph, got stranger[2]");
  }

  @Test
  void leadingRowsAreAsManyAsAnAxisHas() {
    Tensor ids = integers(BATCH, LENGTH);
    assertFloats(function.leadingRows(table, ids, 1), LENGTH, of(4));
    assertStep(new Operation.LeadingRows(table, ids, 1));
    assertFloats(function.leadingRows(table, ids, -2), BATCH, of(4));
    assertStep(new Operation.LeadingRows(table, ids, 0));
    assertFloats(function.leadingRows(bias, ids, -1), LENGTH);
    Parameter whole = graph.parameter(Parameter.table("whole", Shape.ofSizes(5, 2), new long[10]));
    assertIntegers(function.leadingRows(whole, floats(of(3)), 0), of(3), of(2));
    assertRefused(
        () -> function.leadingRows(table, ids, 2),
        "leadingRows: expected an axis of %s, got 2",
        ids);
    assertRefused(
        () -> function.leadingRows(parameter("stranger", 2), ids, 0),
        "leadingRows: expected a parameter of this graph, got stranger[2]");
  }

  private Tensor binary(Operation.Arithmetic arithmetic, Tensor left, Tensor right) {
    return switch (arithmetic) {
      case ADD -> function.add(left, right);
      case MULTIPLY -> function.multiply(left, right);
      case DIVIDE -> function.divide(left, right);
    };
  }

  @ParameterizedTest
  @EnumSource
  void arithmeticRepeatsAxesOfOne(Operation.Arithmetic arithmetic) {
    Tensor wide = floats(BATCH, of(2));
    Tensor column = floats(BATCH, of(1));
    assertFloats(binary(arithmetic, wide, column), BATCH, of(2));
    assertStep(new Operation.Binary(arithmetic, wide, column));
    assertFloats(binary(arithmetic, floats(of(2)), wide), BATCH, of(2));
    assertFloats(binary(arithmetic, floats(), wide), BATCH, of(2));
    String expected =
        arithmetic.name().toLowerCase(Locale.ROOT)
            + ": expected equal types and shapes that fit, got %s and %s";
    Tensor rows = floats(LENGTH, of(2));
    assertRefused(() -> binary(arithmetic, wide, rows), expected, wide, rows);
    Tensor three = floats(BATCH, of(3));
    assertRefused(() -> binary(arithmetic, wide, three), expected, wide, three);
    Tensor whole = integers(BATCH, of(2));
    assertRefused(() -> binary(arithmetic, wide, whole), expected, wide, whole);
  }

  @Test
  void integersAreAddedAndMultipliedButNotDivided() {
    Tensor ids = integers(BATCH);
    assertIntegers(function.add(ids, ids), BATCH);
    assertIntegers(function.multiply(ids, integers(of(1))), BATCH);
    Tensor floats = floats(BATCH);
    assertRefused(
        () -> function.add(ids, floats),
        "add: expected equal types and shapes that fit, got %s and %s",
        ids,
        floats);
    assertRefused(() -> function.divide(ids, ids), "divide: expected FLOAT32, got %s", ids);
  }

  @Test
  void affineKeepsTypeAndShape() {
    Tensor x = floats(BATCH, of(2));
    assertFloats(function.affine(x, 0.5, -1.25), BATCH, of(2));
    assertStep(new Operation.Affine(x, 0.5, -1.25));
    Tensor ids = integers(BATCH);
    assertIntegers(function.affine(ids, -1, 7), BATCH);
    assertRefused(
        () -> function.affine(ids, 0.5, 1),
        "affine: expected whole numbers for %s, got 0.5 and 1.0",
        ids);
    assertRefused(
        () -> function.affine(ids, 1, 0.25),
        "affine: expected whole numbers for %s, got 1.0 and 0.25",
        ids);
    assertRefused(
        () -> function.affine(ids, Double.NaN, 0),
        "affine: expected whole numbers for %s, got NaN and 0.0",
        ids);
  }

  @ParameterizedTest
  @EnumSource
  void activationKeepsTheShape(Activation activation) {
    Tensor x = floats(BATCH, of(2));
    assertFloats(function.activate(activation, x), BATCH, of(2));
    assertStep(new Operation.Activate(activation, x));
    Tensor ids = integers(BATCH);
    assertRefused(
        () -> function.activate(activation, ids), "activate: expected FLOAT32, got %s", ids);
  }

  @Test
  void differencesAndComparisonsAreComposed() {
    Tensor x = floats(BATCH, of(2));
    Tensor bound = floats(BATCH, of(1));
    assertFloats(function.subtract(x, bound), BATCH, of(2));
    assertFloats(function.atLeast(x, bound), BATCH, of(2));
    Tensor ids = integers(BATCH);
    assertIntegers(function.subtract(ids, ids), BATCH);
    assertRefused(() -> function.atLeast(ids, ids), "atLeast: expected FLOAT32, got %s", ids);
  }

  @Test
  void geluAloneHasAGradientOfItsOwn() {
    Tensor x = floats(BATCH, of(2));
    Tensor gradient = floats(BATCH, of(2));
    assertFloats(function.geluGradient(Activation.GELU_TANH, x, gradient), BATCH, of(2));
    assertStep(new Operation.GeluGradient(Activation.GELU_TANH, x, gradient));
    assertRefused(
        () -> function.geluGradient(Activation.RELU, x, gradient),
        "geluGradient: expected GELU or GELU_TANH, got %s",
        Activation.RELU);
    Tensor other = floats(BATCH, of(1));
    assertRefused(
        () -> function.geluGradient(Activation.GELU, x, other),
        "geluGradient: expected a gradient like %s, got %s",
        x,
        other);
  }

  @Test
  void whatIsOfIntegersRefusesFloats() {
    Tensor ids = integers(BATCH, LENGTH);
    assertIntegers(function.notEqual(ids, -7), BATCH, LENGTH);
    assertStep(new Operation.NotEqual(ids, -7));
    assertFloats(function.toFloat(ids), BATCH, LENGTH);
    assertStep(new Operation.ToFloat(ids));
    Tensor floats = floats(BATCH);
    assertRefused(() -> function.notEqual(floats, 0), "notEqual: expected INT64, got %s", floats);
    assertRefused(() -> function.toFloat(floats), "toFloat: expected INT64, got %s", floats);
  }

  @Test
  void cumulativeSumKeepsTypeAndShape() {
    Tensor ids = integers(BATCH, LENGTH);
    assertIntegers(function.cumulativeSum(ids, -1), BATCH, LENGTH);
    assertStep(new Operation.CumulativeSum(ids, 1));
    assertFloats(function.cumulativeSum(floats(BATCH), 0), BATCH);
    assertRefused(
        () -> function.cumulativeSum(ids, 2), "cumulativeSum: expected an axis of %s, got 2", ids);
  }

  @Test
  void everyOperationIsVisitedAsItself() {
    Tensor ids = integers(BATCH, of(4));
    Tensor words = function.embedding(table, ids);
    function.rows(table);
    function.leadingRows(table, ids, 1);
    function.fill(words, 1);
    function.add(words, words);
    function.affine(words, 2, 1);
    function.activate(Activation.RELU, words);
    function.geluGradient(Activation.GELU, words, words);
    function.notEqual(ids, 0);
    function.cumulativeSum(ids, 1);
    function.toFloat(ids);
    function.matMul(words, words);
    function.transpose(words, 1, 2);
    function.unsqueeze(words, 0);
    function.splitAxis(words, 2, 2);
    function.mergeAxes(words, 1);
    function.slice(words, 2, 0, 1);
    function.select(words, 1, 0);
    function.reverse(words, 1);
    function.shift(words, 1, 2);
    function.concat(words, words, 2);
    Tensor scores = floats(BATCH, of(2), of(3), of(4));
    Tensor index = integers(of(3), of(5));
    Tensor gathered = function.gather(scores, index);
    function.scatter(gathered, index, scores);
    function.softmax(words, 0);
    function.softmaxGradient(words, 0, words);
    function.dropout(words, 0.5);
    Tensor mean = function.mean(words, 1);
    Tensor logits = function.linear(mean, weight, bias);
    function.layerNorm(logits, bias, bias, 1e-5);
    function.layerNormGradient(new Operation.LayerNorm(logits, bias, bias, 1e-5), logits);
    Parameter kernel = graph.parameter(parameter("kernel", 3, 4, 3));
    function.convolution(words, kernel, bias);
    function.attention(words, words, words, null, 1);
    function.recurrence(List.of(words), 2, false, (slices, state) -> state);
    function.binaryCrossEntropy(logits, logits);
    function.crossEntropy(logits, integers(BATCH));
    List<String> every =
        Arrays.stream(Operation.class.getPermittedSubclasses()).map(Class::getSimpleName).toList();
    assertThat(graph.build().function("f").steps())
        .extracting(step -> step.operation().accept(new OperationNames()))
        .containsExactlyElementsOf(every);
    assertThat(graph.build().function("f").steps())
        .extracting(step -> step.operation().getClass().getSimpleName())
        .containsExactlyElementsOf(every);
    assertThat(OperationVisitor.class.getDeclaredMethods())
        .filteredOn(method -> !method.isSynthetic())
        .hasSameSizeAs(every);
    function.attention(words, words, words, floats(), 1);
    for (Function.Step step : graph.build().function("f").steps()) {
      assertOperands(step.operation());
    }
  }

  /** What a step reads are the tensors among the components of its operation. */
  private static void assertOperands(Operation operation) {
    if (operation instanceof Operation.Recurrence recurrence) {
      // The others are values inside of it.
      assertThat(operation.operands()).isEqualTo(recurrence.sequences());
      return;
    }
    List<Object> tensors = new ArrayList<>();
    for (RecordComponent component : operation.getClass().getRecordComponents()) {
      if (component.getType() == Tensor.class) {
        try {
          Object tensor = component.getAccessor().invoke(operation);
          if (tensor != null) {
            tensors.add(tensor);
          }
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(e);
        }
      }
    }
    assertThat(operation.operands()).as("%s", operation).isEqualTo(tensors);
  }
}
