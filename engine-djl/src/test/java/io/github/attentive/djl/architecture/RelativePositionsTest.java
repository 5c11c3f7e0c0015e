package io.github.attentive.djl.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buckets and angles of positions, against numbers worked out from their formulas by hand. */
class RelativePositionsTest {
  /** Beyond 8, bucket k begins at 8 * 16^((k - 8) / 8): 11.3, 16, 22.6, 32, 45.3, 64, 90.5. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "7, 7",
    "8, 8",
    "11, 8",
    "12, 9",
    "15, 9",
    "16, 10",
    "22, 10",
    "23, 11",
    "31, 11",
    "32, 12",
    "45, 12",
    "46, 13",
    "63, 13",
    "64, 14",
    "90, 14",
    "91, 15",
    "127, 15",
    "128, 15",
    "1000, 15",
    "131071, 15",
    "-1, 17",
    "-7, 23",
    "-8, 24",
    "-11, 24",
    "-12, 25",
    "-16, 26",
    "-64, 30",
    "-91, 31",
    "-512, 31"
  })
  void bucketsOfMpNet(int queryMinusKey, int bucket) {
    assertThat(MpNetArchitecture.bucket(queryMinusKey)).isEqualTo(bucket);
  }

  @Test
  void bucketsOfMpNetNeverFallBackAndAreThoseOfTheTable() {
    long before = 0;
    for (int distance = 1; distance < 1000; distance++) {
      long bucket = MpNetArchitecture.bucket(distance);
      assertThat(bucket).isBetween(before, 15L);
      assertThat(MpNetArchitecture.bucket(-distance)).isEqualTo(bucket + 16);
      before = bucket;
    }
  }

  /** 8 buckets of 33 positions: 4 exact ones, then one for each doubling, 4 * 2^k. */
  @ParameterizedTest
  @CsvSource({
    "0, 0", "1, 1", "4, 4", "5, 5", "8, 5", "9, 6", "16, 6", "17, 7", "32, 7", "33, 8", "64, 8",
    "65, 9", "-1, -1", "-4, -4", "-5, -5", "-9, -6", "-32, -7"
  })
  void bucketsOfDebertaByDoubling(int distance, int bucket) {
    assertThat(DebertaArchitecture.logarithmicBucket(distance, 8, 33)).isEqualTo(bucket);
  }

  /** Where single precision decides; and the sizes of the published models. */
  @ParameterizedTest
  @CsvSource({
    "20, 81, 20, 13",
    "20, 81, 40, 16",
    "32, 129, 32, 21",
    "32, 129, 64, 26",
    "18, 65, 24, 14",
    "256, 512, 128, 128",
    "256, 512, 129, 129",
    "256, 512, 200, 169",
    "256, 512, 256, 192",
    "256, 512, 511, 255",
    "256, 512, 512, 256",
    "256, 512, -300, -207",
    "9, 512, 4, 4",
    "2, 512, 1, 1",
    "2, 512, 2, 1",
    "2, 512, 511, 1"
  })
  void bucketsOfDeberta(int buckets, int farthest, int distance, int bucket) {
    assertThat(DebertaArchitecture.logarithmicBucket(distance, buckets, farthest))
        .isEqualTo(bucket);
    assertThat(DebertaArchitecture.logarithmicBucket(-distance, buckets, farthest))
        .isEqualTo(-bucket);
  }

  /** Two planes at theta 10000: angles of position p are p and p / 100. */
  @Test
  void anglesOfRotaryPositions() {
    float[] cosines = {
      1,
      1,
      1,
      1, //
      0.5403023f,
      0.99995f,
      0.5403023f,
      0.99995f, //
      -0.41614684f,
      0.9998f,
      -0.41614684f,
      0.9998f
    };
    float[] sines = {
      0,
      0,
      0,
      0, //
      -0.84147098f,
      -0.00999983f,
      0.84147098f,
      0.00999983f, //
      -0.90929743f,
      -0.01999867f,
      0.90929743f,
      0.01999867f
    };
    assertThat(RotaryTable.of(3, 2, 10_000, false)).containsExactly(cosines, within(1e-7f));
    assertThat(RotaryTable.of(3, 2, 10_000, true)).containsExactly(sines, within(1e-7f));
  }

  /** Four planes at theta 16: frequencies 1, 1/2, 1/4, 1/8. */
  @Test
  void frequenciesFallByTheRootOfTheta() {
    float[] row = RotaryTable.of(9, 4, 16, false);
    for (int plane = 0; plane < 4; plane++) {
      double angle = 8 / Math.pow(2, plane);
      assertThat((double) row[8 * 8 + plane]).isCloseTo(Math.cos(angle), within(1e-7));
      assertThat(row[8 * 8 + 4 + plane]).isEqualTo(row[8 * 8 + plane]);
    }
  }
}
