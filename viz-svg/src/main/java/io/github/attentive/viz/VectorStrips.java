package io.github.attentive.viz;

import java.util.Optional;

/**
 * Vectors as strips of cells on one scale, blue above zero and red below. Vectors of many
 * dimensions are pooled: a cell then shows the strongest of several neighbours.
 */
final class VectorStrips {
  static final int HEIGHT = 14;

  private static final int MOST_CELLS = 96;
  private static final int ROOM = 192;
  private static final int LEAST_CELL = 3;
  private static final int LARGEST_CELL = 24;

  private final ColourScale scale;
  private final double highest;
  private final ColouredCells drawn = new ColouredCells();
  private final PathData frames = new PathData();
  private final int size;
  private final int block;
  private final int cells;
  private final int cell;

  /**
   * Prepares strips.
   *
   * @param size how many dimensions each vector has
   * @param highest the largest magnitude in any of them
   */
  VectorStrips(int size, double highest) {
    this.size = size;
    this.highest = highest == 0 ? 1 : highest;
    this.scale =
        new ColourScale(Palette.RD_BU, new Range(-this.highest, this.highest), Norm.CENTRED);
    this.block = (size + MOST_CELLS - 1) / MOST_CELLS;
    this.cells = (size + block - 1) / block;
    this.cell = Math.max(LEAST_CELL, Math.min(LARGEST_CELL, ROOM / cells));
  }

  int width() {
    return cells * cell;
  }

  ColourScale scale() {
    return scale;
  }

  /** The value of the last colour; that of the first is its opposite. */
  double highest() {
    return highest;
  }

  /** The middle of a dimension's cell, from the left end of a strip. */
  double middle(int dimension) {
    return (dimension / block + 0.5) * cell;
  }

  /** What a reader should know of pooled strips. */
  Optional<String> loss() {
    return block == 1
        ? Optional.empty()
        : Optional.of("Each cell shows the strongest of " + block + " neighbouring dimensions");
  }

  /** Adds a vector, its strip's left end at {@code x} and its middle at {@code y}. */
  void add(double[] vector, double x, double y) {
    double top = y - HEIGHT / 2.0;
    int end;
    for (int start = 0; start < cells; start = end) {
      Colour colour = scale.colour(pooled(vector, start));
      end = start + 1;
      while (end < cells && scale.colour(pooled(vector, end)).equals(colour)) {
        end++;
      }
      drawn.add(colour, x + start * cell, top, (end - start) * cell, HEIGHT);
    }
    frames.rectangle(x - 0.5, top - 0.5, width() + 1, HEIGHT + 1);
  }

  private double pooled(double[] vector, int cellIndex) {
    double strongest = vector[cellIndex * block];
    for (int i = cellIndex * block; i < Math.min(size, (cellIndex + 1) * block); i++) {
      strongest = Math.abs(vector[i]) > Math.abs(strongest) ? vector[i] : strongest;
    }
    return strongest;
  }

  void draw(Figure figure) {
    drawn.draw(figure.body());
    figure.rule(frames);
  }
}
