package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class BarsTest {
  private static List<Element> bars(Svg svg) {
    return Documents.elements(svg, "rect").stream()
        .filter(rect -> rect.getElementsByTagName("title").getLength() == 1)
        .toList();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void refusesValuesWithoutLabels() {
    assertThatThrownBy(() -> Bars.of(List.of("a"), new double[] {1, 2}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "bars: expected at least 1 value and a label for each, got 1 labels and 2 values");
    assertThatThrownBy(() -> Bars.of(List.of(), new double[0]))
        .isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void refusesValuesThatAreNoNumbers(double value) {
    assertThatThrownBy(() -> Bars.of(List.of("a", "b"), new double[] {1, value}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("bars: expected a finite value, got " + value + " at index 1 ('b')");
  }

  @Test
  void lengthsAreProportionalAndSignsGoEitherWay() {
    Svg svg = Bars.of(List.of("a", "b", "c", "d"), new double[] {0.2, -0.4, 0, 0.6}).render();
    List<Element> bars = bars(svg);
    double zero = number(bars.get(0), "x");
    assertThat(number(bars.get(0), "width")).isEqualTo(72);
    assertThat(number(bars.get(1), "width")).isEqualTo(144);
    assertThat(number(bars.get(1), "x")).isEqualTo(zero - 144);
    assertThat(number(bars.get(2), "width")).isZero();
    assertThat(number(bars.get(3), "x")).isEqualTo(zero);
    assertThat(bars.get(0).getAttribute("fill")).isEqualTo(bars.get(3).getAttribute("fill"));
    assertThat(bars.get(1).getAttribute("fill")).isNotEqualTo(bars.get(0).getAttribute("fill"));
    assertThat(Documents.texts(svg, "text").subList(0, 4))
        .containsExactly("0.200", "-0.400", "0.000", "0.600");
  }

  @Test
  void theLineOfZeroIsAlwaysThere() {
    for (double[] values : new double[][] {{0, 0}, {1, 2}, {-1, -2}, {-1, 2}}) {
      Svg svg = Bars.of(List.of("a", "b"), values).render();
      double zero = 360 * Math.max(0, -Math.min(values[0], values[1])) / 3;
      zero = values[1] > 0 ? zero : values[1] < 0 ? 360 : 0;
      zero = values[0] < 0 && values[1] > 0 ? 120 : zero;
      int at = (int) zero;
      assertThat(Documents.elements(svg, "path"))
          .anyMatch(path -> path.getAttribute("d").startsWith("M" + at + " 0v48"));
    }
  }

  @Test
  void equalLabelsStaySeparateBars() {
    Svg svg = Bars.of(List.of("the", "the", "the"), new double[] {1, 2, 3}).render();
    assertThat(bars(svg)).hasSize(3);
    assertThat(Documents.texts(svg, "text")).filteredOn("the"::equals).hasSize(3);
  }

  @Test
  void titlesAndTooltipsAreShown() {
    Svg svg = Bars.of(List.of("a"), new double[] {0.12345}).title("T").valueTitle("V").render();
    assertThat(Documents.texts(svg, "text")).contains("T", "V", "a", "0.123");
    assertThat(Documents.texts(svg, "title")).containsExactly("T", "a: 0.1235");
  }

  @Test
  void extremesNameTheirPowerOfTenAtTheAxis() {
    Svg svg = Bars.of(List.of("a"), new double[] {-3e-12}).render();
    assertThat(Documents.texts(svg, "text")).contains("Weight (× 1e-12)", "-3.00");
  }

  @Test
  void laterChangesToAnArrayAreNotDrawn() {
    double[] values = {1, 2};
    Bars bars = Bars.of(List.of("a", "b"), values);
    Svg before = bars.render();
    values[0] = 2;
    assertThat(bars.render()).isEqualTo(before);
  }

  @Test
  void showsTheUnitOfAnExplanation() {
    Svg words = Svg.bars(Figures.explanation(Granularity.WORD, SpecialTokens.DROP));
    assertThat(Documents.texts(words, "text"))
        .contains("Prediction: good (0.930)", "not", "bad", "0.600", "Weight (attention)");
    Svg tokens = Svg.bars(Figures.explanation(Granularity.TOKEN, SpecialTokens.KEEP));
    assertThat(Documents.texts(tokens, "text"))
        .contains("[CLS]", "b", "·ad")
        .doesNotContain("##ad");
  }

  @Test
  void refusesOptionsThatDoNotFit() {
    Bars bars = Bars.of(List.of("a", "b"), new double[] {1, 2});
    assertThatThrownBy(() -> bars.top(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("bars: expected at least 1 bar to show, got 0");
    assertThatThrownBy(() -> bars.errors(new double[1]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("bars errors: expected one for each of 2 values, got 1");
    assertThatThrownBy(() -> bars.errors(new double[] {0, -1}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "bars error 1: expected a finite number of at least 0, or NaN for none, got -1.0");
    assertThatThrownBy(() -> bars.errors(new double[] {0, 2.5}, new double[] {1, 3}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "bars error 1: expected finite numbers around 2.0, or NaN twice for none,"
                + " got 2.5 and 3.0");
  }

  @Test
  void theStrongestAndTheRestAreTheTotal() {
    double[] values = {0.1, -0.5, 0.2, 0.3, -0.05};
    Svg svg = Bars.of(List.of("a", "b", "c", "d", "e"), values).top(2).render();
    assertThat(bars(svg)).hasSize(2);
    assertThat(Documents.texts(svg, "text"))
        .startsWith("-0.500", "0.300", "sum 0.250", "b", "d", "the other 3");
    DataTable table = svg.data().tables().get(0);
    assertThat(table.rows()).containsExactly("b", "d", "the other 3");
    assertThat(table.at(0, 0) + table.at(1, 0) + table.at(2, 0))
        .isCloseTo(0.05, Offset.offset(1e-12));
    assertThat(svg.altText()).contains("2 bars of 5", "The other 3 sum to 0.25.");
  }

  @Test
  void topOfNoMoreChangesNothing() {
    Bars bars = Bars.of(List.of("a", "b"), new double[] {1, 2});
    assertThat(bars.render()).isEqualTo(bars.top(2).render());
  }

  @Test
  void sortsByStrength() {
    double[] values = {0.1, -0.5, 0.2, 0.5};
    Svg svg = Bars.of(List.of("a", "b", "c", "d"), values).sorted().render();
    assertThat(Documents.texts(svg, "text").subList(4, 8)).containsExactly("b", "d", "c", "a");
  }

  @Test
  void errorsReachFromLowToHigh() {
    double[] none = {Double.NaN, 1};
    Svg svg = Bars.of(List.of("a", "b"), new double[] {1, 2}).errors(none).render();
    assertThat(Documents.elements(svg, "path"))
        .filteredOn(path -> path.hasAttribute("stroke-linecap"))
        .extracting(path -> path.getAttribute("d"))
        .containsOnly("M120 36h240M120 32v8M360 32v8");
    assertThat(Documents.texts(svg, "title")).contains("a: 1", "b: 2 (1 to 3)");
    double[][] data = svg.data().tables().get(0).toArray();
    assertThat(data[0]).containsExactly(1, Double.NaN, Double.NaN);
    assertThat(data[1]).containsExactly(2, 1, 3);
  }

  @Test
  void signsStandInFrontOfTheBars() {
    Svg svg = Bars.of(List.of("a", "b", "c"), new double[] {1, -2, 0}).signs().render();
    String strokes = Documents.elements(svg, "path").get(0).getAttribute("d");
    assertThat(strokes.chars().filter(c -> c == 'h').count()).isEqualTo(2);
    assertThat(strokes.chars().filter(c -> c == 'v').count()).isEqualTo(1);
  }
}
