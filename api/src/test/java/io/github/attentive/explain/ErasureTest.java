package io.github.attentive.explain;

import static io.github.attentive.explain.Golden.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Leave-one-out, comprehensiveness, sufficiency, and their normalised area. */
class ErasureTest {
  private static final Offset<Double> GOLDEN = within(TOLERANCE);
  private static final int[] ORDER = {1, 3, 7, 9, 0, 4, 5, 8, 6, 2};
  private static final int[] FLOOR = {0, 0, 1, 2, 5};
  private static final int[] ALL = IntStream.rangeClosed(0, 10).toArray();

  @Test
  void goldenVectors() {
    MaskEvaluations toy = Toy.golden();
    assertThat(Erasure.order(Toy.EVIDENCE)).containsExactly(ORDER);
    assertThat(toy.whole()).isCloseTo(0.9046505351008906, GOLDEN);
    int[] counts = Erasure.counts(10);
    assertThat(counts).containsExactly(1, 1, 1, 2, 5);
    double one = 0.3424740342150925;
    double two = 0.5838292342762835;
    double five = 0.7435415855243053;
    double[] comprehensiveness = Erasure.comprehensiveness(toy, ORDER, counts);
    assertThat(comprehensiveness).containsExactly(new double[] {one, one, one, two, five}, GOLDEN);
    assertThat(Erasure.mean(comprehensiveness)).isCloseTo(0.4709585844891732, GOLDEN);
    double[] sufficiency = Erasure.sufficiency(toy, ORDER, counts);
    double alone = 0.17359195647088566;
    assertThat(sufficiency)
        .containsExactly(
            new double[] {alone, alone, alone, 0.023853457123008237, -0.04319590182069177}, GOLDEN);
    assertThat(Erasure.mean(sufficiency)).isCloseTo(0.1002866849429947, GOLDEN);
    assertThat(Erasure.comprehensiveness(toy, ORDER, FLOOR))
        .containsExactly(new double[] {0, 0, one, two, five}, GOLDEN);
    assertThat(Erasure.mean(Erasure.comprehensiveness(toy, ORDER, FLOOR)))
        .isCloseTo(0.3339689708031363, GOLDEN);
    assertThat(Erasure.sufficiency(toy, ORDER, FLOOR)[0]).isCloseTo(0.6357091137308954, GOLDEN);
    assertThat(Erasure.mean(Erasure.sufficiency(toy, ORDER, FLOOR)))
        .isCloseTo(0.2851335478469986, GOLDEN);
  }

  @Test
  void goldenCurves() {
    MaskEvaluations toy = Toy.golden();
    double[] removed = Erasure.comprehensiveness(toy, ORDER, ALL);
    assertThat(removed)
        .containsExactly(
            new double[] {
              0,
              0.3424740342150925,
              0.5838292342762835,
              0.6641614520500015,
              0.7146489690855775,
              0.7435415855243053,
              0.7566033370692011,
              0.7627994702004028,
              0.7627994702004028,
              0.7222250112945342,
              0.6357091137308954
            },
            GOLDEN);
    assertThat(Erasure.mean(removed)).isCloseTo(0.6080719706951543, GOLDEN);
    assertThat(Erasure.mean(Arrays.copyOfRange(removed, 1, 11)))
        .isCloseTo(0.6688791677646696, GOLDEN);
    double[] kept = Erasure.sufficiency(toy, ORDER, ALL);
    assertThat(kept)
        .containsExactly(
            new double[] {
              0.6357091137308954,
              0.17359195647088566,
              0.023853457123008237,
              -0.01217676840518711,
              -0.03237610884211295,
              -0.04319590182069177,
              -0.04792359172154281,
              -0.05013199141582192,
              -0.05013199141582192,
              -0.03526281472510184,
              0
            },
            GOLDEN);
    assertThat(Erasure.mean(kept)).isCloseTo(0.0510868508162281, GOLDEN);
    assertThat(Occlusion.of(toy))
        .containsExactly(
            new double[] {
              0.018702916380681445,
              0.3424740342150925,
              -0.03526281472510184,
              0.12735067392619948,
              0.008981758219891889,
              0.0044010242205757555,
              -0.022922979537591703,
              0.04052343210998477,
              0,
              0.02920389328830697
            },
            GOLDEN);
  }

