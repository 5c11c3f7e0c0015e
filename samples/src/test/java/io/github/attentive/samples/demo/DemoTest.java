package io.github.attentive.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.samples.Figures;
import io.github.attentive.samples.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
  private static final Pattern SENTIMENT =
      Pattern.compile("  Sentiment: ([01]\\.\\d{4}) \\((negative|positive)\\)");
  private static final Pattern BAR =
      Pattern.compile("  (the|movie|was|boring) +\\| (\u2588*) ([01]\\.\\d{4})");
  private static final Pattern PADDING =
      Pattern.compile("  The padding after the text received the other (0\\.\\d{4})\\.");

  /** A row of the statistics: minimum, median, maximum. */
  private static final Pattern STATISTIC =
      Pattern.compile("  (\\w+) +(\\d\\.\\d{4}) / (\\d\\.\\d{4}) / (\\d\\.\\d{4})");

  @TempDir private static Path folder;

  private static Path out;
  private static List<List<String>> paragraphs;

  @BeforeAll
  static void runOnce() {
    out = folder.resolve("out/of/the/way");
    CommandRun run = CommandRun.done("demo", "--out", out.toString());
    assertThat(run.err()).doesNotContain("attentive: ");
    paragraphs = paragraphs(run.out());
  }

  private static List<List<String>> paragraphs(String text) {
    return Arrays.stream(text.split("\n\n")).map(p -> List.of(p.split("\n"))).toList();
  }

  private static Matcher matching(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    return matcher;
  }

  @Test
  void threeVariantsAreShown() {
    assertThat(paragraphs).hasSize(5);
    assertThat(paragraphs.get(0)).startsWith("(a) 10 reviews x 10, with attention");
    assertThat(paragraphs.get(1)).startsWith("(b) 100 reviews, with attention");
    assertThat(paragraphs.get(2)).startsWith("(c) 100 reviews, without attention");
    for (List<String> paragraph : paragraphs.subList(0, 3)) {
      assertThat(paragraph.get(1)).isEqualTo("  Sentence: the movie was boring");
      Matcher sentiment = matching(SENTIMENT, paragraph.get(2));
      double positive = Double.parseDouble(sentiment.group(1));
      assertThat(sentiment.group(2)).isEqualTo(positive > 0.5 ? "positive" : "negative");
    }
    assertThat(paragraphs.get(3)).singleElement().asString().contains("--seeds 10");
    assertThat(paragraphs.get(4)).containsExactly("Open " + out.resolve("index.html"));
  }

  @Test
  void fortyBlocksAreOne() {
    for (List<String> paragraph : paragraphs.subList(0, 2)) {
      assertThat(paragraph).hasSize(8);
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        Matcher bar = matching(BAR, paragraph.get(3 + i));
        assertThat(bar.group(1)).isEqualTo(List.of("the", "movie", "was", "boring").get(i));
        double weight = Double.parseDouble(bar.group(3));
        assertThat(bar.group(2).length())
            .isBetween(
                (int) Math.floor(40 * (weight - 0.5e-4)), (int) Math.floor(40 * (weight + 0.5e-4)));
        sum += weight;
      }
      sum += Double.parseDouble(matching(PADDING, paragraph.get(7)).group(1));
      assertThat(sum).isCloseTo(1, within(5 * 0.5e-4));
    }
  }

  @Test
  void withoutAttentionThereAreNoWeights() {
    List<String> variant = paragraphs.get(2);
    assertThat(variant).hasSize(4);
    assertThat(variant.get(3)).isEqualTo("  No attention layer, so there are no weights to show.");
  }

  @Test
  void modelsAreKeptAndSayTheSame() {
    for (int i = 0; i < 3; i++) {
      String model = out.resolve(List.of("a", "b", "c").get(i)).toString();
      String result = CommandRun.done("classify", "--model", model, "the movie was boring").out();
      Matcher shown = matching(SENTIMENT, paragraphs.get(i).get(2));
      double positive = Double.parseDouble(shown.group(1));
      assertThat(result).startsWith(shown.group(2) + "\t").endsWith("\tthe movie was boring\n");
      assertThat(Double.parseDouble(result.split("\t")[1]))
          .isCloseTo(Math.max(positive, 1 - positive), within(1.5e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-heatmap.svg", "a-bars.svg", "b-heatmap.svg", "b-bars.svg"})
  void figuresAreThere(String name) throws IOException {
    String svg = Files.readString(out.resolve(name));
    assertThat(Figures.assertDrawable(svg).getDocumentElement().getTextContent())
        .contains("the", "movie", "was", "boring");
  }

  @Test
  void pageHasThreeSectionsAndNothingActive() throws IOException {
    String page = Files.readString(out.resolve("index.html"));
    assertThat(page.split("<section>", -1)).hasSize(4);
    Figures.assertInert(page);
    assertThat(Figures.on(page)).hasSize(4).allSatisfy(Figures::assertDrawable);
    for (int i = 0; i < 3; i++) {
      assertThat(page).contains("<h2>" + paragraphs.get(i).get(0) + "</h2>");
      assertThat(page).contains("<p>" + paragraphs.get(i).get(2).strip() + "</p>");
    }
    assertThat(page).contains("no weights to show");
    assertThat(out.resolve("c-heatmap.svg")).doesNotExist();
  }

  @Test
  void moreSeedsGiveStatistics() {
    Path two = folder.resolve("two");
    CommandRun run = CommandRun.done("demo", "--seeds", "2", "--out", two.toString());
    List<List<String>> all = paragraphs(run.out());
    assertThat(all).hasSize(7);
    // The first seed's results are those of a single seed.
    assertThat(all.subList(0, 3)).isEqualTo(paragraphs.subList(0, 3));
    for (int i = 0; i < 3; i++) {
      List<String> statistics = all.get(3 + i);
      boolean attention = i < 2;
      assertThat(statistics.get(0))
          .isEqualTo(all.get(i).get(0) + " over 2 seeds: minimum / median / maximum");
      assertThat(statistics).hasSize(attention ? 9 : 5);
      List<String> names =
          attention
              ? List.of("loss", "accuracy", "prediction", "the", "movie", "was", "boring")
              : List.of("loss", "accuracy", "prediction");
      for (int n = 0; n < names.size(); n++) {
        Matcher row = matching(STATISTIC, statistics.get(1 + n));
        assertThat(row.group(1)).isEqualTo(names.get(n));
        double minimum = Double.parseDouble(row.group(2));
        double maximum = Double.parseDouble(row.group(4));
        assertThat(minimum).isLessThanOrEqualTo(maximum);
        assertThat(Double.parseDouble(row.group(3)))
            .isCloseTo((minimum + maximum) / 2, within(1.1e-4));
        if (names.get(n).equals("prediction")) {
          assertThat(matching(SENTIMENT, all.get(i).get(2)).group(1))
              .isIn(row.group(2), row.group(4));
        }
      }
      assertThat(statistics.get(statistics.size() - 1))
          .matches("  Right \\(negative\\) in [0-2] of 2, at a median certainty of .*")
          .matches(attention ? ".* Its top word is 'boring' in [0-2] of 2\\." : ".*[^0-9]\\.");
    }
  }

  @Test
  void otherReviewsMayBeGiven() throws IOException {
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      data.append("good number ").append(i).append(",1\nboring number ").append(i).append(",0\n");
    }
    Path reviews = Files.writeString(folder.resolve("reviews.csv"), data);
    Path other = folder.resolve("other");
    String text =
        CommandRun.done("demo", "--reviews", reviews.toString(), "--out", other.toString()).out();
    assertThat(text).contains("(a) 10 reviews x 10,", "(b) 12 reviews,", "(c) 12 reviews,");
    assertThat(Files.readString(other.resolve("b/vocabulary.txt"))).contains("\nnumber\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,1\nb,1\nc,1\nd,1\ne,1\n",
        "a,1\nb,0\n",
        "a,1\nb,0\nc,2\n",
        "a\nb\n",
        "a,1\na,1\na,1\na,1\na,1\nb,0\nc,0\nd,0\ne,0\nf,0\n"
      })
  void badReviewsAreRefused(String content) throws IOException {
    Path reviews = Files.writeString(folder.resolve("bad.csv"), content);
    Path refused = folder.resolve("refused");
    CommandRun.fails(2, "demo", "--reviews", reviews.toString(), "--out", refused.toString());
    assertThat(refused).doesNotExist();
  }

  @Test
  void pageThatCannotBeWrittenLeavesNothingOnStandardOutput() throws IOException {
    Path blocked = Files.createDirectories(folder.resolve("blocked/index.html")).getParent();
    CommandRun run = CommandRun.of("demo", "--out", blocked.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("attentive: --out " + blocked);
  }
}
