package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  private static String coordinate(double value) {
    StringBuilder out = new StringBuilder();
    Decimals.coordinate(value, out);
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "-0.001, 0",
    "1, 1",
    "-1, -1",
    "0.5, 0.5",
    "-0.5, -0.5",
    "0.05, 0.05",
    "-0.005, -0.01",
    "0.125, 0.13",
    "1.999, 2",
    "12.345, 12.35",
    "99999999.99, 99999999.99",
    "1e-300, 0",
    "2.10, 2.1",
    "2.01, 2.01"
  })
  void coordinatesHaveTwoDecimalsAtMost(double value, String expected) {
    assertThat(coordinate(value)).isEqualTo(expected);
  }

  @Test
  void coordinatesReadBackWithinHalfAHundredth() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(6));
      String text = coordinate(value);
      assertThat(text).matches("-?(0|[1-9]\\d*)(\\.\\d?[1-9])?").isNotEqualTo("-0");
      assertThat(Math.abs(Double.parseDouble(text) - value)).isLessThanOrEqualTo(0.0050001);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e9, 1e300})
  void coordinatesBeyondAnyFigureAreRefused(double value) {
    assertThatThrownBy(() -> coordinate(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "0.1, 0.1",
    "0.00012346, 0.0001235",
    "0.00001, 1e-5",
    "3.25e-300, 3.25e-300",
    "123456, 123500",
    "1234567, 1.235e6",
    "-1e-7, -1e-7",
    "1.7976931348623157e308, 1.798e308",
    "4.9e-324, 4.941e-324",
    "0.99999, 1",
    "100, 100"
  })
  void numbersForReadersHaveFourSignificantDigits(double value, String expected) {
    assertThat(Decimals.significant(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.000",
    "1, 1.000",
    "0.93, 0.930",
    "0.9996, >0.9995",
    "0.9994, 0.999",
    "0.0004, <0.0005",
    "0.0005, 0.001",
    "3.5, 3.500",
    "-2, -2.000"
  })
  void aProbabilityIsNeitherCertainNorImpossibleUnlessItIs(double value, String expected) {
    assertThat(Decimals.probability(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 2, 0, 0.05",
    "-0.001, 2, 0, 0.00",
    "0.125, 2, 0, 0.13",
    "2.5e-300, 2, -300, 2.50",
    "-1234567, 2, 6, -1.23"
  })
  void fixedDecimalsHaveNoNegativeZero(double value, int decimals, int exponent, String expected) {
    assertThat(Decimals.fixed(value, decimals, exponent)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0; 0", "999; 999", "1000; 1,000", "123456; 123,456", "1234567; 1,234,567"})
  void countsHaveCommas(long count, String expected) {
    assertThat(Decimals.count(count)).isEqualTo(expected);
  }
}
