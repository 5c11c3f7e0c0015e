package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sets a text with boxes around parts of it in lines, each as full as it can be.
 *
 * <p>White space is as wide as in the text; what stands at the end of a line hangs over it. Lines
 * break after white space and around characters that are written without it; what is wider than a
 * line breaks at a box, and at a cluster only if it must.
 */
final class TextFlow {
  /** How far a box reaches beyond its text on either side. */
  static final int PADDING = 2;

  /** What a box of a negative weight is wider than its text, for the sign. */
  static final int SIGN = 7;

  static final int NO_BOX = -1;

  private static final String VISIBLE_SPACE = "␣";
  private static final String VISIBLE_RETURN = "↵";
  private static final String TAB = "    ";
  private static final String NOT_FIRST_IN_LINE = "、。，．：；！？）」』】〉》〕ー・々!?,.;:)]}%";
  private static final String NOT_LAST_IN_LINE = "（「『【〈《〔([{";

  /**
   * A run of text on one line, in a box or in none.
   *
   * @param text without white space around it, unless that is all there is
   * @param from where the text starts
   * @param to where it ends
   * @param line counted from 0
   * @param box index of its box, or {@link #NO_BOX}
   * @param isEnd whether its box ends here
   */
  record Piece(String text, double from, double to, int line, int box, boolean isEnd) {}

  /**
   * A line break of the text itself.
   *
   * @param x where its sign starts
   * @param line counted from 0
   */
  record Return(double x, int line) {}

  private final double limit;
  private final String[] clusters;
  private final boolean[] breaks;
  private final int[] boxes;
  private final double[] before;
  private final double[] widths;
  private final double[] after;
  private final double[] starts;
  private final int[] lines;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Return> returns = new ArrayList<>();
  private double x;
  private int line;
  private double width;

  /**
   * Sets a text.
   *
   * @param text without refused characters
   * @param boxes in text order, apart from each other
   * @param limit the width of a line
   */
  TextFlow(String text, List<WeightBox> boxes, double fontSize, double limit) {
    this.limit = limit;
    this.clusters = Graphemes.of(text).toArray(String[]::new);
    this.breaks = new boolean[clusters.length];
    this.boxes = new int[clusters.length];
    this.before = new double[clusters.length];
    this.widths = new double[clusters.length];
    this.after = new double[clusters.length];
    this.starts = new double[clusters.length];
    this.lines = new int[clusters.length];
    enterBoxes(text, boxes);
    for (int i = 0; i < clusters.length; i++) {
      boolean joins = i + 1 < clusters.length && this.boxes[i + 1] == this.boxes[i];
      widths[i] =
          breaks[i]
              ? fontSize
              : TextMetrics.width(clusters[i], joins ? clusters[i + 1] : "", fontSize);
      before[i] = isStart(i) && i > 0 && !isSpace(i - 1) ? PADDING : 0;
      if (isEnd(i)) {
        boolean touches = i + 1 < clusters.length && !isSpace(i + 1);
        int room = touches ? PADDING + (isStart(i + 1) ? 1 : 0) : 0;
        after[i] = room + (boxes.get(this.boxes[i]).weight() < 0 ? SIGN : 0);
      }
    }
    set(0, clusters.length, Break.CHUNK);
    cutPieces(fontSize);
  }

  private void enterBoxes(String text, List<WeightBox> all) {
    Arrays.fill(boxes, NO_BOX);
    int position = 0;
    int box = 0;
    for (int i = 0; i < clusters.length; i++) {
      while (box < all.size() && all.get(box).end() <= position) {
        box++;
      }
      boolean inside = box < all.size() && position >= all.get(box).start();
      position += clusters[i].length();
      if (inside) {
        boxes[i] = box;
      }
      breaks[i] = isBreak(clusters[i]);
      if (inside && all.get(box).isBlank(text)) {
        clusters[i] = breaks[i] ? VISIBLE_RETURN : VISIBLE_SPACE;
      } else if (clusters[i].equals("\t")) {
        clusters[i] = TAB;
      }
    }
  }

  /** Where lines may break, from the most to the least welcome. */
  private enum Break {
    CHUNK,
    BOX,
    CLUSTER
  }

