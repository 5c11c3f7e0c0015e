package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws one heatmap: cells at the origin, labels left and below, the colour bar right. */
final class HeatmapView {
  /** Up to here each cell is a shape of its own with a tooltip. */
  private static final int MOST_SINGLE_CELLS = 40 * 40;

  /** Where some viewers stop, shapes and texts together. */
  private static final int MOST_SHAPES = 2_000;

  /** Frames, colour bar, titles, legend and notes. */
  private static final int OTHER_SHAPES = 40;

  /**
   * What is left beside a path for each colour; some for numbers in cells, the others for labels.
   */
  private static final int MOST_TEXTS = MOST_SHAPES - OTHER_SHAPES - Palette.ENTRIES - 4;

  /**
   * How far a cell reaches under those to its right and below. Viewers that smooth edges would let
   * the page shine through between two cells that only touch.
   */
  private static final int UNDERLAP = 2;

  private static final int EXTENT = 672;
  private static final int LARGEST_CELL = 48;
  private static final int WIDEST_CELL = 96;
  private static final int LEAST_CELL_WITH_NUMBER = 22;
  private static final int CELL_PADDING = 4;

  /** Up to here cells are high enough for a label each, however wide the figure becomes. */
  private static final int MOST_LABELLED = 64;

  private static final double[] NUMBER_SIZES = {12, 11, 10, 9};
  private static final int LEAST_BAR_HEIGHT = 136;
  private static final int BAR_DISTANCE = 24;
  private static final int GAP = 8;

  private final Heatmap options;
  private final Matrix matrix;
  private final ColourScale scale;
  private final Figure figure;
  private final List<Label> queries;
  private final List<Label> keys;
  private final @Nullable CellGrid grid;
  private final ColourBar bar;
  private final List<String> numbers;
  private final int cellWidth;
  private final int cellHeight;
  private final int width;
  private final int height;

  HeatmapView(Heatmap options) {
    this.options = options;
    this.figure = new Figure(options.view(), options);
    this.matrix = options.matrix();
    this.scale = options.scale();
    this.queries = labels(options.queries());
    this.keys = labels(options.keys());
    boolean numbered = options.cellValues() == CellValues.SHOWN;
    int texts = matrix.rows() + matrix.columns() + (numbered ? matrix.size() : 0);
    if (numbered && texts > MOST_TEXTS) {
      throw new InvalidInputException(
          "heatmap with numbers in its cells: expected at most %s cells and labels, got %s for %s x %s"
              .formatted(MOST_TEXTS, texts, matrix.rows(), matrix.columns()));
    }
    boolean single =
        matrix.size() <= MOST_SINGLE_CELLS
            && (!numbered || matrix.size() + texts <= MOST_SHAPES - OTHER_SHAPES);
    int square = Math.min(LARGEST_CELL, EXTENT / Math.max(matrix.rows(), matrix.columns()));
    this.cellHeight =
        numbered ? Math.max(square, LEAST_CELL_WITH_NUMBER) : labelled(square, matrix.rows());
    this.height = matrix.rows() * cellHeight;
    this.grid = single ? null : CellGrid.of(matrix, scale);
    this.bar =
        new ColourBar(
            scale,
            grid == null ? Palette.ENTRIES : grid.colours(),
            Math.max(height, LEAST_BAR_HEIGHT));
    this.numbers =
        numbered || single && options.cellValues() != CellValues.HIDDEN
            ? options.cellTexts().numbers(bar.exponent())
            : List.of();
    this.cellWidth = cellWidth(labelled(square, matrix.columns()));
    this.width = matrix.columns() * cellWidth;
  }

  private List<Label> labels(List<String> texts) {
    if (options.hasTokens()) {
      return figure.tokenLabels(texts, Figure.LABEL_LIMIT);
    }
    return figure.clean(texts).stream()
        .map(text -> Label.of(text, Figure.LABEL_SIZE, Figure.LABEL_LIMIT))
        .toList();
  }

