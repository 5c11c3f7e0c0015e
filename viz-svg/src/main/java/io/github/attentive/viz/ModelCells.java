package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cells of all thumbnails of a model view as few shapes: one path for each colour, or, where
 * that is too much to store, one image with fewer colours.
 */
final class ModelCells {
  /** About 18 characters each. */
  private static final int MOST_RUNS = 6_000;

  /** With what is transparent, so many as five bits have. */
  private static final int FEW_COLOURS = 31;

  /**
   * Viewers that smooth images blur only the edge of a cell if it has several pixels; beyond that
   * many there are too few for it to be worth the size.
   */
  private static final int[] SCALES = {4, 2, 1};

  private static final int MOST_PIXELS = 4_000_000;
  private static final int MISSING = -1;
  private final ModelGrid grid;

  private final Matrix[][] cells;
  private final ColourScale scale;
  private final int ground;
  private final int colours;

  /** Takes the cells of each thumbnail by row and column. */
  ModelCells(ModelGrid grid, Matrix[][] cells, ColourScale scale) {
    this.grid = grid;
    this.cells = cells;
    this.scale = scale;
    int[] frequency = new int[Palette.ENTRIES];
    for (Matrix[] row : cells) {
      for (Matrix thumbnail : row) {
        for (int i = 0; i < thumbnail.size(); i++) {
          int step = step(thumbnail, i, Palette.ENTRIES);
          if (step != MISSING) {
            frequency[step]++;
          }
        }
      }
    }
    int mostFrequent = 0;
    for (int i = 1; i < frequency.length; i++) {
      mostFrequent = frequency[i] > frequency[mostFrequent] ? i : mostFrequent;
    }
    this.ground = mostFrequent;
    this.colours = runs() <= MOST_RUNS ? Palette.ENTRIES : FEW_COLOURS;
  }

  private int step(Matrix thumbnail, int index, int steps) {
    double value = thumbnail.at(index);
    return Double.isNaN(value) ? MISSING : scale.step(value, steps);
  }

  /** Receives cells of one colour that are beside each other. */
  private interface Runs {
    void add(int row, int column, int cellRow, int start, int end, int step);
  }

  private void eachRun(Runs runs) {
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < cells[row].length; column++) {
        Matrix thumbnail = cells[row][column];
        for (int cellRow = 0; cellRow < thumbnail.rows(); cellRow++) {
          int first = cellRow * thumbnail.columns();
          int end;
          for (int start = 0; start < thumbnail.columns(); start = end) {
            int step = step(thumbnail, first + start, Palette.ENTRIES);
            end = start + 1;
            while (end < thumbnail.columns()
                && step(thumbnail, first + end, Palette.ENTRIES) == step) {
              end++;
            }
            runs.add(row, column, cellRow, start, end, step);
          }
        }
      }
    }
  }

  private int runs() {
    int[] count = new int[1];
    eachRun((row, column, cellRow, start, end, step) -> count[0] += step == ground ? 0 : 1);
    return count[0];
  }

  /** How many colours there are; the colour bar has the same. */
  int colours() {
    return colours;
  }

  /** What a reader should know of the colours, or nothing if every cell has its own. */
  Optional<String> loss() {
    return colours == Palette.ENTRIES
        ? Optional.empty()
        : Optional.of("Shown in " + colours + " colours");
  }

  /** Draws all cells; a legend of the hatch is needed if any are missing. */
  void draw(Figure figure) {
    SvgWriter svg = figure.body();
    svg.open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    if (colours == Palette.ENTRIES) {
      drawPaths(svg);
    } else {
      drawMissing(svg);
      drawImage(figure);
    }
    svg.close();
    figure.bounds().include(grid.totalWidth(), grid.totalHeight());
  }

  private void drawPaths(SvgWriter svg) {
    PathData[] paths = new PathData[Palette.ENTRIES];
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        path(paths, ground).rectangle(grid.x(column), grid.y(row), grid.width(), grid.height());
      }
    }
    eachRun(
        (row, column, cellRow, start, end, step) -> {
          if (step != ground && step != MISSING) {
            addRun(path(paths, step), row, column, cellRow, start, end);
          }
        });
    drawPath(svg, paths, ground);
    for (int step = 0; step < paths.length; step++) {
      if (paths[step] != null && step != ground) {
        drawPath(svg, paths, step);
      }
    }
    drawMissing(svg);
  }

  private static PathData path(PathData[] paths, int step) {
    if (paths[step] == null) {
      paths[step] = new PathData();
    }
    return paths[step];
  }

  private void drawPath(SvgWriter svg, PathData[] paths, int step) {
    svg.open(SvgElement.PATH)
        .set(SvgAttribute.FILL, scale.palette().entry(step))
        .set(SvgAttribute.PATH_DATA, paths[step].toString())
        .close();
  }

  private void addRun(PathData path, int row, int column, int cellRow, int start, int end) {
    path.rectangle(
        grid.x(column) + start * grid.cellWidth(),
        grid.y(row) + cellRow * grid.cellHeight(),
        (end - start) * grid.cellWidth(),
        grid.cellHeight());
  }

  private void drawMissing(SvgWriter svg) {
    PathData hatched = new PathData();
    eachRun(
        (row, column, cellRow, start, end, step) -> {
          if (step == MISSING) {
            addRun(hatched, row, column, cellRow, start, end);
          }
        });
    if (!hatched.isEmpty()) {
      svg.open(SvgElement.PATH)
          .setReference(SvgAttribute.FILL, Hatch.NO_VALUE.pattern())
          .set(SvgAttribute.PATH_DATA, hatched.toString())
          .close();
    }
  }

  private void drawImage(Figure figure) {
    List<Colour> palette = new ArrayList<>();
    palette.add(Colour.WHITE);
    for (int step = 0; step < FEW_COLOURS; step++) {
      palette.add(scale.palette().entry(CellGrid.paletteEntry(step, FEW_COLOURS)));
    }
    int width = grid.totalWidth() / grid.cellWidth();
    int height = grid.totalHeight() / grid.cellHeight();
    byte[] pixels = new byte[width * height];
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < cells[row].length; column++) {
        Matrix thumbnail = cells[row][column];
        for (int i = 0; i < thumbnail.size(); i++) {
          int x = column * grid.across() + i % thumbnail.columns();
          int y = row * grid.down() + i / thumbnail.columns();
          pixels[y * width + x] = (byte) (1 + step(thumbnail, i, FEW_COLOURS));
        }
      }
    }
    EmbeddedImage.draw(
        figure,
        grid.totalWidth(),
        grid.totalHeight(),
        png(new PngImage(width, pixels, palette, true), pixels.length));
  }

  private static byte[] png(PngImage image, int pixels) {
    for (int scale : SCALES) {
      if ((long) pixels * scale * scale <= MOST_PIXELS || scale == 1) {
        return image.encode(scale, Integer.MAX_VALUE).orElseThrow();
      }
    }
    throw new IllegalStateException("an image has at least one pixel a cell");
  }
}
