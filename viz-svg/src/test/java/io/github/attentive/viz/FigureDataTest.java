package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file holds is what the figure was drawn from. */
class FigureDataTest {
  private static final String EVERY_UNIT = everyUnit();

  private static String everyUnit() {
    StringBuilder units = new StringBuilder();
    for (int unit = 0; unit <= 0xFFFF; unit += unit < 0x300 || unit >= 0xD7F0 ? 1 : 97) {
      units.append((char) unit).append(' ');
    }
    return units.toString();
  }

  @TestFactory
  Stream<DynamicTest> everyFigureReadsBackUnlessItIsTooLarge() {
    return Figures.all().entrySet().stream()
        .filter(figure -> figure.getValue().toString().contains("<metadata>"))
        .filter(figure -> !figure.getValue().toString().contains("\"omitted\":"))
        .map(
            figure ->
                DynamicTest.dynamicTest(
                    figure.getKey(),
                    () ->
                        assertThat(FigureData.parse(figure.getValue().toString()))
                            .isEqualTo(figure.getValue().data())));
  }

  @Test
  void textsReadBackToTheCharacter() {
    Svg svg =
        Heatmap.of(new double[][] {{1}})
            .queries(List.of(EVERY_UNIT))
            .keys(List.of("\uD83D\uDE00 \uDE00 \uD83D ]]></metadata>"))
            .title("a\u202Eb\u0000c")
            .render();
    FigureData data = FigureData.parse(svg.toString());
    assertThat(data).isEqualTo(svg.data());
    assertThat(data.title()).isEqualTo("a\u202Eb\u0000c");
    assertThat(data.tables().get(0).rows()).containsExactly(EVERY_UNIT);
  }

  @Test
  void numbersReadBackToTheBit() {
    Random random = new Random(7);
    double[][] doubles = new double[1][500];
    double[][] floats = new double[1][500];
    for (int i = 0; i < 500; i++) {
      doubles[0][i] = Double.longBitsToDouble(random.nextLong());
      floats[0][i] = Float.intBitsToFloat(random.nextInt());
      doubles[0][i] = Double.isInfinite(doubles[0][i]) ? Double.NaN : doubles[0][i];
      floats[0][i] = Double.isInfinite(floats[0][i]) ? Double.NaN : floats[0][i];
    }
    for (double[][] values : List.of(doubles, floats)) {
      Svg svg = Heatmap.of(values).render();
      double[][] read = FigureData.parse(svg.toString()).tables().get(0).toArray();
      assertThat(read[0]).containsExactly(values[0]);
    }
    assertThat(Heatmap.of(floats).render().toString().length())
        .isLessThan(Heatmap.of(doubles).render().toString().length());
  }

  @Test
  void aFigureCanBeDrawnAnewFromItsFile(@TempDir Path folder) throws IOException {
    Svg svg =
        Heatmap.of(Figures.attention(4, 5, 3))
            .queries(List.of("a", "b", "c", "d"))
            .keys(List.of("a", "b", "c", "d", "e"))
            .render();
    svg.write(folder.resolve("figure.svg"));
    DataTable table = FigureData.read(folder.resolve("figure.svg")).tables().get(0);
    Svg again =
        Heatmap.of(table.toArray())
            .queries(table.rows())
            .keys(table.columns())
            .queryTitle(table.rowTitle())
            .keyTitle(table.columnTitle())
            .colourBarTitle(table.name())
            .render();
    assertThat(again).isEqualTo(svg);
  }

  @Test
  void factsNameTheModelAndTheMethod() {
    Svg svg = Svg.bars(Figures.explanation(Granularity.WORD, SpecialTokens.DROP));
    assertThat(FigureData.parse(svg.toString()).facts())
        .isEqualTo(
            Map.of(
                "engine", "fake",
                "family", "bert",
                "label", "good",
                "score", "0.93",
                "method", "attention",
                "target", "good",
                "granularity", "word",
                "special", "drop"));
  }

