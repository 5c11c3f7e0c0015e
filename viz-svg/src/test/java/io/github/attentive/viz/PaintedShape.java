package io.github.attentive.viz;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A shape of a finished figure as its attributes say, in the figure's coordinates.
 *
 * @param fill {@code none}, a colour or a reference
 * @param stroke {@code none} or a colour
 * @param strokeWidth 0 where there is no stroke
 * @param dashes lengths of dashes and gaps, empty for a line without
 * @param opaque whether nothing below shines through
 */
record PaintedShape(
    Shape outline,
    String fill,
    String stroke,
    double strokeWidth,
    double[] dashes,
    boolean opaque) {
  /** All shapes of a figure but its page and its text, in the order of their painting. */
  static List<PaintedShape> all(Svg svg) {
    List<PaintedShape> shapes = new ArrayList<>();
    for (Element element : Documents.elements(Documents.parse(svg.toString()))) {
      Shape outline = outline(element);
      boolean page = element.getAttribute("class").endsWith("-page");
      if (outline != null && !page && Transforms.isDrawn(element)) {
        shapes.add(of(element, outline));
      }
    }
    return shapes;
  }

  private static @Nullable Shape outline(Element element) {
    return switch (element.getTagName()) {
      case "rect" ->
          new Rectangle2D.Double(
              number(element, "x"),
              number(element, "y"),
              number(element, "width"),
              number(element, "height"));
      case "path" -> Outlines.of(element.getAttribute("d"));
      case "line" ->
          new Line2D.Double(
              number(element, "x1"),
              number(element, "y1"),
              number(element, "x2"),
              number(element, "y2"));
      case "circle" -> {
        double radius = number(element, "r");
        yield new Ellipse2D.Double(
            number(element, "cx") - radius, number(element, "cy") - radius, 2 * radius, 2 * radius);
      }
      case "ellipse", "polyline", "polygon", "image", "use" ->
          throw new AssertionError("where is " + element.getTagName() + "? Teach this class");
      default -> null;
    };
  }

  private static double number(Element element, String name) {
    return element.hasAttribute(name) ? Double.parseDouble(element.getAttribute(name)) : 0;
  }

  private static PaintedShape of(Element element, Shape outline) {
    AffineTransform place = Transforms.of(element);
    String stroke = Documents.inherited(element, "stroke", "none");
    String width = Documents.inherited(element, "stroke-width", "1");
    String dashes = Documents.inherited(element, "stroke-dasharray", "none");
    double scale = Math.sqrt(Math.abs(place.getDeterminant()));
    double opacity = 1;
    for (String name : List.of("opacity", "fill-opacity", "stroke-opacity")) {
      opacity *= Double.parseDouble(Documents.inherited(element, name, "1"));
    }
    return new PaintedShape(
        place.createTransformedShape(outline),
        Documents.inherited(element, "fill", "#000000"),
        stroke,
        stroke.equals("none") ? 0 : scale * Double.parseDouble(width),
        dashes.equals("none")
            ? new double[0]
            : Arrays.stream(dashes.split("[ ,]+"))
                .mapToDouble(dash -> scale * Double.parseDouble(dash))
                .toArray(),
        opacity == 1);
  }

  boolean isFilled() {
    return !fill.equals("none");
  }

  /** The stroke as an area, so much larger than it is on all sides. */
  Shape strokeArea(double more) {
    double width = Math.max(0.01, strokeWidth + 2 * more);
    return new BasicStroke((float) width, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_ROUND)
        .createStrokedShape(outline);
  }

  /** Whether this shape leaves ink less than a unit from a point. */
  boolean reaches(double x, double y) {
    Rectangle2D bounds = outline.getBounds2D();
    double reach = 1 + strokeWidth / 2;
    if (x < bounds.getMinX() - reach
        || x > bounds.getMaxX() + reach
        || y < bounds.getMinY() - reach
        || y > bounds.getMaxY() + reach) {
      return false;
    }
    return isFilled() && outline.intersects(x - 1, y - 1, 2, 2)
        || strokeWidth > 0 && strokeArea(1).contains(x, y);
  }

  @Override
  public String toString() {
    return "shape at " + outline.getBounds2D() + ", fill " + fill + ", stroke " + stroke;
  }
}
