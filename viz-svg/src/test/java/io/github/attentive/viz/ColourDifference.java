package io.github.attentive.viz;

import java.util.List;

/**
 * How different two colours look: CIEDE2000, in which about 1 is the least that a trained eye sees
 * side by side.
 *
 * <p>After G. Sharma, W. Wu and E. Dalal, "The CIEDE2000 Color-Difference Formula: Implementation
 * Notes, Supplementary Test Data, and Mathematical Observations", 2005; numbers in comments are the
 * paper's equations.
 */
final class ColourDifference {
  private static final double POWER_25_7 = 6103515625.0;

  private ColourDifference() {}

  /** The difference of two colours as readers of this colour vision see them. */
  static double between(Colour first, Colour second, ColourVision vision) {
    return between(lab(vision.seen(first)), lab(vision.seen(second)));
  }

  /** The difference of the two colours that are told apart worst, by any reader. */
  static double worstPair(List<Colour> colours) {
    double worst = Double.POSITIVE_INFINITY;
    for (ColourVision vision : ColourVision.values()) {
      worst = Math.min(worst, worstPair(colours, vision));
    }
    return worst;
  }

  /** The difference of the two colours that readers of this colour vision tell apart worst. */
  static double worstPair(List<Colour> colours, ColourVision vision) {
    double worst = Double.POSITIVE_INFINITY;
    for (int i = 0; i < colours.size(); i++) {
      for (int k = i + 1; k < colours.size(); k++) {
        worst = Math.min(worst, between(colours.get(i), colours.get(k), vision));
      }
    }
    return worst;
  }

  /** Linear sRGB as CIELAB under D65, the white of sRGB. */
  static double[] lab(double[] linear) {
    double x = (0.4124564 * linear[0] + 0.3575761 * linear[1] + 0.1804375 * linear[2]) / 0.95047;
    double y = 0.2126729 * linear[0] + 0.7151522 * linear[1] + 0.0721750 * linear[2];
    double z = (0.0193339 * linear[0] + 0.1191920 * linear[1] + 0.9503041 * linear[2]) / 1.08883;
    double fx = compress(x);
    double fy = compress(y);
    double fz = compress(z);
    return new double[] {116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
  }

  private static double compress(double share) {
    double delta = 6.0 / 29;
    return share > delta * delta * delta
        ? Math.cbrt(share)
        : share / (3 * delta * delta) + 4.0 / 29;
  }

  /** The difference of two colours in CIELAB: lightness, a, b. */
  static double between(double[] first, double[] second) {
    double meanChroma =
        (Math.hypot(first[1], first[2]) + Math.hypot(second[1], second[2])) / 2; // 3
    double stretch = 1 + 0.5 * (1 - saturation(meanChroma)); // 4, 5
    double a1 = stretch * first[1];
    double a2 = stretch * second[1];
    double chroma1 = Math.hypot(a1, first[2]); // 6
    double chroma2 = Math.hypot(a2, second[2]);
    double hue1 = hue(a1, first[2]); // 7
    double hue2 = hue(a2, second[2]);
    boolean grey = chroma1 * chroma2 == 0;

    double lightness = second[0] - first[0]; // 8
    double chroma = chroma2 - chroma1; // 9
    double turn = hue2 - hue1; // 10
    if (grey) {
      turn = 0;
    } else if (turn > 180) {
      turn -= 360;
    } else if (turn < -180) {
      turn += 360;
    }
    double hue = 2 * Math.sqrt(chroma1 * chroma2) * sine(turn / 2); // 11

    double meanLightness = (first[0] + second[0]) / 2; // 12
    double mean = (chroma1 + chroma2) / 2; // 13
    double meanHue = meanHue(hue1, hue2, grey); // 14
    double t = // 15
        1
            - 0.17 * cosine(meanHue - 30)
            + 0.24 * cosine(2 * meanHue)
            + 0.32 * cosine(3 * meanHue + 6)
            - 0.20 * cosine(4 * meanHue - 63);
    double blue = (meanHue - 275) / 25;
    double rotation = 30 * Math.exp(-blue * blue); // 16
    double squared = (meanLightness - 50) * (meanLightness - 50);
    double perLightness = 1 + 0.015 * squared / Math.sqrt(20 + squared); // 18
    double perChroma = 1 + 0.045 * mean; // 19
    double perHue = 1 + 0.015 * mean * t; // 20
    double cross = -sine(2 * rotation) * 2 * saturation(mean); // 17, 21

    double l = lightness / perLightness;
    double c = chroma / perChroma;
    double h = hue / perHue;
    return Math.sqrt(l * l + c * c + h * h + cross * c * h); // 22
  }

  private static double saturation(double chroma) {
    double power = Math.pow(chroma, 7);
    return Math.sqrt(power / (power + POWER_25_7));
  }

  private static double hue(double a, double b) {
    double degrees = Math.toDegrees(Math.atan2(b, a));
    return degrees < 0 ? degrees + 360 : degrees;
  }

  private static double meanHue(double hue1, double hue2, boolean grey) {
    double sum = hue1 + hue2;
    if (grey) {
      return sum;
    }
    if (Math.abs(hue1 - hue2) <= 180) {
      return sum / 2;
    }
    return (sum < 360 ? sum + 360 : sum - 360) / 2;
  }

  private static double sine(double degrees) {
    return Math.sin(Math.toRadians(degrees));
  }

  private static double cosine(double degrees) {
    return Math.cos(Math.toRadians(degrees));
  }
}
