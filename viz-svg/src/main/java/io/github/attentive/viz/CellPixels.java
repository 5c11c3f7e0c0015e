package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;

/** Turns cells into an image with a pixel for each; hatched ones are holes in it. */
final class CellPixels {
  private final CellSteps cells;
  private final boolean[] occurs = new boolean[Palette.ENTRIES];
  private final boolean holes;

  CellPixels(CellSteps cells) {
    this.cells = cells;
    boolean hatched = false;
    for (int i = 0; i < cells.size(); i++) {
      if (cells.at(i) < 0) {
        hatched = true;
      } else {
        occurs[cells.at(i)] = true;
      }
    }
    this.holes = hatched;
  }

  /**
   * Makes the image.
   *
   * @param colours how many steps of the palette there are to be, each of which stands for as many
   *     of the cells' own
   */
  PngImage image(int colours, Palette palette) {
    List<Colour> used = new ArrayList<>();
    if (holes) {
      used.add(Colour.WHITE);
    }
    byte[] indices = new byte[Palette.ENTRIES];
    int latest = -1;
    for (int step = 0; step < Palette.ENTRIES; step++) {
      if (occurs[step]) {
        int reduced = step * colours / Palette.ENTRIES;
        if (reduced != latest) {
          used.add(palette.entry(CellGrid.paletteEntry(reduced, colours)));
          latest = reduced;
        }
        indices[step] = (byte) (used.size() - 1);
      }
    }
    byte[] pixels = new byte[cells.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = cells.at(i) < 0 ? 0 : indices[cells.at(i)];
    }
    return new PngImage(cells.columns(), pixels, used, holes);
  }

  /** Whether there is an index for every colour, and one for the holes. */
  boolean fitsAllColours() {
    int entries = holes ? 1 : 0;
    for (boolean occurring : occurs) {
      entries += occurring ? 1 : 0;
    }
    return entries <= Palette.ENTRIES;
  }
}
