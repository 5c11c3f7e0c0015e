package io.github.attentive.viz;

import java.util.Optional;

/**
 * Cells as an image in the file, perhaps in fewer colours, perhaps with the highest of each block
 * of cells in their place. Hatched ones are holes in it, with the hatches behind.
 */
final class CellImage implements CellGrid {
  /** A rectangle of a path, at most. */
  private static final int CHARACTERS_PER_RUN = 24;

  private static final String CLIP = "clip";

  private final CellSteps all;
  private final CellSteps shown;
  private final int block;
  private final int colours;
  private final byte[] png;

  /**
   * Takes an image.
   *
   * @param all every cell
   * @param shown the same, or its blocks of so many by so many cells
   * @param png what {@link CellPixels} made of {@code shown}
   */
  CellImage(CellSteps all, CellSteps shown, int block, int colours, byte[] png) {
    this.all = all;
    this.shown = shown;
    this.block = block;
    this.colours = colours;
    this.png = png;
  }

  /** The characters that an image takes beside the image itself. */
  static int hatchCharacters(CellSteps shown) {
    return CHARACTERS_PER_RUN * shown.runs(front(shown));
  }

  /** The hatch that is drawn as a path, since it has fewer runs; the other is behind all of it. */
  private static Hatch front(CellSteps cells) {
    return cells.runs(Hatch.MASKED) < cells.runs(Hatch.NO_VALUE) ? Hatch.MASKED : Hatch.NO_VALUE;
  }

  @Override
  public int colours() {
    return colours;
  }

  @Override
  public Optional<String> loss() {
    String fewer = colours == Palette.ENTRIES ? "" : " in " + colours + " colours";
    if (block == 1) {
      return fewer.isEmpty() ? Optional.empty() : Optional.of("Shown" + fewer);
    }
    return Optional.of(
        "Shown%s, the highest of each %s × %s cells"
            .formatted(fewer.isEmpty() ? " in blocks" : fewer, block, block));
  }

  @Override
  public void draw(Figure figure, int cellWidth, int cellHeight) {
    int width = all.columns() * cellWidth;
    int height = all.rows() * cellHeight;
    int shownWidth = shown.columns() * block * cellWidth;
    int shownHeight = shown.rows() * block * cellHeight;
    SvgWriter svg = figure.body().open(SvgElement.GROUP);
    if (shownWidth > width || shownHeight > height) {
      defineClip(figure.definitions(), width, height);
      svg.setReference(SvgAttribute.CLIP_PATH, CLIP);
    }
    drawHatches(svg, width, height, block * cellWidth, block * cellHeight);
    EmbeddedImage.draw(figure, shownWidth, shownHeight, png);
    svg.close();
  }

  /** Draws what is seen through the holes. */
  private void drawHatches(SvgWriter svg, int width, int height, int blockWidth, int blockHeight) {
    Hatch front = front(shown);
    Hatch back = front == Hatch.MASKED ? Hatch.NO_VALUE : Hatch.MASKED;
    if (shown.runs(back) > 0) {
      svg.open(SvgElement.RECT)
          .set(SvgAttribute.WIDTH, width)
          .set(SvgAttribute.HEIGHT, height)
          .setReference(SvgAttribute.FILL, back.pattern())
          .close();
    }
    PathData outline = shown.outline(front, blockWidth, blockHeight);
    if (!outline.isEmpty()) {
      svg.open(SvgElement.PATH)
          .set(SvgAttribute.PATH_DATA, outline.toString())
          .setReference(SvgAttribute.FILL, front.pattern())
          .close();
    }
  }

  /** Blocks may reach over the last row and column. */
  private static void defineClip(SvgWriter definitions, int width, int height) {
    definitions
        .open(SvgElement.CLIP_PATH)
        .setName(SvgAttribute.ID, CLIP)
        .open(SvgElement.RECT)
        .set(SvgAttribute.WIDTH, width)
        .set(SvgAttribute.HEIGHT, height)
        .set(SvgAttribute.FILL, Colour.BLACK)
        .close()
        .close();
  }
}
