package io.github.attentive.viz;

import java.awt.geom.AffineTransform;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Where the coordinate systems of a figure's elements lie in that of the figure. */
final class Transforms {
  private static final Pattern STEP = Pattern.compile("\\s*([a-zA-Z]+)\\(([^)]*)\\)\\s*");

  private Transforms() {}

  /** From the coordinates of an element, those of the groups around it included. */
  static AffineTransform of(Element element) {
    AffineTransform all =
        element.getParentNode() instanceof Element parent ? of(parent) : new AffineTransform();
    Matcher steps = STEP.matcher(element.getAttribute("transform"));
    int end = 0;
    while (steps.find() && steps.start() == end) {
      all.concatenate(step(steps.group(1), steps.group(2)));
      end = steps.end();
    }
    if (end != element.getAttribute("transform").length()) {
      throw new AssertionError("transform: " + element.getAttribute("transform"));
    }
    return all;
  }

  private static AffineTransform step(String name, String arguments) {
    double[] values =
        Arrays.stream(arguments.strip().split("[ ,]+")).mapToDouble(Double::parseDouble).toArray();
    return switch (name) {
      case "translate" ->
          AffineTransform.getTranslateInstance(values[0], values.length > 1 ? values[1] : 0);
      case "scale" -> AffineTransform.getScaleInstance(values[0], values[values.length - 1]);
      case "rotate" ->
          values.length == 1
              ? AffineTransform.getRotateInstance(Math.toRadians(values[0]))
              : AffineTransform.getRotateInstance(Math.toRadians(values[0]), values[1], values[2]);
      default -> throw new AssertionError("transform: " + name);
    };
  }

  /** Whether an element is drawn where it stands, and not only elsewhere or at another time. */
  static boolean isDrawn(Element element) {
    for (Node node = element; node != null; node = node.getParentNode()) {
      boolean hidden =
          node instanceof Element group && group.getAttribute("display").equals("none");
      if (hidden || node.getNodeName().equals("defs")) {
        return false;
      }
    }
    return true;
  }
}
