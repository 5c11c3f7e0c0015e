package io.github.attentive.viz;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.w3c.dom.Element;

/** Where a line of text of a finished figure is, from its attributes. */
record TextBox(String text, Shape shape) {
  static List<TextBox> all(Svg svg) {
    return Documents.elements(svg, "text").stream().map(TextBox::of).toList();
  }

  private static TextBox of(Element element) {
    String text = element.getTextContent();
    double size = Double.parseDouble(Documents.inherited(element, "font-size", "12"));
    double width = TextMetrics.width(text, size);
    double start =
        switch (Documents.inherited(element, "text-anchor", "start")) {
          case "middle" -> -width / 2;
          case "end" -> -width;
          default -> 0;
        };
    AffineTransform place = Transforms.of(element);
    place.translate(coordinate(element, "x"), coordinate(element, "y"));
    Rectangle2D line = new Rectangle2D.Double(start, -0.55 * size, width, 1.1 * size);
    return new TextBox(text, place.createTransformedShape(line));
  }

  private static double coordinate(Element element, String name) {
    return element.hasAttribute(name) ? Double.parseDouble(element.getAttribute(name)) : 0;
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
