package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Attribution;
import io.github.attentive.Classification;
import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class HighlightTest {
  private static final List<String> PIECES = List.of("not", " ", "bad", ", ", "really", ".");

  private static Highlight of(double... weights) {
    return Highlight.of(PIECES, weights);
  }

  private static List<Element> words(Svg svg) {
    return Documents.elements(svg, "g").stream().filter(g -> g.hasAttribute("tabindex")).toList();
  }

  private static Element child(Element element, String name) {
    return (Element) element.getElementsByTagName(name).item(0);
  }

  @Test
  void refusesWhatItCannotDraw() {
    assertThatThrownBy(() -> Highlight.of(List.of("a"), new double[2]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "highlight: expected at least 1 piece and a weight for each, got 1 pieces and 2 weights");
    assertThatThrownBy(() -> Highlight.of(List.of(), new double[0]))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Highlight.of(List.of("a", "b"), new double[] {1, Double.NaN}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("highlight: expected a finite weight, got NaN at index 1 ('b')");
    assertThatThrownBy(() -> Highlight.of("abc", new int[] {1}, new int[] {4}, new double[] {1}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "highlight span 0: expected 0 <= start <= end <= 3, the text's length, got [1, 4)");
    assertThatThrownBy(() -> Highlight.of("abc", new int[1], new int[2], new double[1]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("highlight: expected a start and an end for each of 1 weights, got 1 and 2");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesOptionsOutOfRange(double value) {
    assertThatThrownBy(() -> of(1, 0, 0, 0, 0, 0).width(value))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("highlight width: expected a number from 100 to 10000, got " + value);
    assertThatThrownBy(() -> of(1, 0, 0, 0, 0, 0).strongest(value))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("highlight strongest weight: expected a finite number above 0, got " + value);
  }

  @Test
  void eachWordSaysItsWeightAndRank() {
    Svg svg = of(0.2, 0, -0.8, 0, 0.4, 0).render();
    assertThat(words(svg).stream().map(word -> word.getAttribute("aria-label")))
        .containsExactly(
            "“not”: 0.2, rank 3 of 6",
            "“␣”: 0, rank 4 of 6",
            "“bad”: -0.8, rank 1 of 6",
            "“,”: 0, rank 5 of 6",
            "“really”: 0.4, rank 2 of 6",
            "“.”: 0, rank 6 of 6");
    for (Element word : words(svg)) {
      assertThat(child(word, "title").getTextContent()).isEqualTo(word.getAttribute("aria-label"));
    }
  }

  @Test
  void coloursAreThoseOfASymmetricScaleAndTextContrasts() {
    Svg svg = of(0.4, 0, -0.8, 0, 0.8, 0).render();
    List<String> fills =
        words(svg).stream().map(word -> child(word, "rect").getAttribute("fill")).toList();
    assertThat(fills.get(2)).isEqualTo(Palette.RD_BU.entry(0).hex());
    assertThat(fills.get(4)).isEqualTo(Palette.RD_BU.entry(255).hex());
    assertThat(fills.get(0)).isEqualTo(Palette.RD_BU.entry(192).hex());
    for (Element word : words(svg)) {
      String fill = child(word, "rect").getAttribute("fill");
      if (!fill.equals("none")) {
        Colour ground = new Colour(Integer.parseInt(fill.substring(1), 16));
        Colour text =
            new Colour(Integer.parseInt(child(word, "text").getAttribute("fill").substring(1), 16));
        assertThat(ground.contrast(text)).isGreaterThan(4.5);
      }
    }
  }

  @Test
  void underlinesAreAsThickAsWeightsAreStrong() {
    Svg svg = of(0.4, 0, -0.8, 0, 0.2, 0).render();
    String positive = underline(svg, BarsView.POSITIVE);
    String negative = underline(svg, BarsView.NEGATIVE);
    assertThat(positive.split("z")).hasSize(2);
    assertThat(positive).contains("v2.5h").contains("v1.25h");
    assertThat(negative.split("z")).hasSize(1);
    assertThat(negative).contains("v5h");
  }

  private static String underline(Svg svg, Colour colour) {
    return Documents.elements(svg, "path").stream()
        .filter(path -> path.getAttribute("fill").equals(colour.hex()))
        .map(path -> path.getAttribute("d"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void boxesAreSeenWhereTheirWordsAre() {
    Svg svg = of(0, 0, 1, 0, 0, 0).render();
    Raster raster = Raster.of(svg, 1);
    Element box = child(words(svg).get(2), "rect");
    double x = Double.parseDouble(box.getAttribute("x"));
    double width = Double.parseDouble(box.getAttribute("width"));
    int blue = Palette.BLUES.entry(255).rgb();
    assertThat(raster.at(x + width / 2, 2)).isEqualTo(blue);
    assertThat(raster.at(x + width / 2, 22 + 2 + 2.5)).isEqualTo(BarsView.POSITIVE.rgb());
    assertThat(raster.at(x - 10, 2)).isEqualTo(0xFFFFFF);
  }

  @Test
  void textBetweenWordsIsKept() {
    Svg svg =
        Highlight.of("(not)  bad!", new int[] {1, 7}, new int[] {4, 10}, new double[] {1, 2})
            .render();
    assertThat(Documents.texts(svg, "text").subList(0, 5))
        .containsExactly("(", "not", ")", "bad", "!");
  }

  @Test
  void dataHoldTextAndAllWeights() {
    Svg svg = of(0.2, 0, -0.8, 0, 0.4, 0).render();
    FigureData data = FigureData.parse(svg.toString());
    assertThat(data.facts()).containsEntry("text", "not bad, really.");
    assertThat(data.tables()).hasSize(1);
    assertThat(data.tables().get(0).rows()).isEqualTo(PIECES);
    assertThat(data.tables().get(0).at(2, 0)).isEqualTo(-0.8);
  }

  @Test
  void anExplanationsWordsAndSpecialTokens() {
    Svg words = Svg.highlight(Figures.explanation(Granularity.WORD, SpecialTokens.DROP));
    assertThat(words(words))
        .extracting(word -> child(word, "text").getTextContent())
        .containsExactly("not", "bad");
    assertThat(Documents.texts(words, "text"))
        .contains("Prediction: good (0.930)", "Special tokens weigh 0.2 and are left out");
    Svg tokens = Svg.highlight(Figures.explanation(Granularity.TOKEN, SpecialTokens.KEEP));
    assertThat(words(tokens))
        .extracting(word -> child(word, "text").getTextContent())
        .containsExactly("not", "b", "ad");
    assertThat(Documents.texts(tokens, "text"))
        .contains("Special tokens, which stand for no text, weigh 0.2");
  }

  @Test
  void mirroringKeepsTheFigureAndTurnsTheOrder() {
    Svg left = of(1, 0, 2, 0, 3, 0).render();
    Svg right = of(1, 0, 2, 0, 3, 0).rightToLeft().render();
    assertThat(x(words(left).get(0))).isLessThan(x(words(left).get(4)));
    assertThat(x(words(right).get(0))).isGreaterThan(x(words(right).get(4)));
  }

  private static double x(Element word) {
    return Double.parseDouble(child(word, "rect").getAttribute("x"));
  }

  @Test
  void ofManyWordsTheStrongestHaveTooltipsAndTheFigureStaysSmall() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 512; i++) {
      many.add(" word" + i);
    }
    Svg svg = Highlight.of(many, Figures.noise(1, 512, 4)[0]).render();
    assertThat(words(svg)).hasSize(60);
    assertThat(svg.toString().length()).isLessThan(200_000);
    assertThat(Documents.texts(svg, "text")).contains("word0", "word511");
  }

  @Test
  void ofLongTextsTheBeginningIsShown() {
    List<String> many = Collections.nCopies(5000, "word ");
    Svg svg = Highlight.of(many, new double[5000]).render();
    assertThat(Documents.texts(svg, "text"))
        .contains("Shown up to character 4000 of 25000, word 800 of 5000")
        .filteredOn("word"::equals)
        .hasSize(800);
  }

  @Test
  void strongerThanTheScaleIsSaid() {
    assertThat(Documents.texts(of(2, 0, 0, 0, 0, 0).strongest(1).render(), "text"))
        .contains("Stronger weights look like those at the end of the scale");
    assertThat(Documents.texts(of(2, 0, 0, 0, 0, 0).strongest(2).render(), "text"))
        .doesNotContain("Stronger weights look like those at the end of the scale");
  }

  @Test
  void aReadmeHasNoParts() {
    assertThat(words(of(1, 0, 0, 0, 0, 0).style(FigureStyle.README).render())).isEmpty();
  }

  @Test
  void aPairStandsBelowItsText() {
    Explanation single = Figures.explanation(Granularity.WORD, SpecialTokens.KEEP);
    Attribution given = single.attribution();
    Svg svg =
        Svg.highlight(
            new Explanation(
                single.model(),
                new Classification(
                    TextInput.of("not bad", "so  good"),
                    List.of("bad", "good"),
                    new float[] {0.07f, 0.93f},
                    new float[0],
                    5,
                    true),
                new Attribution(
                    given.method(),
                    given.target(),
                    given.granularity(),
                    given.specialTokens(),
                    given.tokens(),
                    List.of(
                        new Word("not", 0, 0, 3, 0.2f),
                        new Word("bad", 0, 4, 7, 0.6f),
                        new Word("good", 1, 4, 8, -0.3f)),
                    0),
                single.positions(),
                single.attention()));
    assertThat(Documents.texts(svg, "text"))
        .containsSubsequence("Text", "not", "bad", "Pair", "so", "good", "against good", "for good")
        .contains("The model did not read the end of the text");
    assertThat(words(svg).get(2).getAttribute("aria-label")).isEqualTo("“good”: -0.3, rank 2 of 3");
    FigureData data = FigureData.parse(svg.toString());
    assertThat(data.facts()).containsEntry("text", "not bad").containsEntry("pair", "so  good");
    assertThat(data.tables()).extracting(DataTable::name).containsExactly("Text", "Pair");
    assertThat(data.tables().get(1).rows()).containsExactly("good");
  }
}
