package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Svg BARS = Bars.of(List.of("a", "b"), new double[] {0.25, -1}).render();
  private static final Svg HEATMAP = Heatmap.of(new double[][] {{0, 1}, {1, 0}}).render();

  @Test
  void textsAreEscapedWhereverTheyStand() {
    Report report =
        Report.builder("</title><b>&\"")
            .section("<i>")
            .paragraph("a\u0000\u009b\ud800\tb\n\ud83c\udfac")
            .model(new ModelInfo("<e>", "<f>", 1, 2, 3, List.of("<l>", "</footer>")))
            .build();
    assertThat(report.toHtml())
        .contains("<title>&lt;/title&gt;&lt;b&gt;&amp;&quot;</title>")
        .contains("<h1>&lt;/title&gt;&lt;b&gt;&amp;&quot;</h1>")
        .contains("<h2>&lt;i&gt;</h2>")
        .contains("<p>a\ufffd\ufffd\ufffd&#9;b&#10;\ud83c\udfac</p>")
        .contains("<dd>&lt;e&gt;</dd>")
        .contains("<dd>&lt;l&gt;, &lt;/footer&gt;</dd>");
  }

  @Test
  void theSameFigureTwiceHasItsIdsOnce() {
    String html = Report.builder("t").section("s").figure(BARS).figure(BARS).build().toHtml();
    Matcher id = Pattern.compile(" id=\"([^\"]+)\"").matcher(html);
    Set<String> ids = new HashSet<>();
    while (id.find()) {
      assertThat(ids.add(id.group(1))).isTrue();
    }
    assertThat(ids).isNotEmpty();
  }

  @Test
  void numbersStandUnderTheirFigureUnlessTheyAreTooMany() {
    String html = Report.builder("t").section("s").figure(BARS).build().toHtml();
    assertThat(html).contains("<details><summary>Numbers</summary>").contains(BARS.asTable());
    Svg large = Heatmap.of(Figures.noise(50, 50, 1)).render();
    assertThat(Report.builder("t").section("s").figure(large).build().toHtml())
        .doesNotContain("<details>");
  }

  @Test
  void holdsNothingActiveAndNothingFromOutside() {
    String html = Report.builder("t").section("s").figure(BARS).figure(HEATMAP).build().toHtml();
    assertThat(html)
        .contains("default-src 'none'")
        .doesNotContain("<script", "javascript:", "<link", "<iframe", " src=")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("url\\((?!#)");
  }

  @Test
  void themesAreThoseOfThePage() {
    String auto = Report.builder("t").build().toHtml();
    assertThat(auto).contains("@media screen and (prefers-color-scheme:dark){:root");
    String light = Report.builder("t").theme(Theme.LIGHT).build().toHtml();
    assertThat(light).contains("color-scheme:light").doesNotContain("#0d1117");
    String dark = Report.builder("t").theme(Theme.DARK).build().toHtml();
    assertThat(dark)
        .contains("color-scheme:dark")
        .contains("@media print{:root{color-scheme:light");
  }

  @Test
  void figuresAreFilesToo(@TempDir Path folder) throws IOException {
    Report report =
        Report.builder("t")
            .section("one")
            .figure(BARS)
            .figure(HEATMAP)
            .figure(BARS)
            .section("two")
            .paragraph("none")
            .section("three")
            .figure(BARS)
            .build();
    Path figures = folder.resolve("new/figures");
    List<Path> files = report.writeFigures(figures);
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly("1-bars.svg", "1-heatmap.svg", "1-bars-2.svg", "3-bars.svg");
    assertThat(Files.readString(files.get(1))).isEqualTo(HEATMAP.toString());
    report.write(folder.resolve("page.html"));
    assertThat(Files.readString(folder.resolve("page.html"))).isEqualTo(report.toHtml());
  }

  @Test
  void blocksNeedASection() {
    assertThatThrownBy(() -> Report.builder("t").paragraph("p"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("report: expected a section first");
  }

  @Test
  void aReportDoesNotChangeWithItsBuilder() {
    Report.Builder builder = Report.builder("t").section("s").paragraph("p");
    Report report = builder.build();
    String before = report.toHtml();
    builder.paragraph("more").section("more");
    assertThat(report.toHtml()).isEqualTo(before);
  }
}
