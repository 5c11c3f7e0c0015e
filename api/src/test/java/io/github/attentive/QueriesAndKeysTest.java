package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesAndKeysTest {
  private static float[] counting(int from, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = from + i;
    }
    return values;
  }

  /** Two layers of vectors of two and three numbers, two heads, three positions. */
  private static QueriesAndKeys ordinary() {
    return new QueriesAndKeys(
        2,
        3,
        3,
        new float[] {0.5f, 0.25f},
        List.of(counting(0, 12), counting(100, 18)),
        List.of(counting(200, 12), counting(300, 18)),
        List.of(counting(400, 18), counting(500, 18)));
  }

  private static QueriesAndKeys ofOne(float scale, float query, float key, float score) {
    return new QueriesAndKeys(
        1,
        1,
        1,
        new float[] {scale},
        List.of(new float[] {query}),
        List.of(new float[] {key}),
        List.of(new float[] {score}));
  }

  @Test
  void everyNumberIsWhereItsAxesSay() {
    QueriesAndKeys all = ordinary();
    assertThat(all.layers()).isEqualTo(2);
    assertThat(all.heads()).isEqualTo(2);
    assertThat(all.queries()).isEqualTo(3);
    assertThat(all.positions()).isEqualTo(3);
    assertThat(all.size(0)).isEqualTo(2);
    assertThat(all.size(1)).isEqualTo(3);
    assertThat(all.scale(0)).isEqualTo(0.5f);
    assertThat(all.scale(1)).isEqualTo(0.25f);
    assertThat(all.query(0, 0, 0)).containsExactly(0, 1);
    assertThat(all.query(0, 1, 2)).containsExactly(10, 11);
    assertThat(all.query(1, 1, 0)).containsExactly(109, 110, 111);
    assertThat(all.key(0, 0, 1)).containsExactly(202, 203);
    assertThat(all.key(1, 1, 2)).containsExactly(315, 316, 317);
    assertThat(all.score(0, 0, 1, 2)).isEqualTo(405);
    assertThat(all.score(1, 1, 2, 1)).isEqualTo(516);
    assertThat(all).hasToString("QueriesAndKeys[2 layers, 2 heads, 3 queries, 3 positions]");
  }

  @Test
  void poolingHasOneQuery() {
    QueriesAndKeys pooling =
        new QueriesAndKeys(
            1,
            1,
            2,
            new float[] {1},
            List.of(counting(0, 3)),
            List.of(counting(10, 6)),
            List.of(new float[] {-1e30f, 2}));
    assertThat(pooling.queries()).isEqualTo(1);
    assertThat(pooling.query(0, 0, 0)).containsExactly(0, 1, 2);
    assertThat(pooling.key(0, 0, 1)).containsExactly(13, 14, 15);
    assertThat(pooling.score(0, 0, 0, 0)).isEqualTo(-1e30f);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> pooling.query(0, 0, 1));
  }

  @Test
  void arraysAreCopiedInAndOut() {
    float[] scales = {1};
    float[] query = {2};
    float[] key = {3};
    float[] score = {6};
    List<float[]> keys = new ArrayList<>(List.of(key));
    QueriesAndKeys all = new QueriesAndKeys(1, 1, 1, scales, List.of(query), keys, List.of(score));
    scales[0] = query[0] = key[0] = score[0] = 9;
    keys.clear();
    all.query(0, 0, 0)[0] = 9;
    all.key(0, 0, 0)[0] = 9;
    assertThat(all).isEqualTo(ofOne(1, 2, 3, 6));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsRefused(float odd) {
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> ofOne(odd, 1, 1, 1))
        .withMessage("scales: expected finite numbers, got %s at flat index 0", odd);
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> ofOne(1, odd, 1, 1))
        .withMessage("queries of layer 0: expected finite numbers, got %s at flat index 0", odd);
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> ofOne(1, 1, odd, 1))
        .withMessageStartingWith("keys of layer 0");
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> ofOne(1, 1, 1, odd))
        .withMessageStartingWith("scores of layer 0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 2, 4, 4, 4, 'heads: expected at least 1, got 0'",
    "1, 0, 2, 4, 4, 4, 'queries: expected at least 1, got 0'",
    "1, 2, 0, 4, 4, 4, 'positions: expected at least 1, got 0'",
    "1, 2, 2, 4, 0, 4, 'keys of layer 0 for 1 heads, 2 queries, 2 positions: expected 2 numbers,"
        + " got 0'",
    "1, 2, 2, 4, 5, 4, 'keys of layer 0 for 1 heads, 2 queries, 2 positions: expected 4 numbers,"
        + " got 5'",
    "1, 2, 2, 2, 4, 4, 'queries of layer 0 for 1 heads, 2 queries, 2 positions: expected 4"
        + " numbers, got 2'",
    "1, 2, 2, 4, 4, 5, 'scores of layer 0 for 1 heads, 2 queries, 2 positions: expected 4"
        + " numbers, got 5'",
  })
  void numbersThatDoNotFitAreRefused(
      int heads, int queryCount, int positions, int queries, int keys, int scores, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                new QueriesAndKeys(
                    heads,
                    queryCount,
                    positions,
                    new float[] {1},
                    List.of(new float[queries]),
                    List.of(new float[keys]),
                    List.of(new float[scores])))
        .withMessage(message);
  }

  @Test
  void everyLayerHasAllParts() {
    List<float[]> one = List.of(new float[] {1});
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new QueriesAndKeys(1, 1, 1, new float[0], one, one, one))
        .withMessage("attention layers: expected at least 1, got 0");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new QueriesAndKeys(1, 1, 1, new float[] {1}, one, List.of(), one))
        .withMessage("keys: expected those of 1 layers, got 0");
  }

  @ParameterizedTest
  @CsvSource({"2, 0, 0, 0", "-1, 0, 0, 0", "0, 2, 0, 0", "0, -1, 0, 0", "0, 0, 3, 0", "0, 0, 0, 3"})
  void indicesOutsideAreRefused(int layer, int head, int query, int key) {
    QueriesAndKeys all = ordinary();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> all.score(layer, head, query, key));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> all.query(layer, head, Math.max(query, key)));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> all.key(layer, head, Math.max(query, key)));
  }

  @Test
  void equalMeansEqualNumbers() {
    assertThat(ordinary()).isEqualTo(ordinary()).hasSameHashCodeAs(ordinary());
    assertThat(ofOne(1, 2, 3, 4))
        .isEqualTo(ofOne(1, 2, 3, 4))
        .isNotEqualTo(ofOne(0, 2, 3, 4))
        .isNotEqualTo(ofOne(1, 0, 3, 4))
        .isNotEqualTo(ofOne(1, 2, 0, 4))
        .isNotEqualTo(ofOne(1, 2, 3, 0))
        .isNotEqualTo(ordinary())
        .isNotEqualTo("1")
        .isNotEqualTo(null);
  }
}