  /** The extent of one of so many cells, with room for a label each unless they are too many. */
  private static int labelled(int extent, int count) {
    return Math.max(extent, count <= MOST_LABELLED ? KeyLabels.LINE : 1);
  }

  private int cellWidth(int square) {
    int widest = square;
    boolean low = matrix.columns() >= 3 * matrix.rows();
    if (low || options.hasWideCells()) {
      // A long low matrix has room to spare; in wide cells its labels are level.
      int level = KeyLabels.cellForLevel(keys);
      int room = Math.min(WIDEST_CELL, (low ? 2 : 1) * EXTENT / matrix.columns());
      widest = level <= room ? Math.max(widest, level) : widest;
    }
    if (options.cellValues() == CellValues.SHOWN) {
      double number = TextMetrics.widest(numbers, NUMBER_SIZES[1]);
      widest = Math.max(widest, (int) Math.ceil(number) + CELL_PADDING);
    }
    return widest;
  }

  Svg draw() {
    drawCells();
    drawNumbers();
    figure.frame(0, 0, width, height);
    drawQueryLabels();
    drawQueryTitle();
    KeyLabels keyLabels = new KeyLabels(keys, cellWidth);
    keyLabels.draw(figure, height);
    double labelBottom = figure.bounds().bottom();
    drawColourBar();
    drawKeyTitle(labelBottom);
    if (matrix.missing() > 0) {
      Hatch.NO_VALUE.drawLegend(figure);
    }
    if (matrix.masked() > 0) {
      Hatch.MASKED.drawLegend(figure);
    }
    noteStrides(KeyLabels.stride(cellHeight), KeyLabels.stride(cellWidth));
    if (grid != null) {
      grid.loss().ifPresent(figure::note);
    }
    noteScale();
    return finish();
  }

  private void drawCells() {
    figure.body().open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    if (grid != null) {
      grid.draw(figure, cellWidth, cellHeight);
    } else {
      for (int i = 0; i < matrix.size(); i++) {
        drawCell(i / matrix.columns(), i % matrix.columns());
      }
    }
    figure.body().close();
  }

  private void drawCell(int row, int column) {
    double value = matrix.at(row, column);
    SvgWriter svg =
        figure
            .body()
            .open(SvgElement.RECT)
            .set(SvgAttribute.X, column * cellWidth)
            .set(SvgAttribute.Y, row * cellHeight)
            .set(SvgAttribute.WIDTH, cellWidth + (column + 1 < matrix.columns() ? UNDERLAP : 0))
            .set(SvgAttribute.HEIGHT, cellHeight + (row + 1 < matrix.rows() ? UNDERLAP : 0));
    if (Double.isNaN(value)) {
      boolean masked = matrix.isMasked(row * matrix.columns() + column);
      Hatch hatch = masked ? Hatch.MASKED : Hatch.NO_VALUE;
      svg.setReference(SvgAttribute.FILL, hatch.pattern());
    } else {
      svg.set(SvgAttribute.FILL, scale.colour(value));
    }
    String text = options.cellTexts().tooltip(row * matrix.columns() + column);
    svg.open(SvgElement.TITLE)
        .text(queries.get(row).shown() + " → " + keys.get(column).shown() + ": " + text)
        .close();
    svg.close();
  }

  private void drawNumbers() {
    double size = numberSize();
    if (size == 0) {
      return;
    }
    // The tooltip belongs to the cell below the number.
    figure.body().open(SvgElement.GROUP).set(SvgAttribute.POINTER_EVENTS, "none");
    for (int i = 0; i < numbers.size(); i++) {
      if (!numbers.get(i).isEmpty()) {
        double x = (i % matrix.columns() + 0.5) * cellWidth;
        double y = (i / matrix.columns() + 0.5) * cellHeight;
        figure.textOn(
            scale.colour(matrix.at(i)), numbers.get(i), size, TextPlacement.middleAt(x, y));
      }
    }
    figure.body().close();
  }

