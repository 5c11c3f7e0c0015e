package io.github.attentive.viz;

/**
 * How colours look to readers with normal colour vision and to those who lack one kind of cone.
 *
 * <p>Matrices on linear sRGB of G. Machado, M. Oliveira and L. Fernandes, "A Physiologically-based
 * Model for Simulation of Color Vision Deficiency", 2009, for the full severity of 1.0.
 */
enum ColourVision {
  NORMAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
  PROTANOPIA(
      0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
  DEUTERANOPIA(
      0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
  TRITANOPIA(
      1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

  /** Row-major. */
  private final double[] matrix;

  ColourVision(double... matrix) {
    this.matrix = matrix;
  }

  /** The colour a reader sees, as red, green and blue in linear sRGB from 0 to 1. */
  double[] seen(Colour colour) {
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      double share = (colour.rgb() >> 16 - 8 * i & 0xFF) / 255.0;
      linear[i] = share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
    double[] seen = new double[3];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        seen[row] += matrix[3 * row + column] * linear[column];
      }
      seen[row] = Math.max(0, Math.min(1, seen[row]));
    }
    return seen;
  }
}
