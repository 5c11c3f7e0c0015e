package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ProblemType;
import io.github.attentive.SpecialTokens;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ProbabilitiesTest {
  private static List<Element> bars(Svg svg) {
    return Documents.elements(svg, "rect").stream()
        .filter(rect -> rect.getElementsByTagName("title").getLength() == 1)
        .toList();
  }

  private static List<String> bold(Svg svg) {
    return Documents.elements(svg, "text").stream()
        .filter(text -> text.getAttribute("font-weight").equals("bold"))
        .map(Element::getTextContent)
        .toList();
  }

  @Test
  void refusesScoresWithoutLabels() {
    assertThatThrownBy(() -> Probabilities.of(List.of("a"), new double[2]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "probabilities: expected at least 1 score and a label for each, got 1 labels and 2 scores");
    assertThatThrownBy(() -> Probabilities.of(List.of("a"), new double[1]).target("b"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("probabilities target 'b': expected one of the labels [a]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoProbability(double score) {
    assertThatThrownBy(() -> Probabilities.of(List.of("a"), new double[] {score}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "probabilities: expected a number from 0 to 1, got " + score + " for label 'a'");
  }

  @Test
  void barsAreSharesOfTheTrack() {
    Svg svg = Probabilities.of(List.of("a", "b"), new double[] {0.25, 0.75}).render();
    assertThat(bars(svg)).extracting(bar -> bar.getAttribute("width")).containsExactly("80", "240");
    assertThat(Documents.texts(svg, "text")).contains("0.250", "0.750", "0.0", "1.0");
  }

  @Test
  void thePredictedClassIsMarkedByMoreThanColour() {
    Svg svg = Probabilities.of(List.of("a", "b"), new double[] {0.25, 0.75}).target("a").render();
    assertThat(bold(svg)).containsExactly("b", "0.750");
    assertThat(bars(svg)).extracting(bar -> bar.getAttribute("height")).containsExactly("8", "18");
    assertThat(Documents.texts(svg, "text")).contains("predicted", "target of the weights");
  }

  @Test
  void neverSaysOneOrZeroOfWhatIsNot() {
    Svg svg = Probabilities.of(List.of("a", "b"), new double[] {0.99999, 0.00001}).render();
    assertThat(Documents.texts(svg, "text")).contains(">0.9995", "<0.0005");
  }

  @Test
  void severalLabelsApplyFromAHalf() {
    Svg svg =
        Probabilities.of(
                ProblemType.MULTI_LABEL, List.of("a", "b", "c"), new double[] {0.5, 0.49999, 0.9})
            .render();
    assertThat(bold(svg)).containsExactly("a", "0.500", "c", "0.900");
    assertThat(Documents.texts(svg, "text")).contains("applies from 0.5", "<0.5");
    assertThat(svg.altText()).endsWith("2 of 3 apply.");
  }

  @Test
  void ofManyClassesTheHighestAndTheRestAreTheTotal() {
    double[] scores = new double[150];
    IntStream.range(0, 150).forEach(i -> scores[i] = (i + 1) / 11325.0);
    List<String> labels = IntStream.range(0, 150).mapToObj(i -> "c" + i).toList();
    Svg svg = Probabilities.of(labels, scores).render();
    double shown = IntStream.range(130, 150).mapToDouble(i -> scores[i]).sum();
    assertThat(bars(svg)).hasSize(20);
    assertThat(bold(svg)).contains("c149");
    assertThat(Documents.texts(svg, "text"))
        .contains(
            "The highest 20 of 150 classes; the rest sum to " + Decimals.significant(1 - shown));
    assertThat(svg.data().tables().get(0).rows()).hasSize(150);
  }

  @Test
  void valuesOfARegressionAreSignedBars() {
    Svg svg =
        Probabilities.of(ProblemType.REGRESSION, List.of("a", "b"), new double[] {3, -1}).render();
    assertThat(bars(svg)).extracting(bar -> bar.getAttribute("width")).containsExactly("270", "90");
    assertThat(svg.data().view()).isEqualTo("probabilities");
  }

  @Test
  void sortsIfAskedTo() {
    Svg svg = Probabilities.of(List.of("a", "b"), new double[] {0.25, 0.75}).sorted().render();
    assertThat(bars(svg)).extracting(bar -> bar.getAttribute("width")).containsExactly("240", "80");
  }

  @Test
  void anExplanationsScores() {
    Svg svg = Svg.probabilities(Figures.explanation(Granularity.WORD, SpecialTokens.KEEP));
    assertThat(Documents.texts(svg, "text"))
        .contains("Prediction: good (0.930)", "good", "bad", "0.930", "0.070");
  }
}
