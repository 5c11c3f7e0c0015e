package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The colour maps: 256 colours each, equal to matplotlib's of the same name.
 *
 * <p>All but {@link #RD_BU} run steadily from dark to light or light to dark, so that a grey print
 * keeps the order.
 */
public enum Palette {
  /** Dark violet to yellow; the default. */
  VIRIDIS("viridis", ColourTables.VIRIDIS),
  /** Black over purple to cream. */
  MAGMA("magma", ColourTables.MAGMA),
  /** Black over red to light yellow. */
  INFERNO("inferno", ColourTables.INFERNO),
  /** Blue over pink to yellow. */
  PLASMA("plasma", ColourTables.PLASMA),
  /** Dark blue to yellow, made for colour-blind readers. */
  CIVIDIS("cividis", ColourTables.CIVIDIS),
  /** Light yellow over orange to dark red. */
  YL_OR_RD(
      "YlOrRd", 0xFFFFCC, 0xFFEDA0, 0xFED976, 0xFEB24C, 0xFD8D3C, 0xFC4E2A, 0xE31A1C, 0xBD0026,
      0x800026),
  /** White to dark blue. */
  BLUES(
      "Blues", 0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C,
      0x08306B),
  /** Red over white to blue: two directions from a middle, for signed values. */
  RD_BU(
      "RdBu", 0x67001F, 0xB2182B, 0xD6604D, 0xF4A582, 0xFDDBC7, 0xF7F7F7, 0xD1E5F0, 0x92C5DE,
      0x4393C3, 0x2166AC, 0x053061),
  /** White to black. */
  GREYS(
      "Greys", 0xFFFFFF, 0xF0F0F0, 0xD9D9D9, 0xBDBDBD, 0x969696, 0x737373, 0x525252, 0x252525,
      0x000000);

  static final int ENTRIES = 256;

  private final String id;
  private final Colour[] entries;

  /** Reads a table. */
  Palette(String id, String table) {
    this.id = id;
    this.entries = new Colour[ENTRIES];
    for (int i = 0; i < ENTRIES; i++) {
      entries[i] = new Colour(Integer.parseInt(table, 6 * i, 6 * i + 6, 16));
    }
  }

  /** Interpolates between evenly spaced colours, as ColorBrewer's maps are defined. */
  Palette(String id, int... colours) {
    this.id = id;
    this.entries = new Colour[ENTRIES];
    for (int i = 0; i < ENTRIES; i++) {
      int position = i * (colours.length - 1);
      int from = Math.min(position / 255, colours.length - 2);
      entries[i] = mix(colours[from], colours[from + 1], position - 255 * from);
    }
  }

  private static Colour mix(int from, int to, int weight) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int sum = (from >> shift & 0xFF) * (255 - weight) + (to >> shift & 0xFF) * weight;
      rgb = rgb << 8 | (2 * sum + 255) / 510;
    }
    return new Colour(rgb);
  }

  /**
   * The name used on the command line, as matplotlib writes it.
   *
   * @return for instance {@code YlOrRd}
   */
  public String id() {
    return id;
  }

  /**
   * The palette of a name.
   *
   * @param name an {@link #id()} in upper or lower case
   * @return the palette
   * @throws InvalidInputException if there is none of this name; the message lists them
   */
  public static Palette parse(String name) {
    for (Palette palette : values()) {
      if (palette.id.equalsIgnoreCase(name)) {
        return palette;
      }
    }
    throw new InvalidInputException(
        "palette: expected one of %s, got '%s'"
            .formatted(
                Arrays.stream(values()).map(Palette::id).collect(Collectors.joining(", ")), name));
  }

  /** One of the 256 colours. */
  Colour entry(int index) {
    return entries[index];
  }
}
