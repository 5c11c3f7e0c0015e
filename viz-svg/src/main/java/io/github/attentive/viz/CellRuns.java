package io.github.attentive.viz;

import java.util.Optional;

/**
 * Cells as few shapes: those of one colour in a row are one rectangle, all rectangles of a colour
 * are one path, and the most frequent colour is the ground.
 */
final class CellRuns implements CellGrid {
  /** At about 16 bytes each they are as large as an image may be; see {@link CellBudget}. */
  private static final int MOST_RUNS = 9_000;

  private final CellSteps steps;
  private final Palette palette;
  private final int ground;

  CellRuns(CellSteps steps, Palette palette) {
    this.steps = steps;
    this.palette = palette;
    int[] frequency = new int[Palette.ENTRIES];
    for (int i = 0; i < steps.size(); i++) {
      if (steps.at(i) >= 0) {
        frequency[steps.at(i)]++;
      }
    }
    int mostFrequent = 0;
    for (int i = 1; i < frequency.length; i++) {
      mostFrequent = frequency[i] > frequency[mostFrequent] ? i : mostFrequent;
    }
    this.ground = mostFrequent;
  }

  boolean isSmall() {
    int runs = 0;
    for (int i = 0; i < steps.size() && runs <= MOST_RUNS; i++) {
      runs += steps.startsRun(i) && steps.at(i) != ground ? 1 : 0;
    }
    return runs <= MOST_RUNS;
  }

  @Override
  public int colours() {
    return Palette.ENTRIES;
  }

  @Override
  public Optional<String> loss() {
    return Optional.empty();
  }

  @Override
  public void draw(Figure figure, int cellWidth, int cellHeight) {
    SvgWriter svg = figure.body();
    svg.open(SvgElement.RECT)
        .set(SvgAttribute.WIDTH, steps.columns() * cellWidth)
        .set(SvgAttribute.HEIGHT, steps.rows() * cellHeight)
        .set(SvgAttribute.FILL, palette.entry(ground))
        .close();
    PathData[] paths = new PathData[Palette.ENTRIES];
    for (int step = 0; step < paths.length; step++) {
      paths[step] = new PathData();
    }
    int end;
    for (int start = 0; start < steps.size(); start = end) {
      end = steps.endOfRun(start);
      int step = steps.at(start);
      if (step >= 0 && step != ground) {
        paths[step].rectangle(
            start % steps.columns() * cellWidth,
            start / steps.columns() * cellHeight,
            (end - start) * cellWidth,
            cellHeight);
      }
    }
    for (int step = 0; step < paths.length; step++) {
      if (!paths[step].isEmpty()) {
        svg.open(SvgElement.PATH)
            .set(SvgAttribute.PATH_DATA, paths[step].toString())
            .set(SvgAttribute.FILL, palette.entry(step))
            .close();
      }
    }
    for (Hatch hatch : Hatch.values()) {
      PathData path = steps.outline(hatch, cellWidth, cellHeight);
      if (!path.isEmpty()) {
        svg.open(SvgElement.PATH)
            .set(SvgAttribute.PATH_DATA, path.toString())
            .setReference(SvgAttribute.FILL, hatch.pattern())
            .close();
      }
    }
  }
}
