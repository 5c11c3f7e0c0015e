package io.github.attentive.viz;

import java.awt.Shape;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A point of a figure that lies so deep within one shape, and so far from text and from all that is
 * painted later, that every viewer has to paint it in the same colour.
 *
 * @param colour the colour that the shape's attributes name; absent if the colour of the page or a
 *     gradient has a part in it, so that viewers can only be held against each other
 */
record SamplePoint(double x, double y, OptionalInt colour) {
  /** Enough of a path that has thousands of parts. */
  private static final int MOST_PARTS = 200;

  private static final double[] SHARES = {0.5, 0.25, 0.75, 0.12, 0.88, 0.04, 0.96};

  /** Lines thinner than this have no pixel that they fill, unless they run along the axes. */
  private static final double LEAST_WIDTH = 1.5;

  static List<SamplePoint> of(Svg svg) {
    List<PaintedShape> shapes = PaintedShape.all(svg);
    List<TextBox> texts = TextBox.all(svg);
    String patterns = String.join(" ", Documents.ids(svg, "pattern"));
    List<SamplePoint> samples = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      PaintedShape shape = shapes.get(i);
      List<PaintedShape> later = shapes.subList(i + 1, shapes.size());
      boolean pattern = shape.fill().startsWith("url(") && patterns.contains(id(shape.fill()));
      if (shape.isFilled() && !pattern) {
        for (Shape part : parts(shape.outline())) {
          addFirst(samples, candidatesWithin(part), later, texts, colour(shape.fill(), shape));
        }
      }
      if (shape.strokeWidth() > 0) {
        for (List<Point2D> candidates : candidatesAlong(shape)) {
          addFirst(samples, candidates, later, texts, colour(shape.stroke(), shape));
        }
      }
    }
    return samples;
  }

  private static String id(String reference) {
    return reference.substring("url(#".length(), reference.length() - 1);
  }

  private static OptionalInt colour(String attribute, PaintedShape shape) {
    return shape.opaque() && attribute.startsWith("#")
        ? OptionalInt.of(Integer.parseInt(attribute.substring(1), 16))
        : OptionalInt.empty();
  }

  private static void addFirst(
      List<SamplePoint> samples,
      List<Point2D> candidates,
      List<PaintedShape> later,
      List<TextBox> texts,
      OptionalInt colour) {
    for (Point2D point : candidates) {
      double x = point.getX();
      double y = point.getY();
      if (texts.stream().noneMatch(text -> text.shape().intersects(x - 1, y - 1, 2, 2))
          && later.stream().noneMatch(shape -> shape.reaches(x, y))) {
        samples.add(new SamplePoint(x, y, colour));
        return;
      }
    }
  }

  private static List<Shape> parts(Shape outline) {
    List<Shape> parts = new ArrayList<>();
    Path2D part = new Path2D.Double();
    double[] points = new double[6];
    for (PathIterator i = flat(outline); !i.isDone(); i.next()) {
      switch (i.currentSegment(points)) {
        case PathIterator.SEG_MOVETO -> {
          part = new Path2D.Double();
          part.moveTo(points[0], points[1]);
        }
        case PathIterator.SEG_LINETO -> part.lineTo(points[0], points[1]);
        default -> {
          part.closePath();
          if (parts.size() < MOST_PARTS) {
            parts.add(part);
          }
        }
      }
    }
    return parts;
  }

  private static PathIterator flat(Shape outline) {
    return new FlatteningPathIterator(outline.getPathIterator(null), 0.1);
  }

  /** From the middle outwards, at least a unit from the edge. */
  private static List<Point2D> candidatesWithin(Shape part) {
    List<Point2D> candidates = new ArrayList<>();
    Rectangle2D box = part.getBounds2D();
    for (double down : SHARES) {
      for (double across : SHARES) {
        double x = box.getX() + across * box.getWidth();
        double y = box.getY() + down * box.getHeight();
        if (part.contains(x - 1, y - 1, 2, 2)) {
          candidates.add(new Point2D.Double(x, y));
        }
      }
    }
    return candidates;
  }

  /** For each straight piece of a line, points in the middle of it, or of one of its dashes. */
  private static List<List<Point2D>> candidatesAlong(PaintedShape shape) {
    List<List<Point2D>> all = new ArrayList<>();
    double[] points = new double[6];
    double x = 0;
    double y = 0;
    double startX = 0;
    double startY = 0;
    double along = 0;
    for (PathIterator i = flat(shape.outline()); !i.isDone(); i.next()) {
      int kind = i.currentSegment(points);
      double toX = kind == PathIterator.SEG_CLOSE ? startX : points[0];
      double toY = kind == PathIterator.SEG_CLOSE ? startY : points[1];
      if (kind == PathIterator.SEG_MOVETO) {
        startX = toX;
        startY = toY;
        along = 0;
      } else {
        double length = Math.hypot(toX - x, toY - y);
        boolean level = toX == x || toY == y;
        if (all.size() < MOST_PARTS && (level || shape.strokeWidth() >= LEAST_WIDTH)) {
          List<Point2D> candidates = new ArrayList<>();
          for (double share : SHARES) {
            double reach = Math.min(share, 1 - share) * length;
            if (reach > 1.5 && isDash(shape.dashes(), along + share * length)) {
              candidates.add(new Point2D.Double(x + share * (toX - x), y + share * (toY - y)));
            }
          }
          all.add(candidates);
        }
        along += length;
      }
      x = toX;
      y = toY;
    }
    return all;
  }

  /** Whether a place along a line is in a dash and at least a unit from its ends. */
  private static boolean isDash(double[] dashes, double along) {
    double period = Arrays.stream(dashes).sum();
    if (dashes.length == 0) {
      return true;
    }
    double rest = along % period;
    for (int i = 0; i < dashes.length; i++) {
      if (rest < dashes[i]) {
        return i % 2 == 0 && rest > 1 && rest < dashes[i] - 1;
      }
      rest -= dashes[i];
    }
    return false;
  }
}
