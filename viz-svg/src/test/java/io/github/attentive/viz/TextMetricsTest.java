package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextMetricsTest {
  private static final String FAMILY = "👨‍👩‍👧‍👦";

  @ParameterizedTest
  @ValueSource(
      strings = {
        FAMILY,
        "👍🏽",
        "🇩🇪",
        "1️⃣",
        "❤️",
        "e\u0301",
        "ä̈",
        "한",
        "\u1112\u1161\u11ab",
        "\r\n",
        "कि",
        "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F"
      })
  void isOneCluster(String text) {
    assertThat(Graphemes.of(text)).containsExactly(text);
  }

  @ParameterizedTest
  @CsvSource({"ab, 2", "🇩🇪🇫🇷, 2", "🇩🇪🇫, 2", "👍👍, 2", "'e\u0301e', 2", "映画, 2", "'', 0"})
  void isSeveralClusters(String text, int count) {
    assertThat(Graphemes.of(text)).hasSize(count);
  }

  @Test
  void clustersPutTogetherAreTheText() {
    Random random = new Random(2);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(12); k >= 0; k--) {
        text.append((char) random.nextInt(0x10000));
      }
      assertThat(String.join("", Graphemes.of(text.toString()))).isEqualTo(text.toString());
      assertThat(TextMetrics.width(text.toString(), 12)).isNotNegative();
    }
  }

  /** Advances of Verdana in thousandths, with the slack of 8 %. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.636",
    "i, 0.275",
    "W, 0.989",
    "映, 1",
    "👍, 1.25",
    "❤️, 1.25",
    "'e\u0301', 0.615",
    "Ж, 1.08",
    "'\uFFFD', 0.65",
    "א, 0.668",
    "ก, 0.6",
    "เ, 0.308",
    "क, 0.762",
    "का, 1.021",
    "क्त, 1.027",
    "ब, 0.571",
    "ب, 0.941",
    "ببب, 1.521",
    "ب\u200Cب, 1.882",
    "اب, 1.219",
    "'', 0",
    "'\u200B', 0"
  })
  void widthsAreThoseOfTheFont(String text, double ems) {
    assertThat(TextMetrics.width(text, 10)).isBetween(10.8 * ems - 0.5, 10.8 * ems + 0.5);
  }

  @Test
  void shortTextStays() {
    assertThat(TextMetrics.ellipsise("short", 12, 100)).isEqualTo("short");
    assertThat(TextMetrics.ellipsise("", 12, 0)).isEmpty();
  }

  @Test
  void longTextEndsInAnEllipsisWithinItsLimit() {
    for (int limit = 15; limit < 400; limit++) {
      String text = TextMetrics.ellipsise(Figures.URL, 12, limit);
      assertThat(text).endsWith("…");
      assertThat(TextMetrics.width(text, 12)).isLessThanOrEqualTo(limit);
    }
  }

  /** Joined letters are narrower than they are alone: as many as fit are kept. */
  @Test
  void joinedLettersAreCutWithinTheirLimitAndNotBefore() {
    String word = "ببب".repeat(20);
    for (int limit = 40; limit < TextMetrics.width(word, 12); limit += 7) {
      String text = TextMetrics.ellipsise(word, 12, limit);
      assertThat(TextMetrics.width(text, 12)).isBetween(limit - 5.0, (double) limit);
    }
  }

  @Test
  void theEllipsisNeverCutsACluster() {
    String text = (FAMILY + "e\u0301🇩🇪").repeat(4);
    List<String> clusters = Graphemes.of(text);
    for (int limit = 15; limit < TextMetrics.width(text, 12); limit += 3) {
      String cut = TextMetrics.ellipsise(text, 12, limit);
      List<String> kept = Graphemes.of(cut.substring(0, cut.length() - 1));
      assertThat(kept).isEqualTo(clusters.subList(0, kept.size()));
    }
  }
}
