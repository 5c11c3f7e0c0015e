package io.github.attentive.viz;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Widths without a font against those of the fonts that a browser takes. */
@Tag("viewers")
class TextMetricsInChromiumTest {
  /** Large, so that the fonts' own advances are measured and no rounding to pixels. */
  private static final int SIZE = 100;

  private static final double SLACK = 1.08;

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

  @BeforeAll
  static void start() {
    fontList = Programs.findOrSkip("fontconfig", "fc-list");
    chromium = Chromium.startOrSkip();
    chromium.openPage("<!DOCTYPE html><svg xmlns='http://www.w3.org/2000/svg'></svg>", 100, 100);
  }

  @AfterAll
  static void end() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static double[] measure(List<String> tokens) {
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
                    .formatted(new Gson().toJson(tokens), TextMetrics.FONT_FAMILY, SIZE))
            .getAsJsonArray();
    double[] measured = new double[tokens.size()];
    for (int i = 0; i < measured.length; i++) {
      measured[i] = widths.get(i).getAsDouble();
    }
    return measured;
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void widthsAreThoseOfTheFonts(String script) {
    List<String> tokens = TOKENS.get(script);
    double[] measured = measure(tokens);
    StringBuilder out = new StringBuilder(script);
    double min = 9;
    double max = 0;
    for (int i = 0; i < measured.length; i++) {
      double ratio = TextMetrics.width(tokens.get(i), SIZE) / SLACK / measured[i];
      min = Math.min(min, ratio);
      max = Math.max(max, ratio);
      if (ratio < 0.9 || ratio > 1.15) {
        out.append(" %s=%.3f(%.0f)".formatted(tokens.get(i), ratio, measured[i]));
      }
    }
    System.err.println("%.3f %.3f ".formatted(min, max) + out);
  }
}
