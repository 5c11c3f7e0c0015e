package io.github.attentive.samples.cli;

import static io.github.attentive.samples.cli.CommandRun.done;
import static io.github.attentive.samples.cli.CommandRun.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.samples.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {
  private static final String[] HOSTILE = {
    "</style><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "&lt; &amp; &#60;b> ]]> <!--",
    "\" onload=\"alert(1)",
    "' onload='alert(1)",
    "\u0007\u001b[2J \ufffe \u202eabc",
  };

  @TempDir private static Path folder;

  private static String model;

  @BeforeAll
  static void train() throws IOException {
    model = CommandRun.train(folder.resolve("model"), "keras-attention");
  }

  private static String report(String name, String... more) throws IOException {
    Path out = folder.resolve(name);
    Files.deleteIfExists(out);
    List<String> all = new ArrayList<>(List.of("report", "--model", model));
    all.addAll(List.of("--out", out.toString()));
    all.addAll(List.of(more));
    CommandRun run = done(all.toArray(String[]::new));
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("wrote " + out + "\n");
    return Files.readString(out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heatmap",
        "bars",
        "highlight",
        "head",
        "model",
        "neuron",
        "probabilities",
        "evolution"
      })
  void figuresAreValidAndDrawable(String view) throws IOException {
    String svg = report(view + ".svg", "--view", view, "the story was boring");
    String text = Figures.assertDrawable(svg).getDocumentElement().getTextContent();
    assertThat(text).contains("Negative");
    if (!List.of("probabilities", "model").contains(view)) {
      assertThat(text).contains("the", "story", "was", "boring");
    }
  }

  @Test
  void heatmapIsTheDefaultAndKeepsPadding() throws IOException {
    String heatmap = report("default.svg", "a boring film");
    assertThat(heatmap).isEqualTo(report("heatmap.svg", "--view", "heatmap", "a boring film"));
    assertThat(heatmap).contains("[PAD]");
    assertThat(report("bars.svg", "--view", "bars", "a boring film")).doesNotContain("[PAD]");
    assertThat(report("dropped.svg", "--special", "drop", "a boring film")).doesNotContain("[PAD]");
  }

  @ParameterizedTest
  @CsvSource({"--palette,Blues", "--granularity,token", "--special,renormalise", "--layer,0"})
  void optionsOfHeatmapsShow(String option, String value) throws IOException {
    String plain = report("plain.svg", "a qwertz film");
    String changed = report("changed.svg", option, value, "a qwertz film");
    Figures.assertDrawable(changed);
    assertThat(changed).isNotEqualTo(plain);
  }

  @Test
  void layerAndHeadAreInTheTitle() throws IOException {
    String svg = report("layer.svg", "--layer", "0", "--head", "0", "a film");
    assertThat(Figures.assertDrawable(svg).getDocumentElement().getTextContent())
        .contains("layer 0, head 0");
  }

  @Test
  void equalCommandsGiveEqualBytes() throws IOException {
    assertThat(report("one.svg", "a film")).isEqualTo(report("two.svg", "a film"));
    assertThat(report("one.html", "a film", "b")).isEqualTo(report("two.html", "a film", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heatmap", "bars", "highlight", "head", "model", "neuron", "evolution"})
  void hostileTextsAreTextOnFigures(String view) throws IOException {
    for (String text : HOSTILE) {
      Figures.assertDrawable(report("hostile.svg", "--view", view, text));
    }
    String svg = report("hostile.svg", "--view", view, HOSTILE[0]);
    // What the model does not know is [UNK] to a head.
    assertThat(svg.contains("&lt;script")).isEqualTo(!view.equals("neuron"));
    assertThat(svg.split("</style>", -1)).hasSameSizeAs(svg.split("<style", -1));
  }

  @Test
  void pageHasASectionATextAndNothingActive() throws IOException {
    String page = report("page.html", "a film", "a film", "the story was boring", "");
    assertThat(page).startsWith("<!DOCTYPE html>\n").endsWith("</html>\n");
    assertThat(page).contains("<meta charset=\"utf-8\">");
    assertThat(page.split("<section>", -1)).hasSize(5);
    assertThat(page.split("<h2>a film</h2>", -1)).hasSize(3);
    Figures.assertInert(page);
    assertThat(Figures.on(page)).hasSize(3 * 6 + 4).allSatisfy(Figures::assertDrawable);
    assertThat(page).contains(" id=\"").doesNotContain("http-equiv=\"refresh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n ", "...!"})
  void textsWithoutWordsHaveTheirPlaceOnAPage(String text) throws IOException {
    String kept = report("empty.html", "a film", text);
    assertThat(Figures.on(kept)).hasSize(6 + 4).allSatisfy(Figures::assertDrawable);
    assertThat(kept).contains("no words");
    String dropped = report("empty.html", "--special", "drop", text, "a film");
    assertThat(Figures.on(dropped)).hasSize(6 + 1).allSatisfy(Figures::assertDrawable);
    String padding =
        report("empty.svg", "--view", "bars", "--special", "keep", "--granularity", "token", text);
    assertThat(Figures.assertDrawable(padding).getDocumentElement().getTextContent())
        .contains("[PAD]");
    Figures.assertDrawable(report("empty.svg", text));
    String svg = folder.resolve("empty.svg").toString();
    for (String option : List.of("--view=bars", "--special=drop")) {
      assertThat(fails(2, "report", "--model", model, "--out", svg, option, text)).contains("word");
    }
  }

  @ParameterizedTest
  @CsvSource({"auto,#ffffff", "light,#ffffff", "dark,#0d1117"})
  void themesAreThoseOfThePage(String dark, String ground) throws IOException {
    String svg = report("theme.svg", "--dark", dark, "a film");
    assertThat(svg).contains("-page\" fill=\"" + ground + "\"");
    assertThat(svg.contains("prefers-color-scheme")).isEqualTo(dark.equals("auto"));
    Figures.assertDrawable(svg);
    assertThat(report("theme.html", "--dark", dark, "a film"))
        .contains("-page\" fill=\"" + ground + "\"");
  }

  @Test
  void aFolderHasAFileAFigure() throws IOException {
    Path pictures = folder.resolve("pictures");
    String[] arguments = {"report", "--model", model, "--out", pictures + "/", "a film", "great"};
    assertThat(done(arguments).err()).isEqualTo("wrote " + pictures + "/\n");
    for (String name : List.of("1-heatmap", "1-bars", "1-highlight", "2-head", "2-neuron")) {
      Figures.assertDrawable(Files.readString(pictures.resolve(name + ".svg")));
    }
  }

  @Test
  void hostileTextsAreTextOnAPage() throws IOException {
    String page = report("hostile.html", HOSTILE);
    Figures.assertInert(page);
    assertThat(page).contains("<h2>&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h2>");
    assertThat(page).contains("<h2>&amp;lt; &amp;amp; &amp;#60;b&gt; ]]&gt; &lt;!--</h2>");
    assertThat(page).contains("<h2>&quot; onload=&quot;alert(1)</h2>");
    assertThat(page.split("</style>", -1)).hasSameSizeAs(page.split("<style", -1));
    assertThat(page.chars()).noneMatch(c -> c < ' ' && c != '\n');
    assertThat(Figures.on(page)).allSatisfy(Figures::assertDrawable);
  }

  @Test
  void rowsOfAFileAreSections() throws IOException {
    Path input = Files.writeString(folder.resolve("in.txt"), "a film\n\ngreat\n");
    String page = report("file.html", "--input", input.toString());
    assertThat(page.split("<section>", -1)).hasSize(4);
    Path one = Files.writeString(folder.resolve("one.txt"), "a film\n");
    assertThat(report("file.svg", "--input", one.toString())).isEqualTo(report("x.svg", "a film"));
  }
}
