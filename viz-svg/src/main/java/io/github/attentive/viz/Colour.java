package io.github.attentive.viz;

/**
 * An opaque sRGB colour.
 *
 * @param rgb red, green and blue in the lower 24 bits
 */
record Colour(int rgb) {
  static final Colour BLACK = new Colour(0x000000);
  static final Colour WHITE = new Colour(0xFFFFFF);

  /** The colour as every viewer reads it, for instance {@code #440154}. */
  String hex() {
    StringBuilder hex = new StringBuilder("#");
    for (int shift = 20; shift >= 0; shift -= 4) {
      hex.append(Character.forDigit(rgb >> shift & 0xF, 16));
    }
    return hex.toString();
  }

  /** The contrast ratio of WCAG 2, from 1 to 21. */
  double contrast(Colour other) {
    double lighter = Math.max(luminance(), other.luminance());
    double darker = Math.min(luminance(), other.luminance());
    return (lighter + 0.05) / (darker + 0.05);
  }

  /** Black or white, whichever is read more easily on this colour; the ratio is 4.58 at least. */
  Colour readableText() {
    return contrast(BLACK) >= contrast(WHITE) ? BLACK : WHITE;
  }

  private double luminance() {
    return 0.2126 * linear(rgb >> 16 & 0xFF)
        + 0.7152 * linear(rgb >> 8 & 0xFF)
        + 0.0722 * linear(rgb & 0xFF);
  }

  private static double linear(int channel) {
    double s = channel / 255.0;
    // StrictMath: a colour chosen by a comparison must not depend on the machine's pow.
    return s <= 0.04045 ? s / 12.92 : StrictMath.pow((s + 0.055) / 1.055, 2.4);
  }
}
