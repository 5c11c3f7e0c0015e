package io.github.attentive.viz;

import java.util.Optional;

/** Chooses the most faithful image of cells that is small enough. */
final class CellBudget {
  /**
   * The characters that cells may take. A figure is to stay below 200 KB whatever is in its matrix,
   * which a page or a repository takes as it takes a photograph; 16 KB of that are for labels,
   * colour bar and titles. Noise of 512 by 512 cells just fits in {@link #FEWEST_COLOURS so few
   * colours}.
   */
  static final int CHARACTERS = 184_000;

  /** One less than a power of two: one for the middle of a scale, and an index left for holes. */
  private static final int FEWEST_COLOURS = 15;

  private static final int[] MORE_COLOURS = {255, 127, 63, 31};

  /** Viewers that blur what they enlarge smear an eighth of a cell then. */
  private static final int BEST_SCALE = 4;

  /** Viewers hold four bytes for each pixel, so this is 64 MiB. */
  private static final long MOST_PIXELS = 4096 * 4096;

  /** Longer sides do not fit into the textures of some viewers. */
  private static final int LONGEST_SIDE = 16_384;

  /** Of so many rows, this many are tried first. */
  private static final int EVERY = 128;

  private static final int SAMPLED = 16;

  /** By how much a sample may seem too large, since it repeats itself less than all rows do. */
  private static final double SAMPLE_TOLERANCE = 1.2;

  private final CellSteps all;
  private final Palette palette;
  private final int block;
  private final CellSteps pooled;
  private final CellPixels pixels;
  private final int limit;
  private final CellPixels sample;
  private final int sampleLimit;

  private CellBudget(CellSteps all, Palette palette, int block) {
    this.all = all;
    this.palette = palette;
    this.block = block;
    this.pooled = all.pooled(block);
    this.pixels = new CellPixels(pooled);
    // Three bytes are four characters in the file.
    this.limit = (CHARACTERS - CellImage.hatchCharacters(pooled)) / 4 * 3;
    CellSteps rows = pooled.sample(SAMPLED, EVERY);
    this.sample = new CellPixels(rows);
    this.sampleLimit = (int) (SAMPLE_TOLERANCE * limit * rows.rows() / pooled.rows());
  }

  /** Cells as large as they are if possible, else in blocks. */
  static CellImage image(CellSteps all, Palette palette) {
    int block = 1;
    while (!isShowable(all, block, 1)) {
      block++;
    }
    Optional<CellImage> image = new CellBudget(all, palette, block).image();
    while (image.isEmpty()) {
      block += Math.max(1, block / 2);
      image = new CellBudget(all, palette, block).image();
    }
    return image.get();
  }

  private Optional<CellImage> image() {
    int scale = BEST_SCALE;
    while (scale > 1 && !isShowable(all, block, scale)) {
      scale /= 2;
    }
    int best = scale;
    int least = Math.min(scale, BEST_SCALE / 2);
    if (pixels.fitsAllColours()) {
      Optional<CellImage> image = coloured(Palette.ENTRIES, best);
      if (image.isPresent()) {
        return image;
      }
      image = best == least ? image : coloured(Palette.ENTRIES, least);
      if (image.isPresent()) {
        return image;
      }
    }
    Optional<CellImage> image = coloured(FEWEST_COLOURS, least);
    if (image.isEmpty()) {
      // Those with more colours would be larger still.
      return image;
    }
    int colours = FEWEST_COLOURS;
    for (int more : MORE_COLOURS) {
      Optional<CellImage> better = coloured(more, least);
      if (better.isPresent()) {
        image = better;
        colours = more;
        break;
      }
    }
    Optional<CellImage> larger = best == least ? image : coloured(colours, best);
    return larger.isPresent() ? larger : image;
  }

  private static boolean isShowable(CellSteps all, int block, int scale) {
    long height = (long) (all.rows() + block - 1) / block * scale;
    long width = (long) (all.columns() + block - 1) / block * scale;
    return height * width <= MOST_PIXELS && Math.max(height, width) <= LONGEST_SIDE;
  }

  private Optional<CellImage> coloured(int colours, int scale) {
    if (limit <= 0 || !mayFit(colours, scale)) {
      return Optional.empty();
    }
    return pixels
        .image(colours, palette)
        .encode(scale, limit)
        .map(png -> new CellImage(all, pooled, block, colours, png));
  }

  /** Says cheaply whether there is a point in trying. */
  private boolean mayFit(int colours, int scale) {
    return sampleLimit == 0
        || sample.image(colours, palette).encode(scale, sampleLimit).isPresent();
  }
}
