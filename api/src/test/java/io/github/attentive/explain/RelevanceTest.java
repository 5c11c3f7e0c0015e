package io.github.attentive.explain;

import static io.github.attentive.explain.Golden.TOLERANCE;
import static io.github.attentive.explain.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.attentive.InvalidInputException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relevance and the gradient times attention it is made of. */
class RelevanceTest {

  @Test
  void goldenVectors() {
    double[][][][] attention = Golden.attention();
    double[][][][] gradient = Golden.gradient();
    assertClose(
        Relevance.of(attention, gradient),
        new double[][] {
          {1.37055, 0.64595, 0.0934375},
          {0.2182, 1.126275, 0.032525},
          {0.2448875, 0.213675, 1.2934}
        },
        TOLERANCE);
    assertClose(
        new double[][] {Relevance.withoutIdentity(attention, gradient)[0]},
        new double[][] {{0.37055, 0.64595, 0.0934375}},
        TOLERANCE);
    assertClose(
        GradientAttention.positive(attention[1], gradient[1]),
        new double[][] {{0.12, 0.355, 0.01}, {0.05, 0.05, 0.015}, {0.0625, 0.09, 0.215}},
        TOLERANCE);
    assertClose(
        GradientAttention.signed(attention[1], gradient[1]),
        new double[][] {{0, 0.355, -0.065}, {0.05, -0.31, 0}, {0.0025, 0.04, 0.215}},
        TOLERANCE);
    assertClose(
        AttentionRollout.ofLayers(
            new double[][][] {
              GradientAttention.positive(attention[0], gradient[0]),
              GradientAttention.positive(attention[1], gradient[1])
            },
            true),
        new double[][] {
          {0.6267832836680218, 0.3296219721329717, 0.04359474419900648},
          {0.1524000512602837, 0.8246728752767434, 0.022927073462972986},
          {0.13482863596293562, 0.12368396337620546, 0.7414874006608587}
        },
        TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void relevanceIsAProductAndOrdersMakeNoDifference(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      int layers = 1 + random.nextInt(4);
      int heads = 1 + random.nextInt(4);
      int size = 1 + random.nextInt(7);
      double[][][][] attention = Golden.randomAttention(random, layers, heads, size);
      double[][][][] gradient = Golden.randomArray(random, layers, heads, size);
      double[][] relevance = Relevance.of(attention, gradient);
      double[][] product = Golden.identityAttention(1, 1, size)[0][0];
      for (int l = 0; l < layers; l++) {
        double[][] factor = GradientAttention.positive(attention[l], gradient[l]);
        for (int i = 0; i < size; i++) {
          factor[i][i] += 1;
        }
        product = AttentionRollout.product(factor, product);
      }
      assertClose(relevance, product, 1e-10);
      int[] headOrder = RandomOrder.of(heads, random);
      assertClose(
          Relevance.of(
              Golden.withHeadsInOrder(attention, headOrder),
              Golden.withHeadsInOrder(gradient, headOrder)),
          relevance,
          1e-10);
      int[] tokenOrder = RandomOrder.of(size, random);
      assertClose(
          Relevance.of(
              Golden.withTokensInOrder(attention, tokenOrder),
              Golden.withTokensInOrder(gradient, tokenOrder)),
          Golden.withTokensInOrder(relevance, tokenOrder),
          1e-10);
    }
  }

  @Test
  void aGradientAgainstTheTargetLeavesNothing() {
    double[][][][] attention = Golden.attention();
    double[][][][] against = Golden.attention();
    for (double[][][] layer : against) {
      for (double[][] head : layer) {
        for (double[] row : head) {
          for (int k = 0; k < row.length; k++) {
            row[k] = -1;
          }
        }
      }
    }
    assertClose(Relevance.withoutIdentity(attention, against), new double[3][3], 0);
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    double[][][][] attention = Golden.attention();
    refused("expected at least one layer", new double[0][][][], new double[0][][][]);
    refused("got 2 and 1", attention, new double[][][][] {Golden.gradient()[0]});
    refused("expected 2 heads, got 1", attention, Golden.randomArray(new Random(1), 2, 1, 3));
    refused("expected 3 rows, got 2", attention, Golden.randomArray(new Random(1), 2, 2, 2));
    double[][][][] nan = Golden.gradient();
    nan[1][0][2][1] = Double.NaN;
    refused("head 0, row 2: expected finite numbers, got NaN at index 1", attention, nan);
    double[][][][] uneven = {
      Golden.randomArray(new Random(1), 1, 2, 2)[0], Golden.randomArray(new Random(1), 1, 2, 3)[0]
    };
    refused("expected 2 tokens in layer 1 as in the first, got 3", uneven, uneven);
    double[][][][] pooling = {{{{0.5, 0.5}}}};
    refused("expected self-attention", pooling, pooling);
    assertThat(GradientAttention.positive(pooling[0], pooling[0]))
        .as("of one layer, pooling has its gradient, too")
        .isDeepEqualTo(new double[][] {{0.25, 0.25}});
  }

  private static void refused(String message, double[][][][] attention, double[][][][] gradient) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Relevance.of(attention, gradient))
        .withMessageContaining(message);
  }
}
