package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands over models of several labels and over regressions. */
class ProblemTypesTest {
  @TempDir private static Path folder;

  private static FakeEngineRun run;
  private static String multi;
  private static String regression;
  private static String outputs;

  @BeforeAll
  static void models() throws IOException {
    run = new FakeEngineRun(folder);
    multi = run.model("multi.pt");
    regression = run.model("regression.pt");
    outputs = run.model("outputs.pt");
  }

  @AfterAll
  static void close() throws IOException {
    run.close();
  }

  @Test
  void multiLabelJsonListsTheLabelsThatApply() {
    String out =
        run.done("classify", "--format", "json", "--model", multi, "boring", "calm short fine");
    assertThat(CommandRun.lines(out))
        .containsExactly(
            "{\"text\":\"boring\",\"pair\":null,\"label\":\"dull\",\"labels\":[\"dull\",\"loud\","
                + "\"long\"],\"scores\":{\"dull\":0.8807971,\"loud\":0.5,\"long\":0.5},\"tokens\":2,"
                + "\"truncated\":false}",
            "{\"text\":\"calm short fine\",\"pair\":null,\"label\":\"dull\",\"labels\":[],"
                + "\"scores\":{\"dull\":0.26894143,\"loud\":0.047425874,\"long\":0.047425874},"
                + "\"tokens\":4,\"truncated\":false}");
  }

  @Test
  void multiLabelTextListsThemWithCommas() {
    String out =
        run.done(
            "classify", "--model", multi, "boring short", "boring calm short", "calm short fine");
    assertThat(CommandRun.lines(out))
        .containsExactly(
            "dull,loud\t0.8808\tboring short",
            "dull\t0.8808\tboring calm short",
            "-\t0.2689\tcalm short fine");
  }

  @Test
  void multiLabelExplanations() throws IOException {
    Json result = run.json("explain", "--model", multi, "noisy short").get(0);
    assertThat(result.names())
        .startsWith("text", "pair", "model", "label", "labels", "scores", "logits", "target");
    assertThat(result.at("label").string()).isEqualTo("loud");
    assertThat(result.at("labels").strings()).containsExactly("dull", "loud");
    assertThat(result.at("target").string()).isEqualTo("loud");
    assertThat(result.at("model").names())
        .containsExactly("engine", "family", "layers", "heads", "maxLength", "labels");
    List<String> lines = CommandRun.lines(run.done("explain", "--model", multi, "noisy short"));
    assertThat(lines.get(0)).isEqualTo("dull,loud 0.7311  noisy short");
    assertThat(run.done("explain", "--model", multi, "calm short fine"))
        .startsWith("- 0.2689  calm short fine\n");
  }

  @Test
  void regressionGivesTheRawValue() throws IOException {
    String out =
        run.done("classify", "--format", "json", "--model", regression, "great great", "boring");
    assertThat(CommandRun.lines(out))
        .containsExactly(
            "{\"text\":\"great great\",\"pair\":null,\"label\":\"stars\",\"scores\":{\"stars\":5.25},"
                + "\"tokens\":3,\"truncated\":false}",
            "{\"text\":\"boring\",\"pair\":null,\"label\":\"stars\",\"scores\":{\"stars\":"
                + "-1234567.9},\"tokens\":2,\"truncated\":false}");
    assertThat(run.done("classify", "--model", regression, "great", "boring", "film"))
        .isEqualTo("stars\t2.625\tgreat\nstars\t-1234567.9\tboring\nstars\t0.0\tfilm\n");
    assertThat(run.done("explain", "--model", regression, "great"))
        .startsWith("stars 2.625  great\n");
    assertThat(run.json("explain", "--model", regression, "great").get(0).names())
        .doesNotContain("labels", "segments");
  }

  @Test
  void ofSeveralOutputsTheHighestIsNamed() throws IOException {
    assertThat(run.done("classify", "--model", outputs, "boring", "boring played", "played"))
        .isEqualTo("acting\t0.0\tboring\nacting\t-0.5\tboring played\nplot\t0.0\tplayed\n");
    Json result = run.json("classify", "--model", outputs, "boring played").get(0);
    assertThat(result.at("scores").at("plot").number()).isEqualTo(-2, within(0.0));
  }

  @Test
  void evaluatingThemIsRefusedWithTheReason() throws IOException {
    Path data = Files.writeString(folder.resolve("data.csv"), "great,dull\n");
    for (String model : List.of(multi, regression)) {
      CommandRun refused = run.of("evaluate", "--model", model, "--input", data.toString());
      assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err())
          .matches("attentive: [^\n]+\n")
          .contains("single_label_classification")
          .contains(model.equals(multi) ? "multi_label_classification" : "got regression");
    }
  }

  @Test
  void reportsCarryTheSameHeadings() throws IOException {
    Path page = folder.resolve("page.html");
    run.done("report", "--model", multi, "--out", page.toString(), "noisy short");
    assertThat(Files.readString(page))
        .contains("<p>Predicted dull, loud with a score of 0.731.</p>");
    run.done("report", "--model", regression, "--out", page.toString(), "--layer", "0", "great");
    assertThat(Files.readString(page))
        .contains("<p>Predicted stars with a score of 2.625.</p>")
        .contains("Prediction: stars (2.625), layer 0, head mean");
  }

  @Test
  void theFileOfAModelIsNamedToTheEngineAsItWasTyped() throws IOException {
    for (String name : List.of("model.pt", "model.keras")) {
      run.model(name);
      String detour = folder.resolve(".").resolve(name).toString();
      Json info = run.json("explain", "--model", detour, "great").get(0).at("model");
      assertThat(info.at("engine").string()).isEqualTo("fake");
      assertThat(info.at("family").string()).isEqualTo(detour);
    }
  }
}