  @Test
  void largeTablesAreLeftOutAndSaySo() {
    Svg svg = Heatmap.of(Figures.noise(150, 150, 1)).title("large").render();
    assertThat(svg.toString()).contains("\"omitted\":[150,150]");
    assertThatThrownBy(() -> FigureData.parse(svg.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "figure: table 'Attention Weight' was too large to be kept in the file (65536"
                + " characters of data at most)");
    assertThat(svg.data().tables().get(0).at(149, 149)).isNotNaN();
    Svg texts = Bars.of(List.of("x".repeat(70_000)), new double[] {1}).render();
    assertThat(texts.toString()).contains("\"omitted\":[1,1]");
    Svg title = Bars.of(List.of("x"), new double[] {1}).title("x".repeat(70_000)).render();
    assertThat(title.toString()).doesNotContain("<metadata>");
  }

  @Test
  void confidentialFiguresHoldNothing() {
    Svg svg =
        Bars.of(List.of("word"), new double[] {1})
            .style(FigureStyle.INTERACTIVE.withSelfDescribing(false))
            .render();
    assertThat(svg.toString()).doesNotContain("metadata");
    assertThat(svg.data().tables()).hasSize(1);
    assertThatThrownBy(() -> FigureData.parse(svg.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("figure: expected a figure that holds its data, got none");
  }

  @Test
  void readsWhatAnotherProgramSavedAgain() {
    Svg svg = Figures.goldenBars();
    String saved =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + svg.toString()
                .replace("<metadata>", "<!-- x --><metadata id=\"m1\">\n  ")
                .replace("</metadata>", "<rdf xmlns=\"http://x\">other</rdf></metadata>");
    assertThat(FigureData.parse(saved)).isEqualTo(svg.data());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no xml",
        "<svg><metadata>{}</metadata></svg>",
        "<svg><metadata>[</metadata></svg>",
        "<svg><metadata>null</metadata></svg>",
        "<svg><metadata>{\"attentive\":2}</metadata></svg>",
        "<svg><metadata>{\"attentive\":1}</metadata></svg>",
        "<svg><metadata>{\"attentive\":1,\"attentive\":1}</metadata></svg>",
        "<svg><metadata>{\"attentive\":1,\"view\":1,\"title\":\"\",\"facts\":{},\"notes\":[],"
            + "\"tables\":[]}</metadata></svg>",
        "<svg><metadata>{\"attentive\":1,\"view\":\"\",\"title\":\"\",\"facts\":{},\"notes\":[],"
            + "\"tables\":[{}]}</metadata></svg>",
        "<svg><metadata>{\"attentive\":1,\"view\":\"\",\"title\":\"\",\"facts\":{},\"notes\":[],"
            + "\"tables\":[{\"name\":\"\",\"rowTitle\":\"\",\"columnTitle\":\"\",\"rows\":[\"a\"],"
            + "\"columns\":[\"b\"],\"type\":\"float64\",\"values\":[[1,2]]}]}</metadata></svg>",
        "<svg><metadata>{\"attentive\":1,\"view\":\"\",\"title\":\"\",\"facts\":{},\"notes\":[],"
            + "\"tables\":[{\"name\":\"\",\"rowTitle\":\"\",\"columnTitle\":\"\",\"rows\":[\"a\"],"
            + "\"columns\":[\"b\"],\"type\":\"float64\",\"values\":[[1e999]]}]}</metadata></svg>",
        "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg><metadata>&x;</metadata></svg>"
      })
  void whatIsNoFigureIsRefused(String svg) {
    assertThatThrownBy(() -> FigureData.parse(svg))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("figure");
  }

  @Test
  void anyChangedCharacterIsReadOrRefused() {
    String svg = Figures.goldenBars().toString();
    int start = svg.indexOf("<metadata>");
    int end = svg.indexOf("</metadata>");
    Random random = new Random(3);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder changed = new StringBuilder(svg);
      changed.setCharAt(
          start + random.nextInt(end - start), "{}[]\",:0\\eu-. n<&".charAt(random.nextInt(16)));
      try {
        FigureData.parse(changed.toString());
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageStartingWith("figure");
      }
    }
  }

  @Test
  void deepNestingDoesNotOverflowTheStack() {
    assertThatThrownBy(
            () -> FigureData.parse("<svg><metadata>" + "[".repeat(100_000) + "</metadata></svg>"))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void tablesHoldTheSameNumbers() {
    Svg svg =
        Heatmap.of(new double[][] {{0.5, 1.0 / 3}, {Double.NaN, -2e-7}})
            .queries(List.of("<b>", "a|b*"))
            .keys(List.of("x", "y"))
            .render();
    assertThat(svg.asTable())
        .isEqualTo(
            """
            <table>
            <caption>Attention Weight: rows Query, columns Key</caption>
            <thead><tr><th scope="col">Query</th><th scope="col">x</th><th scope="col">y</th></tr></thead>
            <tbody>
            <tr><th scope="row">&lt;b&gt;</th><td>0.5</td><td>0.3333</td></tr>
            <tr><th scope="row">a|b*</th><td></td><td>-2e-7</td></tr>
            </tbody>
            </table>
            """);
    assertThat(svg.asTable(TableFormat.MARKDOWN))
        .isEqualTo(
            """
            Attention Weight: rows Query, columns Key

            | Query | x | y |
            | --- | ---: | ---: |
            | &lt;b&gt; | 0.5 | 0.3333 |
            | a\\|b\\* |  | -2e-7 |
            """);
    assertThat(Documents.parse(Figures.hostileBars(Figures.HOSTILE).asTable()).getTagName())
        .isEqualTo("table");
  }

  @Test
  void shortestNumbersReadBack() {
    assertThat(Decimals.shortest(0.1f, true)).isEqualTo("0.1");
    assertThat(Decimals.shortest(0.1, false)).isEqualTo("0.1");
    assertThat(Decimals.shortest(-0.0, false)).isEqualTo("-0");
    assertThat(Arrays.asList(2.0E23, 1.0E23, Double.MIN_VALUE, Double.MAX_VALUE))
        .extracting(value -> Decimals.shortest(value, false))
        .containsExactly("2E+23", "1E+23", "5E-324", "1.7976931348623157E+308");
  }
}
