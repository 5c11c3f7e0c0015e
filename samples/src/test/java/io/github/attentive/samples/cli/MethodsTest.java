package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Explanations by every method, and trust cards, on the command line. */
class MethodsTest {
  private static final String TEXT = "so great a film";

  @TempDir private static Path folder;

  private static FakeEngineRun run;
  private static String model;
  private static String pooling;
  private static String opaque;

  @BeforeAll
  static void models() throws IOException {
    run = new FakeEngineRun(folder);
    model = run.model("model.pt");
    pooling = run.model("pooling.pt");
    opaque = run.model("opaque.pt");
  }

  @AfterAll
  static void close() throws IOException {
    run.close();
  }

  private static Json explain(String model, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("explain", "--model", model, TEXT));
    all.addAll(List.of(options));
    return run.json(all.toArray(String[]::new)).get(0);
  }

  @Test
  void jsonToTheLetter() {
    String out =
        run.done(
            "explain",
            "--format",
            "json",
            "--model",
            model,
            "--method",
            "integrated-gradients",
            "--rule",
            "trapezoid",
            "--steps",
            "2",
            "--trust",
            TEXT);
    assertThat(out.replace(model.replace("\\", "\\\\"), "MODEL"))
        .isEqualTo(
            "{\"text\":\"so great a film\",\"pair\":null,\"model\":{\"engine\":\"fake\",\"family\":"
                + "\"MODEL\",\"layers\":1,\"heads\":1,\"maxLength\":512,\"labels\":[\"no\",\"yes\"]},\"lab"
                + "el\":\"yes\",\"scores\":{\"no\":0.11920292,\"yes\":0.8807971},\"logits\":[0.0,2.0],"
                + "\"target\":\"yes\",\"method\":\"integrated-gradients\",\"granularity\":\"word\",\"spe"
                + "cial\":\"keep\",\"truncated\":false,\"tokens\":[{\"text\":\"[CLS]\",\"id\":1,\"segment"
                + "\":0,\"word\":null,\"start\":0,\"end\":0,\"special\":true,\"weight\":0.0},{\"text\":\""
                + "so\",\"id\":3678,\"segment\":0,\"word\":0,\"start\":0,\"end\":2,\"special\":false,\"we"
                + "ight\":0.0},{\"text\":\"great\",\"id\":52879,\"segment\":0,\"word\":1,\"start\":3,\"en"
                + "d\":8,\"special\":false,\"weight\":2.0},{\"text\":\"a\",\"id\":99,\"segment\":0,\"word"
                + "\":2,\"start\":9,\"end\":10,\"special\":false,\"weight\":0.0},{\"text\":\"film\",\"id\""
                + ":62854,\"segment\":0,\"word\":3,\"start\":11,\"end\":15,\"special\":false,\"weight\""
                + ":0.0}],\"words\":[{\"text\":\"so\",\"segment\":0,\"start\":0,\"end\":2,\"weight\":0.0}"
                + ",{\"text\":\"great\",\"segment\":0,\"start\":3,\"end\":8,\"weight\":2.0},{\"text\":\"a\""
                + ",\"segment\":0,\"start\":9,\"end\":10,\"weight\":0.0},{\"text\":\"film\",\"segment\":0"
                + ",\"start\":11,\"end\":15,\"weight\":0.0}],\"dropped\":0.0,\"trust\":{\"comprehensiv"
                + "eness\":0.3807971,\"sufficiency\":0.0,\"looTau\":1.0,\"randomPercentile\":85.0,"
                + "\"entropy\":0.0,\"specialMass\":0.0,\"completeness\":0.0,\"forwardPasses\":12,\"v"
                + "erdict\":\"partly-faithful\"}}"
                + "\n");
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void everyMethodHasItsNameAndTheContractsKeys(Method method) throws IOException {
    Json result = explain(model, "--method", method.id(), "--trust");
    assertThat(result.at("method").string()).isEqualTo(method.id());
    assertThat(result.names())
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
            "trust");
    Json trust = result.at("trust");
    assertThat(trust.names())
        .containsExactly(
            "comprehensiveness",
            "sufficiency",
            "looTau",
            "randomPercentile",
            "entropy",
            "specialMass",
            "completeness",
            "forwardPasses",
            "verdict");
    assertThat(trust.at("completeness").isNull()).isEqualTo(method != Method.INTEGRATED_GRADIENTS);
    // Without "great" both labels are even, and no other word says anything.
    assertThat(trust.at("comprehensiveness").number()).isCloseTo(0.380797, within(1e-6));
    assertThat(trust.at("sufficiency").number()).isCloseTo(0, within(1e-6));
    double great = result.at("words").list().get(1).at("weight").number();
    assertThat(great).isGreaterThan(0.2);
    assertThat(explain(model, "--method", method.id()).names()).doesNotContain("trust");
  }

  @Test
  void wordsWithoutEffectHaveNoRankAgreement() throws IOException {
    Json trust = run.json("explain", "--model", model, "--trust", "a film").get(0).at("trust");
    assertThat(trust.at("looTau").isNull()).isTrue();
    assertThat(trust.at("verdict").string()).isEqualTo("undecided");
  }

  @Test
  void operatorsBaselinesRulesAndSeedsAreTaken() throws IOException {
    for (String operator : List.of("delete", "mask", "pad")) {
      assertThat(
              explain(model, "--method", "occlusion", "--operator", operator)
                  .at("words")
                  .list()
                  .get(1)
                  .at("weight")
                  .number())
          .isCloseTo(0.380797, within(1e-6));
    }
    for (String rule : List.of("gauss", "trapezoid", "middle")) {
      String[] options = {
        "--method", "integrated-gradients", "--rule", rule, "--steps", "2", "--baseline", "mask"
      };
      assertThat(explain(model, options).at("words").list().get(1).at("weight").number())
          .isCloseTo(2, within(1e-6));
    }
    assertThat(explain(model, "--method", "lime", "--seed", "-3").at("method").string())
        .isEqualTo("lime");
  }

  @ParameterizedTest
  @ValueSource(strings = {"integrated-gradients", "input-gradient", "occlusion", "lime", "shap"})
  void modelsWithoutAttentionAreExplained(String method) throws IOException {
    Json result = explain(pooling, "--method", method, "--attention", "--trust");
    assertThat(result.names()).doesNotContain("attention").endsWith("dropped", "trust");
    assertThat(result.at("model").at("layers").integer()).isZero();
    assertThat(result.at("words").list().get(1).at("weight").number()).isGreaterThan(0.2);
    List<Json> pair =
        run.json("explain", "--model", pooling, "--method", method, "--pair", "great", "so");
    assertThat(pair.get(0).names()).doesNotContain("segments");
    assertThat(run.done("explain", "--model", pooling, "--method", method, TEXT))
        .startsWith("yes 0.8808  so great a film\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "norm",
        "grad-attention",
        "relevance",
        "contributions",
        "integrated-gradients",
        "input-gradient"
      })
  void whatAModelLacksIsNamed(String method) {
    CommandRun refused = run.of("explain", "--model", opaque, "--method", method, TEXT);
    assertThat(refused.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .matches("attentive: [^\n]+\n")
        .contains("'" + method + "'")
        .contains(method.equals("norm") ? "norms" : "gradients");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attention",
        "rollout",
        "flow",
        "norm",
        "grad-attention",
        "relevance",
        "contributions"
      })
  void methodsByAttentionNeedSome(String method) {
    CommandRun refused = run.of("explain", "--model", pooling, "--method", method, TEXT);
    assertThat(refused.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(refused.err()).matches("attentive: [^\n]+\n").contains("no attention layer");
  }

  @Test
  void modelsOfScoresAloneAreExplainedByTheirText() throws IOException {
    assertThat(
            explain(opaque, "--method", "occlusion", "--trust")
                .at("words")
                .list()
                .get(1)
                .at("weight")
                .number())
        .isCloseTo(0.380797, within(1e-6));
    CommandRun refused =
        run.of("explain", "--model", opaque, "--method", "occlusion", "--operator", "mask", TEXT);
    assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.err()).contains("operator 'mask'");
  }

  @Test
  void terminalBarsShowSignsAndTheCard() throws IOException {
    String multi = run.model("multi.pt");
    String[] command = {
      "explain", "--model", multi, "--method", "input-gradient", "--target", "loud", "--trust"
    };
    List<String> all = new ArrayList<>(List.of(command));
    all.add("noisy calm film");
    assertThat(CommandRun.lines(run.done(all.toArray(String[]::new))))
        .containsExactly(
            "dull,long 0.5000  noisy calm film",
            "  noisy | " + "\u2588".repeat(13) + " 1.0000",
            "  calm  | " + "\u2591".repeat(40) + " -3.0000",
            "  film  |  0.0000",
            "  trust: undecided; comprehensiveness 0.0718, sufficiency -0.6119, leave-one-out tau"
                + " 1.0000, above 95.0 % of random orders, entropy 0.4056, on special tokens 0.0000,"
                + " forward passes 7");
  }

  @Test
  void reportsShowTheMethodAndTheCard() throws IOException {
    Path page = folder.resolve("page.html");
    run.done(
        "report",
        "--model",
        model,
        "--out",
        page.toString(),
        "--method",
        "occlusion",
        "--trust",
        TEXT);
    assertThat(Files.readString(page))
        .contains("Weight (occlusion)")
        .contains(
            "<p>Weights by occlusion are partly faithful: comprehensiveness 0.3808, sufficiency 0,");
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void reportsDrawTheWeightsOfEveryMethod(Method method) throws IOException {
    Path page = folder.resolve(method.id() + ".html");
    run.done(
        "report",
        "--model",
        run.model("multi.pt"),
        "--out",
        page.toString(),
        "--target",
        "loud",
        "--method",
        method.id(),
        "noisy calm film");
    assertThat(Files.readString(page))
        .contains("Weight (" + method.id() + ")")
        .doesNotContain("<p>Weights by");
  }

  @Test
  void aLayerOfAFigureIsNoLayerOfAMethodWithoutLayers() throws IOException {
    Path figure = folder.resolve("heatmap.svg");
    String[] report = {"report", "--model", model, "--out", figure.toString(), "--layer", "0"};
    List<String> all = new ArrayList<>(List.of(report));
    all.addAll(List.of("--head", "0", "--method", "occlusion", TEXT));
    run.done(all.toArray(String[]::new));
    assertThat(Files.readString(figure)).contains("layer 0, head 0");
    all.set(all.indexOf("occlusion"), "relevance");
    CommandRun refused = run.of(all.toArray(String[]::new));
    assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.err()).contains("--layer: method 'relevance'");
  }

  @Test
  void contrastsFusionsSamplesAndBudgetsAreTaken() throws IOException {
    double alone = great(explain(model, "--method", "input-gradient"));
    double rather = great(explain(model, "--method", "input-gradient", "--contrast", "no"));
    assertThat(alone).isEqualTo(2);
    assertThat(rather).isEqualTo(2);
    String multi = run.model("multi.pt");
    String[] command = {"explain", "--model", multi, "--method", "occlusion", "noisy boring film"};
    List<String> contrast = new ArrayList<>(List.of(command));
    contrast.addAll(List.of("--target", "loud", "--contrast", "dull"));
    Json words = run.json(contrast.toArray(String[]::new)).get(0).at("words");
    assertThat(words.list().get(0).at("weight").number()).isPositive();
    assertThat(words.list().get(1).at("weight").number()).isNegative();
    for (String fusion : List.of("mean", "max", "min")) {
      assertThat(great(explain(model, "--method", "rollout", "--fusion", fusion))).isPositive();
    }
    assertThat(great(explain(model, "--method", "lime", "--samples", "40", "--budget", "42")))
        .isNotEqualTo(great(explain(model, "--method", "lime")));
    CommandRun refused =
        run.of("explain", "--model", model, "--method", "occlusion", "--budget", "2", TEXT);
    assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.err()).matches("attentive: [^\n]*budget[^\n]+\n");
    for (List<String> unused :
        List.of(List.of("--fusion", "max"), List.of("--samples", "9"), List.of("--steps", "9"))) {
      List<String> all =
          new ArrayList<>(List.of("explain", "--model", model, "--method", "relevance", TEXT));
      all.addAll(unused);
      CommandRun wrong = run.of(all.toArray(String[]::new));
      assertThat(wrong.code()).isEqualTo(ExitCodes.USAGE);
      assertThat(wrong.err()).contains(unused.get(0) + ": method 'relevance' does not use it");
    }
  }

  private static double great(Json explanation) {
    return explanation.at("words").list().get(1).at("weight").number();
  }

  @Test
  void worseVerdictsAreRefused() throws IOException {
    Json kept = explain(model, "--method", "occlusion", "--trust", "--at-least", "partly-faithful");
    assertThat(kept.at("trust").at("verdict").string()).isEqualTo("partly-faithful");
    CommandRun refused =
        run.of(
            "explain", "--model", model, "--at-least", "faithful", "--method", "occlusion", TEXT);
    assertThat(refused.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).matches("attentive: [^\n]+\n").contains("partly-faithful");
    CommandRun unknown = run.of("explain", "--model", model, "--at-least", "sure", TEXT);
    assertThat(unknown.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(unknown.err())
        .isEqualTo(
            "attentive: --at-least: expected one of [not-faithful, undecided, partly-faithful,"
                + " faithful], got 'sure'\n");
  }

  @Test
  void sentencesAreUnits() throws IOException {
    Json result =
        run.json(
                "explain",
                "--model",
                model,
                "--method",
                "occlusion",
                "--granularity",
                "sentence",
                "So great. A film!")
            .get(0);
    assertThat(result.at("granularity").string()).isEqualTo("sentence");
    List<Json> words = result.at("words").list();
    assertThat(words.get(0).at("weight").number()).isEqualTo(words.get(1).at("weight").number());
    assertThat(words.get(2).at("weight").number()).isZero();
  }

  @Test
  void modelsWithoutAttentionAreReported() throws IOException {
    Path page = folder.resolve("pooling.html");
    String[] report = {
      "report", "--model", pooling, "--method", "occlusion", "--trust", TEXT, "--out"
    };
    List<String> all = new ArrayList<>(List.of(report));
    all.add(page.toString());
    run.done(all.toArray(String[]::new));
    assertThat(Files.readString(page))
        .contains("Weight (occlusion)")
        .contains("<p>Weights by occlusion are partly faithful")
        .contains("<dt>Attention</dt>\n<dd>none</dd>")
        .doesNotContain("heatmap");
    Path bars = folder.resolve("pooling.svg");
    all.set(all.size() - 1, bars.toString());
    all.addAll(List.of("--view", "bars"));
    run.done(all.toArray(String[]::new));
    assertThat(Files.readString(bars)).contains("great");
    all.set(all.size() - 1, "heatmap");
    CommandRun refused = run.of(all.toArray(String[]::new));
    assertThat(refused.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(refused.err()).matches("attentive: [^\n]+\n").contains("no attention layer");
    refused = run.of("report", "--model", pooling, "--out", page.toString(), TEXT);
    assertThat(refused.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(refused.err()).contains("no attention layer");
  }
}
