package io.github.attentive.viz;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;

/**
 * Writes elements, attributes and text, and nothing that is not well-formed.
 *
 * <p>Ids and classes are written as {@link #PREFIX} and a name; {@link Svg} puts the document's own
 * prefix there once its content is known. No text can hold that character, since XML forbids it.
 */
final class SvgWriter {
  /** Stands for the prefix of ids and classes until the document is complete. */
  static final char PREFIX = '\0';

  private final StringBuilder out = new StringBuilder();
  private final Deque<SvgElement> open = new ArrayDeque<>();
  private boolean inStartTag;

  /** Opens an element; attributes follow before its text and children. */
  SvgWriter open(SvgElement element) {
    endStartTag(true);
    out.append('<').append(element.xmlName());
    open.push(element);
    inStartTag = true;
    return this;
  }

  /** Adds an attribute to the element just opened. */
  SvgWriter set(SvgAttribute attribute, String value) {
    startAttribute(attribute);
    XmlText.escape(value, out);
    out.append('"');
    return this;
  }

  /** Adds a coordinate or length in user units. */
  SvgWriter set(SvgAttribute attribute, double value) {
    startAttribute(attribute);
    Decimals.coordinate(value, out);
    out.append('"');
    return this;
  }

  /** Adds a colour. */
  SvgWriter set(SvgAttribute attribute, Colour colour) {
    return set(attribute, colour.hex());
  }

  /** Adds a share of a whole, 0 to 1, as a percentage. */
  SvgWriter setPercent(SvgAttribute attribute, double share) {
    startAttribute(attribute);
    Decimals.coordinate(100 * share, out);
    out.append("%\"");
    return this;
  }

  /** Gives the element an id of this document, or a class. */
  SvgWriter setName(SvgAttribute attribute, String name) {
    startAttribute(attribute);
    out.append(prefixed(name)).append('"');
    return this;
  }

  /** Gives the document's root the class that its style rules begin with. */
  SvgWriter setRootClass() {
    startAttribute(SvgAttribute.CLASS);
    out.append(PREFIX).append('"');
    return this;
  }

  /** Names several ids of this document. */
  SvgWriter setNames(SvgAttribute attribute, String... names) {
    startAttribute(attribute);
    for (int i = 0; i < names.length; i++) {
      out.append(i == 0 ? "" : " ").append(prefixed(names[i]));
    }
    out.append('"');
    return this;
  }

  /** Paints with a pattern or gradient of this document. */
  SvgWriter setReference(SvgAttribute attribute, String id) {
    startAttribute(attribute);
    out.append("url(#").append(prefixed(id)).append(")\"");
    return this;
  }

  /**
   * Shows an image that is part of the document. The attribute has the name of SVG 1.1, since Batik
   * stops at the shorter one of SVG 2.
   */
  SvgWriter setPng(byte[] png) {
    set(SvgAttribute.XMLNS_XLINK, "http://www.w3.org/1999/xlink");
    startAttribute(SvgAttribute.LINK);
    out.append("data:image/png;base64,").append(Base64.getEncoder().encodeToString(png));
    out.append('"');
    return this;
  }

  /** An id or class of this document. */
  static String prefixed(String name) {
    return PREFIX + "-" + name;
  }

  /** Adds an area of one colour. */
  SvgWriter area(PathData outline, Colour colour) {
    return open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, outline.toString())
        .set(SvgAttribute.FILL, colour)
        .close();
  }

  /** Adds text to the element that is open. */
  SvgWriter text(String text) {
    endStartTag(false);
    XmlText.escape(text, out);
    return this;
  }

  /** Adds what another writer wrote. */
  SvgWriter append(SvgWriter other) {
    endStartTag(true);
    out.append(other.out);
    return this;
  }

  /** Adds a style sheet, which is a constant of this package but for its prefixes. */
  SvgWriter style(String css) {
    open(SvgElement.STYLE);
    endStartTag(false);
    out.append(css);
    return close();
  }

  /** Adds the data of the figure. */
  SvgWriter metadata(FigureData data) {
    String json = FigureDataWriter.write(data);
    if (!json.isEmpty()) {
      open(SvgElement.METADATA);
      endStartTag(false);
      out.append(json);
      close();
    }
    return this;
  }

  /** Closes the element opened last. */
  SvgWriter close() {
    SvgElement element = open.pop();
    if (inStartTag) {
      out.append("/>\n");
      inStartTag = false;
    } else {
      out.append("</").append(element.xmlName()).append(">\n");
    }
    return this;
  }

  boolean isEmpty() {
    return out.isEmpty();
  }

  /** Everything written. */
  @Override
  public String toString() {
    return out.toString();
  }

  private void startAttribute(SvgAttribute attribute) {
    out.append(' ').append(attribute.xmlName()).append("=\"");
  }

  private void endStartTag(boolean childFollows) {
    if (inStartTag) {
      out.append(childFollows ? ">\n" : ">");
      inStartTag = false;
    }
  }
}
