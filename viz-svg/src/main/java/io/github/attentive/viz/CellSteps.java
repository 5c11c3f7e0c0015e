package io.github.attentive.viz;

import java.util.Arrays;

/** What each cell is filled with: a step of the palette, or a hatch. */
final class CellSteps {
  /** Below all steps, so that the highest of several cells has a colour if one of them has. */
  private static final int NO_VALUE = -1;

  private static final int MASKED = -2;

  private final int columns;
  private final short[] steps;

  private CellSteps(int rows, int columns) {
    this.columns = columns;
    this.steps = new short[rows * columns];
  }

  static CellSteps of(Matrix matrix, ColourScale scale) {
    CellSteps cells = new CellSteps(matrix.rows(), matrix.columns());
    for (int i = 0; i < cells.steps.length; i++) {
      double value = matrix.at(i);
      if (Double.isNaN(value)) {
        cells.steps[i] = (short) (matrix.isMasked(i) ? MASKED : NO_VALUE);
      } else {
        cells.steps[i] = (short) scale.step(value, Palette.ENTRIES);
      }
    }
    return cells;
  }

  /** One cell for each block of so many by so many, with the highest step of them. */
  CellSteps pooled(int block) {
    if (block == 1) {
      return this;
    }
    CellSteps pooled = new CellSteps((rows() + block - 1) / block, (columns + block - 1) / block);
    Arrays.fill(pooled.steps, (short) MASKED);
    for (int i = 0; i < steps.length; i++) {
      int at = i / columns / block * pooled.columns + i % columns / block;
      pooled.steps[at] = (short) Math.max(pooled.steps[at], steps[i]);
    }
    return pooled;
  }

  /** A few rows of each part, which compress about as well as all of them. */
  CellSteps sample(int rows, int every) {
    int bands = rows() / every;
    CellSteps sample = new CellSteps(rows * bands, columns);
    for (int band = 0; band < bands; band++) {
      int from = (band * every + (every - rows) / 2) * columns;
      System.arraycopy(steps, from, sample.steps, band * rows * columns, rows * columns);
    }
    return sample;
  }

  int rows() {
    return steps.length / columns;
  }

  int columns() {
    return columns;
  }

  int size() {
    return steps.length;
  }

  /** The step of a cell at a row-major index, below 0 for a hatch. */
  int at(int index) {
    return steps[index];
  }

  boolean is(Hatch hatch, int index) {
    return steps[index] == (hatch == Hatch.MASKED ? MASKED : NO_VALUE);
  }

  /** How many cells are hatched so. */
  int count(Hatch hatch) {
    int count = 0;
    for (int i = 0; i < steps.length; i++) {
      count += is(hatch, i) ? 1 : 0;
    }
    return count;
  }

  /** How many runs of equal cells the rows have that are hatched so. */
  int runs(Hatch hatch) {
    int runs = 0;
    for (int i = 0; i < steps.length; i++) {
      runs += is(hatch, i) && startsRun(i) ? 1 : 0;
    }
    return runs;
  }

  /** Whether a cell starts a run of equal ones in its row. */
  boolean startsRun(int index) {
    return index % columns == 0 || steps[index] != steps[index - 1];
  }

  /** The index after the last cell of the run that starts at an index. */
  int endOfRun(int start) {
    int end = start + 1;
    while (end < steps.length && !startsRun(end)) {
      end++;
    }
    return end;
  }

  /** A rectangle for each run that is hatched so. */
  PathData outline(Hatch hatch, int cellWidth, int cellHeight) {
    PathData path = new PathData();
    for (int i = 0; i < steps.length; i++) {
      if (is(hatch, i) && startsRun(i)) {
        path.rectangle(
            i % columns * cellWidth,
            i / columns * cellHeight,
            (endOfRun(i) - i) * cellWidth,
            cellHeight);
      }
    }
    return path;
  }
}
