package io.github.attentive.viz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes numbers: one way for coordinates, two for readers. All round half up on the magnitude, use
 * a dot and ASCII digits whatever the locale, and never write a negative zero.
 */
final class Decimals {
  private static final long COORDINATE_SCALE = 100;

  /** As many digits as every float keeps. */
  private static final int FLOAT_DIGITS = 6;

  /** As many digits as every double keeps. */
  private static final int DOUBLE_DIGITS = 15;

  private Decimals() {}

  /**
   * Writes a coordinate with at most two decimals.
   *
   * @throws IllegalArgumentException if it is not finite or beyond a billion, which no figure
   *     reaches
   */
  static void coordinate(double value, StringBuilder out) {
    if (!(Math.abs(value) < 1e9)) {
      throw new IllegalArgumentException("coordinate: expected below 1e9, got " + value);
    }
    long scaled = (long) Math.floor(Math.abs(value) * COORDINATE_SCALE + 0.5);
    if (value < 0 && scaled != 0) {
      out.append('-');
    }
    out.append(scaled / COORDINATE_SCALE);
    long rest = scaled % COORDINATE_SCALE;
    if (rest != 0) {
      out.append('.').append(rest / 10);
      if (rest % 10 != 0) {
        out.append(rest % 10);
      }
    }
  }

  /** A number with exactly so many decimals, after its point has moved to the left. */
  static String fixed(double value, int decimals, int pointMovedLeft) {
    return fixed(new BigDecimal(value).movePointLeft(pointMovedLeft), decimals);
  }

  /** A number with exactly so many decimals. */
  static String fixed(BigDecimal value, int decimals) {
    return value.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  /**
   * A number to four significant digits without trailing zeros, for instance {@code 0.0125} or
   * {@code 3.2e-300}.
   */
  static String significant(double value) {
    return significant(value, 4);
  }

  /** The same to so many significant digits. */
  static String significant(double value, int digits) {
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(digits, RoundingMode.HALF_UP))
            .stripTrailingZeros();
    int exponent = exponent(rounded);
    if (isPlain(exponent)) {
      return rounded.toPlainString();
    }
    return rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }

  /**
   * The shortest number that reads back as the same float or double, for instance {@code 0.1} or
   * {@code 1E-45}; a number of JSON. Not {@link Double#toString}, which JDK 19 changed.
   *
   * @param single whether it reads back as a float; then the value is one
   */
  static String shortest(double value, boolean single) {
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(value);
    int most = single ? FLOAT_DIGITS : DOUBLE_DIGITS;
    // What so many digits do not tell apart needs more; only what they do may need fewer.
    int digits = readsBack(rounded(exact, most), value, single) ? 1 : most + 1;
    while (!readsBack(rounded(exact, digits), value, single)) {
      digits++;
    }
    return rounded(exact, digits).stripTrailingZeros().toString();
  }

  private static BigDecimal rounded(BigDecimal value, int digits) {
    return value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static boolean readsBack(BigDecimal number, double value, boolean single) {
    return single ? number.floatValue() == value : number.doubleValue() == value;
  }

  /**
   * A probability to three decimals that says neither 0 nor 1 of a value that is not.
   *
   * @param value any finite number; outside [0, 1] it is written as it is
   */
  static String probability(double value) {
    String text = fixed(value, 3, 0);
    if (text.equals("1.000") && value < 1) {
      return ">0.9995";
    }
    if (text.equals("0.000") && value > 0) {
      return "<0.0005";
    }
    return text;
  }

  /** A count with a comma before every three digits, for instance {@code 1,024}. */
  static String count(long count) {
    StringBuilder text = new StringBuilder().append(count);
    for (int i = text.length() - 3; i > 0; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  /** The decimal exponent of a number's first digit; 0 for zero. */
  static int exponent(BigDecimal value) {
    return value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
  }

  /** Says whether numbers of this exponent are read more easily without one. */
  static boolean isPlain(int exponent) {
    return exponent >= -4 && exponent <= 5;
  }
}
