package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class XmlTextTest {
  private static String document(String text) {
    return new SvgWriter()
        .open(SvgElement.GROUP)
        .set(SvgAttribute.FILL, text)
        .open(SvgElement.TEXT)
        .text(text)
        .close()
        .close()
        .toString();
  }

  private static void assertRoundTrip(String text, String expected) {
    Element root = Documents.parse(document(text));
    assertThat(root.getAttribute("fill")).isEqualTo(expected);
    assertThat(root.getElementsByTagName("text").item(0).getTextContent()).isEqualTo(expected);
  }

  /** All 65,536 units, surrogates without their other half among them, in 64 documents. */
  @Test
  void everyUnitOfTheBasicPlaneComesBackOrIsReplaced() {
    for (int block = 0; block < 0x10000; block += 1024) {
      StringBuilder text = new StringBuilder();
      StringBuilder expected = new StringBuilder();
      for (int unit = block; unit < block + 1024; unit++) {
        boolean control = unit < 0x20 && unit != 9 && unit != 10 && unit != 13;
        boolean refused =
            control
                || unit >= 0x7F && unit < 0xA0
                || unit >= 0xD800 && unit < 0xE000
                || unit >= 0x202A && unit <= 0x202E
                || unit >= 0x2066 && unit <= 0x2069
                || unit >= 0xFFFE;
        text.append((char) unit).append('.');
        expected.append(refused ? '\uFFFD' : (char) unit).append('.');
      }
      assertRoundTrip(text.toString(), expected.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "\uDE00", "a\uD83D", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
  void loneSurrogatesAreReplaced(String text) {
    String clean = XmlText.clean(text);
    assertThat(clean).contains("\uFFFD");
    assertThat(clean.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    assertRoundTrip(text, clean);
  }

  @Test
  void pairsOfSurrogatesStay() {
    assertRoundTrip("😀\uD834\uDD1E", "😀\uD834\uDD1E");
  }

  @Test
  void refusedCharactersAreCounted() {
    assertThat(XmlText.countRefused("a\0b\uD800\u202E\u0085")).isEqualTo(4);
    assertThat(XmlText.countRefused("plain\t\r\n")).isZero();
  }

  @Test
  void hostileTextComesBackAsWritten() {
    for (String text : Figures.HOSTILE) {
      assertRoundTrip(text, text);
    }
  }

  @Test
  void hostileTextStaysTextInEveryFieldOfAFigure() {
    List<String> texts = Figures.HOSTILE;
    String joined = String.join("|", texts);
    List<Svg> labelled =
        List.of(
            Figures.hostileHeatmap(texts),
            Figures.hostileBars(texts),
            Figures.hostileHeadView(texts),
            Figures.hostileConfusionMatrix(texts),
            Probabilities.of(texts, new double[texts.size()])
                .title(joined)
                .description(joined)
                .render(),
            Figures.hostileNeuronView(texts),
            Figures.hostileComparison(texts));
    for (Svg svg : labelled) {
      List<String> shown = Documents.texts(svg, "text");
      assertThat(shown).contains("\" onload=\"x", "&lt;", "<!--", "a↵b⇥c↵d", "  two  spaces  ");
    }
    List<Svg> all = new ArrayList<>(labelled);
    all.add(Figures.hostileLearningCurve(texts));
    all.add(Figures.hostileHighlight(texts));
    all.add(Figures.hostileModelView(texts));
    for (Svg svg : all) {
      Element root = Documents.parse(svg.toString());
      assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(joined);
      assertThat(root.getElementsByTagName("desc").item(0).getTextContent()).startsWith(joined);
      assertThat(root.getAttribute("xml:space")).isEqualTo("preserve");
    }
  }

  @Test
  void anyLabelsMakeAWellFormedFigure() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        // All of Unicode, halves of surrogate pairs included, with markup among it.
        StringBuilder label = new StringBuilder(random.nextBoolean() ? "<a b='\"&" : "");
        random.ints(random.nextInt(20), 0, 0x10000).forEach(unit -> label.append((char) unit));
        labels.add(label.toString());
      }
      Svg svg = Figures.hostileConfusionMatrix(labels);
      assertThat(Documents.elements(svg, "a")).isEmpty();
      String title = XmlText.clean(String.join("|", labels));
      assertThat(Documents.texts(svg, "title").get(0)).isEqualTo(title);
    }
  }

  @Test
  void aFigureSaysHowManyCharactersItCouldNotShow() {
    Svg svg = Bars.of(List.of("a\u0001", "\uDC00b", "c"), new double[] {1, 2, 3}).render();
    assertThat(svg.altText()).endsWith("2 characters are shown as U+FFFD.");
    assertThat(Documents.texts(svg, "text")).contains("a\uFFFD", "\uFFFDb", "c");
    Svg one = Bars.of(List.of("a\u202E"), new double[] {1}).render();
    assertThat(one.altText()).endsWith("1 character is shown as U+FFFD.");
  }

  @Test
  void blankTokensAreSeen() {
    Svg svg = Bars.of(List.of("  ", "\n"), new double[] {1, 2}).render();
    assertThat(Documents.texts(svg, "text")).contains("␣␣", "↵");
  }
}
