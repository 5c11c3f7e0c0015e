package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionTensorTest {
  /** A tensor of shape [2, 3, 4, 5] whose values are their flat indices. */
  private static AttentionTensor counting() {
    float[] values = new float[2 * 3 * 4 * 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return new AttentionTensor(2, 3, 4, 5, values);
  }

  @Test
  void axesAreLayersHeadsQueriesKeysInRowMajorOrder() {
    AttentionTensor tensor = counting();
    assertThat(tensor.layers()).isEqualTo(2);
    assertThat(tensor.heads()).isEqualTo(3);
    assertThat(tensor.queries()).isEqualTo(4);
    assertThat(tensor.keys()).isEqualTo(5);
    assertThat(tensor.shape()).containsExactly(2, 3, 4, 5);
    float next = 0;
    for (int l = 0; l < 2; l++) {
      for (int h = 0; h < 3; h++) {
        for (int q = 0; q < 4; q++) {
          for (int k = 0; k < 5; k++) {
            assertThat(tensor.at(l, h, q, k)).isEqualTo(next++);
          }
        }
      }
    }
  }

  @Test
  void arraysAreCopiedInAndOut() {
    float[] values = {0.25f, 0.75f};
    AttentionTensor tensor = new AttentionTensor(1, 1, 1, 2, values);
    values[0] = 9;
    assertThat(tensor.at(0, 0, 0, 0)).isEqualTo(0.25f);
    tensor.toArray()[0] = 9;
    tensor.shape()[0] = 9;
    assertThat(tensor.toArray()).containsExactly(0.25f, 0.75f);
    assertThat(tensor.shape()).containsExactly(1, 1, 1, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 1, attention layers",
    "1, 0, 1, 1, attention heads",
    "1, 1, 0, 1, attention queries",
    "1, 1, 1, 0, attention keys",
    "-2, 1, 1, 1, attention layers"
  })
  void sizesAreAtLeastOne(int layers, int heads, int queries, int keys, String named) {
    int wrong = Math.min(Math.min(layers, heads), Math.min(queries, keys));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new AttentionTensor(layers, heads, queries, keys, new float[1]))
        .withMessage(named + ": expected at least 1, got " + wrong);
  }

  @Test
  void valuesHaveToFillTheShape() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new AttentionTensor(1, 2, 3, 4, new float[23]))
        .withMessage("attention of shape [1, 2, 3, 4]: expected 24 values, got 23");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new AttentionTensor(1, 1, 1, 1, new float[2]))
        .withMessage("attention of shape [1, 1, 1, 1]: expected 1 values, got 2");
    assertThatNullPointerException().isThrownBy(() -> new AttentionTensor(1, 1, 1, 1, null));
  }

  @Test
  void sizesWhoseProductOverflowsAreRefused() {
    int size = 1 << 16;
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new AttentionTensor(size, size, size, size, new float[0]))
        .withMessageContaining("expected 18446744073709551616 values, got 0");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new AttentionTensor(size, size, 1, 1, new float[0]))
        .withMessageContaining("expected 4294967296 values, got 0");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void valuesAreFinite(float value) {
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> new AttentionTensor(1, 1, 1, 3, new float[] {0, 1, value}))
        .withMessage(
            "attention of shape [1, 1, 1, 3]: expected finite weights, got %s at flat index 2",
            value);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0, 0, 0",
    "-1, 0, 0, 0",
    "0, 3, 0, 0",
    "0, -1, 0, 0",
    "0, 0, 4, 0",
    "0, 0, -1, 0",
    "0, 0, 0, 5",
    "0, 0, 0, -1"
  })
  void indicesOutsideTheShapeAreRefused(int layer, int head, int query, int key) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> counting().at(layer, head, query, key));
  }

  @Test
  void equalMeansEqualShapeAndBits() {
    AttentionTensor tensor = new AttentionTensor(1, 1, 2, 2, new float[] {0, 1, 0.5f, 0.5f});
    AttentionTensor same = new AttentionTensor(1, 1, 2, 2, new float[] {0, 1, 0.5f, 0.5f});
    assertThat(tensor).isEqualTo(same).hasSameHashCodeAs(same).isEqualTo(tensor);
    assertThat(tensor)
        .isNotEqualTo(new AttentionTensor(1, 2, 1, 2, new float[] {0, 1, 0.5f, 0.5f}))
        .isNotEqualTo(new AttentionTensor(1, 1, 2, 2, new float[] {0, 1, 0.5f, 0.25f}))
        .isNotEqualTo(new AttentionTensor(1, 1, 2, 2, new float[] {-0f, 1, 0.5f, 0.5f}))
        .isNotEqualTo("tensor")
        .isNotEqualTo(null);
  }

  @Test
  void textShowsShapeAndTheFirstValues() {
    assertThat(new AttentionTensor(1, 1, 1, 2, new float[] {0.25f, 0.75f}))
        .hasToString("AttentionTensor[1, 1, 1, 2] [0.25, 0.75]");
    assertThat(counting()).hasToString("AttentionTensor[2, 3, 4, 5] [0.0, 1.0, 2.0, 3.0] ...");
  }
}
