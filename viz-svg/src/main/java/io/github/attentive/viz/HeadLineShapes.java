package io.github.attentive.viz;

import io.github.attentive.viz.HeadLines.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Draws the lines of a head view. Those of one head and opacity are one path, so that where they
 * cross there is no more ink than elsewhere; weak ones are below strong ones.
 */
final class HeadLineShapes {
  /** From one column to the other. */
  static final int WIDTH = 200;

  /** What the heads of a token leave free of its height. */
  private static final int ROW_PADDING = 6;

  private static final int WIDEST_LANE = 4;
  private static final int LEAST_ROW_FOR_LANES = 8;
  private static final int HEADS_OF_FULL_WIDTH = 8;

  private final List<Line> lines;
  private final HeadColumn queries;
  private final HeadColumn keys;
  private final int[] heads;
  private final HeadColours colours;
  private final int left;

  /**
   * Prepares lines.
   *
   * @param left where they start
   * @param heads the heads shown, by their index in the model
   */
  HeadLineShapes(
      List<Line> lines,
      int left,
      HeadColumn queries,
      HeadColumn keys,
      int[] heads,
      HeadColours colours) {
    this.lines = lines;
    this.left = left;
    this.queries = queries;
    this.keys = keys;
    this.heads = heads;
    this.colours = colours;
  }

  /** How far below the middle of its token a head is. */
  private int lane(int head) {
    int row = queries.row();
    if (row < LEAST_ROW_FOR_LANES) {
      return 0;
    }
    double lane = Math.min(WIDEST_LANE, (double) (row - ROW_PADDING) / heads.length);
    return (int) Math.floor((head - (heads.length - 1) / 2.0) * lane + 0.5);
  }

  private double strokeWidth() {
    if (queries.row() < KeyLabels.LINE) {
      return 1;
    }
    return heads.length <= HEADS_OF_FULL_WIDTH && queries.row() > KeyLabels.LINE ? 2 : 1.5;
  }

  /** How many paths there are if the lines of each query or key are apart. */
  int shapes(ToIntFunction<Line> part) {
    Set<Long> shapes = new HashSet<>();
    for (Line line : lines) {
      long partAndHead = (long) part.applyAsInt(line) * heads.length + line.head();
      shapes.add(partAndHead * (HeadLines.LEVELS + 1) + line.level());
    }
    return shapes.size();
  }

  /** Draws all lines, those of each query in a group of their own. */
  void drawByQuery(SvgWriter svg) {
    start(svg, HeadParts.LINES);
    for (int level = 0; level <= HeadLines.LEVELS; level++) {
      TreeMap<Integer, List<Line>> groups = new TreeMap<>();
      for (Line line : lines) {
        if (line.level() == level) {
          groups.computeIfAbsent(line.query(), query -> new ArrayList<>()).add(line);
        }
      }
      if (!groups.isEmpty()) {
        startLevel(svg, level);
        groups.forEach(
            (query, group) -> {
              svg.open(SvgElement.GROUP).setName(SvgAttribute.CLASS, Parts.name('q', query));
              drawHeads(svg, group, false);
              svg.close();
            });
        svg.close();
      }
    }
    svg.close();
  }

  /** Draws all lines. */
  void draw(SvgWriter svg) {
    start(svg, HeadParts.LINES);
    for (int level = 0; level <= HeadLines.LEVELS; level++) {
      int shown = level;
      List<Line> group = lines.stream().filter(line -> line.level() == shown).toList();
      if (!group.isEmpty()) {
        startLevel(svg, level);
        drawHeads(svg, group, false);
        svg.close();
      }
    }
    svg.close();
  }

  /** Draws the lines of one key once more, for when it is pointed at. */
  void drawOfKey(SvgWriter svg, int key) {
    List<Line> ofKey = lines.stream().filter(line -> line.key() == key).toList();
    if (ofKey.isEmpty()) {
      return;
    }
    start(svg, HeadParts.OWN_LINES);
    svg.set(SvgAttribute.DISPLAY, "none");
    for (int level = 0; level <= HeadLines.LEVELS; level++) {
      int opacity = level;
      List<Line> equal = ofKey.stream().filter(line -> line.level() == opacity).toList();
      if (!equal.isEmpty()) {
        startLevel(svg, level);
        drawHeads(svg, equal, true);
        svg.close();
      }
    }
    svg.close();
  }

  private void start(SvgWriter svg, String name) {
    // Lines of one query are drawn there and back; their corners must not be pointed.
    svg.open(SvgElement.GROUP)
        .setName(SvgAttribute.CLASS, name)
        .set(SvgAttribute.TRANSFORM, transform())
        .set(SvgAttribute.FILL, "none")
        .set(SvgAttribute.STROKE_WIDTH, strokeWidth())
        .set(SvgAttribute.STROKE_JOIN, "bevel")
        // Batik would move lines by half a pixel.
        .set(SvgAttribute.SHAPE_RENDERING, "geometricPrecision")
        .set(SvgAttribute.POINTER_EVENTS, "none");
  }

  /** Lines start at 0, so that they are written with few digits. */
  private String transform() {
    return "translate(" + left + " 0)";
  }

  private static void startLevel(SvgWriter svg, int level) {
    svg.open(SvgElement.GROUP).set(SvgAttribute.STROKE_OPACITY, HeadLines.opacity(level));
  }

  private void drawHeads(SvgWriter svg, List<Line> group, boolean byKey) {
    for (int head = 0; head < heads.length; head++) {
      int shown = head;
      List<Line> ofHead = group.stream().filter(line -> line.head() == shown).toList();
      if (!ofHead.isEmpty()) {
        svg.open(SvgElement.PATH).set(SvgAttribute.STROKE, colours.colour(heads[head]));
        String dashes = colours.dashes(heads[head]);
        if (!dashes.isEmpty()) {
          svg.set(SvgAttribute.STROKE_DASHES, dashes);
        }
        svg.set(SvgAttribute.PATH_DATA, path(ofHead, byKey).toString()).close();
      }
    }
  }

  /** Two lines of one token are one stroke, there and back. */
  private PathData path(List<Line> ofHead, boolean byKey) {
    PathData path = new PathData();
    int lane = lane(ofHead.get(0).head());
    int near = byKey ? WIDTH : 0;
    int far = WIDTH - near;
    for (int i = 0; i < ofHead.size(); i++) {
      Line line = ofHead.get(i);
      int apex = apex(line, byKey) + lane;
      int end = end(line, byKey) + lane;
      boolean back = i + 1 < ofHead.size() && apex(ofHead.get(i + 1), byKey) + lane == apex;
      path.moveTo(far, end).lineTo(near, apex);
      if (back) {
        path.lineTo(far, end(ofHead.get(++i), byKey) + lane);
      }
    }
    return path;
  }

  private int apex(Line line, boolean byKey) {
    return byKey ? keys.middle(line.key()) : queries.middle(line.query());
  }

  private int end(Line line, boolean byKey) {
    return byKey ? queries.middle(line.query()) : keys.middle(line.key());
  }
}
