package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
  private static void assertSound(Range range, int atMost) {
    Ticks ticks = Ticks.of(range, atMost);
    assertThat(ticks.labels())
        .as(range.toString())
        .doesNotHaveDuplicates()
        .hasSizeBetween(2, atMost)
        .allMatch(label -> label.matches("-?\\d+(\\.\\d+)?"))
        .doesNotContain("-0", "-0.0");
    assertThat(ticks.shares()).isSorted().allMatch(share -> share >= 0 && share <= 1);
  }

  @Test
  void readsLikeMatplotlibs() {
    assertThat(Ticks.of(new Range(0.05, 0.35), 9).labels())
        .containsExactly("0.05", "0.10", "0.15", "0.20", "0.25", "0.30", "0.35");
    assertThat(Ticks.of(new Range(0.1f, 0.4f), 9).labels())
        .containsExactly("0.10", "0.15", "0.20", "0.25", "0.30", "0.35", "0.40");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-1, 1",
    "0, 4.9e-324",
    "-1e-300, 0",
    "1, 1.0000000000000002",
    "-1.7e308, 1.7e308",
    "1e300, 1.0000001e300",
    "0, 1e6",
    "-123456.5, 0",
    "0.99999, 1"
  })
  void labelsDiffer(double low, double high) {
    for (int atMost = 4; atMost <= 9; atMost++) {
      assertSound(new Range(low, high), atMost);
    }
  }

  @Test
  void labelsDifferForRandomRanges() {
    Random random = new Random(5);
    for (int i = 0; i < 3_000; i++) {
      double low = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      double high = low + random.nextDouble() * Math.pow(10, random.nextInt(40) - 20);
      if (low < high) {
        assertSound(new Range(low, high), 4 + random.nextInt(6));
      }
    }
  }

  @Test
  void factorsArePrintedForExtremesOnly() {
    assertThat(Ticks.of(new Range(0, 0.001), 5).factor()).isEmpty();
    assertThat(Ticks.of(new Range(0, 100_000), 5).factor()).isEmpty();
    assertThat(Ticks.of(new Range(0, 1e-5), 5).factor()).contains("× 1e-5");
    assertThat(Ticks.of(new Range(-2e6, 1e6), 5).factor()).contains("× 1e6");
  }
}
