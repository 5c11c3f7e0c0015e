package io.github.attentive.viz;

/**
 * Where the thumbnails of a model view are: all of one size, the first at the origin. Every
 * distance between them is a whole number of cells, so that one image with a pixel for each cell
 * can hold all.
 *
 * @param rows how many thumbnails are below each other
 * @param columns how many are beside each other
 * @param cellWidth the extent of a cell of a thumbnail
 * @param cellHeight likewise
 * @param width the extent of a thumbnail
 * @param height likewise
 * @param across from one thumbnail to the next, in cells
 * @param down likewise, in cells
 */
record ModelGrid(
    int rows,
    int columns,
    int cellWidth,
    int cellHeight,
    int width,
    int height,
    int across,
    int down) {
  private static final int EXTENT = 64;
  private static final int SMALL_EXTENT = 32;

  /** More than these would make the figure too wide. */
  private static final int MOST_LARGE = 16;

  /** A single row or column of cells is no higher or wider. */
  private static final int LARGEST_SINGLE = 16;

  private static final int GAP = 12;

  static ModelGrid of(int rows, int columns, Matrix cells) {
    int extent = columns > MOST_LARGE ? SMALL_EXTENT : EXTENT;
    int cellWidth = Math.max(1, extent / cells.columns());
    int cellHeight =
        Math.min(cells.rows() == 1 ? LARGEST_SINGLE : extent, Math.max(1, extent / cells.rows()));
    int below = ModelFingerprints.DISTANCE + ModelFingerprints.HEIGHT + GAP;
    return new ModelGrid(
        rows,
        columns,
        cellWidth,
        cellHeight,
        cells.columns() * cellWidth,
        cells.rows() * cellHeight,
        cells.columns() + (GAP + cellWidth - 1) / cellWidth,
        cells.rows() + (below + cellHeight - 1) / cellHeight);
  }

  /** The left edge of a column. */
  int x(int column) {
    return column * across * cellWidth;
  }

  /** The top edge of a row. */
  int y(int row) {
    return row * down * cellHeight;
  }

  /** The width of all thumbnails. */
  int totalWidth() {
    return x(columns - 1) + width;
  }

  /** The height of all thumbnails, without what is below the last ones. */
  int totalHeight() {
    return y(rows - 1) + height;
  }
}
