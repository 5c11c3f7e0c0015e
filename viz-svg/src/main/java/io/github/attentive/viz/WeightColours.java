package io.github.attentive.viz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How weights look: their colour, and how strong they are as a share of the strongest.
 *
 * @param scale from zero to the strongest, or as far to either side of zero
 * @param signed whether there are negative weights
 */
record WeightColours(ColourScale scale, boolean signed) {
  /** Below this strength a colour cannot be told from a white page, and is not drawn. */
  static final double FAINT = 0.04;

  /**
   * Colours for weights.
   *
   * @param strongest what the end of the scale stands for, or 0 for the strongest weight
   * @param palette or null for the one that goes with the signs
   */
  static WeightColours of(List<WeightBox> boxes, double strongest, @Nullable Palette palette) {
    return of(
        boxes.stream().anyMatch(box -> box.weight() < 0),
        strongest == 0
            ? boxes.stream().mapToDouble(box -> Math.abs(box.weight())).max().orElse(0)
            : strongest,
        palette);
  }

  /** Colours for weights none of which is missing. */
  static WeightColours of(Matrix weights, @Nullable Palette palette) {
    double low = weights.at(weights.lowest());
    double high = weights.at(weights.highest());
    return of(low < 0, Math.max(Math.abs(low), Math.abs(high)), palette);
  }

  private static WeightColours of(boolean signed, double strongest, @Nullable Palette palette) {
    double end = strongest == 0 ? 1 : strongest;
    Palette colours = signed ? Palette.RD_BU : Palette.BLUES;
    return new WeightColours(
        new ColourScale(
            palette == null ? colours : palette, new Range(signed ? -end : 0, end), Norm.LINEAR),
        signed);
  }

  Colour colour(double weight) {
    return scale.colour(weight);
  }

  /** From 0 to 1. */
  double strength(double weight) {
    return Math.min(1, Math.abs(weight) / scale.range().high());
  }

  /** Says whether a word goes without a box, so that it stands back on a dark page, too. */
  boolean isFaint(double weight) {
    return strength(weight) < FAINT;
  }
}
