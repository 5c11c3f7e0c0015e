package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The strongest words as lines over the layers, in a panel above the strips. */
final class EvolutionLines {
  /** Seen on white as on a dark page, and told apart by colour-blind readers. */
  private static final List<Colour> COLOURS =
      List.of(
          new Colour(0xD28102),
          new Colour(0x45A1AD),
          new Colour(0x8239C4),
          new Colour(0xB04B05),
          new Colour(0x387055));

  private static final List<String> DASHES = List.of("", "6 3", "2 2", "9 3 2 3", "12 4");

  /** How many lines there may be. */
  static final int MOST = 5;

  private static final int HEIGHT = 120;
  private static final int DISTANCE = 22;
  private static final int MOST_TICKS = 5;
  private static final int GAP = 8;
  private static final int TICK = 4;
  private static final int LINE = 15;
  private static final int LABEL_ROOM = 140;

  private final Matrix weights;
  private final List<Label> words;
  private final int cell;
  private final int top = -DISTANCE - HEIGHT;
  private final List<Integer> strongest;
  private final Range range;

  /**
   * Prepares lines.
   *
   * @param weights a row for each word, a column for each layer
   * @param cell how wide a layer is
   */
  EvolutionLines(Matrix weights, List<Label> words, int cell, int count) {
    this.weights = weights;
    this.words = words;
    this.cell = cell;
    this.strongest = strongest(weights, count);
    double low = 0;
    double high = 0;
    for (int word : strongest) {
      for (int layer = 0; layer < weights.columns(); layer++) {
        low = Math.min(low, weights.at(word, layer));
        high = Math.max(high, weights.at(word, layer));
      }
    }
    // Some room, so that no line runs along the frame; in halves, since sums may be too large.
    double room = (high / 2 - low / 2) / 10;
    this.range =
        low == high
            ? new Range(0, 1)
            : new Range(
                low == 0 ? 0 : Math.max(-Double.MAX_VALUE, low - room),
                Math.min(Double.MAX_VALUE, high + room));
  }

  /** The words of the highest mean weight, highest first. */
  private static List<Integer> strongest(Matrix weights, int count) {
    double[] means = new double[weights.rows()];
    for (int i = 0; i < weights.size(); i++) {
      means[i / weights.columns()] += weights.at(i) / weights.columns();
    }
    return IntStream.range(0, means.length)
        .boxed()
        .sorted(Comparator.comparingDouble(word -> -means[word]))
        .limit(count)
        .toList();
  }

  void draw(Figure figure) {
    double width = weights.columns() * cell;
    figure.frame(0, top, width, HEIGHT);
    Ticks ticks = Ticks.of(range, MOST_TICKS);
    PathData marks = new PathData();
    for (int i = 0; i < ticks.labels().size(); i++) {
      double y = top + (1 - ticks.shares().get(i)) * HEIGHT;
      marks.moveTo(-1 - TICK, y).across(TICK);
      figure.text(ticks.labels().get(i), Figure.LABEL_SIZE, TextPlacement.endAt(-1 - TICK - 4, y));
    }
    figure.rule(marks);
    ticks
        .factor()
        .ifPresent(
            factor ->
                figure.text(
                    factor,
                    Figure.LABEL_SIZE,
                    TextPlacement.startAt(0, top - GAP - Figure.LABEL_SIZE / 2)));
    for (int i = 0; i < strongest.size(); i++) {
      drawLine(figure.body(), strongest.get(i), i);
    }
    drawLabels(figure, width);
  }

  private double y(double weight) {
    return top + (1 - range.share(weight)) * HEIGHT;
  }

  private void drawLine(SvgWriter svg, int word, int style) {
    PathData path = new PathData();
    double first = y(weights.at(word, 0));
    if (weights.columns() == 1) {
      path.moveTo(cell / 4.0, first).across(cell / 2.0);
    } else {
      path.moveTo(cell / 2.0, first);
    }
    for (int layer = 1; layer < weights.columns(); layer++) {
      path.lineTo((layer + 0.5) * cell, y(weights.at(word, layer)));
    }
    stroke(svg, path, style);
  }

  private static void stroke(SvgWriter svg, PathData path, int style) {
    svg.open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, path.toString())
        .set(SvgAttribute.FILL, "none")
        .set(SvgAttribute.STROKE, COLOURS.get(style))
        .set(SvgAttribute.STROKE_WIDTH, 2)
        .set(SvgAttribute.STROKE_JOIN, "round");
    if (!DASHES.get(style).isEmpty()) {
      svg.set(SvgAttribute.STROKE_DASHES, DASHES.get(style));
    }
    svg.close();
  }

  /** At the ends of the lines, moved apart where they would touch; a sample says which is which. */
  private void drawLabels(Figure figure, double width) {
    int last = weights.columns() - 1;
    List<Integer> fromTop = new ArrayList<>(IntStream.range(0, strongest.size()).boxed().toList());
    fromTop.sort(Comparator.comparingDouble(i -> y(weights.at(strongest.get(i), last))));
    double lowest = top + HEIGHT - LINE / 2.0;
    double[] middles = new double[strongest.size()];
    double next = top + LINE / 2.0;
    for (int i = 0; i < middles.length; i++) {
      middles[i] = Math.max(next, y(weights.at(strongest.get(fromTop.get(i)), last)));
      next = middles[i] + LINE;
    }
    for (int i = middles.length - 1; i >= 0; i--) {
      middles[i] = Math.min(middles[i], lowest);
      lowest = middles[i] - LINE;
    }
    for (int i = 0; i < middles.length; i++) {
      int style = fromTop.get(i);
      double x = width + GAP;
      stroke(figure.body(), new PathData().moveTo(x, middles[i]).across(26), style);
      Label word = words.get(strongest.get(style));
      Label label =
          new Label(
              word.full(), TextMetrics.ellipsise(word.shown(), Figure.LABEL_SIZE, LABEL_ROOM));
      figure.label(label, Figure.LABEL_SIZE, TextPlacement.startAt(x + 32, middles[i]));
    }
  }
}
