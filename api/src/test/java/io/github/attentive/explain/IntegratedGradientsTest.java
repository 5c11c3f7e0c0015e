package io.github.attentive.explain;

import static io.github.attentive.explain.Golden.TOLERANCE;
import static io.github.attentive.explain.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IntegratedGradientsTest {
  private static final double[][] WEIGHTS = {{1, -2}, {0.5, 1.5}};
  private static final double[][] INPUT = {{0.8, 0.3}, {-0.4, 1.2}};
  private static final double[][] ZERO = new double[2][2];

  /** {@code sigmoid(sum w x)}. */
  private static TargetGradient.Slope sigmoid(double[][] x) {
    double p = 1 / (1 + Math.exp(-dot(x)));
    return new TargetGradient.Slope(p, scaled(p * (1 - p)));
  }

  private static TargetGradient.Slope linear(double[][] x) {
    return new TargetGradient.Slope(dot(x), scaled(1));
  }

  private static TargetGradient each(Function<double[][], TargetGradient.Slope> one) {
    return points -> points.stream().map(one).toList();
  }

  private static double dot(double[][] x) {
    double sum = 0;
    for (int t = 0; t < 2; t++) {
      for (int d = 0; d < 2; d++) {
        sum += WEIGHTS[t][d] * x[t][d];
      }
    }
    return sum;
  }

  private static double[][] scaled(double factor) {
    double[][] gradient = new double[2][2];
    for (int t = 0; t < 2; t++) {
      for (int d = 0; d < 2; d++) {
        gradient[t][d] = factor * WEIGHTS[t][d];
      }
    }
    return gradient;
  }

  private static IntegratedGradients golden(QuadratureRule rule, int steps) {
    return IntegratedGradients.of(
        each(IntegratedGradientsTest::sigmoid), INPUT, ZERO, rule, steps, 7);
  }

  @Test
  void goldenVectors() {
    IntegratedGradients result = golden(QuadratureRule.GAUSS_LEGENDRE, 50);
    assertThat(result.value()).isCloseTo(0.8581489350995123, within(TOLERANCE));
    assertThat(result.baselineValue()).isEqualTo(0.5);
    assertClose(
        result.dimensions(),
        new double[][] {
          {0.15917730448867215, -0.11938297836650409}, {-0.03979432612216804, 0.35814893509951223}
        },
        TOLERANCE);
    assertThat(result.tokens())
        .containsExactly(new double[] {0.03979432612216806, 0.3183546089773442}, within(TOLERANCE));
    assertThat(result.completenessError()).isCloseTo(0, within(1e-15));
    assertThat(result.gradients()).as("50 and both ends").isEqualTo(52);
    assertThat(golden(QuadratureRule.TRAPEZOID, 50).gradients()).isEqualTo(50);
  }

  /** The table gives four digits. */
  @ParameterizedTest
  @CsvSource({
    "GAUSS_LEGENDRE, 5, -1.109e-08, 1e-11",
    "GAUSS_LEGENDRE, 20, 0, 1e-15",
    "GAUSS_LEGENDRE, 50, 0, 1e-15",
    "TRAPEZOID, 5, -1.474e-03, 1e-6",
    "TRAPEZOID, 20, -6.522e-05, 1e-8",
    "TRAPEZOID, 50, -9.805e-06, 1e-9",
    "MIDDLE, 5, 4.717e-04, 1e-7",
    "MIDDLE, 20, 2.943e-05, 1e-8",
    "MIDDLE, 50, 4.709e-06, 1e-9"
  })
  void completenessErrorsOfTheTable(
      QuadratureRule rule, int steps, double error, double tolerance) {
    assertThat(golden(rule, steps).completenessError()).isCloseTo(error, within(tolerance));
  }

  @ParameterizedTest
  @EnumSource
  void aLinearFunctionIsExact(QuadratureRule rule) {
    for (int steps : new int[] {2, 3, 7, 50}) {
      IntegratedGradients result =
          IntegratedGradients.of(
              each(IntegratedGradientsTest::linear), INPUT, ZERO, rule, steps, 100);
      assertThat(result.completenessError()).isCloseTo(0, within(1e-14));
      assertThat(result.dimensions()[1][1]).isCloseTo(1.8, within(1e-14));
      assertThat(Arrays.stream(rule.weights(steps)).sum()).isCloseTo(1, within(1e-14));
    }
  }

  /** The rule of one library: weights of 1/n. It is here to show that the test above can fail. */
  @Test
  void aLinearFunctionIsNotExactWithWeightsThatDoNotSumToOne() {
    int n = 50;
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    weights[0] /= 2;
    weights[n - 1] /= 2;
    double change = dot(INPUT);
    double integral = 0;
    for (double weight : weights) {
      integral += weight * change;
    }
    assertThat(integral - change).isCloseTo(-change / n, within(1e-12));
    assertThat(Math.abs(integral - change)).isGreaterThan(0.01);
  }

  @Test
  void theBatchMakesNoDifference() {
    IntegratedGradients one =
        IntegratedGradients.of(
            each(IntegratedGradientsTest::sigmoid),
            INPUT,
            new double[][] {{0.1, -0.2}, {0.3, 0}},
            QuadratureRule.GAUSS_LEGENDRE,
            13,
            1);
    for (int batch : new int[] {2, 5, 15, 1000}) {
      List<Integer> sizes = new ArrayList<>();
      IntegratedGradients other =
          IntegratedGradients.of(
              points -> {
                sizes.add(points.size());
                return each(IntegratedGradientsTest::sigmoid).at(points);
              },
              INPUT,
              new double[][] {{0.1, -0.2}, {0.3, 0}},
              QuadratureRule.GAUSS_LEGENDRE,
              13,
              batch);
      assertThat(other.dimensions()).isDeepEqualTo(one.dimensions());
      assertThat(sizes).allMatch(size -> size <= batch);
      assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(15);
    }
  }

  @Test
  void nothingComesOfTheBaselineItself() {
    for (QuadratureRule rule : QuadratureRule.values()) {
      IntegratedGradients result =
          IntegratedGradients.of(each(IntegratedGradientsTest::sigmoid), INPUT, INPUT, rule, 5, 5);
      assertThat(result.tokens()).containsExactly(0, 0);
      assertThat(result.completenessError()).isZero();
    }
  }

  @Test
  void scoresFromOneGradient() {
    assertThat(InputGradient.timesInput(INPUT, WEIGHTS))
        .containsExactly(new double[] {0.2, 1.6}, within(1e-15));
    assertThat(InputGradient.norms(WEIGHTS))
        .containsExactly(new double[] {Math.sqrt(5), Math.sqrt(2.5)}, within(1e-15));
    assertThat(InputGradient.timesInput(new double[0][], new double[0][])).isEmpty();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> InputGradient.timesInput(INPUT, new double[][] {{1, 2}, {3}}))
        .withMessage("gradient of the embeddings, row 1: expected 2 numbers, got 1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> InputGradient.norms(new double[][] {{1}, {Double.NaN}}))
        .withMessageContaining("NaN");
  }

  @Test
  void wrongArgumentsAreRefused() {
    TargetGradient target = each(IntegratedGradientsTest::sigmoid);
    QuadratureRule gauss = QuadratureRule.GAUSS_LEGENDRE;
    refused("input: expected at least one", target, new double[0][], ZERO, gauss, 5, 5);
    refused("baseline: expected 2 rows", target, INPUT, new double[1][2], gauss, 5, 5);
    refused("got NaN", target, new double[][] {{1, Double.NaN}, {1, 1}}, ZERO, gauss, 5, 5);
    refused("steps of rule gauss: expected 1 to 10000, got 0", target, INPUT, ZERO, gauss, 0, 5);
    refused(
        "steps of rule trapezoid: expected 2 to 10000, got 1",
        target,
        INPUT,
        ZERO,
        QuadratureRule.TRAPEZOID,
        1,
        5);
    refused("batch size: expected at least 1, got 0", target, INPUT, ZERO, gauss, 5, 0);
  }

  private static void refused(
      String message,
      TargetGradient target,
      double[][] input,
      double[][] baseline,
      QuadratureRule rule,
      int steps,
      int batch) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> IntegratedGradients.of(target, input, baseline, rule, steps, batch))
        .withMessageContaining(message);
  }

  @Test
  void aTargetThatGivesNonsenseIsRefused() {
    nonsense("expected one for each of 5 points, got 0", points -> List.of());
    nonsense(
        "expected finite numbers, got NaN",
        each(x -> new TargetGradient.Slope(Double.NaN, scaled(1))));
    nonsense(
        "expected finite numbers, got Infinity",
        each(x -> new TargetGradient.Slope(1, scaled(Double.POSITIVE_INFINITY))));
    nonsense("expected 2 rows, got 1", each(x -> new TargetGradient.Slope(1, new double[1][2])));
  }

  private static void nonsense(String message, TargetGradient target) {
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(
            () -> IntegratedGradients.of(target, INPUT, ZERO, QuadratureRule.MIDDLE, 3, 100))
        .withMessageContaining(message);
  }

  /** Gauss-Legendre with n nodes is exact up to degree 2n - 1. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "10", "33", "50", "64", "200", "500"})
  void gaussLegendreIntegratesPolynomials(int count) {
    double[] nodes = QuadratureRule.GAUSS_LEGENDRE.nodes(count);
    double[] weights = QuadratureRule.GAUSS_LEGENDRE.weights(count);
    Random random = new Random(count);
    for (int round = 0; round < 20; round++) {
      int degree = round == 0 ? 2 * count - 1 : random.nextInt(2 * count);
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += weights[i] * Math.pow(nodes[i], degree);
      }
      assertThat(sum).isCloseTo(1.0 / (degree + 1), within(1e-14));
    }
    for (int i = 0; i < count; i++) {
      assertThat(nodes[i]).isStrictlyBetween(i == 0 ? 0 : nodes[i - 1], 1.0);
      assertThat(nodes[i] + nodes[count - 1 - i]).isCloseTo(1, within(1e-15));
      assertThat(weights[i]).isPositive();
    }
  }

  /** The closed forms for three nodes. */
  @Test
  void gaussLegendreOfThreeNodes() {
    double off = Math.sqrt(0.6) / 2;
    assertThat(QuadratureRule.GAUSS_LEGENDRE.nodes(3))
        .containsExactly(new double[] {0.5 - off, 0.5, 0.5 + off}, within(1e-15));
    assertThat(QuadratureRule.GAUSS_LEGENDRE.weights(3))
        .containsExactly(new double[] {5 / 18.0, 8 / 18.0, 5 / 18.0}, within(1e-15));
  }

  @Test
  void theOtherRulesByHand() {
    assertThat(QuadratureRule.TRAPEZOID.nodes(5)).containsExactly(0, 0.25, 0.5, 0.75, 1);
    assertThat(QuadratureRule.TRAPEZOID.weights(5)).containsExactly(0.125, 0.25, 0.25, 0.25, 0.125);
    assertThat(QuadratureRule.MIDDLE.nodes(2)).containsExactly(0.25, 0.75);
    assertThat(QuadratureRule.MIDDLE.weights(2)).containsExactly(0.5, 0.5);
    assertThat(QuadratureRule.GAUSS_LEGENDRE.id()).isEqualTo("gauss");
  }
}
