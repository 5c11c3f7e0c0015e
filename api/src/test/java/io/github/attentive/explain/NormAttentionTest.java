package io.github.attentive.explain;

import static io.github.attentive.explain.Golden.TOLERANCE;
import static io.github.attentive.explain.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import org.junit.jupiter.api.Test;

class NormAttentionTest {
  private static final double[][][] VALUES = {
    {{1, 2}, {-1, 0.5}, {0, 1.5}}, {{0.5, -0.5}, {2, 1}, {-1.5, 0.25}}
  };
  private static final double[][] OUTPUT = {
    {1, 0, 0.5, -1}, {0, 2, -0.5, 1}, {1, 1, 0, 0}, {-1, 0.5, 2, 0}
  };

  @Test
  void goldenVectors() {
    double[][][] attention = Golden.attention()[0];
    double[][][] transformed = NormAttention.transformed(VALUES, OUTPUT);
    assertClose(
        transformed[0],
        new double[][] {{1, 4, -0.5, 1}, {-1, 1, -0.75, 1.5}, {0, 3, -0.75, 1.5}},
        TOLERANCE);
    assertClose(
        transformed[1],
        new double[][] {{1, 0.25, -1, 0}, {1, 2.5, 2, 0}, {-1.75, -1.375, 0.5, 0}},
        TOLERANCE);
    assertThat(InputGradient.norms(transformed[0]))
        .containsExactly(
            new double[] {4.272001872658765, 2.1937410968480306, 3.43693177121688},
            within(TOLERANCE));
    assertThat(InputGradient.norms(transformed[1]))
        .containsExactly(
            new double[] {1.4361406616345074, 3.3541019662496847, 2.2810359488618324},
            within(TOLERANCE));
    double[][][] ofHeads = NormAttention.ofHeads(attention, transformed);
    assertClose(
        ofHeads[0],
        new double[][] {
          {2.990401310861136, 0.4387482193696062, 0.34369317712168806},
          {1.2816005617976296, 0.8774964387392123, 1.031079531365064},
          {0.8544003745317532, 0.4387482193696062, 2.062159062730128}
        },
        TOLERANCE);
    assertClose(
        ofHeads[1],
        new double[][] {
          {0.14361406616345074, 2.0124611797498106, 0.6843107846585498},
          {0.7180703308172536, 0.8385254915624212, 0.5702589872154581},
          {0.43084219849035216, 1.0062305898749053, 0.912414379544733}
        },
        TOLERANCE);
    assertClose(
        NormAttention.of(attention, transformed),
        new double[][] {
          {3.0517413062053604, 2.059732992404598, 0.5625},
          {1.7053225501353109, 1.2137236093938355, 0.8445829222166406},
          {1.1025538535599975, 1.0977249200050074, 1.710263137648707}
        },
        TOLERANCE);
  }

  @Test
  void oneHeadIsItsOwnSum() {
    double[][][] attention = {Golden.attention()[0][1]};
    double[][][] transformed = {NormAttention.transformed(VALUES, OUTPUT)[1]};
    assertClose(
        NormAttention.of(attention, transformed),
        NormAttention.ofHeads(attention, transformed)[0],
        1e-12);
  }

  @Test
  void normsTakeAttentionsPlaceInARollout() {
    double[][] norms =
        NormAttention.of(Golden.attention()[0], NormAttention.transformed(VALUES, OUTPUT));
    double sum = 1 + 3.0517413062053604 + 2.059732992404598 + 0.5625;
    assertThat(AttentionRollout.ofLayers(new double[][][] {norms}, true)[0])
        .containsExactly(
            new double[] {4.0517413062053604 / sum, 2.059732992404598 / sum, 0.5625 / sum},
            within(TOLERANCE));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    double[][][] attention = Golden.attention()[0];
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> NormAttention.transformed(VALUES, new double[3][4]))
        .withMessage("output weights: expected 4 rows, got 3");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> NormAttention.of(attention, new double[2][2][4]))
        .withMessage("transformed values, head 0: expected 3 rows, got 2");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> NormAttention.ofHeads(attention, new double[1][3][4]))
        .withMessage("transformed values: expected 2 heads, got 1");
    double[][][] nan = new double[2][3][4];
    nan[1][1][1] = Double.NaN;
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> NormAttention.of(attention, nan))
        .withMessageContaining("NaN");
  }
}
