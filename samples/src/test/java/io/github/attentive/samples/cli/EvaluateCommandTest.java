package io.github.attentive.samples.cli;

import static io.github.attentive.samples.cli.CommandRun.done;
import static io.github.attentive.samples.cli.CommandRun.fails;
import static io.github.attentive.samples.cli.CommandRun.json;
import static io.github.attentive.samples.cli.CommandRun.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Evaluation;
import io.github.attentive.viz.ConfusionMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateCommandTest {
  private static final double EXACT = 1e-12;

  @TempDir private static Path folder;

  private static String model;

  @BeforeAll
  static void train() throws IOException {
    model = CommandRun.train(folder.resolve("model"), "keras-attention");
  }

  /** Of three true negatives two are found; of six true positives four. */
  private static Path data(String negative, String positive) throws IOException {
    return Files.writeString(
        folder.resolve(negative + ".csv"),
        ("great,P\ngreat,P\nboring,P\nboring,N\n\"great, great\",P\n"
                + "boring,N\ngreat,N\nboring,P\ngreat,P\n")
            .replace(",P", "," + positive)
            .replace(",N", "," + negative));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "Negative,Positive", "neg,pos"})
  void figuresAreThoseComputedByHand(String negative, String positive) throws IOException {
    Path input = data(negative, positive);
    List<Json> results = json("evaluate", "--model", model, "--input", input.toString());
    assertThat(results).hasSize(1);
    Json result = results.get(0);
    assertThat(result.names())
        .containsExactly(
            "examples",
            "accuracy",
            "macroF1",
            "labels",
            "confusion",
            "perClass",
            "calibrationError",
            "rocAuc");
    assertThat(result.at("examples").integer()).isEqualTo(9);
    assertThat(result.at("accuracy").number()).isCloseTo(6 / 9.0, within(EXACT));
    // F1 is 2 precision recall / (precision + recall): 4/7 and 8/11.
    assertThat(result.at("macroF1").number()).isCloseTo((4 / 7.0 + 8 / 11.0) / 2, within(EXACT));
    assertThat(result.at("labels").strings()).containsExactly("Negative", "Positive");
    assertThat(
            result.at("confusion").list().stream()
                .map(row -> row.list().stream().map(Json::integer).toList()))
        .containsExactly(List.of(2, 1), List.of(2, 4));
    Json perClass = result.at("perClass");
    assertThat(perClass.names()).containsExactly("Negative", "Positive");
    assertClass(perClass.at("Negative"), 2 / 4.0, 2 / 3.0, 4 / 7.0, 3);
    assertClass(perClass.at("Positive"), 4 / 5.0, 4 / 6.0, 8 / 11.0, 6);
  }

  /** The same figures as from the scores that {@code classify} gives. */
  @Test
  void figuresOfScoresAreThoseOfClassify() throws IOException {
    Path input = data("Negative", "Positive");
    int[] truth = {1, 1, 1, 0, 1, 0, 0, 1, 1};
    float[][] scores = new float[truth.length][];
    List<Json> rows = json("classify", "--model", model, "--input", input.toString());
    for (int i = 0; i < truth.length; i++) {
      Json row = rows.get(i).at("scores");
      scores[i] =
          new float[] {(float) row.at("Negative").number(), (float) row.at("Positive").number()};
    }
    Evaluation expected = Evaluation.of(List.of("Negative", "Positive"), truth, scores);
    Json result = json("evaluate", "--model", model, "--input", input.toString()).get(0);
    assertThat(result.at("calibrationError").number())
        .isCloseTo(expected.calibrationError().orElseThrow(), within(1e-6));
    assertThat(result.at("rocAuc").number())
        .isCloseTo(expected.rocAuc().orElseThrow(), within(EXACT));
  }

  private static void assertClass(
      Json figures, double precision, double recall, double f1, int support) {
    assertThat(figures.names()).containsExactly("precision", "recall", "f1", "support");
    assertThat(figures.at("precision").number()).isCloseTo(precision, within(EXACT));
    assertThat(figures.at("recall").number()).isCloseTo(recall, within(EXACT));
    assertThat(figures.at("f1").number()).isCloseTo(f1, within(EXACT));
    assertThat(figures.at("support").integer()).isEqualTo(support);
  }

  @Test
  void classThatNeverOccursHasZeros() throws IOException {
    Path input = Files.writeString(folder.resolve("one.csv"), "great,Positive\n");
    Json result = json("evaluate", "--model", model, "--input", input.toString()).get(0);
    assertThat(result.at("accuracy").number()).isEqualTo(1);
    assertThat(result.at("macroF1").number()).isEqualTo(0.5);
    assertClass(result.at("perClass").at("Negative"), 0, 0, 0, 0);
    assertThat(result.at("calibrationError").number()).isBetween(0.0, 0.5);
    assertThat(result.at("rocAuc").isNull()).isTrue();
    String text = done("evaluate", "--model", model, "--input", input.toString()).out();
    assertThat(lines(text).get(0)).contains("calibration error").doesNotContain("ROC");
  }

  @Test
  void textShowsTheSameFigures() throws IOException {
    String out = done("evaluate", "--model", model, "--input", data("no", "yes").toString()).out();
    assertThat(lines(out).get(0))
        .matches(
            "examples 9  accuracy 0.6667  macro-F1 0.6494"
                + "  calibration error 0\\.\\d{4}  ROC AUC 0\\.\\d{4}");
    assertThat(lines(out))
        .endsWith(
            "label      precision    recall        F1   support",
            "Negative      0.5000    0.6667    0.5714         3",
            "Positive      0.8000    0.6667    0.7273         6",
            "confusion (rows: true, columns: predicted, in label order)",
            "[2, 1]",
            "[2, 4]");
  }

  @Test
  void theConfusionMatrixIsDrawnOnRequest() throws IOException {
    String input = data("0", "1").toString();
    Path picture = folder.resolve("confusion.svg");
    String plain = done("evaluate", "--model", model, "--input", input).out();
    CommandRun run =
        done("evaluate", "--model", model, "--input", input, "--confusion", picture.toString());
    assertThat(run.out()).isEqualTo(plain);
    assertThat(run.err()).isEqualTo("wrote " + picture + "\n");
    assertThat(Files.readString(picture))
        .isEqualTo(
            ConfusionMatrix.of(List.of("Negative", "Positive"), new int[][] {{2, 1}, {2, 4}})
                .render()
                .toString());
  }

  @Test
  void aPictureThatCannotBeWrittenIsRefusedBeforeTheModelRuns() throws IOException {
    String input = data("0", "1").toString();
    assertThat(
            fails(2, "evaluate", "--model", "none", "--input", input, "--confusion", "matrix.png"))
        .contains("--confusion: expected a name ending in .svg, got matrix.png");
    Path nowhere = folder.resolve("nowhere").resolve("matrix.svg");
    assertThat(
            fails(2, "evaluate", "--model", "none", "--input", input, "--confusion", nowhere + ""))
        .contains("--confusion: expected a folder that exists");
    Path taken = Files.createDirectory(folder.resolve("taken.svg"));
    assertThat(fails(2, "evaluate", "--model", model, "--input", input, "--confusion", taken + ""))
        .contains("cannot be written");
  }

  @Test
  void labelsThatDoNotFitAreRefused() throws IOException {
    Path three = Files.writeString(folder.resolve("three.csv"), "a,x\nb,y\nc,z\n");
    assertThat(fails(2, "evaluate", "--model", model, "--input", three.toString()))
        .contains("'x'")
        .contains("Negative");
    Path half = Files.writeString(folder.resolve("half.csv"), "a,Negative\nb,good\n");
    assertThat(fails(2, "evaluate", "--model", model, "--input", half.toString())).contains("good");
    Path none = Files.writeString(folder.resolve("none.txt"), "a\n");
    assertThat(fails(2, "evaluate", "--model", model, "--input", none.toString()))
        .contains("line 1");
  }
}
