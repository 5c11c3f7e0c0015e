package io.github.attentive.explain;

import static io.github.attentive.explain.Golden.TOLERANCE;
import static io.github.attentive.explain.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionRolloutTest {

  @Test
  void goldenVectors() {
    double[][][][] golden = Golden.attention();
    assertClose(
        AttentionRollout.of(golden, HeadFusion.MEAN, true),
        new double[][] {
          {0.515625, 0.2946875, 0.1896875},
          {0.23, 0.5740625, 0.1959375},
          {0.2575, 0.21484375, 0.52765625}
        },
        TOLERANCE);
    assertClose(
        AttentionRollout.of(golden, HeadFusion.MEAN, false),
        new double[][] {
          {0.3625, 0.32875, 0.30875}, {0.37, 0.32125, 0.30875}, {0.355, 0.334375, 0.310625}
        },
        TOLERANCE);
    assertClose(
        AttentionRollout.of(golden, HeadFusion.MAX, true),
        new double[][] {
          {0.48633184996821366, 0.3100762873490146, 0.2035918626827718},
          {0.25250836120401343, 0.5358771663119489, 0.21161447248403772},
          {0.27709790209790214, 0.22246503496503495, 0.5004370629370629}
        },
        TOLERANCE);
    assertThat(golden).as("the input is left alone").isDeepEqualTo(Golden.attention());
  }

  @Test
  void aTensorGivesWhatItsNumbersGive() {
    for (HeadFusion fusion : HeadFusion.values()) {
      assertClose(
          AttentionRollout.of(Samples.golden(), fusion, true),
          AttentionRollout.of(Golden.attention(), fusion, true),
          1e-7);
    }
  }

  @Test
  void theLeastOfTheHeadsIsTheMinimum() {
    assertClose(
        HeadFusion.MIN.fuse(Golden.attention()[0]),
        new double[][] {{0.1, 0.2, 0.1}, {0.3, 0.25, 0.25}, {0.2, 0.2, 0.4}},
        0);
    assertThat(HeadFusion.MAX.fuse(new double[][][] {{{-2}}, {{-1}}}))
        .as("below 0, too")
        .isDeepEqualTo(new double[][] {{-1}});
    assertThat(HeadFusion.MIN.id()).isEqualTo("min");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rowsAreDistributionsAndOrdersMakeNoDifference(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      int heads = 1 + random.nextInt(4);
      int size = 1 + random.nextInt(7);
      double[][][][] attention = Golden.randomAttention(random, 1 + random.nextInt(4), heads, size);
      int[] headOrder = RandomOrder.of(heads, random);
      int[] tokenOrder = RandomOrder.of(size, random);
      for (HeadFusion fusion : HeadFusion.values()) {
        for (boolean residual : new boolean[] {true, false}) {
          double[][] rollout = AttentionRollout.of(attention, fusion, residual);
          for (double[] row : rollout) {
            assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
            assertThat(Arrays.stream(row)).allMatch(weight -> weight >= 0);
          }
          assertClose(
              AttentionRollout.of(Golden.withHeadsInOrder(attention, headOrder), fusion, residual),
              rollout,
              1e-12);
          assertClose(
              AttentionRollout.of(
                  Golden.withTokensInOrder(attention, tokenOrder), fusion, residual),
              Golden.withTokensInOrder(rollout, tokenOrder),
              1e-12);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoLooksAtItselfAloneStaysItself(HeadFusion fusion) {
    double[][] one = Golden.identityAttention(1, 1, 4)[0][0];
    double[][][][] identity = Golden.identityAttention(3, 2, 4);
    assertClose(AttentionRollout.of(identity, fusion, true), one, 0);
    assertClose(AttentionRollout.of(identity, fusion, false), one, 0);
  }

  @Test
  void evenAttentionIsFlatButForTheResidual() {
    double[][][][] even = {
      {
        {
          {0.25, 0.25, 0.25, 0.25},
          {0.25, 0.25, 0.25, 0.25},
          {0.25, 0.25, 0.25, 0.25},
          {0.25, 0.25, 0.25, 0.25}
        }
      }
    };
    double[] row = AttentionRollout.of(even, HeadFusion.MEAN, true)[1];
    assertThat(row).containsExactly(new double[] {0.125, 0.625, 0.125, 0.125}, within(1e-15));
  }

  @Test
  void aRowOfZerosIsNoNaN() {
    double[][][] layers = {{{0, 0}, {0.5, 0.5}}};
    assertThat(AttentionRollout.ofLayers(layers, false))
        .isDeepEqualTo(new double[][] {{0, 0}, {0.5, 0.5}});
    assertThat(AttentionRollout.ofLayers(layers, true)[0]).containsExactly(1, 0);
  }

  @Test
  void whatIsNoSelfAttentionIsRefused() {
    refused("expected self-attention", new double[][][] {{{0.5, 0.5}}});
    refused("expected at least one element, got none", new double[0][][]);
    refused("head 0: expected at least one element", new double[1][0][]);
    refused("row 0: expected at least one element", new double[1][1][0]);
    refused("row 1: expected 2 numbers, got 1", new double[][][] {{{0, 1}, {1}}});
    refused("expected 2 rows, got 1", new double[][][] {{{0, 1}, {1, 0}}, {{1, 0}}});
    refused("got NaN at index 1", new double[][][] {{{0, Double.NaN}, {1, 0}}});
    refused("got Infinity", new double[][][] {{{Double.POSITIVE_INFINITY}}});
    refused(
        "layer 0, query 1, key 0: expected 0 or above, got -0.5",
        new double[][][] {{{1, 0}, {-0.5, 1}}});
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                AttentionRollout.of(
                    Samples.random(new Random(1), 1, 1, 1, 4), HeadFusion.MEAN, true))
        .withMessageContaining("rollout: expected self-attention");
  }

  private static void refused(String message, double[][][] layers) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> AttentionRollout.ofLayers(layers, true))
        .withMessageContaining(message);
  }
}
