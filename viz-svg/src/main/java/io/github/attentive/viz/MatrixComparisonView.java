package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/**
 * Draws one comparison of matrices: A at the origin, then B and the colour bar of both, then the
 * difference and its own.
 */
final class MatrixComparisonView {
  private static final int EXTENT = 320;
  private static final int LARGEST_CELL = 40;
  private static final int LEAST_BAR_HEIGHT = 136;
  private static final int GAP = 24;
  private static final int HEADING = -16;

  /** With a tooltip each; some viewers stop at 2,000 shapes. */
  private static final int MOST_SINGLE_CELLS = 1_600;

  private static final double KEY_LIMIT = 120;

  private final MatrixComparison options;
  private final Figure figure;
  private final Matrix difference;
  private final List<Label> queries;
  private final List<Label> keys;
  private final int cell;
  private final int width;
  private final int height;
  private final int barHeight;
  private boolean missing;

  MatrixComparisonView(MatrixComparison options) {
    this.options = options;
    this.figure = new Figure("matrix-comparison", options);
    Matrix a = options.a();
    Matrix b = options.b();
    this.difference =
        Matrix.of(a.rows(), a.columns(), (row, column) -> b.at(row, column) - a.at(row, column));
    this.queries = figure.tokenLabels(options.queries(), Figure.LABEL_LIMIT);
    this.keys = figure.tokenLabels(options.keys(), KEY_LIMIT);
    this.cell =
        Math.max(KeyLabels.LINE, Math.min(LARGEST_CELL, EXTENT / Math.max(a.rows(), a.columns())));
    this.width = a.columns() * cell;
    this.height = a.rows() * cell;
    this.barHeight = Math.max(height, LEAST_BAR_HEIGHT);
  }

  Svg draw() {
    Matrix both =
        Matrix.of(
            2 * options.a().rows(),
            options.a().columns(),
            (row, column) ->
                row < options.a().rows()
                    ? options.a().at(row, column)
                    : options.b().at(row - options.a().rows(), column));
    ColourScale scale =
        new ColourScale(options.palette(), ScaleRange.spanning(both, Norm.LINEAR), Norm.LINEAR);
    DifferenceCells cells = new DifferenceCells(options.differences(), difference, barHeight);
    KeyLabels keyLabels = new KeyLabels(keys, cell);
    for (int row = 0; row < queries.size(); row++) {
      figure.label(
          queries.get(row),
          Figure.LABEL_SIZE,
          TextPlacement.endAt(-KeyLabels.GAP, (row + 0.5) * cell));
    }
    int pitch = width + GAP;
    drawPanel(options.a(), i -> scale.colour(options.a().at(i)), 0, options.names().headingA());
    drawPanel(options.b(), i -> scale.colour(options.b().at(i)), pitch, options.names().headingB());
    keyLabels.draw(figure, height);
    keyLabels.draw(figure, pitch, height);
    new ColourBar(scale, Palette.ENTRIES, barHeight)
        .draw(figure, 2 * pitch, 0, figure.clean(options.valueTitle()), false, false);
    int left = (int) Math.ceil(figure.bounds().right()) + 2 * GAP;
    drawPanel(difference, cells::colour, left, options.differences().title());
    keyLabels.draw(figure, left, height);
    cells.drawBar(figure, left + width + GAP, 0);
    if (missing) {
      Hatch.NO_VALUE.drawLegend(figure);
    }
    return finish(left + width);
  }

  private void drawPanel(Matrix matrix, IntFunction<Colour> colours, int left, String heading) {
    figure.label(
        Label.of(figure.clean(heading), Figure.AXIS_TITLE_SIZE, width),
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.startAt(left, HEADING));
    if (3 * matrix.size() > MOST_SINGLE_CELLS) {
      drawPaths(matrix, colours, left);
    } else {
      drawSingleCells(matrix, colours, left);
    }
    figure.frame(left, 0, width, height);
  }

