package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.testing.FakeBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures that need probabilities: calibration error, reliability, area under the curve. */
class EvaluationScoresTest {
  private static final List<String> TWO = List.of("neg", "pos");
  private static final List<String> THREE = List.of("neg", "neutral", "pos");
  private static final Offset<Double> EXACT = within(1e-12);

  /** Probabilities in quarters, eighths and so on are exact as floats, and so are these figures. */
  @Test
  void figuresAreThoseComputedByHand() {
    int[] truth = {1, 1, 0, 0, 1};
    float[][] scores = {
      {0.125f, 0.875f}, {0.75f, 0.25f}, {0.75f, 0.25f}, {0.125f, 0.875f}, {0.4375f, 0.5625f}
    };
    Evaluation e = Evaluation.of(TWO, truth, scores);
    assertThat(e.confusion()).isDeepEqualTo(new int[][] {{1, 1}, {1, 2}});
    // 0.875 is in (13/15, 14/15]: one of two right; 0.75 in (11/15, 12/15]: one of two;
    // 0.5625 in (8/15, 9/15]: right.
    assertThat(e.calibrationError().orElseThrow())
        .isCloseTo((2 * 0.375 + 2 * 0.25 + 0.4375) / 5, EXACT);
    // Positives 0.875, 0.25, 0.5625 against negatives 0.25, 0.875: 0.5 + 1, 0 + 0.5, 0 + 1 of 6.
    assertThat(e.rocAuc().orElseThrow()).isCloseTo(3 / 6.0, EXACT);

    List<ReliabilityBin> bins = e.reliability();
    assertThat(bins).hasSize(15);
    assertThat(bins.get(13)).isEqualTo(new ReliabilityBin(13 / 15.0, 14 / 15.0, 2, 0.875, 0.5));
    assertThat(bins.get(11)).isEqualTo(new ReliabilityBin(11 / 15.0, 12 / 15.0, 2, 0.75, 0.5));
    assertThat(bins.get(8)).isEqualTo(new ReliabilityBin(8 / 15.0, 9 / 15.0, 1, 0.5625, 1));
    assertThat(bins.get(0)).isEqualTo(new ReliabilityBin(0, 1 / 15.0, 0, 0, 0));
    assertThat(bins.get(14).high()).isEqualTo(1);
    assertThat(bins.stream().mapToInt(ReliabilityBin::count).sum()).isEqualTo(5);
  }

  @Test
  void theFirstOfEqualScoresIsPredicted() {
    float[][] scores = {{0.25f, 0.375f, 0.375f}, {0.375f, 0.25f, 0.375f}, {0.25f, 0.25f, 0.5f}};
    Evaluation e = Evaluation.of(THREE, new int[] {1, 0, 2}, scores);
    assertThat(e.accuracy()).isEqualTo(1);
    assertThat(Evaluation.of(THREE, new int[] {2, 2, 2}, scores).accuracy())
        .isCloseTo(1 / 3.0, EXACT);
  }

  @Test
  void aBinHasItsUpperBorderAndNotItsLower() {
    // No float is n/15 but for 0 and 1: the nearest ones are on either side of the border.
    List<String> labels = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
    for (int n = 1; n <= 15; n++) {
      for (float p : new float[] {n / 15f, Math.nextDown(n / 15f), Math.nextUp(n / 15f)}) {
        if (p <= 1) {
          float[] row = new float[20];
          row[3] = p;
          Evaluation e = Evaluation.of(labels, new int[] {3}, new float[][] {row});
          assertThat(binOf(e)).as("%s", p).isEqualTo(binByComparison(p));
        }
      }
    }
    assertThat(binOf(Evaluation.of(labels, new int[] {0}, new float[1][20]))).isZero();
  }

  private static int binOf(Evaluation e) {
    return IntStream.range(0, 15)
        .filter(i -> e.reliability().get(i).count() == 1)
        .findFirst()
        .orElseThrow();
  }

