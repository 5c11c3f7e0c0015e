package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What holds for every figure, whatever it shows. */
class AllFiguresTest {
  private static final Set<String> ELEMENTS =
      Set.of(
          ("svg g rect path line circle polygon polyline text tspan title desc defs linearGradient"
                  + " stop pattern clipPath style metadata image use")
              .split(" "));
  private static final Set<String> ATTRIBUTES =
      Set.of(
          ("xmlns xmlns:xlink xml:space id class role aria-labelledby aria-label aria-hidden"
                  + " tabindex width height viewBox x y dy x1 y1 x2 y2 rx offset d transform fill"
                  + " fill-opacity stroke stroke-opacity stroke-width stroke-dasharray"
                  + " stroke-linejoin stroke-linecap stop-color clip-path patternUnits"
                  + " shape-rendering image-rendering preserveAspectRatio xlink:href"
                  + " display pointer-events font-family font-size font-weight text-anchor")
              .split(" "));
  private static final Pattern BAD_NUMBER =
      Pattern.compile("NaN|Infinity|-0(\\.0+)?[\"\\s]|E-?\\d");

  private static final Pattern KEYFRAMES =
      Pattern.compile("@keyframes ([^{]*)\\{([^{}]*\\{[^{}]*})*}");

  private static final Pattern RULE = Pattern.compile("([^{}]+)\\{[^{}]*}");

  private static Map<String, Svg> figures = Map.of();

  @BeforeAll
  static void draw() {
    figures = Figures.all();
  }

