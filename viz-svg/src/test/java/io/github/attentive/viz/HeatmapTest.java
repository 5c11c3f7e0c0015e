package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class HeatmapTest {
  private static final double NAN = Double.NaN;

  private static List<String> fills(Svg svg) {
    return Documents.elements(svg, "rect").stream()
        .filter(rect -> rect.getElementsByTagName("title").getLength() == 1)
        .map(rect -> rect.getAttribute("fill"))
        .toList();
  }

  private static List<String> texts(Svg svg) {
    return Documents.texts(svg, "text");
  }

  @Test
  void refusesARaggedMatrix() {
    assertThatThrownBy(() -> Heatmap.of(new double[][] {{1, 2, 3}, {1, 2, 3}, {1, 2}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("heatmap matrix row 2: expected 3 columns as in row 0, got 2");
    assertThatThrownBy(() -> Heatmap.of(new float[][] {{1}, {1, 2}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("heatmap matrix row 1: expected 1 columns as in row 0, got 2");
  }

  @Test
  void refusesAnEmptyMatrix() {
    assertThatThrownBy(() -> Heatmap.of(new double[0][]))
        .hasMessage("heatmap matrix: expected at least 1 row and 1 column, got 0 x 0");
    assertThatThrownBy(() -> Heatmap.of(new float[][] {{}, {}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("heatmap matrix: expected at least 1 row and 1 column, got 2 x 0");
  }

  @Test
  void refusesInfinity() {
    assertThatThrownBy(() -> Heatmap.of(new double[][] {{1, 2}, {3, Double.NEGATIVE_INFINITY}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "heatmap matrix row 1, column 1: expected a finite number, or NaN for none, got"
                + " -Infinity");
  }

  @Test
  void refusesLabelsThatDoNotFitTheMatrix() {
    Heatmap heatmap = Heatmap.of(new double[2][3]);
    assertThatThrownBy(() -> heatmap.queries(List.of("a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("heatmap query labels: expected 2 as the matrix has rows, got 1");
    assertThatThrownBy(() -> heatmap.keys(List.of("a", "b")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("heatmap key labels: expected 3 as the matrix has columns, got 2");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "NaN, 1", "0, Infinity"})
  void refusesARangeThatIsNone(double low, double high) {
    assertThatThrownBy(() -> Heatmap.of(new double[1][1]).range(low, high))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("heatmap range: expected two finite numbers, low below high");
  }

  @Test
  void refusesNumbersInTooManyCells() {
    assertThatThrownBy(() -> Heatmap.of(new double[41][40]).cellValues(CellValues.SHOWN).render())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "heatmap with numbers in its cells: expected at most 1700 cells and labels, got 1721"
                + " for 41 x 40");
  }

  @Test
  void laterChangesToAnArrayAreNotDrawn() {
    double[][] matrix = {{0.25, 0.75}};
    Heatmap heatmap = Heatmap.of(matrix);
    Svg before = heatmap.render();
    matrix[0][0] = 0.9;
    assertThat(heatmap.render()).isEqualTo(before);
  }

  @Test
  void floatsAreDrawnLikeDoubles() {
    assertThat(Heatmap.of(new float[][] {{0.25f, 0.75f}}).render())
        .isEqualTo(Heatmap.of(new double[][] {{0.25, 0.75}}).render());
  }

  @ParameterizedTest
  @EnumSource(Palette.class)
  void cellsHaveThePalettesColours(Palette palette) {
    double[][] row = {IntStream.range(0, 33).mapToDouble(i -> i / 32.0).toArray()};
    Svg svg = Heatmap.of(row).palette(palette).render();
    List<String> expected =
        IntStream.range(0, 33).mapToObj(i -> palette.entry(Math.min(255, 8 * i)).hex()).toList();
    assertThat(fills(svg)).isEqualTo(expected);
    Raster raster = Raster.of(svg, 1);
    int cell = Integer.parseInt(Documents.elements(svg, "rect").get(2).getAttribute("x"));
    for (int i = 0; i < 33; i++) {
      int colour = raster.at((i + 0.5) * cell, 2);
      assertThat(Raster.distance(colour, palette.entry(Math.min(255, 8 * i)).rgb())).isZero();
    }
  }

  /** RGBA values that matplotlib drew; its images cut off what its vector output rounds. */
  @Test
  void cellsLookLikeMatplotlibs() {
    double[][] matrix = {
      {0.2, 0.1, 0.05, 0.1, 0.25, 0.1, 0.2}, {0.05, 0.3, 0.1, 0.1, 0.15, 0.2, 0.35}
    };
    int[] drawn = {
      0x20908C, 0x443982, 0x440154, 0x443982, 0x35B778, 0x443982, 0x20908C,
      0x440154, 0x90D643, 0x443982, 0x443982, 0x30678D, 0x20908C, 0xFDE724
    };
    List<String> fills = fills(Heatmap.of(matrix).render());
    for (int i = 0; i < drawn.length; i++) {
      int ours = Integer.parseInt(fills.get(i).substring(1), 16);
      assertThat(Raster.distance(ours, drawn[i])).isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.33, 2})
  void cellsOfOneColourHaveNoSeams(double scale) {
    double[][] matrix = new double[20][20];
    for (int row = 0; row < 20; row++) {
      Arrays.fill(matrix[row], row < 10 ? 0.3 : 0.7);
    }
    assertSeamless(
        Heatmap.of(matrix).cellValues(CellValues.HIDDEN).range(0, 1).render(), 20, scale);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.33, 2})
  void pathsOfOneColourHaveNoSeams(double scale) {
    double[][] matrix = new double[60][60];
    for (int row = 0; row < 60; row++) {
      Arrays.fill(matrix[row], row < 30 ? 0.3 : 0.7);
    }
    assertSeamless(Heatmap.of(matrix).range(0, 1).render(), 60, scale);
  }

  private static void assertSeamless(Svg svg, int cells, double scale) {
    Raster raster = Raster.of(svg, scale);
    double extent =
        Double.parseDouble(
            Documents.elements(svg, "path").stream()
                .filter(path -> path.getAttribute("class").endsWith("-rule"))
                .findFirst()
                .orElseThrow()
                .getAttribute("d")
                .replaceAll(".*?h(\\d+).*", "$1"));
    assertThat(extent % cells).isOne();
    for (double y = 3; y < extent - 3; y += 1 / scale) {
      if (Math.abs(y - extent / 2) > 3) {
        int expected = Palette.VIRIDIS.entry(y < extent / 2 ? 76 : 179).rgb();
        for (double x = 3; x < extent - 3; x += 1 / scale) {
          int distance = Raster.distance(raster.at(x, y), expected);
          assertThat(distance).isLessThanOrEqualTo(2);
        }
      }
    }
  }

  @Test
  void missingCellsAreHatchedAndExplained() {
    Svg svg =
        Heatmap.of(new double[][] {{0, NAN}, {0.5, 1}}).cellValues(CellValues.HIDDEN).render();
    assertThat(texts(svg)).contains("no value (NaN)");
    assertThat(svg.altText()).endsWith("1 cell without a value.");
    assertThat(fills(svg).get(1)).matches("url\\(#av-[0-9a-f]{10}-missing\\)");
    Raster raster = Raster.of(svg, 1);
    int zero = Palette.VIRIDIS.entry(0).rgb();
    assertThat(raster.at(24, 24)).isEqualTo(zero);
    boolean white = false;
    boolean line = false;
    for (int x = 50; x < 94; x++) {
      int colour = raster.at(x, 24);
      assertThat(Raster.distance(colour, zero)).isGreaterThan(60);
      white |= colour == 0xFFFFFF;
      line |= colour != 0xFFFFFF;
    }
    assertThat(white && line).isTrue();
  }

  @Test
  void aFigureWithoutMissingCellsSaysNothingOfThem() {
    assertThat(Heatmap.of(new double[2][2]).render().toString())
        .doesNotContain("missing", "no value");
  }

  @Test
  void missingCellsOfABigMatrixAreHatchedToo() {
    double[][] matrix = Figures.attention(60, 60, 1);
    matrix[3][4] = NAN;
    Svg svg = Heatmap.of(matrix).render();
    assertThat(texts(svg)).contains("no value (NaN)");
    List<Element> hatched =
        Documents.elements(svg, "path").stream()
            .filter(path -> path.getAttribute("fill").endsWith("-missing)"))
            .toList();
    assertThat(hatched).hasSize(1);
    assertThat(hatched.get(0).getAttribute("d")).isEqualTo("M56 42h14v14h-14z");
  }

  @Test
  void allMissingIsAFigure() {
    Svg svg = Heatmap.of(Figures.constant(2, 3, NAN)).render();
    assertThat(fills(svg)).hasSize(6).allMatch(fill -> fill.endsWith("-missing)"));
    assertThat(svg.altText()).isEqualTo("Heatmap of 2 queries by 3 keys. 6 cells without a value.");
  }

  @ParameterizedTest
  @CsvSource({"0.25, 255", "0, 0", "-0.25, 0", "1e-300, 255", "4.9e-324, 255", "-7, 0"})
  void equalValuesAreComparedWithZero(double value, int entry) {
    Svg svg = Heatmap.of(Figures.constant(2, 2, value)).render();
    assertThat(fills(svg)).containsOnly(Palette.VIRIDIS.entry(entry).hex());
  }

  @Test
  void valuesBeyondTheRangeHaveArrows() {
    double[][] matrix = {{0, 0.5, 1}};
    assertThat(arrows(Heatmap.of(matrix).range(0, 1).render())).isZero();
    assertThat(arrows(Heatmap.of(matrix).range(0.1, 1).render())).isOne();
    assertThat(arrows(Heatmap.of(matrix).range(0, 0.9).render())).isOne();
    Svg both = Heatmap.of(matrix).range(0.25, 0.75).render();
    assertThat(arrows(both)).isEqualTo(2);
    assertThat(fills(both))
        .containsExactly(
            Palette.VIRIDIS.entry(0).hex(),
            Palette.VIRIDIS.entry(128).hex(),
            Palette.VIRIDIS.entry(255).hex());
  }

  private static long arrows(Svg svg) {
    return Documents.elements(svg, "path").stream()
        .filter(path -> path.getAttribute("fill").startsWith("#"))
        .count();
  }

  @Test
  void paletteAndRangeMayBeSetInAnyOrder() {
    Heatmap heatmap = Heatmap.of(new double[][] {{0.5}}).range(0, 0.5).palette(Palette.GREYS);
    assertThat(fills(heatmap.render())).containsExactly("#000000");
  }

  @Test
  void numbersStandInCellsThatAreLargeEnough() {
    Svg few = Heatmap.of(Figures.attention(5, 5, 1)).render();
    assertThat(texts(few)).anyMatch(text -> text.matches("0\\.\\d\\d"));
    double[][] many = Figures.attention(40, 40, 1);
    assertThat(Documents.elements(Heatmap.of(many).render(), "g")).hasSize(1);
    Svg shown = Heatmap.of(many).cellValues(CellValues.SHOWN).render();
    assertThat(Documents.elements(shown, "g")).hasSize(2);
    assertThat(texts(shown))
        .filteredOn(text -> text.matches("0\\.\\d+"))
        .hasSizeBetween(1600, 1610);
    assertThat(
            Documents.elements(
                Heatmap.of(Figures.attention(5, 5, 1)).cellValues(CellValues.HIDDEN).render(), "g"))
        .hasSize(1);
  }

  @Test
  void numbersReadBackAsTheValues() {
    double[][] matrix = {{0.12, 0.375, 0.5}, {0.999, 0.05, 0}};
    assertThat(texts(Heatmap.of(matrix).render()).subList(0, 6))
        .containsExactly("0.12", "0.38", "0.50", "1.00", "0.05", "0.00");
    assertThat(texts(Heatmap.of(new double[][] {{0.0123, 0.05}}).render()).subList(0, 2))
        .containsExactly("0.012", "0.050");
  }

  @Test
  void numbersOfExtremesLeaveOutThePowerThatTheColourBarNames() {
    Svg svg = Heatmap.of(new double[][] {{2.5e-300, 1e-300}}).render();
    assertThat(texts(svg)).contains("2.50", "1.00", "× 1e-300");
  }

  @Test
  void tooltipsNameQueryKeyAndValue() {
    Svg svg =
        Heatmap.of(new double[][] {{0.0125, NAN}})
            .queries(List.of("q"))
            .keys(List.of("k", "k"))
            .render();
    assertThat(Documents.texts(svg, "title")).contains("q → k: 0.0125", "q → k: no value");
  }

  @Test
  void titlesStandWhereTheyBelong() {
    Svg svg =
        Heatmap.of(new double[4][4])
            .title("Head 3")
            .queryTitle("Decoder")
            .keyTitle("Encoder")
            .colourBarTitle("Weight")
            .render();
    assertThat(texts(svg)).contains("Head 3", "Decoder", "Encoder", "Weight");
    assertThat(Documents.texts(svg, "title").get(0)).isEqualTo("Head 3");
    assertThat(texts(Heatmap.of(new double[4][4]).render()))
        .contains("Query", "Key", "Attention Weight");
  }

  @Test
  void labelsTurnWhenTheyDoNotFit() {
    Heatmap heatmap = Heatmap.of(new double[3][3]);
    assertThat(turn(heatmap.render(), "0")).isEmpty();
    String slanted = turn(heatmap.keys(List.of("wonderful", "b", "c")).render(), "wonderful");
    assertThat(slanted).endsWith("rotate(-45)");
    String upright = turn(Heatmap.of(new double[40][40]).render(), "39");
    assertThat(upright).endsWith("rotate(-90)");
  }

  private static String turn(Svg svg, String text) {
    List<Element> found =
        Documents.elements(svg, "text").stream()
            .filter(element -> element.getTextContent().equals(text))
            .toList();
    return found.get(found.size() - 1).getAttribute("transform");
  }

  @Test
  void aLowMatrixHasLevelLabels() {
    List<String> tokens = List.of("[CLS]", "i", "absolutely", "loved", "this", "[SEP]");
    Svg svg = Heatmap.of(new double[1][6]).keys(tokens).render();
    assertThat(turn(svg, "absolutely")).isEmpty();
  }

  @Test
  void labelsLeftOutAreAnnounced() {
    assertThat(texts(Heatmap.of(new double[64][64]).render()))
        .noneMatch(text -> text.startsWith("Every"));
    assertThat(texts(Heatmap.of(new double[100][100]).render()))
        .contains("Every 5th row and column is labelled", "95")
        .doesNotContain("96");
    assertThat(Heatmap.of(new double[2][100]).render().altText())
        .contains("Every 5th column is labelled");
  }

  @Test
  void equalLabelsStaySeparate() {
    List<String> tokens = java.util.Collections.nCopies(10, "the");
    Svg svg = Heatmap.of(Figures.attention(10, 10, 1)).queries(tokens).keys(tokens).render();
    assertThat(texts(svg)).filteredOn("the"::equals).hasSize(20);
    assertThat(fills(svg)).hasSize(100);
  }

  @Test
  void showsAnExplanation() {
    Svg svg = Svg.heatmap(Figures.explanation(Granularity.TOKEN, SpecialTokens.KEEP));
    assertThat(texts(svg))
        .contains("Prediction: good (0.930)", "[CLS]", "not", "b", "·ad", "[SEP]");
    Svg words = Svg.heatmap(Figures.explanation(Granularity.WORD, SpecialTokens.DROP));
    assertThat(texts(words)).contains("not", "bad").doesNotContain("[CLS]", "·ad");
  }

  /** By pixels: in each number there is one that stands out from its cell. */
  @ParameterizedTest
  @EnumSource(Palette.class)
  void numbersAreReadOnEveryColour(Palette palette) {
    double[][] values = new double[1][16];
    for (int i = 0; i < 16; i++) {
      values[0][i] = i / 15.0;
    }
    Svg svg = Heatmap.of(values).palette(palette).cellValues(CellValues.SHOWN).render();
    Raster raster = Raster.of(svg, 2);
    List<TextBox> numbers = TextBox.all(svg).subList(0, 16);
    for (TextBox number : numbers) {
      Colour ground = new Colour(raster.at(number.left(), number.top() - 2));
      double contrast = 1;
      for (double y = number.top(); y < number.bottom(); y += 0.5) {
        for (double x = number.left(); x < number.right(); x += 0.5) {
          contrast = Math.max(contrast, ground.contrast(new Colour(raster.at(x, y))));
        }
      }
      assertThat(contrast).as(number.text()).isGreaterThanOrEqualTo(4.5);
    }
  }
}
