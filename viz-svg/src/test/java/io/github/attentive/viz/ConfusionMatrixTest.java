package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Evaluation;
import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ConfusionMatrixTest {
  private static final List<String> LABELS = List.of("bad", "fair", "good");
  private static final int[][] COUNTS = {{6, 2, 2}, {1, 3, 0}, {0, 5, 15}};

  private static List<String> labels(int count) {
    return IntStream.range(0, count).mapToObj(i -> "label " + i).toList();
  }

  private static List<Element> cells(Svg svg) {
    return Documents.elements(svg, "rect").stream()
        .filter(rect -> rect.getElementsByTagName("title").getLength() == 1)
        .toList();
  }

  @Test
  void anEvaluationIsDrawnAsItsCounts() {
    int[] truth = {0, 0, 0, 1, 1, 2};
    int[] predicted = {0, 0, 1, 1, 2, 2};
    Evaluation evaluation = Evaluation.of(LABELS, truth, predicted);
    assertThat(Svg.confusionMatrix(evaluation))
        .isEqualTo(
            ConfusionMatrix.of(LABELS, new int[][] {{2, 1, 0}, {0, 1, 1}, {0, 0, 1}}).render());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 12, 30})
  void countsReadBackFromTheCells(int labels) {
    int[][] counts = Figures.counts(labels, labels);
    List<String> texts =
        Documents.texts(ConfusionMatrix.of(labels(labels), counts).render(), "text");
    assertThat(texts.subList(0, labels * labels))
        .isEqualTo(
            Arrays.stream(counts)
                .flatMapToInt(Arrays::stream)
                .mapToObj(Integer::toString)
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void shadesAreSharesOfTheRow(Palette palette) {
    Svg svg = ConfusionMatrix.of(LABELS, COUNTS).palette(palette).render();
    Raster raster = Raster.of(svg, 2);
    double[][] shares = {{0.6, 0.2, 0.2}, {0.25, 0.75, 0}, {0, 0.25, 0.75}};
    ColourScale scale = new ColourScale(palette, new Range(0, 1), Norm.LINEAR);
    List<Element> cells = cells(svg);
    for (int i = 0; i < 9; i++) {
      Colour expected = scale.colour(shares[i / 3][i % 3]);
      double x = Double.parseDouble(cells.get(i).getAttribute("x"));
      double y = Double.parseDouble(cells.get(i).getAttribute("y"));
      assertThat(raster.at(x + 3, y + 3)).isEqualTo(expected.rgb());
    }
  }

  /** On a dark page, too: their colour is the cell's matter, so they have no class. */
  @Test
  void countsAreReadableOnTheirCells() {
    for (Palette palette : Palette.values()) {
      Svg svg = ConfusionMatrix.of(LABELS, COUNTS).palette(palette).render();
      List<Element> texts = Documents.elements(svg, "text");
      for (int i = 0; i < 9; i++) {
        Colour cell = colour(cells(svg).get(i));
        assertThat(colour(texts.get(i)).contrast(cell)).isGreaterThanOrEqualTo(4.5);
        assertThat(texts.get(i).hasAttribute("class")).isFalse();
      }
    }
  }

  private static Colour colour(Element element) {
    return new Colour(Integer.parseInt(element.getAttribute("fill").substring(1), 16));
  }

  @Test
  void titleAndAltTextStateTheFinding() {
    Svg svg = ConfusionMatrix.of(LABELS, COUNTS).render();
    assertThat(svg.altText())
        .isEqualTo(
            "Confusion matrix: accuracy 0.706 (24 of 34). 3 labels. 24 of 34 examples are right."
                + " The most frequent confusion: “good” is taken for “fair” in 5 of its 20"
                + " examples.");
    assertThat(Documents.texts(svg, "text"))
        .contains("Confusion matrix: accuracy 0.706 (24 of 34)", "True label", "Predicted label")
        .contains("Share of row", "0.0", "1.0");
    assertThat(Documents.texts(svg, "title"))
        .contains("bad → fair: 2 of 10, 0.200", "good → bad: 0 of 20, 0.000");
  }

  @Test
  void theFirstOfEqualConfusionsIsNamed() {
    Svg svg = ConfusionMatrix.of(LABELS, new int[][] {{9, 2, 3}, {3, 9, 1}, {0, 3, 9}}).render();
    assertThat(svg.altText()).contains("“bad” is taken for “good” in 3 of its 14 examples.");
  }

  @Test
  void withoutMistakesThereIsNoConfusion() {
    Svg svg = ConfusionMatrix.of(LABELS, new int[][] {{1, 0, 0}, {0, 0, 0}, {0, 0, 0}}).render();
    assertThat(svg.altText())
        .endsWith(
            "1 of 1 examples are right. No label is taken for another. 2 labels have no example.");
    assertThat(Documents.texts(svg, "title")).contains("fair → good: 0 of 0");
  }

  @Test
  void titleAndDescriptionMayBeTheCallers() {
    Svg svg = ConfusionMatrix.of(LABELS, COUNTS).title("Mine").description("First.").render();
    assertThat(svg.altText()).startsWith("Mine. First. 3 labels. 24 of 34");
  }

  @Test
  void fewLabelsAreLevelManyAreNot() {
    assertThat(ConfusionMatrix.of(LABELS, COUNTS).render().toString()).doesNotContain("rotate(-45");
    assertThat(ConfusionMatrix.of(labels(12), Figures.counts(12, 1)).render().toString())
        .contains("rotate(-45");
  }

  @Test
  void manyLabelsHaveTheirCountsInTooltips() {
    Svg svg = ConfusionMatrix.of(labels(31), Figures.counts(31, 1)).render();
    assertThat(cells(svg)).hasSize(31 * 31);
    assertThat(Documents.texts(svg, "text")).hasSizeLessThan(31 * 31);
  }

  @Test
  void laterChangesToAnArrayAreNotDrawn() {
    int[][] counts = {{1, 2}, {3, 4}};
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("a", "b"), counts);
    Svg before = matrix.render();
    counts[0][0] = 99;
    assertThat(matrix.render()).isEqualTo(before);
  }

  private static void assertRefused(List<String> labels, int[][] counts, String message) {
    assertThatThrownBy(() -> ConfusionMatrix.of(labels, counts))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void refusals() {
    assertRefused(
        List.of(),
        new int[0][],
        "confusion matrix: expected at least 1 label and a row for each, got 0 labels and 0 rows");
    assertRefused(
        LABELS,
        new int[2][3],
        "confusion matrix: expected at least 1 label and a row for each, got 3 labels and 2 rows");
    assertRefused(
        List.of("a", "b"),
        new int[][] {{1, 2}, {3}},
        "confusion matrix row 1: expected 2 columns, one for each label, got 1");
    assertRefused(
        List.of("a", "b"),
        new int[][] {{1, -2}, {3, 4}},
        "confusion matrix row 0, column 1: expected a count of 0 or above, got -2");
    assertRefused(
        LABELS,
        new int[3][3],
        "confusion matrix: expected at least 1 example, got counts of 0 only");
  }
}