  /** {@code n < 15 p <= n + 1}, in exact arithmetic. */
  private static int binByComparison(float p) {
    BigDecimal scaled = new BigDecimal(p).multiply(BigDecimal.valueOf(15));
    return IntStream.range(0, 15)
        .filter(n -> scaled.compareTo(BigDecimal.valueOf(n + 1)) <= 0)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 2", "2, 7, 2", "3, 300, 2", "4, 300, 3", "5, 1000, 9", "6, 300, 1"})
  void figuresAreThoseOfTheDefinitions(long seed, int examples, int labelCount) {
    Random random = new Random(seed);
    List<String> labels = IntStream.range(0, labelCount).mapToObj(i -> "l" + i).toList();
    // Few different probabilities, so that there are many ties.
    for (int levels : new int[] {1, 4, 1000}) {
      int[] truth = random.ints(examples, 0, labelCount).toArray();
      float[][] scores = new float[examples][];
      for (int i = 0; i < examples; i++) {
        scores[i] = distribution(random, labelCount, levels);
      }
      Evaluation e = Evaluation.of(labels, truth, scores);
      assertThat(e.calibrationError().orElseThrow())
          .isCloseTo(calibrationError(truth, scores), EXACT)
          .isBetween(0.0, 1.0);
      boolean both = Arrays.stream(truth).distinct().count() == 2;
      if (labelCount == 2 && both) {
        assertThat(e.rocAuc().orElseThrow())
            .isCloseTo(pairsInOrder(truth, scores), EXACT)
            .isBetween(0.0, 1.0);
      } else {
        assertThat(e.rocAuc()).isEmpty();
      }
      int[] predicted = Arrays.stream(scores).mapToInt(EvaluationScoresTest::highest).toArray();
      assertThat(e.confusion()).isDeepEqualTo(Evaluation.of(labels, truth, predicted).confusion());
    }
  }

  private static float[] distribution(Random random, int size, int levels) {
    int[] parts = random.ints(size, 1, levels + 1).toArray();
    float[] scores = new float[size];
    for (int c = 0; c < size; c++) {
      scores[c] = parts[c] / (float) Arrays.stream(parts).sum();
    }
    return scores;
  }

  private static int highest(float[] row) {
    int best = 0;
    for (int c = 0; c < row.length; c++) {
      best = row[c] > row[best] ? c : best;
    }
    return best;
  }

  /** Bin by bin over all examples. */
  private static double calibrationError(int[] truth, float[][] scores) {
    double error = 0;
    for (int bin = 0; bin < 15; bin++) {
      int right = 0;
      int count = 0;
      double confidence = 0;
      for (int i = 0; i < truth.length; i++) {
        int predicted = highest(scores[i]);
        if (binByComparison(scores[i][predicted]) == bin) {
          count++;
          right += predicted == truth[i] ? 1 : 0;
          confidence += scores[i][predicted];
        }
      }
      error += Math.abs(right - confidence) / truth.length;
    }
    return error;
  }

  /** Each example of the second label with each of the first. */
  private static double pairsInOrder(int[] truth, float[][] scores) {
    double inOrder = 0;
    int pairs = 0;
    for (int i = 0; i < truth.length; i++) {
      for (int k = 0; k < truth.length; k++) {
        if (truth[i] == 1 && truth[k] == 0) {
          pairs++;
          inOrder += scores[i][1] > scores[k][1] ? 1 : scores[i][1] == scores[k][1] ? 0.5 : 0;
        }
      }
    }
    return inOrder / pairs;
  }

  @Test
  void orderOfExamplesAndOfLabelsDoesNotMatter() {
    Random random = new Random(7);
    int[] truth = random.ints(200, 0, 2).toArray();
    float[][] scores = new float[200][];
    int[] swappedTruth = new int[200];
    float[][] swapped = new float[200][];
    for (int i = 0; i < 200; i++) {
      scores[i] = distribution(random, 2, 20);
      // Backwards, and with the two labels exchanged.
      swappedTruth[199 - i] = 1 - truth[i];
      swapped[199 - i] = new float[] {scores[i][1], scores[i][0]};
    }
    Evaluation e = Evaluation.of(TWO, truth, scores);
    Evaluation other = Evaluation.of(List.of("pos", "neg"), swappedTruth, swapped);
    assertThat(other.rocAuc().orElseThrow()).isCloseTo(e.rocAuc().orElseThrow(), within(1e-6));
  }

  @Test
  void extremesOfTheCurve() {
    int[] truth = {0, 0, 1, 1};
    float[][] inOrder = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0, 1}};
    assertThat(Evaluation.of(TWO, truth, inOrder).rocAuc()).hasValue(1);
    assertThat(Evaluation.of(TWO, new int[] {1, 1, 0, 0}, inOrder).rocAuc()).hasValue(0);
    float[][] equal = {{0.4f, 0.6f}, {0.4f, 0.6f}, {0.4f, 0.6f}, {0.4f, 0.6f}};
    assertThat(Evaluation.of(TWO, truth, equal).rocAuc()).hasValue(0.5);
    float[][] zeros = {{1, 0f}, {1, -0f}, {1, -0f}, {1, 0f}};
    assertThat(Evaluation.of(TWO, truth, zeros).rocAuc()).hasValue(0.5);
  }

  @Test
  void thereIsNoCurveOfOneClass() {
    float[][] scores = {{0.25f, 0.75f}, {0.5f, 0.5f}};
    for (int only : new int[] {0, 1}) {
      Evaluation e = Evaluation.of(TWO, new int[] {only, only}, scores);
      assertThat(e.rocAuc()).isEmpty();
      assertThat(e.calibrationError()).isPresent();
    }
  }

  @Test
  void manyExamplesDoNotOverflow() {
    int examples = 200_000;
    int[] truth = new int[examples];
    float[][] scores = new float[examples][];
    for (int i = 0; i < examples; i++) {
      truth[i] = i % 2;
      scores[i] = i % 2 == 0 ? new float[] {0.75f, 0.25f} : new float[] {0.25f, 0.75f};
    }
    Evaluation e = Evaluation.of(TWO, truth, scores);
    assertThat(e.rocAuc()).hasValue(1);
    assertThat(e.calibrationError().orElseThrow()).isCloseTo(0.25, EXACT);
  }

  @Test
  void predictedLabelsAloneHaveNoSuchFigures() {
    Evaluation e = Evaluation.of(TWO, new int[] {0, 1}, new int[] {0, 1});
    assertThat(e.calibrationError()).isEmpty();
    assertThat(e.rocAuc()).isEmpty();
    assertThat(e.reliability()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        1.002f,
        -0.002f,
        3.5f,
        Float.MAX_VALUE
      })
  void scoresThatAreNoProbabilitiesAreRefused(float score) {
    float[][] scores = {{0.5f, 0.5f}, {0.5f, score}};
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Evaluation.of(TWO, new int[] {0, 1}, scores))
        .withMessage(
            "evaluation, example 2: expected probabilities from 0 to 1, got %s for 'pos'; of"
                + " logits, take the softmax",
            score);
  }

  @Test
  void aLittleMoreThanOneCountsAsOne() {
    Evaluation e = Evaluation.of(TWO, new int[] {1}, new float[][] {{-1e-7f, 1.0000001f}});
    assertThat(e.calibrationError()).hasValue(0);
    assertThat(e.reliability().get(14).confidence()).isEqualTo(1);
  }

  @Test
  void refusals() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Evaluation.of(TWO, new int[0], new float[0][]))
        .withMessage(
            "evaluation: expected as many rows of scores as true labels and at least one, got 0"
                + " and 0");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Evaluation.of(TWO, new int[2], new float[1][2]))
        .withMessageContaining("got 1 and 2");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Evaluation.of(TWO, new int[2], new float[][] {{1, 0}, {1, 0, 0}}))
        .withMessage(
            "evaluation, example 2: expected a score for each of the labels [neg, pos], got 3");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Evaluation.of(List.of(), new int[1], new float[1][0]))
        .withMessageContaining("got 0");
    for (int wrong : new int[] {-1, 2}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> Evaluation.of(TWO, new int[] {wrong}, new float[][] {{1, 0}}))
          .withMessageContaining("expected label indices below 2, got %s and 0", wrong);
    }
  }

  @Test
  void laterChangesToTheScoresDoNotMatter() {
    float[][] scores = {{0.25f, 0.75f}, {0.75f, 0.25f}};
    Evaluation e = Evaluation.of(TWO, new int[] {1, 0}, scores);
    double before = e.calibrationError().orElseThrow();
    scores[0][1] = 0;
    assertThat(e.calibrationError()).hasValue(before);
    assertThat(e.rocAuc()).hasValue(1);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> e.reliability().clear());
  }

  /** Batches are put together as if there were none. */
  @Test
  void aClassifierGivesTheSameAsItsScores() {
    List<LabelledText> examples = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < 600; i++) {
      String text = "good ".repeat(random.nextInt(4)) + "bad ".repeat(random.nextInt(4));
      examples.add(LabelledText.of(text, random.nextBoolean() ? "pos" : "neg"));
    }
    Dataset data = Dataset.of(examples);
    try (Classifier fake =
        FakeBuilder.of("neg", "pos").word("bad", "neg", 1).word("good", "pos", 1).classifier()) {
      float[][] scores = new float[600][];
      int[] truth = new int[600];
      for (int i = 0; i < 600; i++) {
        Classification result = fake.classify(examples.get(i).input());
        scores[i] = new float[] {result.score("neg"), result.score("pos")};
        truth[i] = data.labelIndex(i);
      }
      Evaluation e = Evaluation.of(fake, data);
      assertThat(e.calibrationError().orElseThrow())
          .isCloseTo(calibrationError(truth, scores), EXACT);
      assertThat(e.rocAuc().orElseThrow()).isCloseTo(pairsInOrder(truth, scores), EXACT);
    }
  }
}
