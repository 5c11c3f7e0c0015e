package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

class ModelViewTest {
  private static final Pattern RECTANGLE = Pattern.compile("M(\\S+) (\\S+?)h(\\S+?)v");

  private static ModelView view(double[][][][] weights) {
    return ModelView.of(
        weights, Figures.words(weights[0][0].length), Figures.words(weights[0][0][0].length));
  }

  /** The pixels of the first thumbnail's cells, row by row. */
  private static int pixel(Raster raster, ModelGrid grid, int row, int column, int q, int k) {
    return raster.at(
        grid.x(column) + (k + 0.5) * grid.cellWidth(), grid.y(row) + (q + 0.5) * grid.cellHeight());
  }

  @Test
  void cellsHaveTheColoursOfTheirWeights() {
    double[][][][] weights = Figures.model(2, 3, 8, 8);
    weights[1][2][3][4] = Double.NaN;
    ModelView view = view(weights).style(FigureStyle.README);
    Svg svg = view.render();
    Raster raster = Raster.of(svg, 1);
    ModelGrid grid = ModelGrid.of(2, 3, view.summary(0, 0).cells());
    ColourScale scale = view.scale();
    for (int layer = 0; layer < 2; layer++) {
      for (int head = 0; head < 3; head++) {
        for (int q = 0; q < 8; q++) {
          for (int k = 0; k < 8; k++) {
            double weight = weights[layer][head][q][k];
            if (!Double.isNaN(weight)) {
              assertThat(pixel(raster, grid, layer, head, q, k))
                  .isEqualTo(scale.colour(weight).rgb());
            }
          }
        }
      }
    }
    assertThat(Documents.texts(svg, "text")).contains("no value (NaN)");
    assertThat(Documents.elements(svg, "image")).isEmpty();
  }

  @Test
  void manyCellsAreAnImageInFewerColours() {
    double[][][][] weights = Figures.model(4, 6, 32, 32);
    ModelView view = view(weights).style(FigureStyle.README);
    Svg svg = view.render();
    assertThat(Documents.elements(svg, "image")).hasSize(1);
    assertThat(svg.data().notes()).contains("Shown in 31 colours");
    Raster raster = Raster.of(svg, 1);
    ModelGrid grid = ModelGrid.of(4, 6, view.summary(0, 0).cells());
    ColourScale scale = view.scale();
    for (int i = 0; i < 24; i++) {
      for (int q = 0; q < 32; q++) {
        for (int k = 0; k < 32; k++) {
          int step = scale.step(weights[i / 6][i % 6][q][k], 31);
          int expected = scale.palette().entry(CellGrid.paletteEntry(step, 31)).rgb();
          assertThat(pixel(raster, grid, i / 6, i % 6, q, k)).isEqualTo(expected);
        }
      }
    }
    // The page is seen between thumbnails.
    assertThat(raster.at(grid.width() + 6, 10)).isEqualTo(0xFFFFFF);
  }

  @Test
  void poolingKeepsTheHighestAndSaysSo() {
    double[][][][] weights = new double[1][2][100][100];
    weights[0][1][57][31] = 0.75;
    ModelView view = view(weights).style(FigureStyle.README);
    Svg svg = view.render();
    assertThat(svg.data().notes()).contains("Each cell is the highest of 4 × 4 weights");
    ModelGrid grid = ModelGrid.of(1, 2, view.summary(0, 0).cells());
    Raster raster = Raster.of(svg, 1);
    assertThat(pixel(raster, grid, 0, 1, 57 / 4, 31 / 4))
        .isEqualTo(Palette.VIRIDIS.entry(255).rgb());
    assertThat(pixel(raster, grid, 0, 0, 57 / 4, 31 / 4)).isEqualTo(Palette.VIRIDIS.entry(0).rgb());
  }

