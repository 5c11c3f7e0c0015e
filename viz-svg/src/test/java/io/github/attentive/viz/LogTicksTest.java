package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogTicksTest {
  @Test
  void arePowersOfTen() {
    assertThat(LogTicks.of(new Range(0.001, 1000), 9).labels())
        .containsExactly("0.001", "0.01", "0.1", "1", "10", "100", "1000");
    assertThat(LogTicks.of(new Range(1e-9, 1), 5).labels())
        .containsExactly("1e-8", "1e-6", "1e-4", "1e-2", "1e0");
    assertThat(LogTicks.of(new Range(3e-7, 2), 9).shares()).isSorted();
    assertThat(LogTicks.of(new Range(1, 10), 4).shares()).containsExactly(0.0, 1.0);
  }

  @Test
  void areRounderStepsInAShortRange() {
    assertThat(LogTicks.of(new Range(0.15, 7), 5).labels())
        .containsExactly("0.2", "0.5", "1", "2", "5");
    assertThat(LogTicks.of(new Range(2.1, 4.9), 9).labels()).containsExactly("3", "4");
    assertThat(LogTicks.of(new Range(0.5, 0.5000001), 5).labels()).doesNotHaveDuplicates();
  }

  @Test
  void areSoundForRandomRanges() {
    Random random = new Random(5);
    for (int i = 0; i < 3_000; i++) {
      double low = Math.pow(10, 600 * random.nextDouble() - 300);
      double high = low * (1 + Math.pow(10, 14 * random.nextDouble() - 8));
      int atMost = 4 + random.nextInt(6);
      Ticks ticks = LogTicks.of(new Range(low, Math.min(high, Double.MAX_VALUE)), atMost);
      assertThat(ticks.labels())
          .as(low + " to " + high)
          .doesNotHaveDuplicates()
          .hasSizeBetween(2, atMost)
          .allMatch(label -> label.matches("\\d+(\\.\\d+)?(e-?\\d+)?"));
      assertThat(ticks.shares())
          .hasSameSizeAs(ticks.labels())
          .isSorted()
          .allMatch(share -> share >= 0 && share <= 1);
    }
  }
}
