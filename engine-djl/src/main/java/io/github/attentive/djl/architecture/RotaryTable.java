package io.github.attentive.djl.architecture;

/** The cosines and sines of rotary positions, in single precision as the reference has them. */
final class RotaryTable {
  private RotaryTable() {}

  /**
   * A row for each position: the angles of {@code half} planes, twice.
   *
   * @param positions rows
   * @param half planes
   * @param theta base of their frequencies
   * @param sine sines, the first half negated, instead of cosines
   */
  static float[] of(int positions, int half, double theta, boolean sine) {
    float[] frequencies = new float[half];
    for (int i = 0; i < half; i++) {
      float exponent = 2f * i / (2f * half);
      frequencies[i] = 1 / (float) Math.pow(theta, exponent);
    }
    float[] table = new float[Math.multiplyExact(positions, 2 * half)];
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < half; i++) {
        float angle = frequencies[i] * position;
        float value = (float) (sine ? Math.sin(angle) : Math.cos(angle));
        int first = position * 2 * half + i;
        table[first] = sine ? -value : value;
        table[first + half] = value;
      }
    }
    return table;
  }
}
