package io.github.attentive.viz;

import java.util.List;

/** Draws one bar chart: the track of the bars starts at the origin, labels stand left of it. */
final class BarsView {
  private static final int ROW = 24;
  private static final int BAR = 16;
  private static final int TRACK = 360;
  private static final int MOST_TICKS = 6;
  private static final int GAP = 6;
  private static final int LEAST_DIGITS = 3;

  /** Told apart by colour-blind readers, and seen on white as on a dark page. */
  static final Colour POSITIVE = new Colour(0x3B7EA8);

  static final Colour NEGATIVE = new Colour(0xC8602D);

  private final Bars options;
  private final double[] values;
  private final Figure figure;
  private final List<Label> labels;
  private final List<String> numbers;
  private final int height;
  private final Range range;
  private final Ticks ticks;

  BarsView(Bars options) {
    this.options = options;
    this.figure = new Figure("bars", options);
    this.values = options.values();
    this.labels = figure.tokenLabels(options.labels(), Figure.LABEL_LIMIT);
    Matrix column = Matrix.of(values.length, 1, (row, only) -> values[row]);
    double low = Math.min(0, column.at(column.lowest()));
    double high = Math.max(0, column.at(column.highest()));
    this.range = new Range(low, low == high ? 1 : high);
    this.ticks = Ticks.of(range, MOST_TICKS);
    this.numbers = CellNumbers.of(column, ticks.exponent(), LEAST_DIGITS);
    this.height = values.length * ROW;
  }

  Svg draw() {
    drawBars();
    drawNumbers();
    drawLabels();
    drawAxis();
    return finish();
  }

  private double x(double value) {
    return range.share(value) * TRACK;
  }

  private static double middle(int row) {
    return (row + 0.5) * ROW;
  }

  private void drawBars() {
    figure.body().open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    for (int row = 0; row < values.length; row++) {
      double from = x(Math.min(0, values[row]));
      double to = x(Math.max(0, values[row]));
      figure
          .body()
          .open(SvgElement.RECT)
          .set(SvgAttribute.X, from)
          .set(SvgAttribute.Y, middle(row) - BAR / 2.0)
          .set(SvgAttribute.WIDTH, to - from)
          .set(SvgAttribute.HEIGHT, BAR)
          .set(SvgAttribute.FILL, values[row] < 0 ? NEGATIVE : POSITIVE)
          .open(SvgElement.TITLE)
          .text(labels.get(row).full() + ": " + Decimals.significant(values[row]))
          .close()
          .close();
    }
    figure.body().close();
    figure.bounds().include(TRACK, height);
  }

  private void drawNumbers() {
    for (int row = 0; row < values.length; row++) {
      double x = x(values[row]);
      figure.text(
          numbers.get(row),
          Figure.LABEL_SIZE,
          values[row] < 0
              ? TextPlacement.endAt(x - GAP, middle(row))
              : TextPlacement.startAt(x + GAP, middle(row)));
    }
  }

  /** Left of everything drawn before, which the numbers of negative bars may be part of. */
  private void drawLabels() {
    double x = figure.bounds().left() - GAP;
    for (int row = 0; row < values.length; row++) {
      figure.label(labels.get(row), Figure.LABEL_SIZE, TextPlacement.endAt(x, middle(row)));
    }
  }

  private void drawAxis() {
    PathData lines = new PathData().moveTo(x(0), 0).down(height).moveTo(0, height).across(TRACK);
    for (int i = 0; i < ticks.labels().size(); i++) {
      double x = ticks.shares().get(i) * TRACK;
      lines.moveTo(x, height).down(4);
      figure.text(
          ticks.labels().get(i),
          Figure.LABEL_SIZE,
          TextPlacement.middleAt(x, height + GAP + Figure.LABEL_SIZE / 2));
    }
    figure.rule(lines);
    String factor = ticks.factor().map(text -> " (" + text + ")").orElse("");
    double room = 2 * TRACK - TextMetrics.width(factor, Figure.AXIS_TITLE_SIZE);
    Label title = Label.of(figure.clean(options.valueTitle()), Figure.AXIS_TITLE_SIZE, room);
    figure.label(
        new Label(title.full() + factor, title.shown() + factor),
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(
            TRACK / 2.0, figure.bounds().bottom() + GAP + Figure.AXIS_TITLE_SIZE / 2));
  }

  private Svg finish() {
    String size = values.length + (values.length == 1 ? " bar" : " bars");
    figure.table(
        DataTable.ofColumn("Weights", "Text", options.labels(), options.valueTitle(), values));
    return figure.finish("Weights as ", size, null, TRACK / 2.0, finding());
  }

  private String finding() {
    int strongest = 0;
    for (int row = 1; row < values.length; row++) {
      strongest = Math.abs(values[row]) > Math.abs(values[strongest]) ? row : strongest;
    }
    return "The strongest is “%s” with %s."
        .formatted(labels.get(strongest).shown(), Decimals.significant(values[strongest]));
  }
}
