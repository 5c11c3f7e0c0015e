package io.github.attentive.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Explanation;
import io.github.attentive.QueriesAndKeys;

/** What holds for the queries and keys of every explanation that has them. */
public final class QueriesAndKeysCheck {
  /** How far the softmax of the scores may be from the attention. */
  private static final double ATTENTION = 1e-6;

  private QueriesAndKeysCheck() {}

  /**
   * Asserts that the softmax of the scores is the attention, for all layers, heads and queries.
   *
   * @param explanation with queries and keys
   */
  public static void assertGiveAttention(Explanation explanation) {
    QueriesAndKeys found = explanation.queriesAndKeys().orElseThrow();
    AttentionTensor attention = explanation.attention();
    assertThat(new int[] {found.layers(), found.heads(), found.queries(), found.positions()})
        .as("layers, heads, queries, positions")
        .containsExactly(attention.shape());
    for (int l = 0; l < found.layers(); l++) {
      assertThat(found.size(l)).isPositive();
      assertThat(found.scale(l)).isNotZero().isFinite();
      for (int h = 0; h < found.heads(); h++) {
        for (int q = 0; q < found.queries(); q++) {
          assertRow(found, attention, l, h, q);
        }
      }
    }
  }

  private static void assertRow(
      QueriesAndKeys found, AttentionTensor attention, int layer, int head, int query) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < found.positions(); k++) {
      most = Math.max(most, found.score(layer, head, query, k));
    }
    double sum = 0;
    for (int k = 0; k < found.positions(); k++) {
      sum += Math.exp(found.score(layer, head, query, k) - most);
    }
    for (int k = 0; k < found.positions(); k++) {
      double expected = attention.at(layer, head, query, k);
      double weight = Math.exp(found.score(layer, head, query, k) - most) / sum;
      if (!(Math.abs(weight - expected) <= ATTENTION)) {
        fail(
            "softmax of the scores, layer %s, head %s, query %s, key %s: expected %s, got %s",
            layer, head, query, k, expected, weight);
      }
    }
  }

  /**
   * Asserts that all scores are scaled products, for a model that adds nothing to them.
   *
   * @param found queries and keys of a text
   * @param tolerance how far a score may be from the product
   */
  public static void assertScoresAreProducts(QueriesAndKeys found, double tolerance) {
    for (int l = 0; l < found.layers(); l++) {
      for (int h = 0; h < found.heads(); h++) {
        for (int q = 0; q < found.queries(); q++) {
          for (int k = 0; k < found.positions(); k++) {
            double product = found.scale(l) * dot(found.query(l, h, q), found.key(l, h, k));
            if (!(Math.abs(product - found.score(l, h, q, k)) <= tolerance)) {
              fail(
                  "layer %s, head %s, query %s, key %s: expected the score %s, got %s",
                  l, h, q, k, product, found.score(l, h, q, k));
            }
          }
        }
      }
    }
  }

  private static double dot(float[] query, float[] key) {
    double sum = 0;
    for (int i = 0; i < query.length; i++) {
      sum += (double) query[i] * key[i];
    }
    return sum;
  }

  /**
   * Asserts that two are equal but for rounding, of large numbers relative to their size.
   *
   * @param actual of a text
   * @param expected of the same text in another batch
   * @param tolerance for a number of size 1
   */
  public static void assertClose(QueriesAndKeys actual, QueriesAndKeys expected, double tolerance) {
    assertThat(actual).hasToString(expected.toString());
    for (int l = 0; l < expected.layers(); l++) {
      assertThat(actual.scale(l)).isEqualTo(expected.scale(l));
      for (int h = 0; h < expected.heads(); h++) {
        for (int q = 0; q < expected.queries(); q++) {
          assertClose(actual.query(l, h, q), expected.query(l, h, q), tolerance);
          for (int k = 0; k < expected.positions(); k++) {
            assertClose(
                new float[] {actual.score(l, h, q, k)},
                new float[] {expected.score(l, h, q, k)},
                tolerance);
          }
        }
        for (int k = 0; k < expected.positions(); k++) {
          assertClose(actual.key(l, h, k), expected.key(l, h, k), tolerance);
        }
      }
    }
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        fail("expected %s within %s, got %s", expected[i], allowed, actual[i]);
      }
    }
  }
}