  @Test
  void fingerprintsTellKindsOfHeadsApart() {
    int tokens = 5;
    double[][] even = new double[tokens][tokens];
    double[][] previous = new double[tokens][tokens];
    double[][] first = new double[tokens][tokens];
    for (int i = 0; i < tokens; i++) {
      Arrays.fill(even[i], 1.0 / tokens);
      previous[i][Math.max(0, i - 1)] = 1;
      first[i][0] = 1;
    }
    HeadSummary broad = HeadSummary.of(even, 1, OptionalDouble.of(0.4));
    assertThat(broad.entropy()).isCloseTo(1, within(1e-12));
    // The mean of |i - j| over a square of five.
    assertThat(broad.distance().orElseThrow()).isCloseTo(1.6, within(1e-12));
    assertThat(broad.ahead().orElseThrow()).isCloseTo(0.8, within(1e-12));
    assertThat(broad.special()).hasValue(0.4);
    HeadSummary back = HeadSummary.of(previous, 1, OptionalDouble.empty());
    assertThat(back.entropy()).isZero();
    assertThat(back.previous()).hasValue(0.8);
    assertThat(back.next()).hasValue(0);
    assertThat(back.back()).hasValue(0.8);
    assertThat(back.ahead()).hasValue(0);
    HeadSummary delimiter = HeadSummary.of(first, 1, OptionalDouble.empty());
    assertThat(delimiter.back()).hasValue(2);
    assertThat(HeadSummary.of(new double[][] {{0.5, 0.5}}, 1, OptionalDouble.empty()).distance())
        .isEmpty();
  }

  @Test
  void rowsWithoutWeightsAreLeftOut() {
    double[][] weights = {{0, 0}, {Double.NaN, Double.NaN}};
    HeadSummary none = HeadSummary.of(weights, 1, OptionalDouble.empty());
    assertThat(none.entropy()).isZero();
    assertThat(none.highest()).isZero();
    weights[0][1] = 0.5;
    HeadSummary one = HeadSummary.of(weights, 1, OptionalDouble.empty());
    assertThat(one.ahead()).hasValue(1);
    assertThat(one.next()).hasValue(0.5);
  }

  /** Hard case 20: the bars, the tooltips and the data are the same numbers. */
  @Test
  void barsTooltipsAndDataAgree() {
    double[][][][] weights = Figures.model(3, 2, 6, 6);
    ModelView view = view(weights);
    Svg svg = view.render();
    DataTable table = svg.data().tables().get(0);
    List<String> titles = Documents.texts(svg, "title");
    List<double[]> entropies = rectangles(svg, "#d28102");
    List<double[]> distances = rectangles(svg, "#45a1ad");
    ModelGrid grid = ModelGrid.of(3, 2, view.summary(0, 0).cells());
    double farthest = 0;
    for (int row = 0; row < 6; row++) {
      farthest = Math.max(farthest, Math.max(table.at(row, 1), table.at(row, 2)));
    }
    assertThat(Documents.texts(svg, "text"))
        .contains(
            "Distance of keys before (left) and after (right), up to "
                + Decimals.significant(farthest));
    for (int row = 0; row < 6; row++) {
      HeadSummary summary = HeadSummary.of(weights[row / 2][row % 2], 1, OptionalDouble.empty());
      assertThat(table.rows().get(row)).isEqualTo("layer " + row / 2 + ", head " + row % 2);
      assertThat(table.at(row, 0)).isEqualTo(summary.entropy());
      assertThat(titles)
          .anyMatch(
              title ->
                  title.contains("entropy " + Decimals.significant(summary.entropy()) + "; mean")
                      && title.contains(Decimals.significant(summary.distance().orElseThrow())));
      assertThat(entropies.get(row)[2]).isCloseTo(grid.width() * summary.entropy(), within(0.006));
      double all = summary.distance().orElseThrow();
      assertThat(distances.get(row)[2])
          .isCloseTo(grid.width() / 2.0 * all / farthest, within(0.006));
    }
  }

  private static List<double[]> rectangles(Svg svg, String colour) {
    for (Element path : Documents.elements(svg, "path")) {
      if (path.getAttribute("fill").equals(colour)) {
        Matcher matcher = RECTANGLE.matcher(path.getAttribute("d"));
        return matcher
            .results()
            .map(
                found ->
                    IntStream.rangeClosed(1, 3)
                        .mapToDouble(i -> Double.parseDouble(found.group(i)))
                        .toArray())
            .toList();
      }
    }
    throw new AssertionError("no bars in " + colour);
  }

  @Test
  void chosenLayersAndHeadsKeepTheirIndices() {
    Svg svg = view(Figures.model(4, 5, 3, 3)).layers(3, 1).heads(4).render();
    assertThat(svg.data().tables().get(0).rows())
        .containsExactly("layer 1, head 4", "layer 3, head 4");
    assertThat(Documents.texts(svg, "text")).contains("Layer", "Head", "1", "3", "4");
    assertThat(svg.altText()).startsWith("Attention of 2 layers by 1 head. ");
  }

