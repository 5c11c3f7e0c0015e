package io.github.attentive.viz;

import java.util.Optional;

/**
 * The colours of a matrix with many cells in few bytes: as paths while their edges are few, and
 * beyond as an image.
 */
interface CellGrid {
  /** The most faithful grid that is small enough. */
  static CellGrid of(Matrix matrix, ColourScale scale) {
    CellSteps steps = CellSteps.of(matrix, scale);
    CellRuns runs = new CellRuns(steps, scale.palette());
    return runs.isSmall() ? runs : CellBudget.image(steps, scale.palette());
  }

  /** How many colours the cells have; the colour bar has the same. */
  int colours();

  /** What a reader should know of the drawing, or nothing if every cell has its own colour. */
  Optional<String> loss();

  /** Draws the cells from the origin on. */
  void draw(Figure figure, int cellWidth, int cellHeight);

  /** The palette entry that stands for one of fewer steps; the ends keep theirs. */
  static int paletteEntry(int step, int steps) {
    return (step * (Palette.ENTRIES - 1) + (steps - 1) / 2) / (steps - 1);
  }
}
