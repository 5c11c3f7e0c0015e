package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** What every figure and every page has to be, whatever the texts on it. */
public final class Figures {
  /** JSVG does not know media queries and complains of them at length. */
  private static final Logger LOGGER = Logger.getLogger("com.github.weisj.jsvg");

  private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
  private static final Pattern REFERENCE = Pattern.compile("(?:url\\(|href=\")#([^\")]*)");
  private static final Pattern HANDLER = Pattern.compile("<[a-zA-Z][^>]*\\son\\w+\\s*=");

  private Figures() {}

  /** Well-formed, without anything active, and not blank when drawn. */
  public static Document assertDrawable(String svg) {
    LOGGER.setLevel(Level.OFF);
    byte[] bytes = svg.getBytes(StandardCharsets.UTF_8);
    Document xml = parse(bytes);
    assertThat(xml.getDocumentElement().getTagName()).isEqualTo("svg");
    assertInert(svg);
    SVGDocument document =
        new SVGLoader().load(new ByteArrayInputStream(bytes), null, LoaderContext.createDefault());
    assertThat(document).isNotNull();
    int width = (int) Math.ceil(document.size().getWidth());
    int height = (int) Math.ceil(document.size().getHeight());
    assertThat(width).isBetween(50, 10_000);
    assertThat(height).isBetween(50, 10_000);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    document.render(null, graphics);
    graphics.dispose();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(2);
    return xml;
  }

  private static Document parse(byte[] bytes) {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      return builder.parse(new ByteArrayInputStream(bytes));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  /** No script, nothing fetched, ids that are one of a kind, references that lead somewhere. */
  public static void assertInert(String markup) {
    assertThat(markup.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("<script", "javascript:", "<iframe", "<object", "src=", "@import");
    assertThat(HANDLER.matcher(markup).results()).isEmpty();
    assertThat(markup).doesNotContainPattern("(?:href=\"|url\\()(?!#)");
    List<String> ids = ID.matcher(markup).results().map(m -> m.group(1)).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(REFERENCE.matcher(markup).results().map(m -> m.group(1))).allMatch(ids::contains);
  }

  /** The figures of a page. */
  public static List<String> on(String page) {
    return Pattern.compile("<svg.*?</svg>", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(match -> match.group())
        .toList();
  }
}
