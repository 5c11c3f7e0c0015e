package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a figure's style is for, in a browser: dark pages, and no harm where it is left out. */
@Tag("viewers")
class ChromiumFiguresTest {
  private static final Map<String, Svg> FIGURES = Figures.goldens();
  private static final Colour DARK_PAGE = new Colour(0x0D1117);
  private static final Pattern COMPUTED = Pattern.compile("rgba?\\((\\d+), (\\d+), (\\d+).*");

  /** All shapes and texts, as the browser is going to draw them. */
  private static final String PAINTED =
      """
      [...document.querySelectorAll('text,path,rect')].filter(e => !e.closest('defs')).map(e => {
        const style = getComputedStyle(e);
        return {tag: e.tagName, name: e.getAttribute('class') ?? '', fill: style.fill,
            stroke: style.stroke};
      })
      """;

  private static Chromium chromium;

  /**
   * A shape or text as it is drawn.
   *
   * @param name the class attribute
   * @param fill a CSS colour or {@code none}
   * @param stroke a CSS colour or {@code none}
   */
  private record Painted(String tag, String name, String fill, String stroke) {
    boolean isPage() {
      return name.endsWith("-page");
    }
  }

  static Iterable<String> figures() {
    return FIGURES.keySet();
  }

  @BeforeEach
  void start() {
    if (chromium == null) {
      chromium = Chromium.startOrSkip();
    }
  }

  @AfterAll
  static void end() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static List<Painted> painted() {
    List<Painted> all = new ArrayList<>();
    for (JsonElement element : chromium.evaluate(PAINTED).getAsJsonArray()) {
      JsonObject object = element.getAsJsonObject();
      all.add(
          new Painted(
              object.get("tag").getAsString(),
              object.get("name").getAsString(),
              object.get("fill").getAsString(),
              object.get("stroke").getAsString()));
    }
    return all;
  }

  private static Colour colour(String computed) {
    Matcher matcher = COMPUTED.matcher(computed);
    assertThat(matcher.matches()).as(computed).isTrue();
    return new Colour(
        Integer.parseInt(matcher.group(1)) << 16
            | Integer.parseInt(matcher.group(2)) << 8
            | Integer.parseInt(matcher.group(3)));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void isReadOnADarkPage(String name) {
    chromium.open(FIGURES.get(name));
    List<Painted> light = painted();
    chromium.emulateScreen(true);
    List<Painted> dark = painted();
    assertThat(dark).hasSameSizeAs(light);
    // Veils of the page's colour cover what is not pointed at.
    assertThat(dark).filteredOn(Painted::isPage).isNotEmpty();
    for (int i = 0; i < dark.size(); i++) {
      Painted shape = dark.get(i);
      if (shape.isPage()) {
        assertThat(colour(shape.fill())).isEqualTo(DARK_PAGE);
      } else if (shape.tag().equals("text") && !shape.name().isEmpty()) {
        assertThat(colour(shape.fill()).contrast(DARK_PAGE)).isGreaterThanOrEqualTo(4.5);
      } else {
        // A cell keeps its colour, and so does the number that is in it.
        assertThat(shape.fill()).isEqualTo(light.get(i).fill());
      }
      if (!shape.stroke().equals("none")) {
        assertThat(colour(shape.stroke()).contrast(DARK_PAGE))
            .as(shape.toString())
            .isGreaterThanOrEqualTo(3);
      }
    }
  }

  /** The same by pixels: what is no rule of the page is drawn in the same colour on both. */
  @ParameterizedTest
  @MethodSource("figures")
  void colourOfDataStaysOnADarkPage(String name) {
    Svg svg = FIGURES.get(name);
    Set<String> rules =
        Documents.elements(svg, "path").stream()
            .filter(path -> path.getAttribute("class").endsWith("-rule"))
            .map(path -> path.getAttribute("stroke"))
            .collect(Collectors.toSet());
    chromium.open(svg);
    chromium.emulateScreen(true);
    chromium.resize(svg.width(), svg.height(), 2);
    Raster dark = Raster.of(svg, chromium.screenshot(), 2);
    assertThat(dark.pixel(0, 0)).isEqualTo(DARK_PAGE.rgb());
    int checked = 0;
    for (SamplePoint sample : SamplePoint.of(svg)) {
      int expected = sample.colour().orElse(0);
      if (sample.colour().isPresent() && !rules.contains(new Colour(expected).hex())) {
        int actual = dark.at(sample.x(), sample.y());
        assertThat(Raster.distance(actual, expected)).as("%s", sample).isLessThanOrEqualTo(2);
        checked++;
      }
    }
    assertThat(checked).isPositive();
  }

  @ParameterizedTest
  @MethodSource("figures")
  void looksAsOnALightPageWithoutStyle(String name) {
    Svg svg = FIGURES.get(name);
    chromium.open(svg);
    BufferedImage light = chromium.screenshot();
    chromium.emulateScreen(true);
    assertThat(pixels(chromium.screenshot())).isNotEqualTo(pixels(light));
    chromium.open(svg, "default-src 'none'; style-src 'unsafe-inline'");
    chromium.emulateScreen(true);
    assertThat(pixels(chromium.screenshot())).isNotEqualTo(pixels(light));
    chromium.open(svg, "default-src 'none'");
    assertThat(pixels(chromium.screenshot())).isEqualTo(pixels(light));
    chromium.emulateScreen(true);
    assertThat(pixels(chromium.screenshot())).isEqualTo(pixels(light));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void isPrintedAsOnALightPage(String name) {
    chromium.open(FIGURES.get(name));
    BufferedImage light = chromium.screenshot();
    chromium.emulatePrint();
    assertThat(pixels(chromium.screenshot())).isEqualTo(pixels(light));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
