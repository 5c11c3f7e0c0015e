package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * A line of a finished head view with tokens of one height and without gaps, as its attributes say.
 *
 * @param query the row that one end is in
 * @param key the row that the other end is in
 * @param colour of its head
 * @param dashes of its head
 * @param opacity from 0 to 1
 */
record DrawnLine(int query, int key, String colour, String dashes, double opacity) {
  private static final Pattern POINT = Pattern.compile("([ML])(\\S+?) ([^ML]+)");

  /** Where the lines of a figure start. */
  static double left(Svg figure) {
    return Documents.elements(figure, "g").stream()
        .map(group -> group.getAttribute("transform"))
        .filter(transform -> !transform.isEmpty())
        .mapToDouble(text -> Double.parseDouble(text.replaceAll(".*\\((\\d+) .*", "$1")))
        .findFirst()
        .orElseThrow();
  }

  /** The lines of the resting figure. */
  static List<DrawnLine> all(Svg svg, int row) {
    List<DrawnLine> lines = new ArrayList<>();
    for (Element path : Documents.elements(svg, "path")) {
      if (isLine(path)) {
        double opacity = Double.parseDouble(Documents.inherited(path, "stroke-opacity", "1"));
        double x = Double.NaN;
        double y = Double.NaN;
        Matcher points = POINT.matcher(path.getAttribute("d"));
        while (points.find()) {
          double nextX = Double.parseDouble(points.group(2));
          double nextY = Double.parseDouble(points.group(3));
          if (points.group(1).equals("L")) {
            double query = x == 0 ? y : nextY;
            double key = x == 0 ? nextY : y;
            lines.add(
                new DrawnLine(
                    (int) Math.floor(query / row),
                    (int) Math.floor(key / row),
                    path.getAttribute("stroke"),
                    path.getAttribute("stroke-dasharray"),
                    opacity));
          }
          x = nextX;
          y = nextY;
        }
      }
    }
    return lines;
  }

  private static boolean isLine(Element path) {
    for (Element group = path; group.getParentNode() instanceof Element parent; group = parent) {
      if (group.getAttribute("class").endsWith("-lines")) {
        return true;
      }
    }
    return false;
  }
}
