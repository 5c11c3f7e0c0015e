package io.github.attentive.viz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Round numbers along a scale.
 *
 * <p>Computed in decimals, so that the labels of two ticks never read the same, however small or
 * close to each other their values are.
 *
 * @param shares where the ticks are, from 0 at the low end to 1 at the high end
 * @param labels what they say, in {@code shares}' order, all with the same decimals
 * @param exponent the power of ten the labels are to be multiplied by; 0 for everyday numbers
 */
record Ticks(List<Double> shares, List<String> labels, int exponent) {
  private static final BigDecimal[] MANTISSAS = {
    BigDecimal.ONE, BigDecimal.valueOf(2), new BigDecimal("2.5"), BigDecimal.valueOf(5)
  };

  /** A tick so little outside the range, as a share of it, is drawn at its end. */
  private static final BigDecimal TOLERANCE = new BigDecimal("0.001");

  /**
   * The ticks of a range.
   *
   * @param atMost how many there may be, 4 or more; there are at least 2
   */
  static Ticks of(Range range, int atMost) {
    BigDecimal low = new BigDecimal(range.low());
    BigDecimal high = new BigDecimal(range.high());
    BigDecimal span = high.subtract(low);
    BigDecimal tolerance = span.multiply(TOLERANCE);
    for (int exponent = Decimals.exponent(span) - 2; ; exponent++) {
      for (BigDecimal mantissa : MANTISSAS) {
        BigDecimal step = mantissa.scaleByPowerOfTen(exponent);
        BigDecimal first = low.subtract(tolerance).divide(step, 0, RoundingMode.CEILING);
        BigDecimal last = high.add(tolerance).divide(step, 0, RoundingMode.FLOOR);
        int count = last.subtract(first).intValueExact() + 1;
        if (count <= atMost) {
          return at(low, span, first.multiply(step), step, count);
        }
      }
    }
  }

  private static Ticks at(
      BigDecimal low, BigDecimal span, BigDecimal first, BigDecimal step, int count) {
    BigDecimal last = first.add(step.multiply(BigDecimal.valueOf(count - 1L)));
    int exponent = Decimals.exponent(first.abs().max(last.abs()));
    int shift = Decimals.isPlain(exponent) ? 0 : exponent;
    int decimals = Math.max(0, step.movePointLeft(shift).stripTrailingZeros().scale());
    List<Double> shares = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BigDecimal value = first.add(step.multiply(BigDecimal.valueOf(i)));
      double share = value.subtract(low).divide(span, MathContext.DECIMAL64).doubleValue();
      shares.add(Math.max(0, Math.min(1, share)));
      labels.add(Decimals.fixed(value.movePointLeft(shift), decimals));
    }
    return new Ticks(List.copyOf(shares), List.copyOf(labels), shift);
  }

  /** What a reader has to multiply the labels by; nothing for everyday numbers. */
  Optional<String> factor() {
    return exponent == 0 ? Optional.empty() : Optional.of("× 1e" + exponent);
  }
}
