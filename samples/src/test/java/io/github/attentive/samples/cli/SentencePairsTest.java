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

/** What {@code explain} says of the two texts of a pair. */
class SentencePairsTest {
  @TempDir private static Path folder;

  private static FakeEngineRun run;
  private static String model;

  @BeforeAll
  static void model() throws IOException {
    run = new FakeEngineRun(folder);
    model = run.model("single.pt");
  }

  @AfterAll
  static void close() throws IOException {
    run.close();
  }

  private static void assertSegment(Json segment, double a, double b, double special) {
    assertThat(segment.names()).containsExactly("A", "B", "special");
    assertThat(segment.at("A").number()).isCloseTo(a, within(1e-6));
    assertThat(segment.at("B").number()).isCloseTo(b, within(1e-6));
    assertThat(segment.at("special").number()).isCloseTo(special, within(1e-6));
  }

  @Test
  void jsonHasTheBlocks() throws IOException {
    Json result = run.json("explain", "--model", model, "--pair", "x y", "a").get(0);
    assertThat(result.at("pair").string()).isEqualTo("x y");
    assertThat(result.names()).endsWith("dropped", "segments");
    // Four positions of equal strength: [CLS], one of A, two of B.
    Json segments = result.at("segments");
    assertThat(segments.names()).containsExactly("A", "B");
    assertSegment(segments.at("A"), 0.25, 0.5, 0.25);
    assertSegment(segments.at("B"), 0.25, 0.5, 0.25);
    assertThat(
            run.json("explain", "--model", model, "--attention", "--pair", "x", "a").get(0).names())
        .endsWith("dropped", "attention", "segments");
  }

  @Test
  void withoutPairThereAreNone() throws IOException {
    assertThat(run.json("explain", "--model", model, "a").get(0).names()).endsWith("dropped");
    assertThat(run.done("explain", "--model", model, "a")).doesNotContain("looks at");
  }

  @Test
  void aTableStandsUnderTheBars() {
    List<String> lines =
        CommandRun.lines(run.done("explain", "--model", model, "--pair", "x y", "a"));
    assertThat(lines.subList(lines.size() - 4, lines.size()))
        .containsExactly(
            "  special tokens received 0.2500",
            "  looks at           A         B   special",
            "  A (text)      0.2500    0.5000    0.2500",
            "  B (pair)      0.2500    0.5000    0.2500");
    List<String> kept =
        CommandRun.lines(
            run.done(
                "explain",
                "--model",
                model,
                "--special",
                "keep",
                "--layer",
                "0",
                "--pair",
                "x y",
                "a"));
    assertThat(kept).endsWith(lines.subList(lines.size() - 3, lines.size()).toArray(String[]::new));
  }

  @Test
  void anEmptyPairIsAPairThatLooksAtNothing() throws IOException {
    String out = run.done("explain", "--model", model, "--pair", "", "a");
    assertThat(out).endsWith("  B (pair)           -         -         -\n");
    Json segments = run.json("explain", "--model", model, "--pair", "", "a").get(0).at("segments");
    assertSegment(segments.at("A"), 0.5, 0, 0.5);
    assertSegment(segments.at("B"), 0, 0, 0);
  }

  @Test
  void pairsOfAFileHaveThemRowByRow() throws IOException {
    Path input = Files.writeString(folder.resolve("in.csv"), "text,pair\na,x\nb,\n");
    List<Json> results = run.json("explain", "--model", model, "--input", input.toString());
    assertThat(results.get(0).names()).contains("segments");
    assertThat(results.get(1).names()).doesNotContain("segments");
  }
}
