package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.viz.Heatmap;
import io.github.attentive.viz.Svg;
import org.junit.jupiter.api.Test;

class HtmlPageTest {

  @Test
  void textsAreEscapedWhereverTheyStand() {
    HtmlPage page = new HtmlPage("</title><b>&\"");
    page.section("<i>");
    page.paragraph("a\u0000\u009b\ud800\tb\n\ud83c\udfac");
    page.endSection();
    String html = page.toString();
    assertThat(html).contains("<title>&lt;/title&gt;&lt;b&gt;&amp;&quot;</title>");
    assertThat(html).contains("<h1>&lt;/title&gt;&lt;b&gt;&amp;&quot;</h1>");
    assertThat(html).contains("<h2>&lt;i&gt;</h2>");
    assertThat(html).contains("<p>a\ufffd\ufffd\ufffd\tb\n\ud83c\udfac</p>");
  }

  @Test
  void sameFigureTwiceHasItsIdsOnce() {
    Svg figure = Heatmap.of(new double[][] {{0, 1}, {1, 0}}).render();
    HtmlPage page = new HtmlPage("t");
    page.section("s");
    page.figure(figure);
    page.figure(figure);
    page.endSection();
    Figures.assertInert(page.toString());
    assertThat(Figures.on(page.toString())).hasSize(2).allSatisfy(Figures::assertDrawable);
    assertThat(page.toString()).contains(" id=\"");
  }
}
