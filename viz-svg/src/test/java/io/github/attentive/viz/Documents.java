package io.github.attentive.viz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Figures as the JDK's XML parser sees them. */
final class Documents {
  private Documents() {}

  static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not well-formed: " + xml, e);
    }
  }

  static List<Element> elements(Element root) {
    List<Element> elements = new ArrayList<>();
    elements.add(root);
    NodeList all = root.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      elements.add((Element) all.item(i));
    }
    return elements;
  }

  static List<Element> elements(Svg svg, String name) {
    return elements(parse(svg.toString())).stream()
        .filter(element -> element.getTagName().equals(name))
        .toList();
  }

  static List<String> ids(Svg svg, String name) {
    return elements(svg, name).stream().map(element -> element.getAttribute("id")).toList();
  }

  static List<String> texts(Svg svg, String name) {
    return elements(svg, name).stream().map(Node::getTextContent).toList();
  }

  /** Left, top, width and height of what a figure shows. */
  static String[] viewBox(Svg svg) {
    return svg.toString().replaceFirst("(?s).*?viewBox=\"(.*?)\".*", "$1").split(" ");
  }

  /** The value of an attribute that elements take over from those they are in. */
  static String inherited(Element element, String name, String initial) {
    for (Node node = element; node instanceof Element owner; node = node.getParentNode()) {
      if (owner.hasAttribute(name)) {
        return owner.getAttribute(name);
      }
    }
    return initial;
  }

  static List<Attr> attributes(Element element) {
    NamedNodeMap map = element.getAttributes();
    List<Attr> attributes = new ArrayList<>();
    for (int i = 0; i < map.getLength(); i++) {
      attributes.add((Attr) map.item(i));
    }
    return attributes;
  }
}
