package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Evaluation.ClassFigures;
import io.github.attentive.testing.FakeBuilder;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final List<String> LABELS = List.of("neg", "neutral", "pos");
  private static final Offset<Double> EXACT = within(1e-12);

  private static void assertFigures(
      ClassFigures figures, String label, double precision, double recall, double f1, int support) {
    assertThat(figures.label()).isEqualTo(label);
    assertThat(figures.precision()).isCloseTo(precision, EXACT);
    assertThat(figures.recall()).isCloseTo(recall, EXACT);
    assertThat(figures.f1()).isCloseTo(f1, EXACT);
    assertThat(figures.support()).isEqualTo(support);
  }

  @Test
  void figuresAreThoseCountedByHand() {
    int[] truth = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
    int[] predicted = {0, 0, 1, 2, 1, 1, 0, 2, 2, 0};
    Evaluation e = Evaluation.of(LABELS, truth, predicted);
    assertThat(e.labels()).isEqualTo(LABELS);
    assertThat(e.examples()).isEqualTo(10);
    assertThat(e.confusion()).isDeepEqualTo(new int[][] {{2, 1, 1}, {1, 2, 0}, {1, 0, 2}});
    assertThat(e.accuracy()).isCloseTo(0.6, EXACT);
    assertFigures(e.perClass().get(0), "neg", 2 / 4.0, 2 / 4.0, 0.5, 4);
    assertFigures(e.perClass().get(1), "neutral", 2 / 3.0, 2 / 3.0, 2 / 3.0, 3);
    assertFigures(e.perClass().get(2), "pos", 2 / 3.0, 2 / 3.0, 2 / 3.0, 3);
    assertThat(e.macroF1()).isCloseTo((0.5 + 2 / 3.0 + 2 / 3.0) / 3, EXACT);
  }

  @Test
  void f1IsTheHarmonicMean() {
    // Class 0: 3 found of 4, 3 right of 5 predicted.
    Evaluation e =
        Evaluation.of(
            List.of("a", "b"), new int[] {0, 0, 0, 0, 1, 1, 1}, new int[] {0, 0, 0, 1, 0, 0, 1});
    double precision = 3 / 5.0;
    double recall = 3 / 4.0;
    assertFigures(
        e.perClass().get(0),
        "a",
        precision,
        recall,
        2 * precision * recall / (precision + recall),
        4);
  }

  @Test
  void aRatioWithoutDenominatorIsZero() {
    // "neutral" is never predicted, "pos" never occurs and is never predicted.
    Evaluation e = Evaluation.of(LABELS, new int[] {0, 1}, new int[] {0, 0});
    assertFigures(e.perClass().get(0), "neg", 0.5, 1, 2 / 3.0, 1);
    assertFigures(e.perClass().get(1), "neutral", 0, 0, 0, 1);
    assertFigures(e.perClass().get(2), "pos", 0, 0, 0, 0);
    assertThat(e.macroF1()).isCloseTo(2 / 9.0, EXACT);
    assertThat(e.accuracy()).isCloseTo(0.5, EXACT);
    // "pos" is predicted but never occurs.
    Evaluation wrong = Evaluation.of(LABELS, new int[] {0}, new int[] {2});
    assertThat(wrong.accuracy()).isZero();
    assertThat(wrong.macroF1()).isZero();
    for (ClassFigures figures : wrong.perClass()) {
      assertThat(figures.precision()).isZero();
      assertThat(figures.recall()).isZero();
      assertThat(figures.f1()).isZero();
    }
  }

  @Test
  void nobodyCanChangeIt() {
    int[] truth = {0, 1};
    Evaluation e = Evaluation.of(LABELS, truth, new int[] {0, 1});
    truth[0] = 2;
    e.confusion()[0][0] = 99;
    assertThat(e.confusion()[0]).containsExactly(1, 0, 0);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> e.perClass().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> e.labels().clear());
  }

  @Test
  void refusals() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Evaluation.of(LABELS, new int[0], new int[0]))
        .withMessage(
            "evaluation: expected as many predictions as true labels and at least one, got 0 and 0");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Evaluation.of(LABELS, new int[3], new int[2]))
        .withMessageContaining("got 2 and 3");
    for (int[] wrong : new int[][] {{0, 3}, {3, 0}, {-1, 0}, {0, -1}}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> Evaluation.of(LABELS, new int[] {0, wrong[0]}, new int[] {0, wrong[1]}))
          .withMessage(
              "evaluation, example 2: expected label indices below 3, got %d and %d",
              wrong[0], wrong[1]);
    }
  }

  @Test
  void onlyModelsOfOneLabelAreEvaluated() {
    Dataset data = Dataset.of(List.of(LabelledText.of("good", "pos")));
    for (ProblemType type : List.of(ProblemType.MULTI_LABEL, ProblemType.REGRESSION)) {
      try (Classifier fake = FakeBuilder.of("neg", "pos").problemType(type).classifier()) {
        assertThatExceptionOfType(InvalidInputException.class)
            .isThrownBy(() -> Evaluation.of(fake, data))
            .withMessage(
                "evaluation: expected a model of single_label_classification, since accuracy, F1"
                    + " and the confusion matrix compare one predicted label with one true label,"
                    + " got %s of [neg, pos]; classify the texts and compare their scores with the"
                    + " truth",
                type.id());
      }
    }
  }

  @Test
  void everyExampleIsClassified() {
    List<LabelledText> examples = new ArrayList<>();
    // More than one batch: 600 examples, every third of them misleading.
    for (int i = 0; i < 600; i++) {
      boolean good = i % 2 == 0;
      boolean misleading = i % 3 == 0;
      examples.add(LabelledText.of(good != misleading ? "good" : "bad", good ? "1" : "0"));
    }
    try (Classifier fake =
        FakeBuilder.of("neg", "pos").word("bad", "neg", 1).word("good", "pos", 1).classifier()) {
      Evaluation e = Evaluation.of(fake, Dataset.of(examples));
      assertThat(e.labels()).containsExactly("neg", "pos");
      assertThat(e.examples()).isEqualTo(600);
      assertThat(e.confusion()).isDeepEqualTo(new int[][] {{200, 100}, {100, 200}});
      assertThat(e.accuracy()).isCloseTo(2 / 3.0, EXACT);

      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> Evaluation.of(fake, Dataset.of(List.of(), List.of("neg"))))
          .withMessageContaining("at least one");
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(
              () -> Evaluation.of(fake, Dataset.of(List.of(LabelledText.of("good", "great")))))
          .withMessageContaining("label 'great'");
      List<LabelledText> named =
          Dataset.of(examples).withLabelNames(List.of("neg", "pos")).examples();
      Evaluation streamed = Evaluation.of(fake, named.iterator());
      assertThat(streamed.confusion()).isDeepEqualTo(e.confusion());
      assertThat(streamed.calibrationError()).isEqualTo(e.calibrationError());
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> Evaluation.of(fake, examples.iterator()))
          .withMessage("evaluation, example 1: expected a label of [neg, pos], got '1'");
    }
  }
}
