package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and letters are written the same wherever the machine stands. */
class DefaultLocaleTest {
  private static final Locale BEFORE = Locale.getDefault();

  @TempDir private static Path folder;

  private static String model;
  private static List<String> expected;

  @BeforeAll
  static void underTheRootLocale() throws IOException {
    Locale.setDefault(Locale.ROOT);
    try {
      model = CommandRun.train(folder.resolve("model"), "keras-attention");
      expected = outputs();
    } finally {
      Locale.setDefault(BEFORE);
    }
  }

  @AfterEach
  void restore() {
    Locale.setDefault(BEFORE);
  }

  /** Everything that has numbers in it, results and errors. */
  private static List<String> outputs() throws IOException {
    Path data =
        Files.writeString(folder.resolve("TITLE.TSV"), "Ingenious idiom\t1\nI\u0130\u0131i\t0\n");
    Path bad = Files.writeString(folder.resolve("bad.tsv"), "a\t1\nb\t0\nc\n");
    String trained = folder.resolve("trained").toString();
    String svg = folder.resolve("figure.SVG").toString();
    String page = folder.resolve("page.HTML").toString();
    List<CommandRun> runs = new ArrayList<>();
    for (String format : List.of("text", "json")) {
      runs.add(of("classify", "--format", format, "--input", data.toString()));
      runs.add(of("explain", "--format", format, "A BORING FILM"));
      runs.add(of("evaluate", "--format", format, "--input", data.toString()));
    }
    runs.add(of("report", "--out", svg, "A BORING FILM"));
    runs.add(of("report", "--out", page, "A BORING FILM"));
    runs.add(of("classify", "--input", bad.toString()));
    runs.add(of("explain", "--layer", "1234", "x"));
    runs.add(
        CommandRun.of(
            "train",
            "--recipe",
            "keras-attention",
            "--train",
            data.toString(),
            "--validation",
            data.toString(),
            "--learning-rate",
            "0.01",
            "--out",
            trained));
    List<String> outputs = new ArrayList<>();
    for (CommandRun run : runs) {
      outputs.add(run.code() + run.out() + run.err());
    }
    for (String file :
        List.of(
            svg,
            page,
            trained + "/config.json",
            trained + "/vocabulary.txt",
            trained + "/training.jsonl")) {
      outputs.add(Files.readString(Path.of(file)));
    }
    outputs.replaceAll(text -> text.replaceAll("\"seconds\":[^,}]+", "\"seconds\":0"));
    return outputs;
  }

  private static CommandRun of(String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command, "--model", model));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG", "de-DE", "th-TH-u-nu-thai"})
  void outputsAreTheSame(String tag) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(outputs()).containsExactlyElementsOf(expected);
  }

  @Test
  void demoIsTheSame() throws IOException {
    Path demo = folder.resolve("demo");
    Locale.setDefault(Locale.ROOT);
    CommandRun root = CommandRun.done("demo", "--seeds", "2", "--out", demo.toString());
    String page = Files.readString(demo.resolve("index.html"));
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    CommandRun arabic = CommandRun.done("demo", "--seeds", "2", "--out", demo.toString());
    assertThat(arabic).isEqualTo(root);
    assertThat(Files.readString(demo.resolve("index.html"))).isEqualTo(page);
  }

  @Test
  void theseLocalesWouldShow() {
    assertThat(String.format(Locale.forLanguageTag("ar-EG"), "%d", 1)).isNotEqualTo("1");
    assertThat(String.format(Locale.forLanguageTag("de-DE"), "%.1f", 0.5)).isEqualTo("0,5");
    assertThat("TITLE".toLowerCase(Locale.forLanguageTag("tr-TR"))).isNotEqualTo("title");
  }
}
