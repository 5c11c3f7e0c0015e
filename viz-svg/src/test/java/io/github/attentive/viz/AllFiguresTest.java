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
import org.w3c.dom.NodeList;

/** What holds for every figure, whatever it shows. */
class AllFiguresTest {
  private static final Set<String> ELEMENTS =
      Set.of(
          "svg",
          "title",
          "desc",
          "style",
          "defs",
          "linearGradient",
          "stop",
          "pattern",
          "clipPath",
          "g",
          "rect",
          "path",
          "image",
          "text");
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "xmlns",
          "xml:space",
          "id",
          "class",
          "role",
          "aria-labelledby",
          "width",
          "height",
          "viewBox",
          "x",
          "y",
          "dy",
          "x1",
          "y1",
          "x2",
          "y2",
          "offset",
          "d",
          "xmlns:xlink",
          "xlink:href",
          "preserveAspectRatio",
          "image-rendering",
          "clip-path",
          "transform",
          "fill",
          "stroke",
          "stroke-width",
          "stroke-dasharray",
          "stroke-linejoin",
          "stop-color",
          "patternUnits",
          "shape-rendering",
          "pointer-events",
          "font-family",
          "font-size",
          "text-anchor");
  private static final Pattern BAD_NUMBER =
      Pattern.compile("NaN|Infinity|-0(\\.0+)?[\"\\s]|E-?\\d");

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
              if (attribute.getValue().contains("url(")) {
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
              if (!attribute.getName().equals("xlink:href")) {
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
          assertThat(root.getAttribute("role")).isEqualTo("img");
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
          NodeList styles = root.getElementsByTagName("style");
          assertThat(styles.getLength())
              .isEqualTo(1 + root.getElementsByTagName("image").getLength());
          if (styles.getLength() > 1) {
            assertThat(styles.item(1).getTextContent())
                .isEqualTo(
                    "@supports (image-rendering:pixelated){.%1$s .%1$s-cells{image-rendering:pixelated}}"
                        .formatted(root.getAttribute("class")));
          }
          String css = root.getElementsByTagName("style").item(0).getTextContent();
          String rules = css.substring(css.indexOf('{') + 1, css.lastIndexOf('}'));
          for (String rule : rules.split("(?<=})")) {
            assertThat(rule)
                .startsWith("." + root.getAttribute("class") + " .")
                .matches("\\.av-[0-9a-f]{10} \\." + prefix + "\\{[a-z]+:#[0-9a-f]{6}}");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> hasUnixLinesOnly() {
    return each(svg -> assertThat(svg.toString()).doesNotContain("\r").endsWith("</svg>\n"));
  }

  /** Recomputes where text is from the attributes alone. */
  @TestFactory
  Stream<DynamicTest> keepsAllTextInsideTheViewBox() {
    return each(
        svg -> {
          String[] box = Documents.parse(svg.toString()).getAttribute("viewBox").split(" ");
          double left = Double.parseDouble(box[0]);
          double top = Double.parseDouble(box[1]);
          double right = left + Double.parseDouble(box[2]);
          double bottom = top + Double.parseDouble(box[3]);
          for (TextBox text : TextBox.all(svg)) {
            assertThat(text.left()).as(text.text()).isGreaterThanOrEqualTo(left);
            assertThat(text.right()).as(text.text()).isLessThanOrEqualTo(right);
            assertThat(text.top()).as(text.text()).isGreaterThanOrEqualTo(top);
            assertThat(text.bottom()).as(text.text()).isLessThanOrEqualTo(bottom);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> setsNoTextOverAnother() {
    return each(
        svg -> {
          List<TextBox> texts = TextBox.all(svg);
          for (int i = 0; i < texts.size(); i++) {
            for (int k = i + 1; k < texts.size() && k < i + 70; k++) {
              assertThat(texts.get(i).overlaps(texts.get(k)))
                  .as(texts.get(i) + " over " + texts.get(k))
                  .isFalse();
            }
          }
        });
  }

  /** A margin without ink says that nothing is cut off, whatever fonts this machine has. */
  @TestFactory
  Stream<DynamicTest> leavesAnEmptyMargin() {
    return each(
        svg -> {
          Raster raster = Raster.of(svg, 1);
          for (int x = 0; x < raster.width(); x++) {
            assertThat(raster.pixel(x, 1)).isEqualTo(0xFFFFFF);
            assertThat(raster.pixel(x, raster.height() - 2)).isEqualTo(0xFFFFFF);
          }
          for (int y = 0; y < raster.height(); y++) {
            assertThat(raster.pixel(1, y)).isEqualTo(0xFFFFFF);
            assertThat(raster.pixel(raster.width() - 2, y)).isEqualTo(0xFFFFFF);
          }
        });
  }

  /** A viewer may leave the style out, and one that knows no media queries must not apply it. */
  @TestFactory
  Stream<DynamicTest> looksTheSameWithoutStyle() {
    return each(
        svg -> {
          Raster with = Raster.of(svg, 1);
          Raster without = Raster.withoutStyle(svg);
          for (int y = 0; y < with.height(); y++) {
            for (int x = 0; x < with.width(); x++) {
              if (with.pixel(x, y) != without.pixel(x, y)) {
                fail("pixel %s, %s", x, y);
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
