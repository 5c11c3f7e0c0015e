package io.github.attentive.viz;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code d} attribute of paths. */
final class Outlines {
  private static final Pattern COMMAND = Pattern.compile("([a-zA-Z])([^a-zA-Z]*)");

  private final Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
  private double startX;
  private double startY;

  private Outlines() {}

  static Path2D of(String data) {
    Outlines outline = new Outlines();
    Matcher commands = COMMAND.matcher(data);
    while (commands.find()) {
      outline.add(commands.group(1).charAt(0), numbers(commands.group(2)));
    }
    return outline.path;
  }

  private static double[] numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    Matcher matcher = Pattern.compile("-?\\d*\\.?\\d+").matcher(text);
    while (matcher.find()) {
      numbers.add(Double.valueOf(matcher.group()));
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private void add(char command, double[] values) {
    boolean relative = Character.isLowerCase(command);
    switch (Character.toUpperCase(command)) {
      case 'M' -> {
        for (int i = 0; i < values.length; i += 2) {
          Point2D to = point(relative, values[i], values[i + 1]);
          if (i == 0) {
            path.moveTo(to.getX(), to.getY());
            startX = to.getX();
            startY = to.getY();
          } else {
            path.lineTo(to.getX(), to.getY());
          }
        }
      }
      case 'L' -> {
        for (int i = 0; i < values.length; i += 2) {
          line(point(relative, values[i], values[i + 1]));
        }
      }
      case 'H' -> {
        for (double x : values) {
          double y = path.getCurrentPoint().getY();
          line(relative ? point(true, x, 0) : new Point2D.Double(x, y));
        }
      }
      case 'V' -> {
        for (double y : values) {
          double x = path.getCurrentPoint().getX();
          line(relative ? point(true, 0, y) : new Point2D.Double(x, y));
        }
      }
      case 'Q' -> {
        for (int i = 0; i < values.length; i += 4) {
          Point2D control = point(relative, values[i], values[i + 1]);
          Point2D to = point(relative, values[i + 2], values[i + 3]);
          path.quadTo(control.getX(), control.getY(), to.getX(), to.getY());
        }
      }
      case 'C' -> {
        for (int i = 0; i < values.length; i += 6) {
          Point2D first = point(relative, values[i], values[i + 1]);
          Point2D second = point(relative, values[i + 2], values[i + 3]);
          Point2D to = point(relative, values[i + 4], values[i + 5]);
          path.curveTo(
              first.getX(), first.getY(), second.getX(), second.getY(), to.getX(), to.getY());
        }
      }
      case 'Z' -> {
        path.closePath();
        // What follows without a move of its own starts where this part started.
        path.moveTo(startX, startY);
      }
      default -> throw new AssertionError("path command " + command);
    }
  }

  private void line(Point2D to) {
    path.lineTo(to.getX(), to.getY());
  }

  private Point2D point(boolean relative, double x, double y) {
    Point2D current = path.getCurrentPoint();
    return relative && current != null
        ? new Point2D.Double(current.getX() + x, current.getY() + y)
        : new Point2D.Double(x, y);
  }
}
