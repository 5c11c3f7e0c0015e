package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class FigureStyleTest {
  private static final Bars BARS = Bars.of(List.of("word"), new double[] {1});

  private static Svg bars(FigureStyle style) {
    return Bars.of(List.of("word"), new double[] {1}).style(style).render();
  }

  @Test
  void theDefaultIsInteractive() {
    assertThat(BARS.render()).isEqualTo(bars(FigureStyle.INTERACTIVE));
  }

  @Test
  void aDarkFigureIsDarkWithoutStyleAndLightInPrint() {
    Svg svg = bars(FigureStyle.DARK);
    assertThat(Raster.withoutStyle(svg).pixel(1, 1)).isEqualTo(0x0D1117);
    assertThat(Documents.texts(svg, "style")).hasSize(1);
    assertThat(Documents.texts(svg, "style").get(0))
        .startsWith("@media print{")
        .contains("#ffffff");
  }

  @Test
  void aLightFigureHasNoStyle() {
    assertThat(Documents.elements(bars(FigureStyle.PAPER), "style")).isEmpty();
    assertThat(Raster.of(bars(FigureStyle.PAPER), 1).pixel(1, 1)).isEqualTo(0xFFFFFF);
  }

  @Test
  void anAutomaticFigureIsLightUnlessTheReaderWishes() {
    Svg svg = bars(FigureStyle.README);
    assertThat(Raster.of(svg, 1).pixel(1, 1)).isEqualTo(0xFFFFFF);
    assertThat(Documents.texts(svg, "style").get(0))
        .startsWith("@media screen and (prefers-color-scheme:dark){");
    assertThat(svg.toString()).doesNotContain("<metadata>");
  }

  /** Text and lines of the page keep their contrast in every theme. */
  @Test
  void pagesAreReadable() {
    for (Theme theme : Theme.values()) {
      Page page = Page.of(theme);
      assertThat(page.ink().contrast(page.ground())).isGreaterThan(7);
      assertThat(page.rule().contrast(page.ground())).isGreaterThan(4.5);
    }
  }

  @Test
  void whatIsSmallKeepsItsSizeOnPaper() {
    Svg svg = bars(FigureStyle.PAPER);
    Element root = Documents.parse(svg.toString());
    assertThat(svg.width()).isGreaterThan(321);
    double width = millimetres(root, "width");
    assertThat(width).isEqualTo(85);
    assertThat(millimetres(root, "height") / width)
        .isCloseTo((double) svg.height() / svg.width(), org.assertj.core.data.Offset.offset(0.001));
    Svg small = Heatmap.of(new double[][] {{1}}).style(FigureStyle.PAPER).render();
    assertThat(millimetres(Documents.parse(small.toString()), "width"))
        .isCloseTo(small.width() * 25.4 / 96, org.assertj.core.data.Offset.offset(0.01));
  }

  private static double millimetres(Element root, String name) {
    String length = root.getAttribute(name);
    assertThat(length).endsWith("mm");
    return Double.parseDouble(length.substring(0, length.length() - 2));
  }

  @Test
  void whatIsTooWideForAColumnGetsThePageAndThenAWarning() {
    assertThat(PrintSize.of(FigureStyle.Medium.PAPER, 441, 11).length(441)).isEqualTo("85mm");
    assertThat(PrintSize.of(FigureStyle.Medium.PAPER, 500, 11).length(500)).isEqualTo("132.29mm");
    assertThat(PrintSize.of(FigureStyle.Medium.PAPER, 900, 11))
        .satisfies(size -> assertThat(size.length(900)).isEqualTo("174mm"))
        .satisfies(size -> assertThat(size.warning()).isEmpty());
    assertThat(PrintSize.of(FigureStyle.Medium.PAPER, 1000, 11).warning())
        .startsWith(" Its smallest text is less than 6 points high");
    Svg wide =
        Heatmap.of(Figures.attention(2, 60, 1))
            .style(FigureStyle.PAPER)
            .cellValues(CellValues.SHOWN)
            .render();
    assertThat(wide.altText()).contains("less than 6 points");
  }
}
