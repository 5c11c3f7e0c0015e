package io.github.attentive.viz;

import io.github.attentive.viz.HeadLines.Line;

/** The thumbnails of a model view as lines: one path for each opacity. */
final class ModelLines {
  private static final double MASS = 0.9;

  /** About 16 characters each. */
  private static final int MOST = 24_000;

  private final ModelGrid grid;
  private final HeadLines lines;
  private final int queries;
  private final int keys;

  /** Takes the weights of each thumbnail by row and column. */
  ModelLines(ModelGrid grid, Matrix[][] cells) {
    this.grid = grid;
    this.queries = cells[0][0].rows();
    this.keys = cells[0][0].columns();
    double[][][] weights = new double[grid.rows() * grid.columns()][queries][keys];
    for (int i = 0; i < weights.length; i++) {
      Matrix thumbnail = cells[i / grid.columns()][i % grid.columns()];
      for (int cell = 0; cell < thumbnail.size(); cell++) {
        weights[i][cell / keys][cell % keys] = thumbnail.at(cell);
      }
    }
    this.lines = new HeadLines(weights, MASS, MOST);
  }

  HeadLines lines() {
    return lines;
  }

  void draw(Figure figure) {
    SvgWriter svg = figure.body();
    svg.open(SvgElement.GROUP)
        .set(SvgAttribute.FILL, "none")
        .set(SvgAttribute.STROKE, BarsView.POSITIVE)
        .set(SvgAttribute.STROKE_WIDTH, 1.5)
        .set(SvgAttribute.SHAPE_RENDERING, "geometricPrecision");
    for (int level = 0; level <= HeadLines.LEVELS; level++) {
      PathData path = new PathData();
      for (Line line : lines.all()) {
        if (line.level() == level) {
          int x = grid.x(line.head() % grid.columns());
          int y = grid.y(line.head() / grid.columns());
          path.moveTo(x, y + middle(line.query(), queries))
              .lineTo(x + grid.width(), y + middle(line.key(), keys));
        }
      }
      if (!path.isEmpty()) {
        svg.open(SvgElement.PATH)
            .set(SvgAttribute.STROKE, BarsView.POSITIVE)
            .set(SvgAttribute.STROKE_OPACITY, HeadLines.opacity(level))
            .set(SvgAttribute.PATH_DATA, path.toString())
            .close();
      }
    }
    svg.close();
    figure.bounds().include(grid.totalWidth(), grid.totalHeight());
  }

  private double middle(int token, int tokens) {
    return (token + 0.5) * grid.height() / tokens;
  }
}