  @Test
  void endsMeet() {
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      int n = random.nextInt(9);
      double[] evidence = random.doubles(n, -2, 2).toArray();
      MaskEvaluations text = new MaskEvaluations(n, Toy.sigmoid(0.3, evidence));
      int[] order = RandomOrder.of(n, random);
      int[] ends = {0, n};
      double[] removed = Erasure.comprehensiveness(text, order, ends);
      double[] kept = Erasure.sufficiency(text, order, ends);
      assertThat(kept[1]).as("all words suffice").isZero();
      assertThat(removed[0]).isZero();
      assertThat(removed[1]).isEqualTo(kept[0]);
    }
  }

  @Test
  void onePlantedWordIsAll() {
    MaskEvaluations text = new MaskEvaluations(30, Toy.planted(17));
    int[] order = Erasure.order(Occlusion.of(text));
    assertThat(order[0]).isEqualTo(17);
    int[] counts = Erasure.counts(30);
    assertThat(Erasure.mean(Erasure.comprehensiveness(text, order, counts)))
        .isCloseTo(0.96, within(1e-12));
    assertThat(Erasure.mean(Erasure.sufficiency(text, order, counts))).isZero();
    NormalisedErasure normalised = NormalisedErasure.of(text, order, 2);
    assertThat(normalised.share()).isCloseTo(1, within(1e-12));
  }

  @Test
  void countsAreRoundedUpExactly() {
    assertThat(Erasure.counts(0)).containsExactly(0, 0, 0, 0, 0);
    assertThat(Erasure.counts(1)).containsExactly(1, 1, 1, 1, 1);
    assertThat(Erasure.counts(100)).containsExactly(1, 5, 10, 20, 50);
    assertThat(Erasure.counts(101)).containsExactly(2, 6, 11, 21, 51);
    // In floating point, 0.01 * 700 is above 7.
    assertThat(Erasure.counts(700)).containsExactly(7, 35, 70, 140, 350);
    assertThat(Erasure.counts(Integer.MAX_VALUE)[4]).isEqualTo(1 << 30);
  }

  @Test
  void ofEqualScoresTheEarlierComesFirst() {
    assertThat(Erasure.order(new double[] {0.0, -0.0, 1, 0.0, 1})).containsExactly(2, 4, 0, 1, 3);
    assertThat(Erasure.order(new double[0])).isEmpty();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Erasure.order(new double[] {1, Double.NaN}))
        .withMessage("scores: expected finite numbers, got NaN at index 1");
  }

  @Test
  void ordersThatAreNoneAreRefused() {
    MaskEvaluations text = new MaskEvaluations(2, Toy.planted(0));
    for (int[] wrong : new int[][] {{0}, {0, 0}, {0, 2}, {-1, 1}, {0, 1, 1}}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> Erasure.sufficiency(text, wrong, new int[] {1}))
          .withMessageStartingWith("order: expected each of the units 0 to 1 once");
    }
    for (int wrong : new int[] {-1, 3}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> Erasure.sufficiency(text, new int[] {0, 1}, new int[] {wrong}))
          .withMessage("count of units: expected 0 to 2, got " + wrong);
    }
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Erasure.mean(new double[0]))
        .withMessage("mean: expected at least one value, got none");
  }

  /** With a beam that holds all sets of a size, the bounds are those of all orders. */
  @Test
  void boundsAreThoseOfAllOrders() {
    MaskEvaluations text =
        new MaskEvaluations(
            4, Toy.each(k -> (k[0] && k[1] ? 0.5 : 0) + (k[2] ? 0.3 : 0) - (k[3] ? 0.1 : 0)));
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int code = 0; code < 256; code++) {
      int[] order = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
      if (Arrays.stream(order).distinct().count() == 4) {
        double area = Erasure.mean(Erasure.comprehensiveness(text, order, new int[] {1, 2, 3, 4}));
        lowest = Math.min(lowest, area);
        highest = Math.max(highest, area);
      }
    }
    NormalisedErasure result = NormalisedErasure.of(text, new int[] {2, 0, 1, 3}, 10);
    assertThat(result.lower()).isCloseTo(lowest, within(1e-12));
    assertThat(result.upper()).isCloseTo(highest, within(1e-12));
    assertThat(result.share())
        .isCloseTo((result.area() - lowest) / (highest - lowest), within(1e-12))
        .isStrictlyBetween(0.0, 1.0);
    assertThat(text.forwardPasses()).as("no version twice").isEqualTo(16);
    MaskEvaluations flat = new MaskEvaluations(3, Toy.each(k -> 0.5));
    assertThat(NormalisedErasure.of(flat, new int[] {0, 1, 2}, 1).share()).isZero();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> NormalisedErasure.of(text, new int[] {2, 0, 1, 3}, 0))
        .withMessage("beam: expected at least 1, got 0");
  }
}
