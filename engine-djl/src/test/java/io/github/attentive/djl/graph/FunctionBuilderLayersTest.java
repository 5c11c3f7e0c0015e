package io.github.attentive.djl.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The shape rules of layers and losses. */
class FunctionBuilderLayersTest extends FunctionBuilderCase {
  @Test
  void linearReplacesTheLastAxis() {
    assertFloats(function.linear(floats(BATCH, LENGTH, of(4)), weight, bias), BATCH, LENGTH, of(3));
    Tensor x = floats(BATCH, of(4));
    assertFloats(function.linear(x, weight, null), BATCH, of(3));
    assertStep(new Operation.Linear(x, weight, null));
    assertFloats(function.linear(floats(of(4)), weight, bias), of(3));
    String expected = "linear: expected [..., in], [out, in] and [out], got %s, %s and %s";
    for (Tensor other : new Tensor[] {floats(BATCH, of(5)), floats(of(4), BATCH), floats()}) {
      assertRefused(() -> function.linear(other, weight, bias), expected, other, weight, bias);
    }
    assertRefused(() -> function.linear(x, table, bias), expected, x, table, bias);
    assertRefused(() -> function.linear(x, bias, bias), expected, x, bias, bias);
    assertRefused(() -> function.linear(x, weight, weight), expected, x, weight, weight);
    Tensor ids = integers(BATCH, of(4));
    assertRefused(
        () -> function.linear(ids, weight, bias), "linear: expected FLOAT32, got %s", ids);
    assertRefused(
        () -> function.linear(x, parameter("w", 3, 4), bias),
        "linear: expected a parameter of this graph, got w[3, 4]");
    assertRefused(
        () -> function.linear(x, weight, parameter("b", 3)),
        "linear: expected a parameter of this graph, got b[3]");
  }

  @Test
  void layerNormKeepsTheShape() {
    Tensor x = floats(BATCH, LENGTH, of(3));
    assertFloats(function.layerNorm(x, bias, bias, 1e-12), BATCH, LENGTH, of(3));
    assertStep(new Operation.LayerNorm(x, bias, bias, 1e-12));
    assertFloats(function.layerNorm(floats(of(3)), bias, null, 1), of(3));
    String expected =
        "layerNorm: expected [..., d], [d], [d] and an epsilon above 0, got %s, %s, %s and %s";
    Operation.LayerNorm norm = new Operation.LayerNorm(x, bias, null, 1e-12);
    Tensor gradient = floats(BATCH, LENGTH, of(3));
    assertFloats(function.layerNormGradient(norm, gradient), BATCH, LENGTH, of(3));
    assertStep(new Operation.LayerNormGradient(x, bias, 1e-12, gradient));
    Tensor narrow = floats(BATCH, LENGTH, of(1));
    assertRefused(
        () -> function.layerNormGradient(norm, narrow),
        "layerNormGradient: expected a gradient like %s, got %s",
        x,
        narrow);
    Parameter four = graph.parameter(parameter("four", 4));
    assertRefused(
        () -> function.layerNorm(x, four, bias, 1), expected, x, "four[4]", "bias[3]", 1.0);
    assertRefused(
        () -> function.layerNorm(x, bias, four, 1), expected, x, "bias[3]", "four[4]", 1.0);
    assertRefused(
        () -> function.layerNorm(x, weight, null, 1), expected, x, "weight[3, 4]", null, 1.0);
    for (double epsilon : new double[] {0, -1e-5, Double.NaN}) {
      assertRefused(
          () -> function.layerNorm(x, bias, null, epsilon), expected, x, bias, null, epsilon);
    }
    Tensor number = floats();
    assertRefused(
        () -> function.layerNorm(number, bias, null, 1), expected, number, bias, null, 1.0);
    Tensor ids = integers(BATCH, of(3));
    assertRefused(
        () -> function.layerNorm(ids, bias, bias, 1), "layerNorm: expected FLOAT32, got %s", ids);
    assertRefused(
        () -> function.layerNorm(x, parameter("w", 3), bias, 1),
        "layerNorm: expected a parameter of this graph, got w[3]");
    assertRefused(
        () -> function.layerNorm(x, bias, parameter("b", 3), 1),
        "layerNorm: expected a parameter of this graph, got b[3]");
  }

  @Test
  void convolutionReplacesTheLastAxis() {
    Parameter kernel = graph.parameter(parameter("kernel", 3, 4, 5));
    Tensor x = floats(BATCH, LENGTH, of(4));
    assertFloats(function.convolution(x, kernel, bias), BATCH, LENGTH, of(3));
    assertStep(new Operation.Convolution(x, kernel, bias));
    String expected =
        "convolution: expected [batch, n, in], [out, in, odd width] and [out], got %s, %s and %s";
    for (Tensor other :
        new Tensor[] {floats(LENGTH, of(4)), floats(BATCH, LENGTH, of(5)), floats()}) {
      assertRefused(() -> function.convolution(other, kernel, bias), expected, other, kernel, bias);
    }
    Parameter even = graph.parameter(parameter("even", 3, 4, 2));
    assertRefused(() -> function.convolution(x, even, bias), expected, x, even, bias);
    assertRefused(() -> function.convolution(x, weight, bias), expected, x, weight, bias);
    assertRefused(() -> function.convolution(x, kernel, weight), expected, x, kernel, weight);
    Tensor ids = integers(BATCH, LENGTH, of(4));
    assertRefused(
        () -> function.convolution(ids, kernel, bias),
        "convolution: expected FLOAT32, got %s",
        ids);
    assertRefused(
        () -> function.convolution(x, parameter("k", 3, 4, 5), bias),
        "convolution: expected a parameter of this graph, got k[3, 4, 5]");
    assertRefused(
        () -> function.convolution(x, kernel, parameter("b", 3)),
        "convolution: expected a parameter of this graph, got b[3]");
  }

