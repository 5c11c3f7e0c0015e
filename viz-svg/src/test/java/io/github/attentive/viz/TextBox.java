package io.github.attentive.viz;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** Where a line of text of a finished figure is, from its attributes. */
record TextBox(String text, Shape shape) {
  private static final Pattern TRANSFORM =
      Pattern.compile("translate\\((\\S+) (\\S+)\\) rotate\\((\\S+)\\)");

  static List<TextBox> all(Svg svg) {
    return Documents.elements(svg, "text").stream().map(TextBox::of).toList();
  }

  private static TextBox of(Element element) {
    String text = element.getTextContent();
    double size =
        element.hasAttribute("font-size")
            ? Double.parseDouble(element.getAttribute("font-size"))
            : 12;
    double width = TextMetrics.width(text, size);
    double start =
        switch (element.getAttribute("text-anchor")) {
          case "middle" -> -width / 2;
          case "end" -> -width;
          default -> 0;
        };
    AffineTransform place = new AffineTransform();
    Matcher transform = TRANSFORM.matcher(element.getAttribute("transform"));
    if (transform.matches()) {
      place.translate(
          Double.parseDouble(transform.group(1)), Double.parseDouble(transform.group(2)));
      place.rotate(Math.toRadians(Double.parseDouble(transform.group(3))));
    } else {
      place.translate(
          Double.parseDouble(element.getAttribute("x")),
          Double.parseDouble(element.getAttribute("y")));
    }
    Rectangle2D line = new Rectangle2D.Double(start, -0.55 * size, width, 1.1 * size);
    return new TextBox(text, place.createTransformedShape(line));
  }

  boolean overlaps(TextBox other) {
    if (!shape.getBounds2D().intersects(other.shape.getBounds2D())) {
      return false;
    }
    Area common = new Area(shape);
    common.intersect(new Area(other.shape));
    Rectangle2D bounds = common.getBounds2D();
    return bounds.getWidth() > 0.01 && bounds.getHeight() > 0.01;
  }

  double left() {
    return shape.getBounds2D().getMinX();
  }

  double right() {
    return shape.getBounds2D().getMaxX();
  }

  double top() {
    return shape.getBounds2D().getMinY();
  }

  double bottom() {
    return shape.getBounds2D().getMaxY();
  }
}
