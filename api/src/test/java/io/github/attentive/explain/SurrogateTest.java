package io.github.attentive.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LIME and kernel SHAP on targets whose answer is known. */
class SurrogateTest {
  private static double[] evidence(int words) {
    return new Random(words).doubles(words, -1, 1).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9, 14, 40})
  void aLinearTargetIsRecovered(int words) {
    double[] evidence = evidence(words);
    MaskEvaluations text = new MaskEvaluations(words, Toy.linear(0.25, evidence));
    LimeFit fit = Lime.fit(text, new LimeOptions(800, 0.25, 0, 7));
    assertThat(fit.weights()).containsExactly(evidence, within(1e-9));
    assertThat(fit.intercept()).isCloseTo(0.25, within(1e-9));
    assertThat(fit.determination()).isCloseTo(1, within(1e-12));
    assertThat(fit.exact()).isEqualTo(words <= 9);
    ShapValues shap = KernelShap.of(text, new ShapOptions(800, 7));
    assertThat(shap.values()).containsExactly(evidence, within(1e-9));
    assertThat(shap.empty()).isEqualTo(0.25);
    assertThat(shap.exact()).isEqualTo(words <= 9);
    assertThat(shap.samples()).isLessThanOrEqualTo(800);
  }

  @Test
  void theDefaultRidgeHoldsWeightsBackALittle() {
    double[] evidence = evidence(20);
    MaskEvaluations text = new MaskEvaluations(20, Toy.linear(0, evidence));
    double[] weights = Lime.fit(text, LimeOptions.ofSeed(3)).weights();
    assertThat(weights).containsExactly(evidence, within(0.02));
    double[] held = Lime.fit(text, new LimeOptions(1000, 0.25, 10, 3)).weights();
    assertThat(InputGradient.norm(held)).isLessThan(0.2 * InputGradient.norm(weights));
  }

  /** v = 0.3 [a] + 0.6 [a and b] + 0.9 [a and b and c]: each term is shared evenly. */
  @Test
  void interactionsAreSharedAsByHand() {
    MaskedTarget target =
        Toy.each(
            k ->
                0.1
                    + (k[0] ? 0.3 : 0)
                    + (k[0] && k[1] ? 0.6 : 0)
                    + (k[0] && k[1] && k[2] ? 0.9 : 0));
    ShapValues exact = KernelShap.of(new MaskEvaluations(5, target), new ShapOptions(30, 1));
    assertThat(exact.exact()).isTrue();
    assertThat(exact.samples()).isEqualTo(30);
    assertThat(exact.values()).containsExactly(new double[] {0.9, 0.6, 0.3, 0, 0}, within(1e-12));
    assertThat(exact.whole()).isCloseTo(1.9, within(1e-12));
    assertThat(exact.empty()).isEqualTo(0.1);

    ShapValues sampled = KernelShap.of(new MaskEvaluations(16, target), new ShapOptions(2000, 5));
    assertThat(sampled.exact()).isFalse();
    double[] expected = new double[16];
    expected[0] = 0.9;
    expected[1] = 0.6;
    expected[2] = 0.3;
    assertThat(sampled.values()).containsExactly(expected, within(0.03));
  }

  /** Sizes taken whole must count as the definition says: all but the middle size, here. */
  @Test
  void theRegressionIsTheDefinitionWhereAllIsTaken() {
    double[] evidence = evidence(8);
    MaskedTarget target = Toy.sigmoid(-0.5, evidence);
    double[] exact =
        KernelShap.of(new MaskEvaluations(8, target), new ShapOptions(254, 0)).values();
    ShapValues sampled = KernelShap.of(new MaskEvaluations(8, target), new ShapOptions(253, 0));
    assertThat(sampled.exact()).isFalse();
    assertThat(sampled.values()).containsExactly(exact, within(2e-3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shapValuesSumToWhatTheTextAdds(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      int words = 1 + random.nextInt(25);
      double[] evidence = random.doubles(words, -2, 2).toArray();
      MaskEvaluations text = new MaskEvaluations(words, Toy.sigmoid(0.2, evidence));
      ShapValues shap = KernelShap.of(text, new ShapOptions(4 * words + 100, seed));
      assertThat(Arrays.stream(shap.values()).sum())
          .isCloseTo(text.whole() - text.of(new BitSet()), within(1e-10));
    }
  }

  @Test
  void aSeedGivesTheSameNumbersAndAnotherSeedOthers() {
    double[] evidence = evidence(30);
    MaskedTarget target = Toy.sigmoid(0, evidence);
    double[] lime = Lime.fit(new MaskEvaluations(30, target), LimeOptions.ofSeed(1)).weights();
    double[] shap =
        KernelShap.of(new MaskEvaluations(30, target), new ShapOptions(300, 1)).values();
    assertThat(Lime.fit(new MaskEvaluations(30, target), LimeOptions.ofSeed(1)).weights())
        .containsExactly(lime);
    assertThat(KernelShap.of(new MaskEvaluations(30, target), new ShapOptions(300, 1)).values())
        .containsExactly(shap);
    assertThat(Lime.fit(new MaskEvaluations(30, target), LimeOptions.ofSeed(2)).weights())
        .isNotEqualTo(lime);
    assertThat(KernelShap.of(new MaskEvaluations(30, target), new ShapOptions(300, 2)).values())
        .isNotEqualTo(shap);
  }

  @Test
  void aTextSoShortThatAllIsTakenNeedsNoSeed() {
    MaskedTarget target = Toy.sigmoid(0, evidence(7));
    LimeFit one = Lime.fit(new MaskEvaluations(7, target), LimeOptions.ofSeed(1));
    assertThat(one.samples()).isEqualTo(128);
    assertThat(Lime.fit(new MaskEvaluations(7, target), LimeOptions.ofSeed(2)).weights())
        .containsExactly(one.weights());
    // Draws of the same distribution come near it.
    LimeFit drawn = Lime.fit(new MaskEvaluations(7, target), new LimeOptions(127, 0.25, 0.001, 1));
    assertThat(drawn.exact()).isFalse();
    assertThat(drawn.weights()).containsExactly(one.weights(), within(0.05));
  }

  @Test
  void theFitIsReported() {
    MaskEvaluations flat = new MaskEvaluations(6, Toy.each(kept -> 0.4));
    LimeFit constant = Lime.fit(flat, LimeOptions.ofSeed(1));
    assertThat(constant.determination()).isEqualTo(1);
    assertThat(constant.weights()).containsExactly(new double[6], within(1e-15));
    assertThat(KernelShap.of(flat, ShapOptions.forUnits(6, 1)).values())
        .containsExactly(new double[6], within(1e-15));
    // The parity of the words kept is as far from linear as can be.
    MaskedTarget parity =
        Toy.each(
            kept -> {
              int count = 0;
              for (boolean one : kept) {
                count += one ? 1 : 0;
              }
              return count % 2;
            });
    LimeFit bad = Lime.fit(new MaskEvaluations(9, parity), LimeOptions.ofSeed(1));
    assertThat(bad.determination()).isBetween(0.0, 0.3);
    assertThat(bad.options().seed()).isEqualTo(1);
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new LimeOptions(1, 0.25, 1, 0));
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> new LimeOptions(9, wrong, 1, 0))
          .withMessage("LIME kernel width: expected a number above 0, got " + wrong);
    }
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> new LimeOptions(9, 0.25, wrong, 0));
    }
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new ShapOptions(1, 0))
        .withMessage("SHAP samples: expected at least 2, got 1");
    MaskEvaluations text = new MaskEvaluations(50, Toy.linear(0, evidence(50)));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> KernelShap.of(text, new ShapOptions(20, 1)))
        .withMessageContaining("expected samples that tell them apart");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Lime.fit(text, new LimeOptions(20, 0.25, 0, 1)))
        .withMessageContaining("draw more, or set a ridge above 0");
    assertThat(Lime.fit(text, new LimeOptions(20, 0.25, 0.1, 1)).weights()).hasSize(50);
  }
}
