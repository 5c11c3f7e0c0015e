package io.github.attentive.samples.cli;

import static io.github.attentive.samples.cli.CommandRun.done;
import static io.github.attentive.samples.cli.CommandRun.json;
import static io.github.attentive.samples.cli.CommandRun.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  private static final int POSITIONS = 5;
  private static final double ROUNDING = 1e-6;
  private static final String TEXT = "It's a (boring)\n Film!";
  private static final List<String> KEYS =
      List.of(
          "text",
          "pair",
          "model",
          "label",
          "scores",
          "logits",
          "target",
          "method",
          "granularity",
          "special",
          "truncated",
          "tokens",
          "words",
          "dropped");

  @TempDir private static Path folder;

  private static String model;

  @BeforeAll
  static void train() throws IOException {
    model = CommandRun.train(folder.resolve("model"), "keras-attention");
  }

  private static Json explain(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("explain", "--model", model));
    all.addAll(List.of(arguments));
    List<Json> objects = json(all.toArray(String[]::new));
    assertThat(objects).hasSize(1);
    return objects.get(0);
  }

  private static double sumOfWeights(Json list) {
    return list.list().stream().mapToDouble(token -> token.at("weight").number()).sum();
  }

  @Test
  void jsonIsAsTheContractHasIt() throws IOException {
    Json result = explain(TEXT);
    assertThat(result.names()).containsExactlyElementsOf(KEYS);
    assertThat(result.at("text").string()).isEqualTo(TEXT);
    assertThat(result.at("pair").isNull()).isTrue();
    Json info = result.at("model");
    assertThat(info.names())
        .containsExactly("engine", "family", "layers", "heads", "maxLength", "labels");
    assertThat(info.at("engine").string()).isEqualTo("pytorch");
    assertThat(info.at("family").string()).isEqualTo("attentive-keras");
    assertThat(info.at("layers").integer()).isEqualTo(1);
    assertThat(info.at("heads").integer()).isEqualTo(1);
    assertThat(info.at("maxLength").integer()).isEqualTo(POSITIONS);
    assertThat(info.at("labels").strings()).containsExactly("Negative", "Positive");
    assertThat(result.at("label").string()).isEqualTo("Negative");
    assertThat(result.at("scores").names()).containsExactly("Negative", "Positive");
    assertThat(result.at("scores").sum()).isCloseTo(1, within(ROUNDING));
    assertThat(result.at("target").string()).isEqualTo("Negative");
    assertThat(result.at("method").string()).isEqualTo("attention");
    assertThat(result.at("granularity").string()).isEqualTo("word");
    assertThat(result.at("special").string()).isEqualTo("keep");
    assertThat(result.at("truncated").bool()).isFalse();
    assertThat(result.at("dropped").number()).isZero();
  }

  @Test
  void logitIsWhatTheScoreComesFrom() throws IOException {
    Json result = explain(TEXT);
    double[] logits = result.at("logits").numbers();
    assertThat(logits).hasSize(1);
    assertThat(result.at("scores").at("Positive").number())
        .isCloseTo(1 / (1 + Math.exp(-logits[0])), within(ROUNDING));
  }

  @Test
  void scoresAreThoseOfClassify() throws IOException {
    Json classified = json("classify", "--model", model, TEXT).get(0);
    for (String label : List.of("Negative", "Positive")) {
      assertThat(explain(TEXT).at("scores").at(label).number())
          .isCloseTo(classified.at("scores").at(label).number(), within(ROUNDING));
    }
  }

  @Test
  void tokensPointIntoTheText() throws IOException {
    List<Json> tokens = explain(TEXT).at("tokens").list();
    assertThat(tokens).hasSize(POSITIONS);
    for (Json token : tokens) {
      assertThat(token.names())
          .containsExactly("text", "id", "segment", "word", "start", "end", "special", "weight");
      assertThat(token.at("segment").integer()).isZero();
      assertThat(token.at("weight").number()).isBetween(0.0, 1.0);
    }
    List<String> texts = tokens.stream().map(token -> token.at("text").string()).toList();
    assertThat(texts).containsExactly("[UNK]", "a", "boring", "film", "[PAD]");
    assertThat(tokens.get(0).at("id").integer()).isEqualTo(1);
    String[] surfaces = {"It's", "a", "boring", "Film"};
    for (int i = 0; i < surfaces.length; i++) {
      Json token = tokens.get(i);
      int start = token.at("start").integer();
      assertThat(TEXT.substring(start, token.at("end").integer())).isEqualTo(surfaces[i]);
      assertThat(token.at("word").integer()).isEqualTo(i);
      assertThat(token.at("special").bool()).isFalse();
    }
  }

  @Test
  void paddingIsSpecialAndOfNoWord() throws IOException {
    Json padding = explain(TEXT).at("tokens").list().get(POSITIONS - 1);
    assertThat(padding.at("text").string()).isEqualTo("[PAD]");
    assertThat(padding.at("id").integer()).isZero();
    assertThat(padding.at("word").isNull()).isTrue();
    assertThat(padding.at("start").integer()).isZero();
    assertThat(padding.at("end").integer()).isZero();
    assertThat(padding.at("special").bool()).isTrue();
    assertThat(padding.at("weight").number()).isPositive();
  }

  @Test
  void wordsAreTheCallersOwn() throws IOException {
    Json result = explain(TEXT);
    List<Json> words = result.at("words").list();
    List<Json> tokens = result.at("tokens").list();
    assertThat(words.stream().map(word -> word.at("text").string()))
        .containsExactly("It's", "a", "boring", "Film");
    for (int i = 0; i < words.size(); i++) {
      Json word = words.get(i);
      assertThat(word.names()).containsExactly("text", "segment", "start", "end", "weight");
      assertThat(word.at("segment").integer()).isZero();
      assertThat(TEXT.substring(word.at("start").integer(), word.at("end").integer()))
          .isEqualTo(word.at("text").string());
      assertThat(word.at("weight")).isEqualTo(tokens.get(i).at("weight"));
    }
  }

  @Test
  void spansCountUtf16Units() throws IOException {
    String text = "\ud83c\udfac\ud83c\udfac boring";
    Json word = explain(text).at("words").list().get(1);
    assertThat(word.at("start").integer()).isEqualTo(5);
    assertThat(word.at("end").integer()).isEqualTo(text.length());
  }

  @Test
  void attentionComesOnlyWhenAskedFor() throws IOException {
    List<String> all = new ArrayList<>(KEYS);
    all.add("attention");
    assertThat(explain("--attention", TEXT).names()).containsExactlyElementsOf(all);
  }

  @Test
  void attentionRowsSumToOneAndItsColumnsAreTheWeights() throws IOException {
    Json result = explain("--attention", TEXT);
    Json attention = result.at("attention");
    assertThat(attention.names()).containsExactly("shape", "values");
    assertThat(attention.at("shape").list().stream().map(Json::integer))
        .containsExactly(1, 1, POSITIONS, POSITIONS);
    double[] values = attention.at("values").numbers();
    assertThat(values).hasSize(POSITIONS * POSITIONS);
    double[] received = new double[POSITIONS];
    for (int query = 0; query < POSITIONS; query++) {
      double sum = 0;
      for (int key = 0; key < POSITIONS; key++) {
        double value = values[query * POSITIONS + key];
        assertThat(value).isBetween(0.0, 1.0);
        sum += value;
        received[key] += value / POSITIONS;
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
    List<Json> tokens = result.at("tokens").list();
    for (int key = 0; key < POSITIONS; key++) {
      assertThat(tokens.get(key).at("weight").number()).isCloseTo(received[key], within(ROUNDING));
    }
  }

  @Test
  void policiesForSpecialTokens() throws IOException {
    Json keep = explain("--special", "keep", "a film");
    Json drop = explain("--special", "drop", "a film");
    Json renormalise = explain("--special", "renormalise", "a film");
    assertThat(keep).isEqualTo(explain("a film"));
    assertThat(sumOfWeights(keep.at("tokens"))).isCloseTo(1, within(1e-5));
    assertThat(keep.at("tokens").list()).hasSize(POSITIONS);

    double padding =
        keep.at("tokens").list().stream()
            .filter(token -> token.at("special").bool())
            .mapToDouble(token -> token.at("weight").number())
            .sum();
    assertThat(padding).isBetween(0.1, 0.9);
    for (Json result : List.of(drop, renormalise)) {
      assertThat(result.at("dropped").number()).isCloseTo(padding, within(ROUNDING));
      assertThat(result.at("tokens").list()).hasSize(2);
      assertThat(result.at("words").list()).hasSize(2);
    }
    assertThat(drop.at("special").string()).isEqualTo("drop");
    assertThat(drop.at("words")).isEqualTo(keep.at("words"));
    assertThat(sumOfWeights(drop.at("tokens"))).isCloseTo(1 - padding, within(1e-5));
    assertThat(renormalise.at("special").string()).isEqualTo("renormalise");
    assertThat(sumOfWeights(renormalise.at("tokens"))).isCloseTo(1, within(1e-5));
    assertThat(sumOfWeights(renormalise.at("words"))).isCloseTo(1, within(1e-5));
  }

  @Test
  void optionsAreEchoed() throws IOException {
    Json result =
        explain(
            "--granularity", "token", "--target", "Positive", "--layer", "0", "--head", "0", TEXT);
    assertThat(result.at("granularity").string()).isEqualTo("token");
    assertThat(result.at("target").string()).isEqualTo("Positive");
    assertThat(result.at("label").string()).isEqualTo("Negative");
    assertThat(result.at("tokens")).isEqualTo(explain(TEXT).at("tokens"));
    assertThat(result.at("words")).isEqualTo(explain(TEXT).at("words"));
  }

  @Test
  void emptyTextIsAllPadding() throws IOException {
    Json result = explain("");
    assertThat(result.at("words").list()).isEmpty();
    assertThat(result.at("tokens").list())
        .hasSize(POSITIONS)
        .allMatch(token -> token.at("special").bool());
    Json dropped = explain("--special", "renormalise", "");
    assertThat(dropped.at("tokens").list()).isEmpty();
    assertThat(dropped.at("dropped").number()).isCloseTo(1, within(1e-5));
  }

  @Test
  void longTextIsCut() throws IOException {
    Json result = explain("one two three four five six");
    assertThat(result.at("truncated").bool()).isTrue();
    assertThat(result.at("words").list()).hasSize(POSITIONS);
  }

  @Test
  void rowsOfAFileGiveAnObjectEach() throws IOException {
    Path input = Files.writeString(folder.resolve("in.txt"), "great\n\nboring film\n");
    List<Json> results =
        json("explain", "--model", model, "--input", input.toString(), "--attention");
    assertThat(results.stream().map(r -> r.at("text").string()))
        .containsExactly("great", "", "boring film");
    assertThat(results.get(2).names()).endsWith("dropped", "attention");
  }

  @Test
  void barsLeavePaddingOutAndSaySo() throws IOException {
    CommandRun run = done("explain", "--model", model, "a boring\nqwertz");
    Json same = explain("--special", "drop", "a boring\nqwertz");
    List<String> lines = lines(run.out());
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).matches("Negative 0\\.\\d{4}  a boring qwertz");
    assertThat(lines.get(1)).startsWith("  a            | ");
    assertThat(lines.get(2)).startsWith("  boring       | ");
    assertThat(lines.get(3)).startsWith("  qwertz [UNK] | ");
    for (int i = 0; i < 3; i++) {
      assertBar(lines.get(1 + i), same.at("words").list().get(i).at("weight").number());
    }
    assertThat(lines.get(4)).matches("  special tokens received 0\\.\\d{4}");
    assertThat(run.err()).isEmpty();
  }

  /** Forty blocks are 1. */
  private static void assertBar(String line, double weight) {
    String bar = line.substring(line.indexOf('|') + 2);
    assertThat(bar).matches("\u2588* 0\\.\\d{4}");
    assertThat(bar.indexOf(' ')).isEqualTo((int) (40 * (float) weight));
    assertThat(Double.parseDouble(bar.substring(bar.indexOf(' ') + 1)))
        .isCloseTo(weight, within(0.5e-4 + ROUNDING));
  }

  @Test
  void barsShowPaddingAndTokensWhenAsked() {
    String kept = done("explain", "--model", model, "--special", "keep", "a qwertz").out();
    assertThat(kept).containsSubsequence("a ", "qwertz [UNK]", "[PAD]", "[PAD]", "[PAD]");
    assertThat(kept).doesNotContain("special tokens received");
    String tokens = done("explain", "--model", model, "--granularity", "token", "a qwertz").out();
    assertThat(lines(tokens)).hasSize(4);
    assertThat(lines(tokens).get(2)).startsWith("  [UNK] | ");
  }
}
