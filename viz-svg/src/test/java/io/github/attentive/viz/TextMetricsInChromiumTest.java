package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Widths without a font against those of the fonts that a browser takes. */
@Tag("viewers")
class TextMetricsInChromiumTest {
  /** Large, so that the fonts' own advances are measured and no rounding to pixels. */
  private static final int SIZE = 100;

  /** A character that only a font for the script has. */
  private static final Map<String, Integer> SAMPLES =
      Map.of(
          "Cyrillic", 0x436,
          "Greek", 0x3C8,
          "Chinese", 0x5F71,
          "Japanese", 0x3042,
          "Korean", 0xD55C,
          "Emoji", 0x1F9D1,
          "Thai", 0xE01,
          "Devanagari", 0x915,
          "Arabic", 0x628,
          "Hebrew", 0x5D0);

  private static final List<String> ROWS = new ArrayList<>();
  private static final Map<String, List<String>> TOKENS = tokens();
  private static Chromium chromium;
  private static Path fontList;

  /** Token lists by the script they are in, in the order of the file. */
  private static Map<String, List<String>> tokens() {
    Map<String, List<String>> tokens = new LinkedHashMap<>();
    try (InputStream in = TextMetricsInChromiumTest.class.getResourceAsStream("tokens.tsv")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : all.split("\n")) {
        String[] parts = line.split("\t");
        tokens.computeIfAbsent(parts[0], script -> new ArrayList<>()).add(parts[1]);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return tokens;
  }

  static Iterable<String> scripts() {
    return TOKENS.keySet();
  }

  @BeforeEach
  void start() {
    if (chromium == null) {
      fontList = Programs.findOrSkip("fontconfig", "fc-list");
      chromium = Chromium.startOrSkip();
      chromium.openPage("<!DOCTYPE html><svg xmlns='http://www.w3.org/2000/svg'></svg>", 100, 100);
    }
  }

  @AfterAll
  static void end() {
    if (chromium != null) {
      String version = chromium.version();
      chromium.close();
      if (ROWS.size() == TOKENS.size()) {
        ROWS.add(0, "| script | tokens | least | most |\n|---|--:|--:|--:|");
        MeasuredTables.replace("widths", version + ":\n\n" + String.join("\n", ROWS));
      }
    }
  }

  private static double[] measure(String script, List<String> tokens) {
    // DejaVu Sans has five of the emoji itself, black and narrower than coloured ones.
    String first = script.equals("Emoji") ? "Noto Color Emoji," : "";
    JsonArray widths =
        chromium
            .evaluate(
                """
                %s.map(token => {
                  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
                  text.setAttribute('font-family', '%s');
                  text.setAttribute('font-size', %s);
                  text.textContent = token;
                  document.querySelector('svg').append(text);
                  return text.getBBox().width;
                })
                """
                    .formatted(new Gson().toJson(tokens), first + TextMetrics.FONT_FAMILY, SIZE))
            .getAsJsonArray();
    double[] measured = new double[tokens.size()];
    for (int i = 0; i < measured.length; i++) {
      measured[i] = widths.get(i).getAsDouble();
    }
    return measured;
  }

  /**
   * An estimate is room for text: a tenth too little is what its slack makes up for, somewhat more
   * only looks loose.
   */
  @ParameterizedTest
  @MethodSource("scripts")
  void widthsAreThoseOfTheFonts(String script) {
    skipWithoutFont(script);
    List<String> tokens = TOKENS.get(script);
    double[] measured = measure(script, tokens);
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < measured.length; i++) {
      double ratio = TextMetrics.width(tokens.get(i), SIZE) / TextMetrics.SLACK / measured[i];
      softly.assertThat(ratio).as(tokens.get(i)).isBetween(0.9, 1.15);
      least = Math.min(least, ratio);
      most = Math.max(most, ratio);
    }
    softly.assertAll();
    ROWS.add(
        "| %s | %s | %s | %s |"
            .formatted(
                script, measured.length, Decimals.fixed(least, 3, 0), Decimals.fixed(most, 3, 0)));
  }

  private static void skipWithoutFont(String script) {
    int sample = SAMPLES.getOrDefault(script, 0x61);
    String pattern = ":charset=" + Integer.toHexString(sample);
    byte[] fonts = Programs.run("", List.of(fontList.toString(), pattern, "family"));
    Assumptions.assumeTrue(
        fonts.length > 0,
        "no font for %s; on Debian fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji have"
                .formatted(script)
            + " one");
  }

  @Test
  void theCorpusIsLarge() {
    assertThat(TOKENS.values().stream().mapToInt(List::size).sum()).isGreaterThanOrEqualTo(500);
  }
}
