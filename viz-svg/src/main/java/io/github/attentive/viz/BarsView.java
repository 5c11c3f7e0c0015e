package io.github.attentive.viz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws one bar chart: the track of the bars starts at the origin, labels stand left of it. */
final class BarsView {
  private static final int ROW = 24;
  private static final int BAR = 16;
  private static final int TRACK = 360;
  private static final int MOST_TICKS = 6;
  private static final int GAP = 6;
  private static final int CAP = 8;
  private static final int SIGN = 8;
  private static final int LEAST_DIGITS = 3;

  /** Told apart by colour-blind readers, and seen on white as on a dark page. */
  static final Colour POSITIVE = new Colour(0x3B7EA8);

  static final Colour NEGATIVE = new Colour(0xC8602D);

  private final Bars options;
  private final BarRows rows;
  private final double[] values;
  private final @Nullable BarErrors errors;
  private final Figure figure;
  private final List<Label> labels;
  private final List<String> numbers;
  private final int height;
  private final Range range;
  private final Ticks ticks;

  BarsView(Bars options) {
    this.options = options;
    this.figure = new Figure(options.view(), options);
    this.rows = options.rows();
    this.values = rows.values();
    this.errors = options.errors();
    this.labels =
        options.hasTokens()
            ? figure.tokenLabels(rows.labels(), Figure.LABEL_LIMIT)
            : figure.clean(rows.labels()).stream()
                .map(text -> Label.of(text, Figure.LABEL_SIZE, Figure.LABEL_LIMIT))
                .toList();
    this.range = range();
    Matrix column = Matrix.of(values.length, 1, (row, only) -> values[row]);
    this.ticks = Ticks.of(range, MOST_TICKS);
    this.numbers = CellNumbers.of(column, ticks.exponent(), LEAST_DIGITS);
    this.height = values.length * ROW;
  }

  /** From zero to the ends of all bars and errors. */
  private Range range() {
    double low = 0;
    double high = 0;
    for (int row = 0; row < rows.bars(); row++) {
      low = Math.min(low, low(row));
      high = Math.max(high, high(row));
    }
    return new Range(low, low == high ? 1 : high);
  }

  private double low(int row) {
    return hasError(row) ? errors.low()[rows.indices()[row]] : values[row];
  }

  private double high(int row) {
    return hasError(row) ? errors.high()[rows.indices()[row]] : values[row];
  }

  private boolean hasError(int row) {
    return errors != null && errors.isKnown(rows.indices()[row]);
  }

  Svg draw() {
    drawBars();
    drawErrors();
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
    for (int row = 0; row < rows.bars(); row++) {
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
          .text(labels.get(row).full() + ": " + Decimals.significant(values[row]) + error(row))
          .close()
          .close();
    }
    figure.body().close();
    figure.bounds().include(TRACK, height);
  }

  private String error(int row) {
    return hasError(row)
        ? " (%s to %s)".formatted(Decimals.significant(low(row)), Decimals.significant(high(row)))
        : "";
  }

  /** Dark on a light edge, which are seen together on any bar and on any page. */
  private void drawErrors() {
    PathData lines = new PathData();
    for (int row = 0; row < rows.bars(); row++) {
      if (hasError(row)) {
        double from = x(low(row));
        double to = x(high(row));
        lines
            .moveTo(from, middle(row))
            .across(to - from)
            .moveTo(from, middle(row) - CAP / 2.0)
            .down(CAP)
            .moveTo(to, middle(row) - CAP / 2.0)
            .down(CAP);
      }
    }
    if (!lines.isEmpty()) {
      drawErrorLines(lines, Colour.WHITE, 4);
      drawErrorLines(lines, Colour.BLACK, 1.5);
    }
  }

  private void drawErrorLines(PathData lines, Colour colour, double width) {
    figure
        .body()
        .open(SvgElement.PATH)
        .set(SvgAttribute.PATH_DATA, lines.toString())
        .set(SvgAttribute.FILL, "none")
        .set(SvgAttribute.STROKE, colour)
        .set(SvgAttribute.STROKE_WIDTH, width)
        .set(SvgAttribute.STROKE_CAP, "square")
        .set(SvgAttribute.POINTER_EVENTS, "none")
        .close();
  }

  private void drawNumbers() {
    for (int row = 0; row < rows.bars(); row++) {
      figure.text(
          numbers.get(row),
          Figure.LABEL_SIZE,
          values[row] < 0
              ? TextPlacement.endAt(x(low(row)) - gap(row), middle(row))
              : TextPlacement.startAt(x(high(row)) + gap(row), middle(row)));
    }
    if (rows.others() > 0) {
      int row = rows.bars();
      figure.text(
          "sum " + numbers.get(row),
          Figure.LABEL_SIZE,
          TextPlacement.startAt(x(0) + GAP, middle(row)));
    }
  }

  private int gap(int row) {
    return hasError(row) ? GAP + 2 : GAP;
  }

  /** In a column of their own, so that they are found without looking along each bar. */
  private void drawSigns() {
    if (!options.hasSigns()) {
      return;
    }
    double x = figure.bounds().left() - GAP - SIGN / 2.0;
    PathData strokes = new PathData();
    for (int row = 0; row < rows.bars(); row++) {
      if (values[row] != 0) {
        strokes.moveTo(x - SIGN / 2.0, middle(row)).across(SIGN);
      }
      if (values[row] > 0) {
        strokes.moveTo(x, middle(row) - SIGN / 2.0).down(SIGN);
      }
    }
    figure.bounds().include(x - SIGN / 2.0, 0);
    figure.rule(strokes);
  }

  /** Left of everything drawn before, which the numbers of negative bars may be part of. */
  private void drawLabels() {
    drawSigns();
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
    String size = rows.bars() + (rows.bars() == 1 ? " bar" : " bars");
    if (rows.others() > 0) {
      size += " of " + (rows.bars() + rows.others());
    }
    figure.table(table());
    return figure.finish("Weights as ", size, null, TRACK / 2.0, finding());
  }

  private DataTable table() {
    if (errors == null) {
      return DataTable.ofColumn("Weights", "Text", rows.labels(), options.valueTitle(), values);
    }
    return new DataTable(
        "Weights",
        "Text",
        "",
        rows.labels(),
        List.of(options.valueTitle(), "Low", "High"),
        Matrix.of(values.length, 3, this::tableValue));
  }

  private double tableValue(int row, int column) {
    if (column == 0) {
      return values[row];
    }
    boolean known = row < rows.bars() && hasError(row);
    return known ? column == 1 ? low(row) : high(row) : Double.NaN;
  }

  private String finding() {
    int strongest = 0;
    for (int row = 1; row < rows.bars(); row++) {
      strongest = Math.abs(values[row]) > Math.abs(values[strongest]) ? row : strongest;
    }
    String others =
        rows.others() == 0
            ? ""
            : " The other %s sum to %s."
                .formatted(rows.others(), Decimals.significant(values[rows.bars()]));
    return "The strongest is “%s” with %s.%s"
        .formatted(labels.get(strongest).shown(), Decimals.significant(values[strongest]), others);
  }
}
