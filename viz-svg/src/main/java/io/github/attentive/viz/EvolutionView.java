package io.github.attentive.viz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the strips of words: the first one starts at the origin, lines stand above. */
final class EvolutionView {
  /** Up to here each cell is a shape of its own with a tooltip and perhaps a number. */
  private static final int MOST_SINGLE_CELLS = 500;

  private static final int ROW = 20;
  private static final int BETWEEN_ROWS = 2;
  private static final int MOST_LABELLED = 64;
  private static final int EXTENT = 640;
  private static final int WIDEST_CELL = 40;
  private static final int NARROWEST_CELL = 4;
  private static final double[] NUMBER_SIZES = {11, 10, 9};
  private static final int CELL_PADDING = 4;
  private static final int LEAST_DIGITS = 2;
  private static final int LEAST_BAR_HEIGHT = 136;
  private static final int BAR_DISTANCE = 24;
  private static final int GAP = 8;

  private final Evolution options;
  private final Matrix weights;
  private final ColourScale scale;
  private final Figure figure;
  private final List<Label> words;
  private final KeyLabels layers;
  private final int cell;
  private final int row;
  private final boolean single;
  private final int width;
  private final int height;

  EvolutionView(Evolution options) {
    this.options = options;
    this.weights = options.weights();
    this.scale = options.scale();
    this.figure = new Figure("evolution", options);
    this.words = figure.tokenLabels(options.words(), Figure.LABEL_LIMIT);
    this.cell = Math.max(NARROWEST_CELL, Math.min(WIDEST_CELL, EXTENT / weights.columns()));
    this.row =
        weights.rows() <= MOST_LABELLED ? ROW : Math.max(1, MOST_LABELLED * ROW / weights.rows());
    this.single = weights.size() <= MOST_SINGLE_CELLS && row == ROW;
    this.width = weights.columns() * cell;
    this.height = weights.rows() * row;
    this.layers =
        new KeyLabels(
            figure.clean(options.layers()).stream()
                .map(text -> Label.of(text, Figure.LABEL_SIZE, Figure.LABEL_LIMIT))
                .toList(),
            cell);
  }

  Svg draw() {
    CellGrid grid = single ? null : CellGrid.of(weights, scale);
    figure.body().open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    if (grid == null) {
      drawCells();
    } else {
      grid.draw(figure, cell, row);
    }
    figure.body().close();
    figure.frame(0, 0, width, height - (single ? BETWEEN_ROWS : 0));
    ColourBar bar =
        new ColourBar(
            scale,
            grid == null ? Palette.ENTRIES : grid.colours(),
            Math.max(height, LEAST_BAR_HEIGHT));
    if (single) {
      drawNumbers(CellNumbers.of(weights, bar.exponent(), LEAST_DIGITS));
    }
    drawWords();
    layers.draw(figure, height);
    figure.text(
        "Layer",
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(
            width / 2.0, figure.bounds().bottom() + GAP + Figure.AXIS_TITLE_SIZE / 2));
    bar.draw(figure, width + BAR_DISTANCE, 0, figure.clean(options.weightTitle()), false, false);
    if (options.lines() > 0) {
      new EvolutionLines(weights, words, cell, options.lines()).draw(figure);
    }
    remark(grid);
    return finish();
  }

  private void drawCells() {
    for (int word = 0; word < weights.rows(); word++) {
      for (int layer = 0; layer < weights.columns(); layer++) {
        double weight = weights.at(word, layer);
        figure
            .body()
            .open(SvgElement.RECT)
            .set(SvgAttribute.X, layer * cell)
            .set(SvgAttribute.Y, word * row)
            .set(SvgAttribute.WIDTH, cell)
            .set(SvgAttribute.HEIGHT, row - BETWEEN_ROWS)
            .set(SvgAttribute.FILL, scale.colour(weight))
            .open(SvgElement.TITLE)
            .text(
                "%s, layer %s: %s"
                    .formatted(words.get(word).shown(), layer(layer), Decimals.significant(weight)))
            .close()
            .close();
      }
    }
  }

  private String layer(int index) {
    return XmlText.clean(options.layers().get(index));
  }

  private void drawNumbers(List<String> numbers) {
    for (double size : NUMBER_SIZES) {
      if (TextMetrics.widest(numbers, size) + CELL_PADDING <= cell) {
        // The tooltip belongs to the cell below the number.
        figure.body().open(SvgElement.GROUP).set(SvgAttribute.POINTER_EVENTS, "none");
        for (int i = 0; i < numbers.size(); i++) {
          double x = (i % weights.columns() + 0.5) * cell;
          double y = i / weights.columns() * row + (row - BETWEEN_ROWS) / 2.0;
          figure.textOn(
              scale.colour(weights.at(i)), numbers.get(i), size, TextPlacement.middleAt(x, y));
        }
        figure.body().close();
        return;
      }
    }
  }

  private void drawWords() {
    PathData marks = new PathData();
    int stride = KeyLabels.stride(row);
    double middle = (row - (single ? BETWEEN_ROWS : 0)) / 2.0;
    for (int word = 0; word < words.size(); word += stride) {
      double y = word * row + middle;
      marks.moveTo(-5, y).across(4);
      figure.label(words.get(word), Figure.LABEL_SIZE, TextPlacement.endAt(-KeyLabels.GAP, y));
    }
    figure.rule(marks);
    if (stride > 1) {
      figure.note("1 of %s words is labelled".formatted(stride));
    }
  }

  private void remark(@Nullable CellGrid grid) {
    if (grid != null) {
      grid.loss().ifPresent(figure::note);
    }
    if (KeyLabels.stride(cell) > 1) {
      figure.note("1 of %s layers is labelled".formatted(KeyLabels.stride(cell)));
    }
  }

  private Svg finish() {
    figure.table(
        new DataTable(
            options.weightTitle(), "Word", "Layer", options.words(), options.layers(), weights));
    String size =
        "%s by %s"
            .formatted(
                count(weights.rows(), " word", " words"),
                count(weights.columns(), " layer", " layers"));
    int highest = weights.highest();
    String finding =
        "The highest weight is that of “%s” in layer %s, %s."
            .formatted(
                words.get(highest / weights.columns()).shown(),
                layer(highest % weights.columns()),
                Decimals.significant(weights.at(highest)));
    return figure.finish("Weights by layer of ", size, null, width / 2.0, finding);
  }

  private static String count(int number, String one, String many) {
    return number + (number == 1 ? one : many);
  }
}
