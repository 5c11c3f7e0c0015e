package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Draws texts with weights: the first line starts below the origin, the legend is below all. */
final class HighlightView {
  static final double FONT_SIZE = 15;

  private static final int MOST_CHARACTERS = 10_000;
  private static final int MOST_BOXES = 800;

  /** Up to here each box is a part of its own with a tooltip; of more, so many of the strongest. */
  static final int MOST_PARTS = 200;

  static final int FEW_PARTS = 60;

  static final int BOX_HEIGHT = 22;
  private static final int CORNER = 3;
  static final int UNDERLINE_GAP = 2;
  static final int UNDERLINE = 5;
  private static final int PITCH = BOX_HEIGHT + UNDERLINE_GAP + UNDERLINE + 6;
  private static final int BETWEEN_PASSAGES = 10;

  private final Highlight options;
  private final Figure figure;
  private final List<WeightBox> all = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final WeightColours colours;
  private final int[] ranks;
  private final double width;

  /** A passage in lines, and where its boxes are among all. */
  private record Block(String caption, String text, TextFlow flow, int firstBox, int boxes) {}

  HighlightView(Highlight options) {
    this.options = options;
    this.figure = new Figure("highlight", options);
    int left = MOST_BOXES;
    for (Passage passage : options.passages()) {
      List<WeightBox> boxes = WeightBox.of(figure.clean(passage.text()), passage.spans());
      String text = XmlText.clean(passage.text());
      int end = Math.min(text.length(), MOST_CHARACTERS);
      end = boxes.size() > left ? Math.min(end, boxes.get(left).start()) : end;
      int cut = end;
      List<WeightBox> shown = boxes.stream().filter(box -> box.end() <= cut).toList();
      int stop = cut == text.length() ? cut : Math.max(0, wholeClusters(text, cut));
      blocks.add(
          new Block(
              passage.caption(),
              text,
              new TextFlow(text.substring(0, stop), shown, FONT_SIZE, options.width()),
              all.size(),
              shown.size()));
      if (stop < text.length()) {
        figure.note(
            "Shown up to character %s of %s, word %s of %s"
                .formatted(stop, text.length(), shown.size(), boxes.size()));
      }
      all.addAll(shown);
      left -= shown.size();
    }
    this.colours = WeightColours.of(all, options.strongest(), options.palette());
    this.ranks = ranks();
    this.width = blocks.stream().mapToDouble(block -> block.flow().width()).max().orElse(0);
  }

  private static int wholeClusters(String text, int limit) {
    int end = 0;
    for (String cluster : Graphemes.of(text)) {
      if (end + cluster.length() > limit) {
        break;
      }
      end += cluster.length();
    }
    return end;
  }