  /** The largest size in which all numbers fit their cells; 0 for none. */
  private double numberSize() {
    if (numbers.isEmpty() || Math.min(cellWidth, cellHeight) < LEAST_CELL_WITH_NUMBER) {
      return 0;
    }
    for (double size : NUMBER_SIZES) {
      if (TextMetrics.widest(numbers, size) + CELL_PADDING <= cellWidth) {
        return size;
      }
    }
    return 0;
  }

  private void drawQueryLabels() {
    PathData marks = new PathData();
    for (int row = 0; row < queries.size(); row += KeyLabels.stride(cellHeight)) {
      double y = (row + 0.5) * cellHeight;
      marks.moveTo(-5, y).across(4);
      figure.label(queries.get(row), Figure.LABEL_SIZE, TextPlacement.endAt(-KeyLabels.GAP, y));
    }
    figure.rule(marks);
  }

  private void drawQueryTitle() {
    if (options.queryTitle().isEmpty()) {
      return;
    }
    figure.label(
        Label.of(figure.clean(options.queryTitle()), Figure.AXIS_TITLE_SIZE, height + 2 * GAP),
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(
                figure.bounds().left() - GAP - Figure.AXIS_TITLE_SIZE / 2, height / 2.0)
            .turned(-90));
  }

  /** Right under the labels, unless it is so wide that it has to go under the colour bar too. */
  private void drawKeyTitle(double labelBottom) {
    if (options.keyTitle().isEmpty()) {
      return;
    }
    Label title =
        Label.of(figure.clean(options.keyTitle()), Figure.AXIS_TITLE_SIZE, Math.max(width, EXTENT));
    double titleWidth = TextMetrics.width(title.shown(), Figure.AXIS_TITLE_SIZE);
    boolean besideBar = titleWidth <= width + 2 * (BAR_DISTANCE - GAP);
    figure.label(
        title,
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(
            width / 2.0,
            (besideBar ? labelBottom : figure.bounds().bottom())
                + GAP
                + Figure.AXIS_TITLE_SIZE / 2));
  }

  private void drawColourBar() {
    if (!options.hasColourBar()) {
      return;
    }
    int lowest = matrix.lowest();
    int highest = matrix.highest();
    bar.draw(
        figure,
        width + BAR_DISTANCE,
        0,
        figure.clean(options.colourBarTitle()),
        lowest >= 0 && matrix.at(lowest) < scale.range().low(),
        highest >= 0 && matrix.at(highest) > scale.range().high());
  }

  private void noteStrides(int rows, int columns) {
    if (rows == columns && rows > 1) {
      figure.note("Every " + ordinal(rows) + " row and column is labelled");
    } else if (rows > 1) {
      figure.note("Every " + ordinal(rows) + " row is labelled");
    } else if (columns > 1) {
      figure.note("Every " + ordinal(columns) + " column is labelled");
    }
  }

  private void noteScale() {
    if (options.hasRobustRange()) {
      figure.note("The colours end at the 2nd and the 98th percentile");
    }
    int lowest = matrix.lowest();
    if (scale.norm() == Norm.LOGARITHMIC && lowest >= 0 && matrix.at(lowest) <= 0) {
      figure.note("0 and below have the lowest colour");
    }
  }

  private static String ordinal(int stride) {
    return stride + (stride == 2 ? "nd" : "th");
  }

  private Svg finish() {
    CellTexts texts = options.cellTexts();
    figure.table(
        new DataTable(
            options.colourBarTitle(),
            options.queryTitle(),
            options.keyTitle(),
            options.queries(),
            options.keys(),
            matrix));
    return figure.finish(
        texts.kind(), texts.size(), null, width / 2.0, texts.finding(queries, keys));
  }
}
