package io.github.attentive.viz;

import java.util.Arrays;
import java.util.List;

/**
 * Colours and dashes that tell the heads of a layer apart, by their index in the model: a head
 * keeps its own whichever others are shown with it.
 *
 * <p>All colours have a contrast of 3:1 or more on a white page and on {@code #0d1117}, which
 * leaves a narrow band of luminance, .116 to .300. Within it the palettes were chosen for the
 * largest difference (CIEDE2000) of the two colours that are told apart worst, by readers with
 * normal colour vision or without one kind of cone (Machado, Oliveira and Fernandes 2009, severity
 * 1): 14.8 for the palette of eight, 10.7 for that of twelve. Category10, which is often used for
 * heads, has 1.3.
 *
 * <p>Up to 8 heads have the palette of eight and solid lines. More have that of twelve, and after
 * every eighth head another kind of dash, so that no two heads share both; from the thirteenth on
 * colours come again.
 */
final class HeadColours {
  private static final List<Colour> EIGHT =
      colours(0xD28102, 0x45A1AD, 0x8239C4, 0x615E75, 0x8D9888, 0xB04B05, 0xB36EFE, 0x387055);

  private static final List<Colour> TWELVE =
      colours(
          0xB85F49, 0x695B70, 0xA48F9C, 0x717872, 0x909C0C, 0xA56EA7, 0x77987B, 0x8A514E, 0x1C7501,
          0x61599C, 0x4696F9, 0x6452FE);

  /** Lengths of dashes and gaps, those first that are told apart most easily. */
  private static final List<String> DASHES =
      List.of("", "7 3", "2 2", "10 3 2 3", "4 5", "2 5", "10 3 2 3 2 3");

  /** A dash longer than any above, and longer still for each kind after them. */
  private static final int LONG_DASH = 14;

  private static final int HEADS_PER_DASH = EIGHT.size();

  private final List<Colour> palette;

  /**
   * Chooses a palette.
   *
   * @param heads how many heads a layer of the model has, shown or not
   */
  HeadColours(int heads) {
    this.palette = heads <= EIGHT.size() ? EIGHT : TWELVE;
  }

  private static List<Colour> colours(int... rgb) {
    return Arrays.stream(rgb).mapToObj(Colour::new).toList();
  }

  /** The colour of a head, counted from 0. */
  Colour colour(int head) {
    return palette.get(head % palette.size());
  }

  /** The dashes of a head as an attribute has them; empty for a solid line. */
  String dashes(int head) {
    int kind = head / HEADS_PER_DASH;
    return kind < DASHES.size() ? DASHES.get(kind) : LONG_DASH + kind - DASHES.size() + " 4";
  }
}