  @Test
  void attentionGivesARowOfTheValueForEachQuery() {
    Tensor query = floats(BATCH, LENGTH, of(4));
    Tensor key = floats(BATCH, OTHER, of(4));
    Tensor value = floats(BATCH, OTHER, of(6));
    assertFloats(function.attention(query, key, value, null, 0.5), BATCH, LENGTH, of(6));
    assertStep(new Operation.Attention(query, key, value, null, 0.5));
    String expected =
        "attention: expected [..., q, e], [..., k, e] and [..., k, d], got %s, %s and %s";
    assertRefused(
        () -> function.attention(query, value, key, null, 1), expected, query, value, key);
    assertRefused(
        () -> function.attention(query, key, query, null, 1), expected, query, key, query);
    Tensor vector = floats(of(4));
    assertRefused(
        () -> function.attention(query, vector, value, null, 1), expected, query, vector, value);
    assertRefused(
        () -> function.attention(vector, vector, vector, null, 1),
        expected,
        vector,
        vector,
        vector);
    assertRefused(
        () -> function.attention(query, key, floats(), null, 1),
        expected,
        query,
        key,
        "tensor 5 FLOAT32[]");
    Tensor ids = integers(BATCH, LENGTH, of(4));
    String floatsOnly = "attention: expected FLOAT32, got %s";
    assertRefused(() -> function.attention(ids, key, value, null, 1), floatsOnly, ids);
    assertRefused(() -> function.attention(query, ids, value, null, 1), floatsOnly, ids);
    assertRefused(() -> function.attention(query, key, ids, null, 1), floatsOnly, ids);
  }

  @Test
  void attentionTakesABiasThatFitsItsScores() {
    Tensor x = floats(BATCH, of(2), LENGTH, of(4));
    for (Tensor fits :
        new Tensor[] {
          floats(BATCH, of(2), LENGTH, LENGTH),
          floats(BATCH, of(1), of(1), LENGTH),
          floats(LENGTH, LENGTH),
          floats()
        }) {
      assertFloats(function.attention(x, x, x, fits, 1), BATCH, of(2), LENGTH, of(4));
    }
    for (Tensor other :
        new Tensor[] {
          floats(BATCH, of(3), LENGTH, LENGTH),
          floats(of(1), BATCH, of(2), LENGTH, LENGTH),
          floats(OTHER, LENGTH)
        }) {
      assertRefused(
          () -> function.attention(x, x, x, other, 1),
          "attention: expected a bias that fits scores [batch, 2, length, length], got %s",
          other);
    }
    Tensor ids = integers(LENGTH, LENGTH);
    assertRefused(
        () -> function.attention(x, x, x, ids, 1), "attention: expected FLOAT32, got %s", ids);
  }

  @Test
  void dropoutTakesAShare() {
    Tensor x = floats(BATCH, of(3));
    assertFloats(function.dropout(x, 0.1), BATCH, of(3));
    assertThat(function.dropout(x, 0)).isSameAs(x);
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      assertRefused(
          () -> function.dropout(x, rate),
          "dropout: expected a rate from 0 to below 1, got %s",
          rate);
    }
    Tensor ids = integers(BATCH);
    assertRefused(() -> function.dropout(ids, 0.1), "dropout: expected FLOAT32, got %s", ids);
  }

  @Test
  void lossesAreOneNumberOrOneForEachText() {
    assertFloats(function.binaryCrossEntropy(floats(BATCH, of(1)), floats(BATCH, of(1))));
    assertFloats(function.crossEntropy(floats(BATCH, of(3)), integers(BATCH)), BATCH);
    Tensor logits = floats(BATCH, of(3));
    Tensor flat = floats(BATCH);
    Tensor ids = integers(BATCH);
    assertRefused(
        () -> function.binaryCrossEntropy(logits, flat),
        "binaryCrossEntropy: expected equal shapes, got %s and %s",
        logits,
        flat);
    assertRefused(
        () -> function.binaryCrossEntropy(flat, ids),
        "binaryCrossEntropy: expected FLOAT32, got %s",
        ids);
    assertRefused(
        () -> function.binaryCrossEntropy(ids, flat),
        "binaryCrossEntropy: expected FLOAT32, got %s",
        ids);
    String expected = "crossEntropy: expected [batch, classes] and INT64 [batch], got %s and %s";
    assertRefused(() -> function.crossEntropy(logits, flat), expected, logits, flat);
    assertRefused(() -> function.crossEntropy(flat, ids), expected, flat, ids);
    Tensor others = integers(LENGTH);
    assertRefused(() -> function.crossEntropy(logits, others), expected, logits, others);
    assertRefused(
        () -> function.crossEntropy(ids, ids), "crossEntropy: expected FLOAT32, got %s", ids);
  }
}
