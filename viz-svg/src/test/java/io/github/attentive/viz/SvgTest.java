package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Alone, since it changes the default locale. */
@Isolated
class SvgTest {
  private static String golden(String name) throws IOException {
    try (InputStream in = SvgTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void bytesAreThoseOfTheGoldenFiles() throws IOException {
    for (var figure : Figures.goldens().entrySet()) {
      assertThat(figure.getValue().toString()).isEqualTo(golden(figure.getKey() + ".svg"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "en, UTC",
    "de, Pacific/Apia",
    "tr, UTC",
    "ar-EG, Pacific/Auckland",
    "fa-IR, Asia/Tehran",
    "th-TH-u-nu-thai, UTC",
    "sv, America/New_York"
  })
  void bytesDoNotDependOnLocaleOrTimeZone(String locale, String zone) throws IOException {
    Map<String, Svg> expected = Figures.all();
    Locale localeBefore = Locale.getDefault();
    TimeZone zoneBefore = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      assertThat(Figures.goldenHeatmap().toString()).isEqualTo(golden("heatmap.svg"));
      assertThat(Figures.all()).isEqualTo(expected);
      assertThat(Palette.parse("VIRIDIS")).isSameAs(Palette.VIRIDIS);
      assertThatThrownBy(() -> Heatmap.of(new double[][] {{1, 2}, {1}}))
          .hasMessage("heatmap matrix row 1: expected 2 columns as in row 0, got 1");
    } finally {
      Locale.setDefault(localeBefore);
      TimeZone.setDefault(zoneBefore);
    }
  }

  @Test
  void writesTheSameEverywhere(@TempDir Path folder) throws IOException {
    Svg svg = Figures.goldenHeatmap();
    StringBuilder appended = new StringBuilder();
    svg.writeTo(appended);
    svg.write(folder.resolve("figure.svg"));
    assertThat(appended.toString()).isEqualTo(svg.toString());
    assertThat(folder.resolve("figure.svg"))
        .content(StandardCharsets.UTF_8)
        .isEqualTo(svg.toString());
  }

  @Test
  void writeReplacesAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("figure.svg"), "x".repeat(1_000_000));
    Figures.goldenBars().write(file);
    assertThat(file).content().isEqualTo(Figures.goldenBars().toString());
  }

  @Test
  void figuresOnOnePageShareNoName() {
    List<Svg> page =
        List.of(
            Figures.goldenHeatmap(),
            Figures.goldenBars(),
            Figures.goldenBars().withIdSuffix("2"),
            Figures.goldenConfusionMatrix(),
            Figures.goldenLearningCurve());
    Element html =
        Documents.parse(
            "<div>"
                + page.stream().map(Svg::toString).collect(Collectors.joining())
                + "<text>outside</text></div>");
    Set<String> ids = new HashSet<>();
    Set<String> classes = new HashSet<>();
    for (Element element : Documents.elements(html)) {
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).isTrue();
      }
      classes.add(element.getAttribute("class"));
    }
    assertThat(classes).hasSize(page.size() * 4 + 1);
  }

  @Test
  void aSuffixChangesNothingButNames() {
    Svg svg = Figures.goldenHeatmap();
    Svg renamed = svg.withIdSuffix("left-2");
    assertThat(renamed).isNotEqualTo(svg);
    assertThat(renamed.toString().replaceAll("-left-2", "")).isEqualTo(svg.toString());
    assertThat(renamed.width()).isEqualTo(svg.width());
    assertThat(renamed.height()).isEqualTo(svg.height());
    assertThat(renamed.altText()).isEqualTo(svg.altText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a b", "-a", "a-", "a--b", "\"", "a\n", "é"})
  void aSuffixThatIsNoNameIsRefused(String suffix) {
    assertThatThrownBy(() -> Figures.goldenBars().withIdSuffix(suffix))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("id suffix: expected");
  }

  @Test
  void equalFiguresAreEqual() {
    assertThat(Figures.goldenBars())
        .isEqualTo(Figures.goldenBars())
        .hasSameHashCodeAs(Figures.goldenBars())
        .isNotEqualTo(Figures.goldenHeatmap());
  }

  @Test
  void altTextIsTitleAndDescription() {
    Svg svg = Svg.heatmap(Figures.explanation(Granularity.WORD, SpecialTokens.DROP));
    assertThat(svg.altText())
        .isEqualTo(
            "Prediction: good (0.930). Predicted good with a score of 0.930. 2 queries by 2 keys."
                + " Weights from 0.2 to 0.6; the highest is from “not” to “bad”.");
  }
}
