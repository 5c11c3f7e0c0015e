package io.github.attentive.viz;

import io.github.attentive.Explanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws one comparison of weights: the bars of A start at the origin, those of B and the cells of
 * the difference follow to the right, labels stand left.
 */
final class ComparisonView {
  private static final int ROW = 24;
  private static final int BAR = 14;
  private static final int TRACK = 160;
  private static final int GAP = 8;
  private static final int BETWEEN_COLUMNS = 28;
  private static final int BAR_DISTANCE = 24;
  private static final int LEAST_BAR_HEIGHT = 136;
  private static final int MOST_BAR_HEIGHT = 312;
  private static final int LEAST_CELL = 72;
  private static final int MOST_TICKS = 4;

  /** The middles of the lines above the rows. */
  private static final int PREDICTION = -16;

  private static final int NAME_ABOVE = 18;
  private static final String NO_UNIT = "–";

  private final Comparison options;
  private final Figure figure;
  private final AlignedWeights weights;
  private final List<Label> labels;
  private final ComparisonTexts texts;
  private final List<Integer> shown;
  private final Optional<String> misalignment;
  private final Ticks ticks;
  private final ValueAxis axis;
  private final int height;

  ComparisonView(Comparison options) {
    this.options = options;
    this.figure = new Figure("comparison", options);
    this.weights = options.weights();
    List<String> clean = figure.clean(weights.labels());
    this.labels =
        IntStream.range(0, clean.size())
            .mapToObj(
                i ->
                    Label.of(
                        clean.get(i),
                        XmlText.clean(weights.readable().get(i)),
                        Figure.LABEL_SIZE,
                        Figure.LABEL_LIMIT))
            .toList();
    this.texts = new ComparisonTexts(weights, labels, options.differences());
    this.misalignment = weights.misalignment();
    this.shown = shown();
    Matrix sides = sides();
    double low = Math.min(0, sides.at(sides.lowest()));
    double high = Math.max(0, sides.at(sides.highest()));
    Range range = new Range(low, low == high ? 1 : high);
    this.ticks = Ticks.of(range, MOST_TICKS);
    this.axis = new ValueAxis(range, ticks, TRACK);
    this.height = shown.size() * ROW;
  }

