package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class EvolutionTest {
  private static final double[][] WEIGHTS = {{0.5, 0.5}, {0.2, 0.8}, {0, 1}};

  private static List<Element> lines(Svg svg) {
    return Documents.elements(svg, "path").stream()
        .filter(path -> path.getAttribute("stroke-width").equals("2"))
        .toList();
  }

  @Test
  void refusesWhatItCannotDraw() {
    assertThatThrownBy(() -> Evolution.of(List.of("a"), new double[0][]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("evolution: expected at least 1 word and 1 layer, got 1 words and 0 layers");
    assertThatThrownBy(() -> Evolution.of(List.of("a"), new double[][] {{1}, {1, 2}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("evolution layer 1: expected a weight for each of 1 words, got 2");
    assertThatThrownBy(() -> Evolution.of(List.of("a"), new double[][] {{Double.NaN}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("evolution layer 0: expected a finite weight, got NaN at index 0 ('a')");
    Evolution evolution = Evolution.of(List.of("a"), new double[][] {{1}});
    assertThatThrownBy(() -> evolution.lines(6))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("evolution lines: expected 0 to 5, got 6");
    assertThatThrownBy(() -> evolution.layers(List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("evolution layer labels: expected 1 as there are layers, got 0");
  }

  @Test
  void numbersAndColoursAreThoseOfTheData() {
    Svg svg = Evolution.of(List.of("not", "bad"), WEIGHTS).render();
    assertThat(Documents.texts(svg, "text").subList(0, 6))
        .containsExactly("0.50", "0.20", "0.00", "0.50", "0.80", "1.00");
    List<Element> cells =
        Documents.elements(svg, "rect").stream()
            .filter(rect -> rect.getElementsByTagName("title").getLength() == 1)
            .toList();
    assertThat(cells).hasSize(6);
    assertThat(cells.get(5).getTextContent()).contains("bad, layer 2: 1");
    assertThat(cells.get(5).getAttribute("fill")).isEqualTo(Palette.BLUES.entry(255).hex());
    assertThat(cells.get(2).getAttribute("fill")).isEqualTo(Palette.BLUES.entry(0).hex());
    assertThat(Raster.of(svg, 1).at(2 * 40 + 3, 20 + 3)).isEqualTo(Palette.BLUES.entry(255).rgb());
    assertThat(svg.data().tables().get(0).toArray())
        .isDeepEqualTo(new double[][] {{0.5, 0.2, 0}, {0.5, 0.8, 1}});
  }

  @Test
  void linesAreOfTheHighestMeans() {
    assertThat(lines(Evolution.of(List.of("not", "bad"), WEIGHTS).render())).isEmpty();
    Svg one = Evolution.of(List.of("not", "bad"), WEIGHTS).lines(1).render();
    // The line itself, and its sample beside the label.
    assertThat(lines(one)).hasSize(2);
    assertThat(Documents.texts(one, "text")).filteredOn("bad"::equals).hasSize(2);
    assertThat(Documents.texts(one, "text")).filteredOn("not"::equals).hasSize(1);
    List<Element> both = lines(Evolution.of(List.of("not", "bad"), WEIGHTS).lines(5).render());
    assertThat(both).extracting(line -> line.getAttribute("stroke-dasharray")).contains("", "6 3");
  }

  @Test
  void weightsOfAnExplanationFollowItsUnitAndPolicy() {
    Svg svg = Svg.evolution(Figures.explanation(Granularity.WORD, SpecialTokens.RENORMALISE));
    assertThat(Documents.texts(svg, "text"))
        .contains("Prediction: good (0.930)", "not", "bad", "0.25", "0.75", "Layer");
    DataTable table = svg.data().tables().get(0);
    assertThat(table.rows()).containsExactly("not", "bad");
    assertThat(table.at(1, 0)).isCloseTo(0.75, Offset.offset(1e-6));
  }

  @Test
  void longTextsStaySmall() {
    List<String> words = Collections.nCopies(512, "word");
    Svg svg = Evolution.of(words, Figures.noise(24, 512, 4)).lines(5).render();
    assertThat(svg.toString().length()).isLessThan(200_000);
  }
}
