package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A hundred thousand random and hostile texts in every text field of every kind of figure: nothing
 * becomes markup, nothing refers to the outside, every document is well-formed.
 */
class FuzzTest {
  private static final int TEXTS = 100_000;
  private static final int TEXTS_A_FIGURE = 50;

  private static final Set<String> ELEMENTS =
      Set.of(
          ("svg g rect path line circle polygon polyline text tspan title desc defs linearGradient"
                  + " stop pattern clipPath style metadata image use")
              .split(" "));

  /** What markup, style and scripts are made of, and what XML, bidi and clusters trip over. */
  private static final List<String> PIECES =
      List.of(
          ("< > & \" ' </ /> <!-- --> <![CDATA[ ]]> <? ?> &#0; &#x1F; &lt; &amp; <script> </script>"
                  + " </style> </metadata> </title> <svg/onload= javascript: data:text/html, url("
                  + " @import expression( onload= onclick= href= xlink:href= style= }{ \\ \\u003c"
                  + " ${x} %s {{ NaN Infinity -0 ## ▁ Ġ Ċ </w> Ã © a Ω ж 映 ي ก न é ﷽ 👍🏽 👨‍👩‍👧"
                  + " 🇪🇺 1️⃣ Z͑ͫ ‍ ​")
              .split(" "));

  private static final Pattern NUMBER_GONE_WRONG =
      Pattern.compile("NaN|Infinity|(^|[\\s,(])-0(\\.0+)?($|[\\s,)])|\\dE-?\\d");

  private static final Set<String> GEOMETRY =
      Set.of(
          "x", "y", "x1", "x2", "y1", "y2", "width", "height", "d", "transform", "viewBox", "rx");

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      switch (random.nextInt(6)) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1 -> text.append((char) random.nextInt(0x80));
        case 2 -> text.appendCodePoint(random.nextInt(0x110000));
        case 3 -> text.append(' ');
        default -> text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return text.toString();
  }

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> noTextBecomesAnythingElse() {
    return Figures.hostile().entrySet().stream()
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getKey(), () -> check(kind.getKey(), kind.getValue())));
  }

  private static void check(String kind, Function<List<String>, Svg> draw)
      throws XMLStreamException {
    Random random = new Random(kind.hashCode());
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    for (int drawn = 0; drawn < TEXTS; drawn += TEXTS_A_FIGURE) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < TEXTS_A_FIGURE; i++) {
        texts.add(text(random));
      }
      checkDocument(factory, draw.apply(texts).toString());
    }
  }

  private static void checkDocument(XMLInputFactory factory, String document)
      throws XMLStreamException {
    XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(document));
    boolean style = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        style = xml.getLocalName().equals("style");
        check(ELEMENTS.contains(xml.getLocalName()), xml.getLocalName(), document);
        checkAttributes(xml, document);
      } else if (event == XMLStreamConstants.CHARACTERS) {
        String text = style ? xml.getText() : "";
        check(!text.contains("url(") && !text.contains("@import"), text, document);
      } else {
        check(
            event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT,
            "event " + event,
            document);
        style = false;
      }
    }
  }

  private static void checkAttributes(XMLStreamReader xml, String document) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String name = xml.getAttributeLocalName(i);
      String value = xml.getAttributeValue(i);
      check(!name.startsWith("on") && !name.equals("style"), name, document);
      if (name.equals("href")) {
        check(value.startsWith("data:image/png;base64,"), value, document);
      }
      if (!name.equals("aria-label")) {
        check(!value.contains("url(") || value.startsWith("url(#av-"), value, document);
        check(!value.contains("javascript:"), value, document);
      }
      if (GEOMETRY.contains(name)) {
        check(!NUMBER_GONE_WRONG.matcher(value).find(), value, document);
      }
    }
  }

  private static void check(boolean good, String what, String document) {
    if (!good) {
      assertThat(document).as("bad: " + what).isEmpty();
    }
  }
}