  /** The rows to show, in order. */
  private List<Integer> shown() {
    boolean byDifference = options.differences().logarithmic() && misalignment.isEmpty();
    return IntStream.range(0, weights.size())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                row -> byDifference ? -Math.abs(weights.difference(row)) : -largest(row)))
        .limit(options.rows())
        .sorted()
        .toList();
  }

  private double largest(int row) {
    double a = Double.isNaN(weights.a()[row]) ? 0 : Math.abs(weights.a()[row]);
    double b = Double.isNaN(weights.b()[row]) ? 0 : Math.abs(weights.b()[row]);
    return Math.max(a, b);
  }

  private Matrix sides() {
    return Matrix.of(
        shown.size(), 2, (row, side) -> (side == 0 ? weights.a() : weights.b())[shown.get(row)]);
  }

  private static double middle(int row) {
    return (row + 0.5) * ROW;
  }

  Svg draw() {
    List<String> numbers = CellNumbers.of(sides(), ticks.exponent(), 3);
    int pitch =
        (int) Math.ceil(TextMetrics.widest(numbers, Figure.LABEL_SIZE))
            + (TRACK + GAP + BETWEEN_COLUMNS);
    drawSide(weights.a(), numbers, 0, 0, pitch);
    drawSide(weights.b(), numbers, 1, pitch, pitch);
    for (int row = 0; row < shown.size(); row++) {
      figure.label(
          labels.get(shown.get(row)), Figure.LABEL_SIZE, TextPlacement.endAt(-GAP, middle(row)));
    }
    drawHeading(options.names().headingA(), options.explanationA(), 0, pitch);
    drawHeading(options.names().headingB(), options.explanationB(), pitch, pitch);
    drawValueTitle(pitch);
    double right = 2.0 * pitch - BETWEEN_COLUMNS;
    if (misalignment.isEmpty()) {
      right = drawDifferences(2 * pitch);
    }
    drawRows(right);
    return finish(right);
  }

  /** The bars of a side, their numbers and their axis. */
  private void drawSide(double[] side, List<String> numbers, int column, int left, int pitch) {
    SvgWriter svg =
        figure.body().open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    for (int row = 0; row < shown.size(); row++) {
      double value = side[shown.get(row)];
      if (!Double.isNaN(value)) {
        double from = axis.x(Math.min(0, value));
        svg.open(SvgElement.RECT)
            .set(SvgAttribute.X, left + from)
            .set(SvgAttribute.Y, middle(row) - BAR / 2.0)
            .set(SvgAttribute.WIDTH, axis.x(Math.max(0, value)) - from)
            .set(SvgAttribute.HEIGHT, BAR)
            .set(SvgAttribute.FILL, value < 0 ? BarsView.NEGATIVE : BarsView.POSITIVE)
            .close();
      }
    }
    svg.close();
    double right = left + pitch - BETWEEN_COLUMNS;
    for (int row = 0; row < shown.size(); row++) {
      String number = numbers.get(2 * row + column);
      figure.text(
          number.isEmpty() ? NO_UNIT : number,
          Figure.LABEL_SIZE,
          TextPlacement.endAt(right, middle(row)));
    }
    axis.draw(figure, left, height);
  }

  private void drawHeading(String name, @Nullable Explanation explanation, int left, int pitch) {
    double room = pitch - BETWEEN_COLUMNS;
    int y = PREDICTION;
    if (explanation != null) {
      figure.label(
          Label.of(figure.clean(ComparisonTexts.prediction(explanation)), Figure.LABEL_SIZE, room),
          Figure.LABEL_SIZE,
          TextPlacement.startAt(left, y));
      y -= NAME_ABOVE;
    }
    figure.label(
        Label.of(figure.clean(name), Figure.AXIS_TITLE_SIZE, room),
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.startAt(left, y));
  }

  /**
   * Draws the differences as one column of cells with their numbers.
   *
   * @return where the cells end
   */
  private double drawDifferences(int left) {
    Matrix values = Matrix.of(shown.size(), 1, (row, only) -> weights.difference(shown.get(row)));
    DifferenceCells cells =
        new DifferenceCells(
            options.differences(),
            values,
            Math.max(LEAST_BAR_HEIGHT, Math.min(MOST_BAR_HEIGHT, height)));
    List<String> numbers = cells.numbers();
    int width =
        Math.max(
            LEAST_CELL, (int) Math.ceil(TextMetrics.widest(numbers, Figure.LABEL_SIZE)) + 2 * GAP);
    ColouredCells drawn = new ColouredCells();
    for (int row = 0; row < shown.size(); row++) {
      drawn.add(cells.colour(row), left, row * ROW, width, ROW);
    }
    drawn.draw(figure.body());
    for (int row = 0; row < shown.size(); row++) {
      figure.textOn(
          cells.colour(row),
          numbers.get(row),
          Figure.LABEL_SIZE,
          TextPlacement.middleAt(left + width / 2.0, middle(row)));
    }
    figure.frame(left, 0, width, height);
    figure.text(
        options.differences().title(),
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(left + width / 2.0, PREDICTION));
    cells.drawBar(figure, left + width + BAR_DISTANCE, 0);
    return left + width;
  }

  private void drawValueTitle(int pitch) {
    String factor = ticks.factor().map(text -> " (" + text + ")").orElse("");
    double room = pitch - GAP - TextMetrics.width(factor, Figure.LABEL_SIZE);
    Label title = Label.of(figure.clean(options.valueTitle()), Figure.LABEL_SIZE, room);
    double y = figure.bounds().bottom() + GAP / 2.0 + Figure.LABEL_SIZE / 2;
    for (int left : new int[] {0, pitch}) {
      figure.label(
          new Label(title.full() + factor, title.shown() + factor),
          Figure.LABEL_SIZE,
          TextPlacement.middleAt(left + TRACK / 2.0, y));
    }
    figure.bounds().include(0, figure.bounds().bottom() + GAP);
  }

  private void drawRows(double right) {
    double left = figure.bounds().left();
    RowHighlight rows = RowHighlight.open(figure);
    for (int row = 0; row < shown.size(); row++) {
      rows.add(texts.row(shown.get(row)), left, row * ROW, right - left, ROW);
    }
    rows.close();
  }

  private Svg finish(double right) {
    String finding = findings();
    figure.table(table());
    String size = weights.size() + " " + weights.unit() + (weights.size() == 1 ? "" : "s");
    return figure.finish("Comparison of ", size, null, right / 2, finding);
  }

  /** Writes what is below the figure; the description says it with its notes. */
  private String findings() {
    List<String> lines = new ArrayList<>();
    String predictions =
        ComparisonTexts.predictions(options.explanationA(), options.explanationB());
    if (!predictions.isEmpty()) {
      lines.add(predictions);
    }
    if (misalignment.isPresent()) {
      lines.add("No difference is shown: " + misalignment.get());
    } else {
      lines.addAll(texts.numbers());
    }
    if (shown.size() < weights.size()) {
      lines.add(rest());
    }
    lines.forEach(figure::note);
    return options.names().sentence() + texts.strongest();
  }

  private String rest() {
    double a = 0;
    double b = 0;
    for (int row = 0; row < weights.size(); row++) {
      if (!shown.contains(row)) {
        a += Double.isNaN(weights.a()[row]) ? 0 : weights.a()[row];
        b += Double.isNaN(weights.b()[row]) ? 0 : weights.b()[row];
      }
    }
    return "%s of %s %ss shown; the rest sum to %s in A and %s in B"
        .formatted(
            shown.size(),
            weights.size(),
            weights.unit(),
            Decimals.significant(a),
            Decimals.significant(b));
  }

  private DataTable table() {
    boolean aligned = misalignment.isEmpty();
    List<String> columns =
        aligned
            ? List.of(options.names().headingA(), options.names().headingB(), "B − A")
            : List.of(options.names().headingA(), options.names().headingB());
    return new DataTable(
        options.valueTitle(),
        "Text",
        "",
        weights.labels(),
        columns,
        Matrix.of(
            weights.size(),
            columns.size(),
            (row, column) ->
                switch (column) {
                  case 0 -> weights.a()[row];
                  case 1 -> weights.b()[row];
                  default -> weights.difference(row);
                }));
  }
}
