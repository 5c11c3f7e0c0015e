package io.github.attentive.viz;

import java.util.List;
import java.util.function.Function;

/**
 * What says without colour how strong the weights of a text are, and which are negative: lines
 * under its boxes, and a minus at the end of some.
 */
final class HighlightMarks {
  private static final double MINUS_THICKNESS = 1.5;
  private static final int MINUS_DEPTH = 5;

  private final Figure figure;
  private final WeightColours colours;
  private final List<WeightBox> boxes;

  HighlightMarks(Figure figure, WeightColours colours, List<WeightBox> boxes) {
    this.figure = figure;
    this.colours = colours;
    this.boxes = boxes;
  }

  /**
   * Draws the marks of one text.
   *
   * @param grounds where the box of a piece is
   */
  void draw(TextFlow flow, Function<TextFlow.Piece, HighlightView.Rectangle> grounds) {
    PathData positive = new PathData();
    PathData negative = new PathData();
    PathData black = new PathData();
    PathData white = new PathData();
    PathData ink = new PathData();
    for (TextFlow.Piece piece : flow.pieces()) {
      if (piece.box() != TextFlow.NO_BOX) {
        double weight = boxes.get(piece.box()).weight();
        HighlightView.Rectangle ground = grounds.apply(piece);
        addUnderline(weight < 0 ? negative : positive, ground, weight);
        if (piece.isEnd() && weight < 0) {
          boolean dark = colours.colour(weight).readableText().equals(Colour.BLACK);
          if (colours.isFaint(weight)) {
            // Of the page's colours only those of strokes and texts follow the theme.
            ink.moveTo(ground.minusX(), ground.y() + MINUS_DEPTH + 0.5)
                .across(HighlightLegend.MINUS);
          } else {
            (dark ? black : white)
                .rectangle(
                    ground.minusX(),
                    ground.y() + MINUS_DEPTH,
                    HighlightLegend.MINUS,
                    MINUS_THICKNESS);
          }
        }
      }
    }
    fill(positive, BarsView.POSITIVE);
    fill(negative, BarsView.NEGATIVE);
    fill(black, Colour.BLACK);
    fill(white, Colour.WHITE);
    if (!ink.isEmpty()) {
      figure.rule(ink);
    }
  }

  private void addUnderline(PathData path, HighlightView.Rectangle ground, double weight) {
    double top = ground.y() + HighlightView.BOX_HEIGHT + HighlightView.UNDERLINE_GAP;
    double thickness = HighlightView.UNDERLINE * colours.strength(weight);
    if (thickness >= 0.01) {
      path.rectangle(ground.x(), top, ground.width(), thickness);
    }
    figure.bounds().include(ground.x(), ground.y());
    figure.bounds().include(ground.x() + ground.width(), top + HighlightView.UNDERLINE);
  }

  private void fill(PathData path, Colour colour) {
    if (!path.isEmpty()) {
      figure
          .body()
          .open(SvgElement.PATH)
          .set(SvgAttribute.PATH_DATA, path.toString())
          .set(SvgAttribute.FILL, colour)
          .close();
    }
  }
}
