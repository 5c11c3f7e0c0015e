package io.github.attentive.viz;

import java.util.LinkedHashMap;
import java.util.Map;

/** Cells of many colours in few shapes: all cells of one colour are one path. */
final class ColouredCells {
  private final Map<Colour, PathData> paths = new LinkedHashMap<>();

  void add(Colour colour, double x, double y, double width, double height) {
    paths.computeIfAbsent(colour, unused -> new PathData()).rectangle(x, y, width, height);
  }

  void draw(SvgWriter svg) {
    svg.open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    paths.forEach(
        (colour, path) ->
            svg.open(SvgElement.PATH)
                .set(SvgAttribute.PATH_DATA, path.toString())
                .set(SvgAttribute.FILL, colour)
                .close());
    svg.close();
  }
}
