package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class NeuronViewTest {
  private static final double[] QUERY = {1, -0.5};
  private static final double[][] KEYS = {{2, 1}, {0, 3}, {-1, -1}};

  private static List<Element> bars(Svg svg) {
    return Documents.elements(svg, "rect").stream()
        .filter(rect -> rect.getAttribute("fill").equals(BarsView.POSITIVE.hex()))
        .toList();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static DataTable arithmetic(Svg svg) {
    return svg.data().tables().get(0);
  }

  /** A column of the table of numbers. */
  private static double[] column(Svg svg, String name) {
    DataTable table = arithmetic(svg);
    int column = table.columns().indexOf(name);
    return IntStream.range(0, table.rows().size()).mapToDouble(i -> table.at(i, column)).toArray();
  }

  @Test
  void theNumbersShownAreTheArithmetic() {
    Svg svg = NeuronView.of(QUERY, KEYS, 0.5).render();
    assertThat(column(svg, "q · k")).containsExactly(1.5, -1.5, -0.5);
    assertThat(column(svg, "scaled")).containsExactly(0.75, -0.75, -0.25);
    double sum = Math.exp(0.75) + Math.exp(-0.75) + Math.exp(-0.25);
    double[] softmax = column(svg, "softmax");
    assertThat(softmax[0]).isCloseTo(Math.exp(0.75) / sum, within(1e-15));
    List<String> texts = Documents.texts(svg, "text");
    assertThat(texts).contains("1.50", "-1.50", "-0.50", "0.750", "-0.750", "-0.250", "× 0.5");
    List<Element> bars = bars(svg);
    for (int key = 0; key < 3; key++) {
      String shown = Decimals.significant(softmax[key]);
      assertThat(texts).contains(shown);
      assertThat(Double.parseDouble(shown)).isCloseTo(softmax[key], within(5e-5));
      assertThat(number(bars.get(key), "width"))
          .isCloseTo(120 * softmax[key] / softmax[0], within(0.005));
    }
    assertThat(arithmetic(svg).columns()).doesNotContain("added", "weight");
  }

  @Test
  void cellsHaveTheColoursOfTheirValuesOnOneScale() {
    Svg svg = NeuronView.of(QUERY, KEYS, 0.5).render();
    Raster raster = Raster.of(svg, 1);
    ColourScale vectors = new ColourScale(Palette.RD_BU, new Range(-3, 3), Norm.CENTRED);
    ColourScale products = new ColourScale(Palette.RD_BU, new Range(-2, 2), Norm.CENTRED);
    // Cells are 24 wide, rows 24 high, the query's strip is 52 above the keys.
    for (int dimension = 0; dimension < 2; dimension++) {
      double x = 24 * dimension + 12;
      assertThat(raster.at(x, -52)).isEqualTo(vectors.colour(QUERY[dimension]).rgb());
      for (int key = 0; key < 3; key++) {
        double y = 24 * key + 12;
        assertThat(raster.at(x, y)).isEqualTo(vectors.colour(KEYS[key][dimension]).rgb());
        double right = productsLeft(svg) + x;
        assertThat(raster.at(right, y))
            .isEqualTo(products.colour(QUERY[dimension] * KEYS[key][dimension]).rgb());
      }
    }
    assertThat(Documents.texts(svg, "text")).contains("-3", "3", "-2", "2", "q and k", "q × k");
  }

  private static double productsLeft(Svg svg) {
    return Documents.elements(svg, "text").stream()
        .filter(text -> text.getTextContent().equals("q × k"))
        .mapToDouble(text -> number(text, "x"))
        .min()
        .orElseThrow();
  }

  @Test
  void cellsOf64DimensionsAreWholePixelsWide() {
    Svg svg = NeuronView.of(Figures.noise(1, 64, 1)[0], Figures.noise(4, 64, 2), 0.125).render();
    String cells =
        Documents.elements(svg, "path").stream()
            .filter(path -> !path.hasAttribute("class"))
            .map(path -> path.getAttribute("d"))
            .collect(Collectors.joining());
    assertThat(cells).contains("h3v14h-3z").doesNotContain(".");
    assertThat(svg.data().notes()).noneMatch(note -> note.startsWith("Each cell"));
  }

  @Test
  void manyDimensionsArePooledAndTheFigureSaysSo() {
    double[] query = new double[200];
    query[100] = -3;
    query[101] = 1;
    Svg svg = NeuronView.of(query, new double[][] {query}, 1).render();
    assertThat(svg.data().notes())
        .contains("Each cell shows the strongest of 3 neighbouring dimensions");
    // Dimensions 99, 100 and 101 share a cell of 3 units.
    assertThat(Raster.of(svg, 1).at(33 * 3 + 1.5, -52)).isEqualTo(Palette.RD_BU.entry(0).rgb());
    assertThat(svg.data().tables().get(1).at(0, 101)).isEqualTo(1);
  }

  @Test
  void reproducesTheWeightsOfAnExplanationAndSaysHowClosely() {
    for (int queries : new int[] {5, 1}) {
      Explanation explanation = Figures.explanationWithVectors(queries, (query, key) -> 0);
      for (int layer = 0; layer < 2; layer++) {
        for (int head = 0; head < 3; head++) {
          for (int query = 0; query < queries; query++) {
            Svg svg = NeuronView.of(explanation).layer(layer).head(head).query(query).render();
            double[] softmax = column(svg, "softmax");
            double largest = 0;
            for (int key = 0; key < 5; key++) {
              float weight = explanation.attention().at(layer, head, query, key);
              assertThat(softmax[key]).isCloseTo(weight, within(1e-6));
              largest = Math.max(largest, Math.abs(softmax[key] - weight));
            }
            assertThat(arithmetic(svg).columns()).doesNotContain("added");
            assertThat(stated(svg)).isBetween(largest, 2 * largest);
          }
        }
      }
    }
  }

  /** The largest deviation as the figure has it. */
  private static double stated(Svg svg) {
    String note = svg.data().notes().get(svg.data().notes().size() - 1);
    String start = "The softmax of the shown scores reproduces the engine's weights within ";
    assertThat(note).startsWith(start);
    assertThat(svg.altText()).contains(note);
    return Double.parseDouble(note.substring(start.length()));
  }

  @Test
  void showsWhatIsAddedAndWhichKeysAreNotSeen() {
    Explanation explanation =
        Figures.explanationWithVectors(5, (query, key) -> key == 4 ? -1e30 : 0.25 * (key - query));
    Svg svg = NeuronView.of(explanation).query(1).render();
    double[] added = column(svg, "added");
    for (int key = 0; key < 4; key++) {
      assertThat(added[key]).isCloseTo(0.25 * (key - 1), within(1e-6));
    }
    assertThat(added[4]).isNaN();
    assertThat(column(svg, "softmax")[4]).isZero();
    assertThat(Documents.texts(svg, "text")).contains("+ added", "not seen");
    assertThat(stated(svg)).isLessThan(1e-6);
    assertThat(Documents.texts(svg, "title"))
        .anyMatch(title -> title.startsWith("“[SEP]”: q · k is") && title.endsWith(", not seen"));
  }

  @Test
  void startsAtTheFirstPositionThatIsShown() {
    Explanation explanation = Figures.explanationWithVectors(5, (query, key) -> 0);
    Svg svg = Svg.neuronView(explanation);
    assertThat(svg.altText()).startsWith("Layer 0, head 0: what “not” looks at.");
    assertThat(svg.data().facts())
        .containsEntry("layer", "0")
        .containsEntry("head", "0")
        .containsEntry("query", "1");
    assertThat(arithmetic(svg).rows()).containsExactly("[CLS]", "not", "b", "##ad", "[SEP]");
    Svg pooling = Svg.neuronView(Figures.explanationWithVectors(1, (query, key) -> 0));
    assertThat(pooling.altText()).startsWith("Layer 0, head 0: what “pooling” looks at.");
  }

  @Test
  void weightsThatDoNotFitAreNamed() {
    Svg svg = NeuronView.of(QUERY, KEYS, 0.5).weights(new double[] {0.5, 0.25, 0.25}).render();
    assertThat(svg.data().notes())
        .contains("The softmax of the shown scores differs from the given weights by up to 0.2");
    assertThat(arithmetic(svg).columns()).endsWith("weight");
  }

  @Test
  void shownAndRestAreAll() {
    double[][] keys = Figures.noise(50, 4, 9);
    Svg svg = NeuronView.of(new double[] {3, 1, -2, 4}, keys, 0.5).render();
    assertThat(bars(svg)).hasSize(24);
    double shown = 0;
    for (double weight : column(svg, "softmax")) {
      shown += weight;
    }
    String note = svg.data().notes().get(0);
    String start = "24 of 50 keys shown, those with the largest weights; the rest sum to ";
    assertThat(note).startsWith(start);
    assertThat(shown + Double.parseDouble(note.substring(start.length())))
        .isCloseTo(1, within(5e-4));
    // In the order of the text.
    assertThat(arithmetic(svg).rows().stream().map(Integer::valueOf)).isSorted();
    assertThat(bars(NeuronView.of(QUERY, KEYS, 1).rows(2).render())).hasSize(2);
  }

  @Test
  void namesTheDimensionsThatRaiseTheStrongestKey() {
    Svg svg = NeuronView.of(QUERY, KEYS, 0.5).render();
    // Products: (2, -0.5), (0, -1.5), (-1, 0.5); means (1/3, -0.5).
    assertThat(svg.data().notes().get(0))
        .isEqualTo(
            "Marked: what raises the score of “0” most over the mean of the keys: dimension 0"
                + " (+0.8333)");
  }

  @Test
  void everyRowIsReachedByTabAndTellsItsNumbers() {
    Svg svg = NeuronView.of(QUERY, KEYS, 0.5).keyLabels(List.of("the", "the", "not")).render();
    List<Element> rows =
        Documents.elements(svg, "g").stream().filter(g -> g.hasAttribute("tabindex")).toList();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(2).getAttribute("aria-label"))
        .isEqualTo("“not”: q · k is -0.5, scaled -0.25, weight 0.2312");
    Svg plain = NeuronView.of(QUERY, KEYS, 0.5).style(FigureStyle.README).render();
    assertThat(plain.toString()).doesNotContain("tabindex", ":hover");
  }

  @Test
  void laterChangesToArraysAreNotDrawn() {
    double[] query = QUERY.clone();
    double[][] keys = {{2, 1}, {0, 3}};
    NeuronView view = NeuronView.of(query, keys, 1);
    Svg before = view.render();
    query[0] = 7;
    keys[1][1] = 7;
    assertThat(view.render()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoNumber(double value) {
    assertThatThrownBy(() -> NeuronView.of(new double[] {1, value}, KEYS, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("neuron view query: expected finite numbers, got " + value + " at index 1");
    assertThatThrownBy(() -> NeuronView.of(QUERY, KEYS, value))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("neuron view scale: expected a finite number, got " + value);
    assertThatThrownBy(() -> NeuronView.of(QUERY, KEYS, 1).added(new double[] {0, 0, value}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("got " + value + " at index 2");
  }

  @Test
  void refusesShapesThatDoNotFit() {
    assertThatThrownBy(() -> NeuronView.of(new double[0], KEYS, 1))
        .hasMessage("neuron view: expected at least 1 dimension and 1 key, got 0 and 3");
    assertThatThrownBy(() -> NeuronView.of(QUERY, new double[][] {{1, 2}, {1}}, 1))
        .hasMessage("neuron view key 1: expected 2 dimensions as the query has, got 1");
    assertThatThrownBy(() -> NeuronView.of(QUERY, KEYS, 1).keyLabels(List.of("a")))
        .hasMessage("neuron view labels: expected one for each of 3 keys, got 1");
    assertThatThrownBy(() -> NeuronView.of(QUERY, KEYS, 1).rows(65))
        .hasMessage("neuron view rows: expected 1 to 64, got 65");
    assertThatThrownBy(
            () -> NeuronView.of(new double[] {1e300}, new double[][] {{1e300}}, 1).render())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("got Infinity at key 0");
    double none = Double.NEGATIVE_INFINITY;
    assertThatThrownBy(
            () -> NeuronView.of(QUERY, KEYS, 1).added(new double[] {none, none, none}).render())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("neuron view: expected a key that the query may see");
  }

  @Test
  void refusesExplanationsWithoutVectorsAndIndicesOutsideThem() {
    assertThatThrownBy(
            () -> Svg.neuronView(Figures.explanation(Granularity.TOKEN, SpecialTokens.KEEP)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("ask for them with ExplainOptions.builder().queriesAndKeys(true)");
    NeuronView view = NeuronView.of(Figures.explanationWithVectors(5, (query, key) -> 0));
    assertThatThrownBy(() -> view.layer(2)).hasMessage("neuron view layer: expected 0 to 1, got 2");
    assertThatThrownBy(() -> view.head(-1)).hasMessage("neuron view head: expected 0 to 2, got -1");
    assertThatThrownBy(() -> view.query(5)).hasMessage("neuron view query: expected 0 to 4, got 5");
    assertThatThrownBy(() -> view.queryLabel("a")).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> NeuronView.of(QUERY, KEYS, 1).layer(0))
        .isInstanceOf(InvalidInputException.class);
  }
}