  private void drawPaths(Matrix matrix, IntFunction<Colour> colours, int left) {
    ColouredCells cells = new ColouredCells();
    PathData hatched = new PathData();
    for (int i = 0; i < matrix.size(); i++) {
      int x = left + i % matrix.columns() * cell;
      int y = i / matrix.columns() * cell;
      if (Double.isNaN(matrix.at(i))) {
        hatched.rectangle(x, y, cell, cell);
      } else {
        cells.add(colours.apply(i), x, y, cell, cell);
      }
    }
    cells.draw(figure.body());
    if (!hatched.isEmpty()) {
      missing = true;
      figure
          .body()
          .open(SvgElement.PATH)
          .set(SvgAttribute.PATH_DATA, hatched.toString())
          .setReference(SvgAttribute.FILL, Hatch.NO_VALUE.pattern())
          .close();
    }
  }

  private void drawSingleCells(Matrix matrix, IntFunction<Colour> colours, int left) {
    SvgWriter svg =
        figure.body().open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    for (int i = 0; i < matrix.size(); i++) {
      svg.open(SvgElement.RECT)
          .set(SvgAttribute.X, left + i % matrix.columns() * cell)
          .set(SvgAttribute.Y, i / matrix.columns() * cell)
          .set(SvgAttribute.WIDTH, cell)
          .set(SvgAttribute.HEIGHT, cell);
      if (Double.isNaN(matrix.at(i))) {
        missing = true;
        svg.setReference(SvgAttribute.FILL, Hatch.NO_VALUE.pattern());
      } else {
        svg.set(SvgAttribute.FILL, colours.apply(i));
      }
      svg.open(SvgElement.TITLE).text(cellText(i)).close().close();
    }
    svg.close();
  }

  private String cellText(int i) {
    return "%s → %s: A %s, B %s, B − A %s"
        .formatted(
            queries.get(i / difference.columns()).shown(),
            keys.get(i % difference.columns()).shown(),
            number(options.a().at(i)),
            number(options.b().at(i)),
            number(difference.at(i)));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "none" : Decimals.significant(value);
  }

  private Svg finish(double right) {
    notes().forEach(figure::note);
    figure.table(table(options.names().headingA(), options.a()));
    figure.table(table(options.names().headingB(), options.b()));
    figure.table(table("B − A", difference));
    return figure.finish(
        "Comparison of matrices, ",
        "%s queries by %s keys".formatted(queries.size(), keys.size()),
        null,
        right / 2,
        options.names().sentence() + "A and B are on one scale of colours.");
  }

  private DataTable table(String name, Matrix matrix) {
    return new DataTable(name, "Query", "Key", options.queries(), options.keys(), matrix);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    int largest = -1;
    double sum = 0;
    for (int i = 0; i < difference.size(); i++) {
      double magnitude = Math.abs(difference.at(i));
      if (!Double.isNaN(magnitude)) {
        largest = largest < 0 || magnitude > Math.abs(difference.at(largest)) ? i : largest;
        sum += magnitude / (difference.size() - difference.missing());
      }
    }
    if (largest >= 0) {
      notes.add(
          "Largest |B − A| %s (“%s” → “%s”), mean %s"
              .formatted(
                  Decimals.significant(Math.abs(difference.at(largest))),
                  queries.get(largest / difference.columns()).shown(),
                  keys.get(largest % difference.columns()).shown(),
                  Decimals.significant(sum)));
    }
    distances(notes);
    if (options.differences().hasThreshold()) {
      notes.add(options.differences().verdict(values(difference, 0, difference.size())));
    }
    return notes;
  }

  private void distances(List<String> notes) {
    double largest = 0;
    double sum = 0;
    for (int row = 0; row < difference.rows(); row++) {
      int from = row * difference.columns();
      OptionalDouble distance =
          Agreement.jensenShannonDistance(
              values(options.a(), from, difference.columns()),
              values(options.b(), from, difference.columns()));
      if (distance.isEmpty()) {
        return;
      }
      largest = Math.max(largest, distance.getAsDouble());
      sum += distance.getAsDouble() / difference.rows();
    }
    notes.add(
        "Jensen-Shannon distance of rows at most %s, mean %s"
            .formatted(Decimals.significant(largest), Decimals.significant(sum)));
  }

  private static double[] values(Matrix matrix, int from, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = matrix.at(from + i);
    }
    return values;
  }
}