  private static Stream<DynamicTest> each(ThrowingConsumer<Svg> check) {
    return figures.entrySet().stream()
        .map(
            figure ->
                DynamicTest.dynamicTest(figure.getKey(), () -> check.accept(figure.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> hasOnlyKnownElementsAndAttributes() {
    return each(
        svg -> {
          for (Element element : Documents.elements(Documents.parse(svg.toString()))) {
            assertThat(ELEMENTS).contains(element.getTagName());
            for (Attr attribute : Documents.attributes(element)) {
              assertThat(ATTRIBUTES).contains(attribute.getName());
              if (attribute.getName().equals("xlink:href")) {
                assertThat(attribute.getValue()).startsWith("data:image/png;base64,");
              }
              // A label is text and may hold any.
              if (!attribute.getName().equals("aria-label")
                  && attribute.getValue().contains("url(")) {
                assertThat(attribute.getValue()).matches("url\\(#av-[0-9a-f]{10}-[a-z]+\\)");
              }
              if (attribute.getName().equals("xlink:href")) {
                assertThat(element.getTagName()).isEqualTo("image");
                assertThat(attribute.getValue())
                    .matches("data:image/png;base64,[A-Za-z0-9+/]+={0,2}");
              }
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> hasOnlyPlainNumbersInAttributes() {
    return each(
        svg -> {
          for (Element element : Documents.elements(Documents.parse(svg.toString()))) {
            for (Attr attribute : Documents.attributes(element)) {
              if (!attribute.getName().equals("xlink:href")
                  && !attribute.getName().equals("aria-label")) {
                assertThat(attribute.getValue() + '"').doesNotContainPattern(BAD_NUMBER);
              }
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> namesAndDescribesItself() {
    return each(
        svg -> {
          Element root = Documents.parse(svg.toString());
          boolean hasParts =
              Documents.elements(root).stream().anyMatch(part -> part.hasAttribute("tabindex"));
          assertThat(root.getAttribute("role")).isEqualTo(hasParts ? "graphics-document" : "img");
          Element title = (Element) root.getElementsByTagName("title").item(0);
          Element description = (Element) root.getElementsByTagName("desc").item(0);
          assertThat(title.getTextContent()).isNotBlank();
          assertThat(description.getTextContent()).isNotBlank();
          assertThat(root.getAttribute("aria-labelledby"))
              .isEqualTo(title.getAttribute("id") + " " + description.getAttribute("id"));
          assertThat(svg.altText()).doesNotContain("\n").isNotBlank();
        });
  }

  @TestFactory
  Stream<DynamicTest> prefixesEveryNameAndSelector() {
    return each(
        svg -> {
          Element root = Documents.parse(svg.toString());
          Set<String> ids = new HashSet<>();
          List<String> references = new ArrayList<>();
          String prefix = "av-[0-9a-f]{10}-[a-z]+";
          for (Element element : Documents.elements(root)) {
            if (element.hasAttribute("id")) {
              assertThat(element.getAttribute("id")).matches(prefix);
              assertThat(ids.add(element.getAttribute("id"))).isTrue();
            }
            if (element.hasAttribute("class") && element != root) {
              assertThat(element.getAttribute("class")).matches(prefix);
            }
            Matcher reference = Pattern.compile("#(" + prefix + ")").matcher("");
            for (String attribute : List.of("fill", "clip-path")) {
              reference.reset(element.getAttribute(attribute));
              if (reference.find()) {
                references.add(reference.group(1));
              }
            }
          }
          assertThat(ids).containsAll(references);
          for (Element style : Documents.elements(svg, "style")) {
            String css = style.getTextContent();
            Matcher animation = KEYFRAMES.matcher(css);
            while (animation.find()) {
              assertThat(animation.group(1)).matches(prefix);
            }
            css = animation.replaceAll("");
            assertThat(css).doesNotContain("url(", "@import", "\\", "<");
            Matcher rule = RULE.matcher(css.replaceAll("@(media|supports)[^{]*\\{", ""));
            while (rule.find()) {
              for (String selector : rule.group(1).split(",")) {
                assertThat(selector).startsWith("." + root.getAttribute("class"));
              }
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> hasUnixLinesOnly() {
    return each(svg -> assertThat(svg.toString()).doesNotContain("\r").endsWith("</svg>\n"));
  }

  @TestFactory
  Stream<DynamicTest> keepsAllTextInsideTheViewBox() {
    return each(TextLayout::assertInsideTheViewBox);
  }

  @TestFactory
  Stream<DynamicTest> setsNoTextOverAnother() {
    return each(TextLayout::assertNoneOverAnother);
  }

  /**
   * A margin without ink says that nothing is cut off, whatever fonts this machine has. A viewer
   * may leave the style out, and one that knows no media queries must not apply it.
   */
  @TestFactory
  Stream<DynamicTest> leavesAnEmptyMarginAndLooksTheSameWithoutStyle() {
    return each(
        svg -> {
          Raster with = Raster.of(svg, 1);
          Raster without = Raster.withoutStyle(svg);
          int ground = with.pixel(1, 1);
          for (int y = 0; y < with.height(); y++) {
            for (int x = 0; x < with.width(); x++) {
              boolean edge = x == 1 || y == 1 || x == with.width() - 2 || y == with.height() - 2;
              if (edge && with.pixel(x, y) != ground) {
                fail("ink at the edge: pixel %s, %s", x, y);
              }
              if (with.pixel(x, y) != without.pixel(x, y)) {
                fail("other without style: pixel %s, %s", x, y);
              }
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> paintsNothingByDefault() {
    return each(
        svg -> {
          for (Element element : Documents.elements(Documents.parse(svg.toString()))) {
            if (Set.of("text", "rect", "path").contains(element.getTagName())) {
              assertThat(element.hasAttribute("fill") || element.hasAttribute("stroke")).isTrue();
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> turnsCapsIntoTooltips() {
    return each(
        svg -> {
          for (Element text : Documents.elements(svg, "text")) {
            if (text.getTextContent().endsWith(TextMetrics.ELLIPSIS)) {
              Node parent = text.getParentNode();
              assertThat(parent.getNodeName()).isEqualTo("g");
              assertThat(((Element) parent).getElementsByTagName("title").getLength()).isOne();
            }
          }
        });
  }
}
