package io.github.attentive.viz;

/** Explains colours, underlines and signs below a text. */
final class HighlightLegend {
  private static final String GRADIENT = "scale";

  /** How long the sign of a negative weight is. */
  static final int MINUS = 5;

  private static final int STRIP = 180;
  private static final int STRIP_HEIGHT = 12;
  private static final int MOST_TICKS = 5;
  private static final int GAP = 6;
  private static final int WEDGE = 48;
  private static final int BETWEEN = 24;
  private static final int TARGET = 120;

  private final WeightColours colours;
  private final String title;
  private final String target;
  private final boolean faint;

  /**
   * Prepares a legend.
   *
   * @param title without refused characters
   * @param target what positive weights speak for, with a space in front, or empty
   * @param faint whether there are words without a box
   */
  HighlightLegend(WeightColours colours, String title, String target, boolean faint) {
    this.colours = colours;
    this.title = title;
    this.target = Label.of(target, Figure.NOTE_SIZE, TARGET).shown();
    this.faint = faint;
  }

  void draw(Figure figure) {
    double top = figure.bounds().bottom() + 2 * GAP;
    Ticks ticks = Ticks.of(colours.scale().range(), MOST_TICKS);
    double strip = top + Figure.NOTE_SIZE + GAP;
    drawTitle(figure, ticks, top + Figure.NOTE_SIZE / 2);
    ColourBar.defineGradient(
        figure.definitions(), GRADIENT, colours.scale().palette(), Palette.ENTRIES, true);
    figure
        .body()
        .open(SvgElement.RECT)
        .set(SvgAttribute.Y, strip)
        .set(SvgAttribute.WIDTH, STRIP)
        .set(SvgAttribute.HEIGHT, STRIP_HEIGHT)
        .setReference(SvgAttribute.FILL, GRADIENT)
        .close();
    figure.frame(0, strip, STRIP, STRIP_HEIGHT);
    PathData marks = new PathData();
    for (int i = 0; i < ticks.labels().size(); i++) {
      double x = ticks.shares().get(i) * STRIP;
      marks.moveTo(x, strip + STRIP_HEIGHT + 1).down(4);
      figure.text(
          ticks.labels().get(i),
          Figure.NOTE_SIZE,
          TextPlacement.middleAt(x, strip + STRIP_HEIGHT + GAP + Figure.NOTE_SIZE / 2));
    }
    figure.rule(marks);
    drawUnderlines(figure, strip + STRIP_HEIGHT / 2.0);
  }

  private void drawTitle(Figure figure, Ticks ticks, double y) {
    String factor = ticks.factor().map(text -> " (" + text + ")").orElse("");
    double room = 2 * STRIP - TextMetrics.width(factor, Figure.NOTE_SIZE);
    Label label = Label.of(title, Figure.NOTE_SIZE, room);
    figure.label(
        new Label(label.full() + factor, label.shown() + factor),
        Figure.NOTE_SIZE,
        TextPlacement.startAt(0, y));
  }

  /** Right of the strip: underlines from thin to thick, of either sign if there are two. */
  private void drawUnderlines(Figure figure, double y) {
    double x = STRIP + BETWEEN;
    if (colours.signed()) {
      x = drawUnderline(figure, BarsView.NEGATIVE, "against" + target, x, y);
      drawMinus(figure, x, y);
      x += MINUS + BETWEEN;
      drawUnderline(figure, BarsView.POSITIVE, "for" + target, x, y);
    } else {
      drawUnderline(figure, BarsView.POSITIVE, "thicker is stronger", x, y);
    }
    if (faint) {
      String least = Decimals.significant(WeightColours.FAINT * colours.scale().range().high());
      figure.text(
          "no box: weaker than " + least,
          Figure.NOTE_SIZE,
          TextPlacement.startAt(STRIP + BETWEEN, y + STRIP_HEIGHT + GAP));
    }
  }

  private double drawUnderline(Figure figure, Colour colour, String text, double x, double y) {
    PathData wedge =
        new PathData()
            .moveTo(x, y + HighlightView.UNDERLINE / 2.0)
            .lineBy(WEDGE, -HighlightView.UNDERLINE)
            .down(HighlightView.UNDERLINE)
            .close();
    figure
        .body()
        .open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, wedge.toString())
        .set(SvgAttribute.FILL, colour)
        .close();
    figure.text(text, Figure.NOTE_SIZE, TextPlacement.startAt(x + WEDGE + GAP, y));
    return x + WEDGE + GAP + TextMetrics.width(text, Figure.NOTE_SIZE) + 2;
  }

  private static void drawMinus(Figure figure, double x, double y) {
    figure.rule(new PathData().moveTo(x, y - 3).across(MINUS));
    figure.bounds().include(x + MINUS, y);
  }
}
