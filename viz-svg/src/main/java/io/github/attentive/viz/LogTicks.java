package io.github.attentive.viz;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Powers of ten along a logarithmic scale, or rounder steps where it has less than two of them. */
final class LogTicks {
  private static final int[] DECADES = {1, 2, 3, 5, 10, 20, 30, 50, 100, 200};
  private static final int[][] MANTISSAS = {{1, 2, 5}, {1, 3}};

  /** So many linear steps are far enough from each other within a power of ten. */
  private static final int FEW = 4;

  /** A tick so little outside the range, as a share of it, is drawn at its end. */
  private static final double TOLERANCE = 0.001;

  private LogTicks() {}

  /**
   * The ticks of a range.
   *
   * @param range above 0
   * @param atMost how many there may be, 4 or more; there are at least 2
   */
  static Ticks of(Range range, int atMost) {
    int first = Decimals.exponent(new BigDecimal(range.low()));
    int last = Decimals.exponent(new BigDecimal(range.high())) + 1;
    for (int step : DECADES) {
      List<BigDecimal> powers = new ArrayList<>();
      for (int exponent = Math.floorDiv(first, step) * step; exponent <= last; exponent += step) {
        powers.add(BigDecimal.ONE.scaleByPowerOfTen(exponent));
      }
      List<BigDecimal> inside = inside(range, powers);
      if (inside.size() < 2) {
        break;
      }
      if (inside.size() <= atMost) {
        return at(range, inside);
      }
    }
    for (int[] mantissas : MANTISSAS) {
      List<BigDecimal> round = new ArrayList<>();
      for (int exponent = first; exponent <= last; exponent++) {
        for (int mantissa : mantissas) {
          round.add(BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent));
        }
      }
      List<BigDecimal> inside = inside(range, round);
      if (inside.size() >= 3 && inside.size() <= atMost) {
        return at(range, inside);
      }
    }
    return linear(range);
  }

  private static double share(Range range, double value) {
    return Norm.LOGARITHMIC.coordinates(range).share(Norm.LOGARITHMIC.coordinate(value));
  }

  private static List<BigDecimal> inside(Range range, List<BigDecimal> values) {
    return values.stream()
        .filter(value -> Math.abs(share(range, value.doubleValue()) - 0.5) <= 0.5 + TOLERANCE)
        .toList();
  }

  private static Ticks at(Range range, List<BigDecimal> values) {
    boolean plain = values.stream().allMatch(value -> Decimals.isPlain(Decimals.exponent(value)));
    List<Double> shares = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (BigDecimal value : values) {
      shares.add(clamp(share(range, value.doubleValue())));
      int exponent = Decimals.exponent(value);
      labels.add(
          plain
              ? value.toPlainString()
              : value.movePointLeft(exponent).toPlainString() + "e" + exponent);
    }
    return new Ticks(List.copyOf(shares), List.copyOf(labels), 0);
  }

  /** The ticks of a linear scale, moved to where their values are on this one. */
  private static Ticks linear(Range range) {
    Ticks ticks = Ticks.of(range, FEW);
    List<Double> shares =
        ticks.shares().stream()
            .map(share -> range.low() * (1 - share) + range.high() * share)
            .map(value -> clamp(share(range, value)))
            .toList();
    return new Ticks(shares, ticks.labels(), ticks.exponent());
  }

  private static double clamp(double share) {
    return Math.max(0, Math.min(1, share));
  }
}
