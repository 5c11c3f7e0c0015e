package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.attentive.samples.cli.AttentiveCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line's contract, in process, on a model trained for it. */
class CommandLineTest {
  @TempDir private static Path folder;

  private static String model;
  private static String pooling;

  private record Result(int code, String out, String err) {}

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        AttentiveCommand.run(
            arguments,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Result done(String... arguments) {
    Result result = run(arguments);
    assertThat(result.code).as(result.err).isZero();
    return result;
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @BeforeAll
  static void train() throws IOException {
    Path reviews =
        file(
            "reviews.tsv",
            "text\tlabel\n"
                + "the story was great\t1\nwhat a great film\t1\ni loved it\t1\n"
                + "the story was boring\t0\nwhat a boring film\t0\ni hated it\t0\n");
    model = folder.resolve("model").toString();
    pooling = folder.resolve("pooling").toString();
    for (String[] recipe :
        new String[][] {{"keras-attention", model}, {"keras-pooling", pooling}}) {
      done(
          "train",
          "--recipe",
          recipe[0],
          "--train",
          reviews.toString(),
          "--out",
          recipe[1],
          "--labels",
          "Negative,Positive",
          "--epochs",
          "150");
    }
  }

  /** Objects as maps, arrays as lists, numbers as their text. */
  private static Object json(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      Object value = value(parser, parser.nextToken());
      assertThat(parser.nextToken()).isNull();
      return value;
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        object.put(name, value(parser, parser.nextToken()));
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
        array.add(value(parser, t));
      }
      return array;
    }
    return token == JsonToken.VALUE_NULL ? "null" : parser.getText();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object json) {
    return (Map<String, Object>) json;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> array(Object json) {
    return (List<Object>) json;
  }

  @Test
  void enginesAreListed() {
    assertThat(done("engines").out.lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("pytorch  2.7.1"))
        .anyMatch(line -> line.startsWith("tensorflow  2.16.1"));
  }

  @Test
  void classifyJsonIsAsTheContractHasIt() throws IOException {
    Result result = done("classify", "--model", model, "--format", "json", "a boring film", "");
    List<String> lines = result.out.lines().toList();
    assertThat(lines).hasSize(2);
    Map<String, Object> first = object(json(lines.get(0)));
    assertThat(first.keySet())
        .containsExactly("text", "pair", "label", "scores", "tokens", "truncated");
    assertThat(first).containsEntry("text", "a boring film").containsEntry("pair", "null");
    assertThat(first).containsEntry("label", "Negative").containsEntry("tokens", "5");
    assertThat(object(first.get("scores")).keySet()).containsExactly("Negative", "Positive");
    assertThat(object(json(lines.get(1)))).containsEntry("text", "");
    assertThat(result.err).isEmpty();
  }

  @Test
  void explainJsonIsAsTheContractHasIt() throws IOException {
    String line =
        done("explain", "--model", model, "--format", "json", "--attention", "It's (boring)!").out;
    Map<String, Object> result = object(json(line));
    assertThat(result.keySet())
        .containsExactly(
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
            "dropped",
            "attention");
    assertThat(object(result.get("model")).keySet())
        .containsExactly("engine", "family", "layers", "heads", "maxLength", "labels");
    assertThat(array(result.get("tokens"))).hasSize(5);
    Map<String, Object> pad = object(array(result.get("tokens")).get(4));
    assertThat(pad.keySet())
        .containsExactly("text", "id", "segment", "word", "start", "end", "special", "weight");
    assertThat(pad).containsEntry("text", "[PAD]").containsEntry("word", "null");
    Map<String, Object> word = object(array(result.get("words")).get(1));
    assertThat(word.keySet()).containsExactly("text", "segment", "start", "end", "weight");
    assertThat(word)
        .containsEntry("text", "boring")
        .containsEntry("start", "6")
        .containsEntry("end", "12");
    Map<String, Object> attention = object(result.get("attention"));
    assertThat(array(attention.get("shape"))).containsExactly("1", "1", "5", "5");
    List<Object> values = array(attention.get("values"));
    double[] received = new double[5];
    for (int q = 0; q < 5; q++) {
      double sum = 0;
      for (int k = 0; k < 5; k++) {
        double value = Double.parseDouble((String) values.get(q * 5 + k));
        sum += value;
        received[k] += value / 5;
      }
      assertThat(Math.abs(sum - 1)).isLessThan(1e-5);
    }
    for (int k = 0; k < 5; k++) {
      String weight = (String) object(array(result.get("tokens")).get(k)).get("weight");
      assertThat(Math.abs(Double.parseDouble(weight) - received[k])).isLessThan(1e-6);
    }
  }

  @Test
  void policiesForSpecialTokens() throws IOException {
    Map<String, Object> dropped =
        object(
            json(
                done("explain", "--model", model, "--format", "json", "--special", "drop", "a film")
                    .out));
    assertThat(array(dropped.get("tokens"))).hasSize(2);
    assertThat(Double.parseDouble((String) dropped.get("dropped"))).isBetween(0.1, 0.9);
    assertThat(dropped).doesNotContainKey("attention");
    Map<String, Object> whole =
        object(
            json(
                done(
                        "explain",
                        "--model",
                        model,
                        "--format",
                        "json",
                        "--special",
                        "renormalise",
                        "a film")
                    .out));
    double sum = 0;
    for (Object token : array(whole.get("tokens"))) {
      sum += Double.parseDouble((String) object(token).get("weight"));
    }
    assertThat(Math.abs(sum - 1)).isLessThan(1e-5);
  }

  @Test
  void terminalBarsDropPaddingAndMarkUnknownWords() {
    String text = done("explain", "--model", model, "a boring qwertz").out;
    assertThat(text).contains("boring").contains("qwertz [UNK]").contains("\u2588");
    assertThat(text).doesNotContain("[PAD]").contains("special tokens received");
  }

  @Test
  void filesOfEveryKindGiveARowEach() throws IOException {
    Path[] files = {
      file("in.txt", "a great film\n\na boring one"),
      file("in.csv", "text,label\n\"a great,\nfilm\",1\n\"\",0\na boring one,0\n"),
      file("in.tsv", "a great film\t1\r\n\t0\r\na \"boring\" one\t0\r\n"),
      file(
          "in.jsonl",
          "{\"text\":\"a great film\"}\n\n{\"text\":\"\\ud800\",\"pair\":null}\n{\"text\":\"x\",\"label\":1}\n"),
    };
    for (Path input : files) {
      Result result =
          done("classify", "--model", model, "--format", "json", "--input", input.toString());
      assertThat(result.out.lines()).as(input.toString()).hasSize(3);
    }
    assertThat(
            done("classify", "--model", model, "--format", "json", "--input", files[3].toString())
                .out)
        .contains("\"text\":\"\\uD800\"");
  }

  @Test
  void longTextIsCutAndSaysSo() throws IOException {
    Path input = file("long.txt", "word ".repeat(100_000) + "\n");
    assertThat(
            done("classify", "--model", model, "--format", "json", "--input", input.toString()).out)
        .contains("\"tokens\":5,\"truncated\":true");
  }

  @Test
  void outputGoesToAFile() throws IOException {
    Path output = folder.resolve("out.txt");
    Result result = done("classify", "--model", model, "--output", output.toString(), "a film");
    assertThat(result.out).isEmpty();
    assertThat(Files.readString(output)).contains("a film");
  }

  @Test
  void doubleHyphenEndsOptionsAndAtIsText() {
    assertThat(done("classify", "--model", model, "--", "--format").out).contains("--format");
    assertThat(done("classify", "--model", model, "@nobody").out).contains("@nobody");
  }

  @Test
  void evaluateCounts() throws IOException {
    Path data = file("eval.tsv", "a great film\t1\na boring film\t0\nthe great story\t0\n");
    Map<String, Object> result =
        object(
            json(
                done("evaluate", "--model", model, "--format", "json", "--input", data.toString())
                    .out));
    assertThat(result.keySet())
        .containsExactly("examples", "accuracy", "macroF1", "labels", "confusion", "perClass");
    assertThat(result).containsEntry("examples", "3");
    assertThat(result.get("confusion")).hasToString("[[1, 1], [0, 1]]");
    assertThat(Double.parseDouble((String) result.get("accuracy"))).isEqualTo(2 / 3.0);
    assertThat(object(result.get("perClass")).keySet()).containsExactly("Negative", "Positive");
  }

  @Test
  void trainingIsTheSameForTheSameSeedAndPrintsTheKeptEpoch() throws IOException {
    Path data = file("train.csv", "great,1\nfine,1\nbad,0\npoor,0\n");
    byte[] first = null;
    for (String name : List.of("t1", "t2")) {
      Path out = folder.resolve(name);
      Result result =
          done(
              "train",
              "--recipe",
              "keras-attention",
              "--train",
              data.toString(),
              "--validation",
              data.toString(),
              "--out",
              out.toString(),
              "--seed",
              "9",
              "--epochs",
              "8");
      List<String> history = Files.readAllLines(out.resolve("training.jsonl"));
      assertThat(history).hasSize(8);
      assertThat(object(json(history.get(0))).keySet())
          .containsExactly(
              "epoch", "loss", "accuracy", "validationLoss", "validationAccuracy", "seconds");
      String last = result.out.lines().reduce((a, b) -> b).orElseThrow();
      assertThat(history).contains(last);
      byte[] weights = Files.readAllBytes(out.resolve("model.safetensors"));
      assertThat(first == null || java.util.Arrays.equals(first, weights)).isTrue();
      first = weights;
    }
  }

  @Test
  void reportsAreWellFormedWhateverTheText() throws Exception {
    String hostile = "</style><script>alert(1)</script> &lt; \" onload=\"x ]]>";
    for (String view : List.of("heatmap", "bars")) {
      Path out = folder.resolve(view + ".svg");
      done("report", "--model", model, "--view", view, "--out", out.toString(), hostile);
      byte[] svg = Files.readAllBytes(out);
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg));
      assertThat(new String(svg, StandardCharsets.UTF_8)).doesNotContain("<script");
    }
    Path page = folder.resolve("page.html");
    done("report", "--model", model, "--out", page.toString(), hostile, "a film", "a film");
    String html = Files.readString(page);
    assertThat(html).doesNotContain("<script").contains("&lt;script&gt;");
    List<String> ids =
        java.util.regex.Pattern.compile(" id=\"([^\"]*)\"")
            .matcher(html)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "classify",
        "classify --model M",
        "classify --model M --bar x",
        "classify --model M --engine keras x",
        "classify --model M --device tpu x",
        "classify --model M --pair y x",
        "classify --model M --input no.txt",
        "classify --model M --input README.md",
        "explain --model M a b",
        "explain --model M --layer 1 x",
        "explain --model M --head 1 x",
        "explain --model M --target ? x",
        "explain --model M --method guess x",
        "explain --model M --attention x",
        "report --model M --out x.png x",
        "report --model M --out x.svg x y",
        "train --recipe keras-attention --out x",
        "train --recipe cnn --train x.tsv --out x"
      })
  void wrongUsageIsOneLineAndTwo(String line) {
    fails(2, line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export --model M --to torchscript --out x", "doctor --model M",
        "explain --model M --method rollout x", "explain --model M --trust x",
        "explain --model M --steps 5 x", "report --model M --out x.svg --view head x",
        "report --model M --out x.svg --dark dark x", "train --recipe bert --train x --out x",
        "train --recipe keras-attention --train x --out x --resume"
      })
  void whatComesLaterSaysSo(String line) {
    assertThat(fails(2, line)).contains("not yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classify --model nowhere x", "classify --model M --engine tensorflow x",
        "explain --model P x", "classify --model M --device gpu:7 x"
      })
  void failingModelOrEngineIsOne(String line) {
    fails(1, line);
  }

  private static String fails(int code, String line) {
    String[] arguments =
        line.isEmpty()
            ? new String[0]
            : java.util.Arrays.stream(line.split(" "))
                .map(a -> a.equals("M") ? model : a.equals("P") ? pooling : a)
                .toArray(String[]::new);
    Result result = run(arguments);
    assertThat(result.code).as(result.err).isEqualTo(code);
    assertThat(result.out).isEmpty();
    assertThat(result.err).startsWith("attentive: ").endsWith("\n");
    assertThat(result.err.lines()).hasSize(1);
    return result.err;
  }

  @Test
  void localeOfTheMachineDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      String expected = done("explain", "--model", model, "a boring film").out;
      for (String tag : List.of("tr-TR", "ar-EG", "de-DE", "th-TH-u-nu-thai")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(done("explain", "--model", model, "a boring film").out).isEqualTo(expected);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void demoTrainsPrintsAndDraws() throws IOException {
    Path out = folder.resolve("demo");
    String text = done("demo", "--seeds", "2", "--out", out.toString()).out;
    assertThat(text)
        .contains("(a) 10 reviews x 10, with attention")
        .contains("Sentence: the movie was boring")
        .containsPattern("Sentiment: 0\\.\\d{4} \\((negative|positive)\\)")
        .containsPattern("boring \\| \u2588+ 0\\.\\d{4}")
        .contains("there are no weights to show")
        .contains("over 2 seeds: minimum / median / maximum");
    for (String name :
        List.of("a-heatmap.svg", "a-bars.svg", "b-heatmap.svg", "b-bars.svg", "index.html")) {
      assertThat(out.resolve(name)).isNotEmptyFile();
    }
    assertThat(Files.readString(out.resolve("index.html"))).containsPattern("(?s)(<section>.*){3}");
  }
}
