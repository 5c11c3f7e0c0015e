package io.github.attentive.viz;

/** Draws one model view: thumbnails from the origin on, indices left and above. */
final class ModelDrawing {
  private static final int GAP = 8;
  private static final int BAR_DISTANCE = 24;
  private static final int LEAST_BAR_HEIGHT = 136;
  private static final int MOST_BAR_HEIGHT = 400;

  private final ModelView options;
  private final Figure figure;
  private final int[] layers;
  private final int[] heads;
  private final HeadSummary[][] summaries;
  private final Matrix[][] cells;
  private final ModelTexts texts;
  private final ModelGrid grid;
  private final ModelFingerprints fingerprints;

  ModelDrawing(ModelView options) {
    this.options = options;
    this.figure = new Figure("model", options);
    this.layers = options.chosenLayers();
    this.heads = options.chosenHeads();
    this.summaries = new HeadSummary[layers.length][heads.length];
    this.cells = new Matrix[layers.length][heads.length];
    for (int row = 0; row < layers.length; row++) {
      for (int column = 0; column < heads.length; column++) {
        summaries[row][column] = options.summary(layers[row], heads[column]);
        cells[row][column] = summaries[row][column].cells();
      }
    }
    this.texts =
        new ModelTexts(
            layers,
            heads,
            summaries,
            figure.tokenLabels(options.attention().queries(), Figure.LABEL_LIMIT),
            figure.tokenLabels(options.attention().keys(), Figure.LABEL_LIMIT));
    this.grid = ModelGrid.of(layers.length, heads.length, cells[0][0]);
    this.fingerprints = new ModelFingerprints(grid, summaries);
  }

  Svg draw() {
    if (options.hasLines()) {
      drawLines();
    } else {
      drawCells();
    }
    PathData frames = new PathData();
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        frames.rectangle(
            grid.x(column) - 0.5, grid.y(row) - 0.5, grid.width() + 1, grid.height() + 1);
      }
    }
    figure.bounds().include(-1, -1);
    figure.bounds().include(grid.totalWidth() + 1, grid.totalHeight() + 1);
    figure.rule(frames);
    fingerprints.draw(figure);
    drawAxes();
    if (figure.isInteractive()) {
      new ModelParts(figure, grid).draw(layers, heads, texts::of);
    }
    fingerprints.drawLegend(figure);
    if (!options.hasLines() && missing() > 0) {
      Hatch.NO_VALUE.drawLegend(figure);
    }
    return finish();
  }

  private void drawLines() {
    ModelLines lines = new ModelLines(grid, cells);
    lines.draw(figure);
    figure.note(lines.lines().shown());
    lines.lines().loss().ifPresent(figure::note);
    if (lines.lines().largest() > 0) {
      figure.note(
          "Lines are as opaque as their weight is high, up to "
              + Decimals.significant(lines.lines().largest()));
    }
  }

  private void drawCells() {
    ColourScale scale = options.scale();
    ModelCells drawn = new ModelCells(grid, cells, scale);
    drawn.draw(figure);
    int height = Math.max(LEAST_BAR_HEIGHT, Math.min(MOST_BAR_HEIGHT, grid.totalHeight()));
    boolean below = false;
    boolean above = false;
    for (Matrix[] row : cells) {
      for (Matrix thumbnail : row) {
        below |= thumbnail.lowest() >= 0 && thumbnail.at(thumbnail.lowest()) < scale.range().low();
        above |=
            thumbnail.highest() >= 0 && thumbnail.at(thumbnail.highest()) > scale.range().high();
      }
    }
    new ColourBar(scale, drawn.colours(), height)
        .draw(figure, grid.totalWidth() + BAR_DISTANCE, 0, "Attention Weight", below, above);
    drawn.loss().ifPresent(figure::note);
    int block = options.block();
    if (block > 1) {
      figure.note("Each cell is the highest of %s × %s weights".formatted(block, block));
    }
  }

  private int missing() {
    int missing = 0;
    for (Matrix[] row : cells) {
      for (Matrix thumbnail : row) {
        missing += thumbnail.missing();
      }
    }
    return missing;
  }

  private void drawAxes() {
    SvgWriter svg = figure.body();
    svg.open(SvgElement.GROUP).setName(SvgAttribute.CLASS, ModelParts.AXES);
    for (int column = 0; column < heads.length; column++) {
      svg.open(SvgElement.GROUP).setName(SvgAttribute.CLASS, Parts.name('h', heads[column]));
      figure.text(
          Integer.toString(heads[column]),
          Figure.LABEL_SIZE,
          TextPlacement.middleAt(
              grid.x(column) + grid.width() / 2.0, -GAP - Figure.LABEL_SIZE / 2));
      svg.close();
    }
    for (int row = 0; row < layers.length; row++) {
      svg.open(SvgElement.GROUP).setName(SvgAttribute.CLASS, Parts.name('l', layers[row]));
      figure.text(
          Integer.toString(layers[row]),
          Figure.LABEL_SIZE,
          TextPlacement.endAt(-GAP, grid.y(row) + grid.height() / 2.0));
      svg.close();
    }
    svg.close();
    double top = figure.bounds().top();
    figure.text(
        "Head",
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(
            grid.totalWidth() / 2.0, top - GAP / 2.0 - Figure.AXIS_TITLE_SIZE / 2));
    figure.text(
        "Layer",
        Figure.AXIS_TITLE_SIZE,
        TextPlacement.middleAt(
                figure.bounds().left() - GAP - Figure.AXIS_TITLE_SIZE / 2, grid.totalHeight() / 2.0)
            .turned(-90));
  }

  private Svg finish() {
    figure.table(texts.table());
    return figure.finish(
        "Attention of ", texts.size(), null, grid.totalWidth() / 2.0, texts.finding());
  }
}
