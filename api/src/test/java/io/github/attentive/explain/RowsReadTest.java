package io.github.attentive.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionTensor;
import io.github.attentive.InvalidInputException;
import io.github.attentive.spi.AttentionGradient;
import io.github.attentive.spi.PositionsRead;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is computed for the rows read alone is what the whole matrices have in them. */
class RowsReadTest {
  private static final double TOLERANCE = 1e-12;
  private static final OptionalInt ALL = OptionalInt.empty();

  /** The numbers as floats have them, so that both ways start from the same. */
  private static double[][][][] asFloats(double[][][][] array) {
    for (double[][][] layer : array) {
      for (double[][] head : layer) {
        for (double[] row : head) {
          for (int k = 0; k < row.length; k++) {
            row[k] = (float) row[k];
          }
        }
      }
    }
    return array;
  }

  private static float[] flat(double[][][][] array, int size) {
    float[] flat = new float[array.length * array[0].length * size * size];
    int at = 0;
    for (double[][][] layer : array) {
      for (double[][] head : layer) {
        for (double[] row : head) {
          for (double value : row) {
            flat[at++] = (float) value;
          }
        }
      }
    }
    return flat;
  }

  @ParameterizedTest
  @EnumSource(PositionsRead.class)
  void rowsOfTheWhole(PositionsRead read) {
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      int layers = 1 + random.nextInt(4);
      int heads = 1 + random.nextInt(3);
      int size = 1 + random.nextInt(7);
      double[][][][] attention = asFloats(Golden.randomAttention(random, layers, heads, size));
      double[][][][] gradient = asFloats(Golden.randomArray(random, layers, heads, size));
      AttentionTensor tensor =
          new AttentionTensor(layers, heads, size, size, flat(attention, size));
      AttentionGradient both = new AttentionGradient(tensor, flat(gradient, size));

      assertThat(Relevance.received(both, read))
          .containsExactly(
              AttentionAggregation.received(Relevance.withoutIdentity(attention, gradient), read),
              within(TOLERANCE));
      for (HeadFusion fusion : HeadFusion.values()) {
        assertThat(AttentionRollout.received(tensor, fusion, read))
            .containsExactly(
                AttentionAggregation.received(AttentionRollout.of(attention, fusion, true), read),
                within(TOLERANCE));
      }
      int layer = random.nextInt(layers);
      int head = random.nextInt(heads);
      assertThat(GradientAttention.received(both, OptionalInt.of(layer), ALL, read))
          .containsExactly(
              AttentionAggregation.received(
                  GradientAttention.positive(attention[layer], gradient[layer]), read),
              within(TOLERANCE));
      assertThat(GradientAttention.received(both, ALL, OptionalInt.of(head), read))
          .containsExactly(
              AttentionAggregation.received(
                  GradientAttention.positive(
                      new double[][][] {attention[layers - 1][head]},
                      new double[][][] {gradient[layers - 1][head]}),
                  read),
              within(TOLERANCE));
    }
  }

  @Test
  void whatIsNotThereIsRefused() {
    AttentionTensor pooling = new AttentionTensor(1, 1, 1, 3, new float[] {0.5f, 0.5f, 0});
    AttentionGradient gradient = new AttentionGradient(pooling, new float[3]);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Relevance.received(gradient, PositionsRead.FIRST))
        .withMessageContaining("relevance: expected self-attention");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> AttentionRollout.received(pooling, HeadFusion.MEAN, PositionsRead.FIRST))
        .withMessageContaining("rollout: expected self-attention");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> GradientAttention.received(gradient, OptionalInt.of(1), ALL, PositionsRead.FIRST))
        .withMessage("layer: expected 0 to 0, the model's, got 1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> GradientAttention.received(gradient, ALL, OptionalInt.of(7), PositionsRead.ALL))
        .withMessage("head: expected 0 to 0, the model's, got 7");
  }
}