  /** From 1 for the strongest; of equal ones the first is ahead. */
  private int[] ranks() {
    int[] ranks = new int[all.size()];
    List<Integer> order =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(all.get(i).weight())))
            .toList();
    for (int i = 0; i < ranks.length; i++) {
      ranks[order.get(i)] = i + 1;
    }
    return ranks;
  }

  Svg draw() {
    double y = 0;
    for (Block block : blocks) {
      if (!block.caption().isEmpty()) {
        double caption = y + Figure.NOTE_SIZE / 2;
        figure.text(block.caption(), Figure.NOTE_SIZE, TextPlacement.startAt(0, caption));
        y += Figure.NOTE_SIZE + 6;
      }
      draw(block, y);
      y += block.flow().lines() * PITCH + BETWEEN_PASSAGES;
    }
    figure.bounds().include(width, y - BETWEEN_PASSAGES - UNDERLINE_GAP);
    boolean faint = all.stream().anyMatch(box -> colours.isFaint(box.weight()));
    String target = options.target() == null ? "" : " " + figure.clean(options.target());
    new HighlightLegend(colours, figure.clean(options.weightTitle()), target, faint).draw(figure);
    style();
    return new HighlightTexts(figure, options, all, ranks).finish(texts(), width / 2);
  }

  private void draw(Block block, double top) {
    Map<Colour, PathData> grounds = new LinkedHashMap<>();
    for (TextFlow.Piece piece : block.flow().pieces()) {
      if (piece.box() == TextFlow.NO_BOX) {
        continue;
      }
      WeightBox box = all.get(block.firstBox() + piece.box());
      if (!isPart(block.firstBox() + piece.box()) && !colours.isFaint(box.weight())) {
        PathData ground =
            grounds.computeIfAbsent(colours.colour(box.weight()), colour -> new PathData());
        Rectangle r = ground(piece, box, top);
        ground.rectangle(r.x, r.y, r.width, BOX_HEIGHT);
      }
    }
    grounds.forEach((colour, path) -> drawGround(path, colour));
    int open = TextFlow.NO_BOX;
    for (TextFlow.Piece piece : block.flow().pieces()) {
      int box = piece.box() == TextFlow.NO_BOX ? TextFlow.NO_BOX : block.firstBox() + piece.box();
      if (open != TextFlow.NO_BOX && box != open) {
        figure.body().close();
        open = TextFlow.NO_BOX;
      }
      if (box == TextFlow.NO_BOX) {
        figure.text(piece.text(), FONT_SIZE, placement(piece, top));
      } else if (isPart(box)) {
        if (box != open) {
          openPart(block, box);
          open = box;
        }
        drawBox(ground(piece, all.get(box), top), all.get(box).weight());
        drawText(piece, box, top);
      } else {
        drawText(piece, box, top);
      }
    }
    if (open != TextFlow.NO_BOX) {
      figure.body().close();
    }
    new HighlightMarks(
            figure, colours, all.subList(block.firstBox(), block.firstBox() + block.boxes()))
        .draw(block.flow(), piece -> ground(piece, all.get(block.firstBox() + piece.box()), top));
    drawReturns(block.flow(), top);
  }

  private boolean isPart(int box) {
    return all.size() <= MOST_PARTS || ranks[box] <= FEW_PARTS;
  }

  /** Where the ground of a piece is; all are {@link #BOX_HEIGHT} high. */
  record Rectangle(double x, double y, double width, double minusX) {}

  /**
   * Whole units, so that edges are sharp; a piece that goes on in the next line is cut straight.
   */
  private Rectangle ground(TextFlow.Piece piece, WeightBox box, double top) {
    double sign = piece.isEnd() && box.weight() < 0 ? TextFlow.SIGN : 0;
    double from = piece.from() - TextFlow.PADDING;
    double to = piece.to() + TextFlow.PADDING + sign;
    double left = Math.rint(options.isRightToLeft() ? width - to : from);
    double right = Math.rint(options.isRightToLeft() ? width - from : to);
    double minus = options.isRightToLeft() ? left + 2 : right - 2 - HighlightLegend.MINUS;
    return new Rectangle(left, top + piece.line() * PITCH, right - left, minus);
  }

  private TextPlacement placement(TextFlow.Piece piece, double top) {
    double middle = (piece.from() + piece.to()) / 2;
    return TextPlacement.middleAt(
        options.isRightToLeft() ? width - middle : middle,
        top + piece.line() * PITCH + BOX_HEIGHT / 2.0);
  }

  private void openPart(Block block, int box) {
    WeightBox weight = all.get(box);
    Label label =
        Label.of(
            block.text().substring(weight.start(), weight.end()),
            Figure.LABEL_SIZE,
            Figure.LABEL_LIMIT);
    String text =
        "“%s”: %s, rank %s of %s"
            .formatted(
                label.shown(), Decimals.significant(weight.weight()), ranks[box], all.size());
    figure.body().open(SvgElement.GROUP);
    if (figure.isInteractive()) {
      figure
          .body()
          .setName(SvgAttribute.CLASS, "word")
          .set(SvgAttribute.TAB_INDEX, 0)
          .set(SvgAttribute.LABEL, text);
      figure.hasParts();
    }
    figure.body().open(SvgElement.TITLE).text(text).close();
  }

  private void drawBox(Rectangle box, double weight) {
    figure
        .body()
        .open(SvgElement.RECT)
        .set(SvgAttribute.X, box.x)
        .set(SvgAttribute.Y, box.y)
        .set(SvgAttribute.WIDTH, box.width)
        .set(SvgAttribute.HEIGHT, BOX_HEIGHT)
        .set(SvgAttribute.CORNER_RADIUS, all.size() <= MOST_PARTS ? CORNER : 0)
        .set(SvgAttribute.FILL, colours.isFaint(weight) ? "none" : colours.colour(weight).hex())
        .close();
    figure.bounds().include(box.x, box.y);
    figure.bounds().include(box.x + box.width, box.y + BOX_HEIGHT);
  }

  private void drawGround(PathData path, Colour colour) {
    figure
        .body()
        .open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, path.toString())
        .set(SvgAttribute.FILL, colour)
        .close();
  }

  private void drawText(TextFlow.Piece piece, int box, double top) {
    double weight = all.get(box).weight();
    if (colours.isFaint(weight)) {
      figure.text(piece.text(), FONT_SIZE, placement(piece, top));
    } else {
      figure.textOn(colours.colour(weight), piece.text(), FONT_SIZE, placement(piece, top));
    }
  }

  /** The outline has a colour that is seen on every page and beside every box. */
  private void style() {
    if (figure.isInteractive()) {
      String word = "." + SvgWriter.PREFIX + " ." + SvgWriter.prefixed("word");
      figure.style(
          "@media screen{%s:hover rect,%s:focus rect{stroke:#d28102;stroke-width:2}%s:focus{outline:none}}"
              .formatted(word, word, word));
    }
  }

  private void drawReturns(TextFlow flow, double top) {
    PathData signs = new PathData();
    for (TextFlow.Return sign : flow.returns()) {
      double direction = options.isRightToLeft() ? -1 : 1;
      double x = options.isRightToLeft() ? width - sign.x() - 4 : sign.x() + 4;
      double y = top + sign.line() * PITCH + BOX_HEIGHT / 2.0;
      signs
          .moveTo(x + 8 * direction, y - 4)
          .down(6)
          .across(-8 * direction)
          .moveTo(x + 3 * direction, y - 1)
          .lineBy(-3 * direction, 3)
          .lineBy(3 * direction, 3);
      figure.bounds().include(x + 9 * direction, y);
    }
    if (!signs.isEmpty()) {
      figure
          .body()
          .open(SvgElement.PATH)
          .set(SvgAttribute.PATH_DATA, signs.toString())
          .setName(SvgAttribute.CLASS, Page.RULE_CLASS)
          .set(SvgAttribute.FILL, "none")
          .set(SvgAttribute.STROKE, figure.page().rule())
          .set(SvgAttribute.STROKE_OPACITY, 0.6)
          .close();
    }
  }

  /** What stands in each box. */
  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Block block : blocks) {
      for (WeightBox box : all.subList(block.firstBox(), block.firstBox() + block.boxes())) {
        texts.add(block.text().substring(box.start(), box.end()));
      }
    }
    return texts;
  }
}
