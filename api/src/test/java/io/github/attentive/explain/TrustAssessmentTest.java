package io.github.attentive.explain;

import static io.github.attentive.explain.Golden.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TrustCard;
import io.github.attentive.Verdict;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustAssessmentTest {

  @Test
  void theCardOfTheGoldenToy() {
    MaskEvaluations toy = Toy.golden();
    TrustCard card = TrustAssessment.of(Toy.EVIDENCE).assess(toy);
    assertThat(card.comprehensiveness()).isCloseTo(0.4709585844891732, within(TOLERANCE));
    assertThat(card.sufficiency()).isCloseTo(0.1002866849429947, within(TOLERANCE));
    assertThat(card.looTau().orElseThrow()).isEqualTo(1);
    assertThat(card.randomPercentile()).isGreaterThanOrEqualTo(95);
    assertThat(card.specialMass()).isZero();
    assertThat(card.completeness()).isEmpty();
    assertThat(card.verdict()).isEqualTo(Verdict.FAITHFUL);
    assertThat(card.forwardPasses()).isEqualTo(toy.forwardPasses()).isLessThan(70);

    double[] attention = {.05, .3, .1, .2, .02, .03, .08, .12, .04, .06};
    TrustCard other =
        TrustAssessment.of(attention)
            .positions(new double[] {0.3, 0.1, 0.6}, new boolean[] {true, false, false})
            .completeness(-0.01)
            .assess(toy);
    assertThat(other.looTau().orElseThrow()).isCloseTo(0.37777777777777777, within(TOLERANCE));
    assertThat(other.specialMass()).isCloseTo(0.3, within(1e-15));
    assertThat(other.entropy()).isCloseTo(0.8979457248567797 / Math.log(3), within(TOLERANCE));
    assertThat(other.completeness()).hasValue(-0.01);
    assertThat(other.forwardPasses()).as("only what was not known").isLessThan(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 30, 120})
  void onePlantedWord(int words) {
    MaskedTarget target = Toy.planted(words / 2);
    double[] right = new double[words];
    right[words / 2] = 0.7;
    TrustCard card = TrustAssessment.of(right).assess(new MaskEvaluations(words, target));
    assertThat(card.comprehensiveness()).isCloseTo(0.96, within(1e-12));
    assertThat(card.sufficiency()).isZero();
    assertThat(card.looTau()).hasValue(1);
    assertThat(card.entropy()).isZero();
    assertThat(card.verdict()).isEqualTo(Verdict.FAITHFUL);

    double[] wrong = new double[words];
    Arrays.setAll(wrong, i -> i == words / 2 ? 0 : 1 + i);
    TrustCard against = TrustAssessment.of(wrong).assess(new MaskEvaluations(words, target));
    assertThat(against.comprehensiveness()).isZero();
    assertThat(against.sufficiency()).isCloseTo(0.96, within(1e-12));
    assertThat(against.verdict()).isEqualTo(Verdict.NOT_FAITHFUL);
  }

  /** The right scores, the same shuffled, and the same reversed, of 200 texts. */
  @Test
  void theVerdictTellsRightFromShuffled() {
    Random random = new Random(42);
    Map<Verdict, Integer> right = new EnumMap<>(Verdict.class);
    Map<Verdict, Integer> shuffled = new EnumMap<>(Verdict.class);
    Map<Verdict, Integer> reversed = new EnumMap<>(Verdict.class);
    for (int round = 0; round < 200; round++) {
      int n = 6 + random.nextInt(25);
      double[] evidence = new double[n];
      Arrays.setAll(evidence, i -> random.nextInt(4) == 0 ? 2 * random.nextGaussian() : 0.05);
      evidence[random.nextInt(n)] = 2.5;
      MaskEvaluations text = new MaskEvaluations(n, Toy.sigmoid(-1, evidence));
      int[] order = RandomOrder.of(n, random);
      double[] inDisorder = Arrays.stream(order).mapToDouble(i -> evidence[i]).toArray();
      double[] upsideDown = Arrays.stream(evidence).map(value -> -value).toArray();
      count(right, evidence, text, round);
      count(shuffled, inDisorder, text, round);
      count(reversed, upsideDown, text, round);
    }
    assertThat(right.getOrDefault(Verdict.FAITHFUL, 0)).isGreaterThan(150);
    assertThat(right.getOrDefault(Verdict.NOT_FAITHFUL, 0)).isZero();
    assertThat(shuffled.getOrDefault(Verdict.FAITHFUL, 0)).isLessThan(10);
    assertThat(shuffled.getOrDefault(Verdict.NOT_FAITHFUL, 0)).isGreaterThan(100);
    assertThat(reversed.getOrDefault(Verdict.NOT_FAITHFUL, 0)).isEqualTo(200);
  }

  private static void count(
      Map<Verdict, Integer> verdicts, double[] scores, MaskEvaluations text, long seed) {
    verdicts.merge(TrustAssessment.of(scores).seed(seed).assess(text).verdict(), 1, Integer::sum);
  }

  @Test
  void randomOrdersAreInTheMiddleOfRandomOrders() {
    Random random = new Random(8);
    double sum = 0;
    for (int round = 0; round < 200; round++) {
      double[] scores = random.doubles(10).toArray();
      double percentile =
          TrustAssessment.of(scores).seed(round).assess(Toy.golden()).randomPercentile();
      assertThat(percentile).isBetween(0.0, 100.0);
      assertThat(percentile * 0.4)
          .as("halves of a twentieth")
          .isCloseTo(Math.rint(percentile * 0.4), within(1e-9));
      sum += percentile;
    }
    assertThat(sum / 200).isCloseTo(50, within(6.0));
  }

  @Test
  void tiesCountHalf() {
    MaskEvaluations flat = new MaskEvaluations(6, Toy.each(kept -> 0.5));
    TrustCard card = TrustAssessment.of(new double[] {6, 5, 4, 3, 2, 1}).assess(flat);
    assertThat(card.randomPercentile()).isEqualTo(50);
    assertThat(card.looTau()).isEmpty();
    assertThat(card.verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void textsThatDecideNothing() {
    for (int words = 0; words < 4; words++) {
      double[] scores = new double[words];
      Arrays.setAll(scores, i -> 1 + i);
      MaskEvaluations text =
          new MaskEvaluations(words, words == 0 ? Toy.each(k -> 0.9) : Toy.planted(words - 1));
      TrustCard card = TrustAssessment.of(scores).assess(text);
      assertThat(card.verdict()).isEqualTo(Verdict.UNDECIDED);
      assertThat(card.comprehensiveness()).isCloseTo(words == 0 ? 0 : 0.96, within(1e-12));
    }
    TrustCard tied =
        TrustAssessment.of(new double[8]).assess(new MaskEvaluations(8, Toy.planted(0)));
    assertThat(tied.verdict()).as("scores that rank nothing").isEqualTo(Verdict.UNDECIDED);
    assertThat(tied.entropy()).isEqualTo(1);
    MaskedTarget unmoved = Toy.linear(0.5, 0.001, 0.002, 0.003, 0.001, 0.0005);
    TrustCard small =
        TrustAssessment.of(new double[] {1, 2, 3, 1, 0.5}).assess(new MaskEvaluations(5, unmoved));
    assertThat(small.looTau()).hasValue(1);
    assertThat(small.verdict()).as("nothing to explain").isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void theCostIsKnownBeforeAndKept() {
    Set<String> asked = new HashSet<>();
    int[] calls = {0};
    MaskedTarget target = Toy.sigmoid(-1, new Random(1).doubles(40, -1, 2).toArray());
    MaskEvaluations text =
        new MaskEvaluations(
            40,
            kept -> {
              calls[0]++;
              for (boolean[] version : kept) {
                assertThat(asked.add(Arrays.toString(version))).as("asked once").isTrue();
              }
              return target.of(kept);
            },
            1000);
    TrustAssessment assessment = TrustAssessment.of(new Random(2).doubles(40).toArray()).seed(3);
    int cost = assessment.forwardPasses(text);
    assertThat(asked).isEmpty();
    assertThat(cost).isBetween(41, 41 + 10 + 100);
    TrustCard card = assessment.assess(text);
    assertThat(card.forwardPasses()).isEqualTo(cost).isEqualTo(asked.size());
    assertThat(calls[0]).as("one batch").isEqualTo(1);
    assertThat(assessment.assess(text))
        .usingRecursiveComparison()
        .ignoringFields("forwardPasses")
        .isEqualTo(card);
    assertThat(assessment.assess(text).forwardPasses()).isZero();

    MaskEvaluations poor = new MaskEvaluations(40, target, cost - 1);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> assessment.assess(poor))
        .withMessageContaining("expected at most %s, the budget".formatted(cost - 1));
    assertThat(poor.forwardPasses()).isZero();
    assertThat(assessment.assess(new MaskEvaluations(40, target, cost))).isEqualTo(card);
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> TrustAssessment.of(new double[] {Double.NaN}));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> TrustAssessment.of(new double[9]).assess(Toy.golden()))
        .withMessage("trust card: expected a score for each of the text's 10 units, got 9");
    TrustAssessment assessment = TrustAssessment.of(new double[10]);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> assessment.completeness(Double.NaN));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> assessment.positions(new double[3], new boolean[2]));
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(() -> assessment.assess(new MaskEvaluations(10, Toy.each(k -> Double.NaN))));
  }

  /** 20 words: a standard deviation of tau is 0.1624. Signs: percentile, tau, size. */
  @ParameterizedTest
  @CsvSource({
    "95, 0.3, 0.4, 0.1, FAITHFUL",
    "90, 0.21, 0.4, 0.4, FAITHFUL",
    "95, 0.3, 0.1, 0.4, PARTLY_FAITHFUL",
    "95, 0.1, 0.4, 0.1, PARTLY_FAITHFUL",
    "85, 0.3, 0.4, 0.1, PARTLY_FAITHFUL",
    "95, 0.1, 0.1, 0.4, UNDECIDED",
    "95, -0.1, 0.4, 0.1, UNDECIDED",
    "30, 0.3, 0.1, 0.4, UNDECIDED",
    "70, 0.1, 0.1, 0.4, UNDECIDED",
    "30, 0.1, 0.1, 0.4, NOT_FAITHFUL",
    "70, 0, 0.1, 0.4, NOT_FAITHFUL",
    "70, 0.1, 0, 0.4, NOT_FAITHFUL",
    "95, -0.1, -0.1, 0.4, NOT_FAITHFUL",
    "30, -0.1, -0.1, 0.4, NOT_FAITHFUL"
  })
  void theRule(double percentile, double tau, double removed, double kept, Verdict verdict) {
    assertThat(
            new VerdictRule(
                    20,
                    0.5,
                    removed,
                    kept,
                    OptionalDouble.of(tau),
                    percentile,
                    OptionalDouble.empty())
                .verdict())
        .isEqualTo(verdict);
  }

  @Test
  void anInexactIntegralIsPartlyFaithfulAtMost() {
    for (double error : new double[] {0.06, -0.06}) {
      assertThat(
              TrustAssessment.of(Toy.EVIDENCE).completeness(error).assess(Toy.golden()).verdict())
          .isEqualTo(Verdict.PARTLY_FAITHFUL);
    }
    assertThat(TrustAssessment.of(Toy.EVIDENCE).completeness(0.04).assess(Toy.golden()).verdict())
        .isEqualTo(Verdict.FAITHFUL);
  }

  @Test
  void verdictsAreOrdered() {
    assertThat(Verdict.FAITHFUL.atLeast(Verdict.PARTLY_FAITHFUL)).isTrue();
    assertThat(Verdict.UNDECIDED.atLeast(Verdict.UNDECIDED)).isTrue();
    assertThat(Verdict.NOT_FAITHFUL.atLeast(Verdict.UNDECIDED)).isFalse();
    assertThat(Verdict.NOT_FAITHFUL.id()).isEqualTo("not-faithful");
    assertThat(Verdict.FAITHFUL.id()).isEqualTo("faithful");
  }

  @Test
  void aCardHoldsNumbersOnly() {
    OptionalDouble none = OptionalDouble.empty();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new TrustCard(Double.NaN, 0, none, 50, 0, 0, none, 1, Verdict.UNDECIDED))
        .withMessageStartingWith("comprehensiveness: expected a finite number");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new TrustCard(0, 0, none, 101, 0, 0, none, 1, Verdict.UNDECIDED));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> new TrustCard(0, 0, OptionalDouble.of(1.1), 5, 0, 0, none, 1, Verdict.UNDECIDED));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> new TrustCard(0, 0, none, 5, 0, 0, none, -1, Verdict.UNDECIDED));
  }
}