  @ParameterizedTest
  @EnumSource(SpecialTokens.class)
  void followsAnExplanationAndKnowsItsSpecialTokens(SpecialTokens specials) {
    Svg svg = Svg.modelView(Figures.explanation(Granularity.TOKEN, specials));
    DataTable table = svg.data().tables().get(0);
    int column = table.columns().indexOf("Special tokens");
    // [CLS] and [SEP] receive 0.1 each, whatever is shown of them.
    assertThat(table.at(0, column)).isCloseTo(0.2, within(1e-6));
    assertThat(Documents.texts(svg, "text"))
        .contains("Prediction: good (0.930)", "Weight of the special tokens, from 0 to 1");
  }

  @Test
  void linesCoverWhatTheySay() {
    Svg svg = view(Figures.model(2, 2, 6, 6)).thumbnails(ModelView.Thumbnails.LINES).render();
    long moves =
        Documents.elements(svg, "path").stream()
            .filter(path -> path.hasAttribute("stroke-opacity"))
            .mapToLong(path -> path.getAttribute("d").chars().filter(c -> c == 'M').count())
            .sum();
    assertThat(svg.data().notes().get(0))
        .isEqualTo(moves + " of 144 lines: 90 % of each query's weight by head");
    assertThatThrownBy(
            () -> view(Figures.model(1, 1, 25, 3)).thumbnails(ModelView.Thumbnails.LINES))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("model view with lines: expected at most 24 queries and keys, got 25 x 3");
  }

  /** Hard case 19 and the budget of the figure. */
  @ParameterizedTest
  @CsvSource({"12, 12, 32, 300000", "24, 16, 64, 600000", "2, 2, 512, 60000"})
  void sizeStaysWithinItsBudget(int layers, int heads, int tokens, int limit) {
    Svg svg = view(Figures.model(layers, heads, tokens, tokens)).render();
    assertThat(svg.toString().length()).isLessThan(limit);
    assertThat(Documents.elements(svg, "path")).hasSizeLessThan(300);
    assertThat(Documents.elements(svg, "rect")).hasSizeLessThan(500);
  }

  @Test
  void theRangeIsOneForAll() {
    Svg svg = view(Figures.model(2, 2, 4, 4)).range(0.125, 0.25).render();
    assertThat(Documents.texts(svg, "text")).contains("0.15", "0.20", "0.25");
    double[][][][] weights = {{{{0.5}}, {{0.25}}}};
    Raster raster =
        Raster.of(view(weights).palette(Palette.GREYS).style(FigureStyle.README).render(), 1);
    assertThat(raster.at(5, 5)).isZero();
    ModelGrid grid = ModelGrid.of(1, 2, Matrix.of(new double[][] {{1}}));
    assertThat(raster.at(grid.x(1) + 5, 5)).isEqualTo(Palette.GREYS.entry(128).rgb());
  }

  @Test
  void refusesWhatIsNoModel() {
    List<String> one = List.of("a");
    assertRefused(
        () -> ModelView.of(new double[0][][][], one, one),
        "model view: expected at least 1 layer and 1 head, got 0 and 0");
    assertRefused(
        () -> ModelView.of(new double[][][][] {{{{1}}}, {{{1}}, {{1}}}}, one, one),
        "model view layer 1: expected 1 heads as in layer 0, got 2");
    assertRefused(
        () -> ModelView.of(new float[][][][] {{{{1}}, {{1, 2}}}}, one, one),
        "model view layer 0, head 1, query 0: expected 1 keys as there are labels, got 2");
    assertRefused(
        () -> ModelView.of(new double[][][][] {{{{-1}}}}, one, one),
        "model view layer 0, head 0, query 0, key 0: expected a weight of 0 or more, or NaN for none, got -1.0");
    ModelView view = view(Figures.model(2, 2, 2, 2));
    assertRefused(() -> view.layers(), "model view layers: expected at least 1, got none");
    assertRefused(() -> view.heads(0, 0), "model view heads: expected each once, got 0 twice");
    assertRefused(() -> view.layers(2), "model view layer: expected 0 to 1, got 2");
    assertRefused(
        () -> view.range(1, 1),
        "model view range: expected two finite numbers, low below high, got 1.0 and 1.0");
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run).isInstanceOf(InvalidInputException.class).hasMessage(message);
  }
}
