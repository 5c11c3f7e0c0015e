package io.github.attentive.viz;

import java.util.Optional;

/**
 * The colours of a matrix with many cells, as few shapes: cells of one colour in a row are one
 * rectangle, all rectangles of a colour are one path, and the most frequent colour is the ground.
 *
 * <p>Where that is still too much to store, there are 32 colours instead of 256, and then square
 * blocks of cells are pooled. {@link #loss()} says so.
 */
final class CellGrid {
  /** About 16 bytes each: a figure stays well below 200 KB whatever is in the matrix. */
  private static final int MOST_RUNS = 9_000;

  private static final int FEW_COLOURS = 32;
  private static final int MISSING = -1;

  private final Matrix matrix;
  private final ColourScale scale;
  private final int colours;
  private final int block;
  private final int rows;
  private final int columns;
  private final int[] steps;
  private final int ground;

  private CellGrid(Matrix matrix, ColourScale scale, int colours, int block) {
    this.matrix = matrix;
    this.scale = scale;
    this.colours = colours;
    this.block = block;
    this.rows = (matrix.rows() + block - 1) / block;
    this.columns = (matrix.columns() + block - 1) / block;
    this.steps = new int[rows * columns];
    int[] frequency = new int[colours];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = step(i / columns * block, i % columns * block);
      if (steps[i] != MISSING) {
        frequency[steps[i]]++;
      }
    }
    int mostFrequent = 0;
    for (int i = 1; i < colours; i++) {
      mostFrequent = frequency[i] > frequency[mostFrequent] ? i : mostFrequent;
    }
    this.ground = mostFrequent;
  }

  /** The most faithful grid that is small enough. */
  static CellGrid of(Matrix matrix, ColourScale scale) {
    CellGrid grid = new CellGrid(matrix, scale, Palette.ENTRIES, 1);
    int block = 1;
    while (grid.runs() > MOST_RUNS) {
      block = grid.colours == FEW_COLOURS ? block + Math.max(1, block / 2) : 1;
      grid = new CellGrid(matrix, scale, FEW_COLOURS, block);
    }
    return grid;
  }

  /** The highest step in a block; missing only if all its cells are. */
  private int step(int top, int left) {
    int highest = MISSING;
    for (int row = top; row < Math.min(top + block, matrix.rows()); row++) {
      for (int column = left; column < Math.min(left + block, matrix.columns()); column++) {
        double value = matrix.at(row, column);
        if (!Double.isNaN(value)) {
          highest = Math.max(highest, scale.step(value, colours));
        }
      }
    }
    return highest;
  }

  private int runs() {
    int runs = 0;
    for (int i = 0; i < steps.length; i++) {
      boolean first = i % columns == 0 || steps[i] != steps[i - 1];
      runs += first && steps[i] != ground ? 1 : 0;
    }
    return runs;
  }

  /** How many colours the cells have; the colour bar has the same. */
  int colours() {
    return colours;
  }

  /** What a reader should know of the drawing, or nothing if every cell has its own colour. */
  Optional<String> loss() {
    if (colours == Palette.ENTRIES) {
      return Optional.empty();
    }
    return Optional.of(
        block == 1
            ? "Shown in " + colours + " colours"
            : "Shown in %s colours, the highest of each %s × %s cells"
                .formatted(colours, block, block));
  }

  /** Draws the cells from the origin on. */
  void draw(SvgWriter svg, int cellWidth, int cellHeight) {
    svg.open(SvgElement.RECT)
        .set(SvgAttribute.WIDTH, matrix.columns() * cellWidth)
        .set(SvgAttribute.HEIGHT, matrix.rows() * cellHeight)
        .set(SvgAttribute.FILL, colour(ground))
        .close();
    PathData[] paths = new PathData[colours + 1];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = new PathData();
    }
    for (int row = 0; row < rows; row++) {
      int y = row * block;
      int height = Math.min(block, matrix.rows() - y);
      int end;
      for (int start = 0; start < columns; start = end) {
        int step = steps[row * columns + start];
        end = start + 1;
        while (end < columns && steps[row * columns + end] == step) {
          end++;
        }
        if (step != ground) {
          int x = start * block;
          int width = Math.min(end * block, matrix.columns()) - x;
          paths[step == MISSING ? colours : step].rectangle(
              x * cellWidth, y * cellHeight, width * cellWidth, height * cellHeight);
        }
      }
    }
    for (int step = 0; step < paths.length; step++) {
      if (!paths[step].isEmpty()) {
        svg.open(SvgElement.PATH).set(SvgAttribute.PATH_DATA, paths[step].toString());
        if (step == colours) {
          svg.setReference(SvgAttribute.FILL, MissingValue.PATTERN);
        } else {
          svg.set(SvgAttribute.FILL, colour(step));
        }
        svg.close();
      }
    }
  }

  private Colour colour(int step) {
    return scale.palette().entry(paletteEntry(step, colours));
  }

  /** The palette entry that stands for one of fewer steps; the ends keep theirs. */
  static int paletteEntry(int step, int steps) {
    return (step * (Palette.ENTRIES - 1) + (steps - 1) / 2) / (steps - 1);
  }
}
