package io.github.attentive.viz;

import java.util.OptionalDouble;

/** The bars under the thumbnails of a model view, and their legend. */
final class ModelFingerprints {
  /** From a thumbnail to its bars. */
  static final int DISTANCE = 4;

  private static final int BAR = 4;
  private static final int GAP = 1;

  /** The extent of all bars under a thumbnail. */
  static final int HEIGHT = 3 * BAR + 2 * GAP;

  /**
   * Seen on either page and told apart by colour-blind readers; the legend has their order, too.
   */
  private static final Colour ENTROPY = new Colour(0xD28102);

  private static final Colour OFFSET = new Colour(0x45A1AD);
  private static final Colour SPECIAL = new Colour(0x8239C4);
  private static final int SWATCH = 10;

  private final ModelGrid grid;
  private final HeadSummary[][] summaries;
  private final double farthest;
  private final boolean hasOffset;
  private final boolean hasSpecial;

  /** Takes the summary of each thumbnail by row and column. */
  ModelFingerprints(ModelGrid grid, HeadSummary[][] summaries) {
    this.grid = grid;
    this.summaries = summaries;
    this.hasOffset = summaries[0][0].ahead().isPresent();
    this.hasSpecial = summaries[0][0].special().isPresent();
    double most = 0;
    for (HeadSummary[] row : summaries) {
      for (HeadSummary summary : row) {
        most = Math.max(most, Math.max(summary.ahead().orElse(0), summary.back().orElse(0)));
      }
    }
    this.farthest = most;
  }

  void draw(Figure figure) {
    PathData tracks = new PathData();
    PathData entropy = new PathData();
    PathData offset = new PathData();
    PathData special = new PathData();
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        HeadSummary summary = summaries[row][column];
        int x = grid.x(column);
        int y = grid.y(row) + grid.height() + DISTANCE;
        bar(tracks, entropy, x, y, OptionalDouble.of(summary.entropy()));
        y += BAR + GAP;
        if (hasOffset) {
          tracks.rectangle(x, y, grid.width(), BAR);
          double half = farthest == 0 ? 0 : grid.width() / (2 * farthest);
          double back = half * summary.back().orElse(0);
          double length = back + half * summary.ahead().orElse(0);
          if (length > 0) {
            offset.rectangle(x + grid.width() / 2.0 - back, y, length, BAR);
          }
          y += BAR + GAP;
        }
        bar(tracks, special, x, y, summary.special());
      }
    }
    SvgWriter svg = figure.body();
    svg.open(SvgElement.GROUP).set(SvgAttribute.SHAPE_RENDERING, "crispEdges");
    svg.open(SvgElement.PATH)
        .set(SvgAttribute.FILL, HeadFans.COLOUR)
        .set(SvgAttribute.FILL_OPACITY, "0.2")
        .set(SvgAttribute.PATH_DATA, tracks.toString())
        .close();
    draw(svg, ENTROPY, entropy);
    draw(svg, OFFSET, offset);
    draw(svg, SPECIAL, special);
    svg.close();
    figure.bounds().include(0, grid.totalHeight() + DISTANCE + HEIGHT);
  }

  private void bar(PathData tracks, PathData bars, int x, int y, OptionalDouble share) {
    if (share.isPresent()) {
      tracks.rectangle(x, y, grid.width(), BAR);
      double width = grid.width() * Math.max(0, Math.min(1, share.getAsDouble()));
      if (width > 0) {
        bars.rectangle(x, y, width, BAR);
      }
    }
  }

  private static void draw(SvgWriter svg, Colour colour, PathData bars) {
    if (!bars.isEmpty()) {
      svg.open(SvgElement.PATH)
          .set(SvgAttribute.FILL, colour)
          .set(SvgAttribute.PATH_DATA, bars.toString())
          .close();
    }
  }

  /** Explains the bars in their order, below everything. */
  void drawLegend(Figure figure) {
    entry(figure, ENTROPY, "Entropy, from 0 (one key) to 1 (all keys alike)");
    if (hasOffset) {
      entry(
          figure,
          OFFSET,
          "Distance of keys before (left) and after (right), up to "
              + Decimals.significant(farthest));
    }
    if (hasSpecial) {
      entry(figure, SPECIAL, "Weight of the special tokens, from 0 to 1");
    }
  }

  private static void entry(Figure figure, Colour colour, String text) {
    double y = Math.ceil(figure.nextLine());
    figure
        .body()
        .open(SvgElement.RECT)
        .set(SvgAttribute.X, 0)
        .set(SvgAttribute.Y, y - SWATCH / 2.0)
        .set(SvgAttribute.WIDTH, SWATCH)
        .set(SvgAttribute.HEIGHT, SWATCH)
        .set(SvgAttribute.FILL, colour)
        .close();
    figure.text(text, Figure.NOTE_SIZE, TextPlacement.startAt(SWATCH + 8.0, y));
  }
}
