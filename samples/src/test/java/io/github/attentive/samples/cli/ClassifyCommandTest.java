package io.github.attentive.samples.cli;

import static io.github.attentive.samples.cli.CommandRun.done;
import static io.github.attentive.samples.cli.CommandRun.json;
import static io.github.attentive.samples.cli.CommandRun.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifyCommandTest {
  private static final double ROUNDING = 1e-6;

  @TempDir private static Path folder;

  private static String model;

  @BeforeAll
  static void train() throws IOException {
    model = CommandRun.train(folder.resolve("model"), "keras-attention");
  }

  private static void assertShape(Json result, String text, String... labels) {
    assertThat(result.names())
        .containsExactly("text", "pair", "label", "scores", "tokens", "truncated");
    assertThat(result.at("text").string()).isEqualTo(text);
    assertThat(result.at("pair").isNull()).isTrue();
    assertThat(result.at("scores").names()).containsExactly(labels);
    assertThat(result.at("scores").sum()).isCloseTo(1, within(ROUNDING));
    double best = result.at("scores").at(result.at("label").string()).number();
    for (String label : labels) {
      assertThat(result.at("scores").at(label).number()).isBetween(0.0, best);
    }
    assertThat(result.at("tokens").integer()).isEqualTo(5);
    assertThat(result.at("truncated").bool()).isIn(true, false);
  }

  @Test
  void jsonIsAsTheContractHasIt() throws IOException {
    List<Json> results = json("classify", "--model", model, "a boring film", "great", "");
    assertThat(results).hasSize(3);
    assertShape(results.get(0), "a boring film", "Negative", "Positive");
    assertShape(results.get(1), "great", "Negative", "Positive");
    assertShape(results.get(2), "", "Negative", "Positive");
    assertThat(results.get(0).at("label").string()).isEqualTo("Negative");
    assertThat(results.get(1).at("label").string()).isEqualTo("Positive");
  }

  @Test
  void jsonHasNoSpacesAndTheKeysInOrder() {
    assertThat(done("classify", "--format", "json", "--model", model, "a film").out())
        .matches(
            "\\{\"text\":\"a film\",\"pair\":null,\"label\":\"(Negative|Positive)\",\"scores\":"
                + "\\{\"Negative\":[0-9.E-]+,\"Positive\":[0-9.E-]+},\"tokens\":5,"
                + "\"truncated\":false}\n");
  }

  @Test
  void moreThanTwoClassesKeepTheirOrder() throws IOException {
    Path data =
        Files.writeString(folder.resolve("three.csv"), "good,10\nbad,9\nso so,2\nfine,10\n");
    String three = folder.resolve("three").toString();
    done("train", "--recipe", "keras-pooling", "--train", data.toString(), "--out", three);
    assertShape(json("classify", "--model", three, "good").get(0), "good", "2", "9", "10");
  }

  @Test
  void textIsLabelScoreAndText() throws IOException {
    String out = done("classify", "--model", model, "great\nfilm\ttoo", "boring").out();
    List<Json> same = json("classify", "--model", model, "great\nfilm\ttoo", "boring");
    assertThat(lines(out)).hasSize(2);
    assertThat(lines(out).get(0)).matches("Positive\t0\\.\\d{4}\tgreat film\ttoo");
    assertThat(lines(out).get(1)).matches("Negative\t0\\.\\d{4}\tboring");
    double shown = Double.parseDouble(lines(out).get(1).split("\t")[1]);
    assertThat(same.get(1).at("scores").at("Negative").number())
        .isCloseTo(shown, within(0.5e-4 + ROUNDING));
  }

  @Test
  void resultsComeInOrderWhateverTheBatch() throws IOException {
    String[] texts = {"great", "what a boring film it is", "", "film", "the great story", "boring"};
    List<Json> together = json(withTexts(texts, "--batch-size", "4"));
    assertThat(together).hasSize(texts.length);
    for (int i = 0; i < texts.length; i++) {
      Json alone = json("classify", "--model", model, texts[i]).get(0);
      assertThat(together.get(i).at("text").string()).isEqualTo(texts[i]);
      assertThat(together.get(i).at("label")).isEqualTo(alone.at("label"));
      assertThat(together.get(i).at("scores").at("Positive").number())
          .isCloseTo(alone.at("scores").at("Positive").number(), within(ROUNDING));
    }
  }

  private static String[] withTexts(String[] texts, String... options) {
    List<String> all = new java.util.ArrayList<>(List.of("classify", "--model", model));
    all.addAll(List.of(options));
    all.addAll(List.of(texts));
    return all.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "text"})
  void outputTakesWhatStandardOutputWouldHave(String format) throws IOException {
    Path output = folder.resolve("out." + format);
    String[] texts = {"caf\u00e9 \ud83c\udfac", "boring"};
    CommandRun toFile = done(withTexts(texts, "--format", format, "--output", output.toString()));
    CommandRun toScreen = done(withTexts(texts, "--format", format));
    assertThat(toFile.out()).isEmpty();
    assertThat(Files.readString(output)).isEqualTo(toScreen.out());
    assertThat(lines(toScreen.out())).hasSize(2);
    assertThat(toFile.err() + toScreen.err()).isEmpty();
  }

  @Test
  void textsOutsideAsciiComeBack() throws IOException {
    String text = "caf\u00e9 \u5f71 \ud83c\udfac \ufffd";
    assertThat(json("classify", "--model", model, text).get(0).at("text").string()).isEqualTo(text);
    assertThat(done("classify", "--model", model, text).out()).endsWith("\t" + text + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format", "--verbose", "--", "-h", "--model", "@nobody", "-5 stars"})
  void afterDoubleHyphenEverythingIsText(String text) throws IOException {
    List<Json> results = json("classify", "--model", model, "--", text, "x");
    assertThat(results).hasSize(2);
    assertShape(results.get(0), text, "Negative", "Positive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@nobody", "@", "-", "", " ", "'quoted'", "\"quoted\"", "a=b", "${user}"})
  void oddTextsAreTexts(String text) throws IOException {
    assertShape(json("classify", "--model", model, text).get(0), text, "Negative", "Positive");
  }

  @Test
  void fileOfArgumentsIsNotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("arguments"), "one two three");
    String text = "@" + file;
    assertShape(json("classify", "--model", model, text).get(0), text, "Negative", "Positive");
  }

  @Test
  void longTextsAreCutAndSaySo() throws IOException {
    List<Json> results = json("classify", "--model", model, "a b c d e", "a b c d e f");
    assertThat(results.get(0).at("truncated").bool()).isFalse();
    assertThat(results.get(1).at("truncated").bool()).isTrue();
    Json limited = json("classify", "--model", model, "--max-length", "2", "a great boring").get(0);
    assertThat(limited.at("truncated").bool()).isTrue();
    assertThat(limited.at("label").string()).isEqualTo("Positive");
  }

  @Test
  void hundredThousandWordsFromAFile() throws IOException {
    String text = "word ".repeat(100_000).strip();
    Path input = Files.writeString(folder.resolve("long.txt"), text + "\n");
    Json result = json("classify", "--model", model, "--input", input.toString()).get(0);
    assertShape(result, text, "Negative", "Positive");
    assertThat(result.at("truncated").bool()).isTrue();
  }

  @Test
  void loneSurrogatesComeOutAsEscapes() throws IOException {
    Path input =
        Files.writeString(folder.resolve("odd.jsonl"), "{\"text\":\"a \\ud800 b \\udc00\"}\n");
    String out =
        done("classify", "--model", model, "--format", "json", "--input", input.toString()).out();
    assertThat(out).startsWith("{\"text\":\"a \\uD800 b \\uDC00\",");
    assertThat(Json.parse(out.strip()).at("text").string()).isEqualTo("a \ud800 b \udc00");
  }

  @Test
  void everyKindOfFileGivesARowEach() throws IOException {
    Path[] files = {
      Files.writeString(folder.resolve("in.txt"), "a great film\n\nboring"),
      Files.writeString(folder.resolve("in.csv"), "text,label\na great film,1\n\"\",0\nboring,0\n"),
      Files.writeString(folder.resolve("in.tsv"), "a great film\t1\r\n\t0\r\nboring\t0\r\n"),
      Files.writeString(
          folder.resolve("in.jsonl"),
          "{\"text\":\"a great film\"}\n{\"text\":\"\",\"pair\":null}\n{\"text\":\"boring\"}\n"),
    };
    for (Path input : files) {
      List<Json> results = json("classify", "--model", model, "--input", input.toString());
      assertThat(results.stream().map(r -> r.at("text").string()))
          .as(input.toString())
          .containsExactly("a great film", "", "boring");
      assertThat(results.stream().map(r -> r.at("label").string()))
          .as(input.toString())
          .startsWith("Positive")
          .endsWith("Negative");
    }
  }
}