  private void set(int from, int to, Break kind) {
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || isBreak(i, kind)) {
        setUnbroken(start, i, kind);
        start = i;
      }
    }
  }

  private boolean isBreak(int index, Break kind) {
    return switch (kind) {
      case CHUNK -> isChunkStart(index);
      case BOX -> boxes[index] != boxes[index - 1];
      case CLUSTER -> true;
    };
  }

  private boolean isChunkStart(int index) {
    if (breaks[index - 1]) {
      return true;
    }
    if (isSpace(index) || isSpace(index - 1)) {
      return !isSpace(index);
    }
    String previous = clusters[index - 1];
    String next = clusters[index];
    boolean visible = previous.equals(VISIBLE_SPACE) || next.equals(VISIBLE_SPACE);
    boolean wide =
        Characters.isEastAsianWide(previous.codePointAt(0))
            || Characters.isEastAsianWide(next.codePointAt(0));
    return visible
        || wide && !NOT_FIRST_IN_LINE.contains(next) && !NOT_LAST_IN_LINE.contains(previous);
  }

  private void setUnbroken(int from, int to, Break kind) {
    double needed = 0;
    for (int i = from; i < to && !(isSpace(i) && isBlank(i, to)); i++) {
      needed += before[i] + widths[i] + after[i];
    }
    if (x > 0 && x + needed > limit) {
      line++;
      x = 0;
    }
    if (needed > limit && kind != Break.CLUSTER && to - from > 1) {
      set(from, to, Break.values()[kind.ordinal() + 1]);
      return;
    }
    for (int i = from; i < to; i++) {
      x += x == 0 ? 0 : before[i];
      starts[i] = x;
      lines[i] = line;
      x += widths[i] + after[i];
      if (breaks[i]) {
        if (isSpace(i)) {
          returns.add(new Return(starts[i], line));
        }
        line++;
        x = 0;
      }
    }
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isSpace(i)) {
        return false;
      }
    }
    return true;
  }

  private void cutPieces(double fontSize) {
    int from = 0;
    for (int i = 1; i <= clusters.length; i++) {
      if (i == clusters.length || boxes[i] != boxes[from] || lines[i] != lines[from]) {
        addPiece(from, i, fontSize);
        from = i;
      }
    }
  }

  private void addPiece(int from, int to, double fontSize) {
    int first = from;
    int end = to;
    while (first < end && isSpace(first)) {
      first++;
    }
    while (first < end && isSpace(end - 1)) {
      end--;
    }
    if (first == end) {
      return;
    }
    int box = boxes[from];
    // The last one joins nothing, even where a line had to be broken within a word.
    double right = starts[end - 1] + TextMetrics.width(clusters[end - 1], fontSize);
    boolean isEnd = box != NO_BOX && isEnd(to - 1);
    String text = String.join("", Arrays.asList(clusters).subList(first, end));
    pieces.add(new Piece(text, starts[first], right, lines[from], box, isEnd));
    width = Math.max(width, right);
  }

  private boolean isStart(int index) {
    return boxes[index] != NO_BOX && (index == 0 || boxes[index - 1] != boxes[index]);
  }

  private boolean isEnd(int index) {
    return boxes[index] != NO_BOX
        && (index + 1 == clusters.length || boxes[index + 1] != boxes[index]);
  }

  private boolean isSpace(int index) {
    String cluster = clusters[index];
    return cluster.length() == 1
        ? isSpace(cluster.charAt(0))
        : cluster.equals(TAB) || cluster.equals("\r\n");
  }

  private static boolean isBreak(String cluster) {
    return switch (cluster) {
      case "\n", "\r", "\r\n", "\u2028", "\u2029" -> true;
      default -> false;
    };
  }

  /** Says whether lines may break behind a character because it is not seen. */
  static boolean isSpace(char c) {
    return c == ' '
        || c == '\t'
        || c == '\n'
        || c == '\r'
        || c == '\u1680'
        || c >= '\u2000' && c <= '\u200A' && c != '\u2007'
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u205F'
        || c == '\u3000';
  }

  List<Piece> pieces() {
    return pieces;
  }

  List<Return> returns() {
    return returns;
  }

  /** How many lines there are, 1 at least; behind the last line break there is one more. */
  int lines() {
    return line + 1;
  }

  /** Where the widest line ends. */
  double width() {
    return width;
  }
}
