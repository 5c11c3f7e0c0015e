package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalisations with and without their scale and shift; layers that only training notices. */
class KerasNormalizationTest extends KerasCase {
  private static final long[] IDS = {4, 0};
  private static final float[] GAMMA = {2, -3};
  private static final float[] BETA = {0.25f, -1};
  private static final float[] MEAN = {0.125f, -0.5f};
  private static final float[] VARIANCE = {0.75f, 2};

  private static KerasArchive archive(
      String kind, boolean scale, boolean center, String axis, float[]... statistics) {
    List<Object> weights = new ArrayList<>();
    if (scale) {
      weights.add(GAMMA);
    }
    if (center) {
      weights.add(BETA);
    }
    weights.addAll(List.of(statistics));
    KerasArchive archive = KerasArchive.ofTokens("2", true);
    return archive.layer(
        kind,
        "norm",
        "\"axis\":%s,\"epsilon\":0.25,\"scale\":%s,\"center\":%s".formatted(axis, scale, center),
        call("embedding"),
        weights.toArray());
  }

  private static double[] scaled(double[] x, boolean scale, boolean center) {
    double[] scaled = x.clone();
    for (int i = 0; i < 2; i++) {
      scaled[i] = scaled[i] * (scale ? GAMMA[i] : 1) + (center ? BETA[i] : 0);
    }
    return scaled;
  }

  @ParameterizedTest
  @CsvSource({"true,true,[-1]", "true,false,-1", "false,true,[2]", "false,false,2"})
  void overTheNumbersOfAPosition(boolean scale, boolean center, String axis) throws IOException {
    double[][] expected = new double[2][];
    for (int i = 0; i < 2; i++) {
      double[] x = embedded((int) IDS[i]);
      double mean = (x[0] + x[1]) / 2;
      double deviation = Math.sqrt(Math.pow(x[0] - mean, 2) + 0.25);
      expected[i] =
          scaled(
              new double[] {(x[0] - mean) / deviation, (x[1] - mean) / deviation}, scale, center);
    }
    KerasProbe.Found found =
        new KerasProbe(folder, archive("LayerNormalization", scale, center, axis), false)
            .first("norm", IDS);
    found.assertIs(expected);
    assertThat(found.mask()).containsExactly(1, 0);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void withTheStatisticsOfTraining(boolean scale, boolean center) throws IOException {
    double[][] expected = new double[2][];
    for (int i = 0; i < 2; i++) {
      double[] x = embedded((int) IDS[i]);
      for (int k = 0; k < 2; k++) {
        x[k] = (x[k] - MEAN[k]) / Math.sqrt(VARIANCE[k] + 0.25);
      }
      expected[i] = scaled(x, scale, center);
    }
    new KerasProbe(
            folder, archive("BatchNormalization", scale, center, "-1", MEAN, VARIANCE), false)
        .first("norm", IDS)
        .assertIs(expected);
  }

  @Test
  void otherAxesAreRefused() throws IOException {
    for (String axis : new String[] {"1", "[1]", "[1,2]", "null", "\"last\""}) {
      for (String kind : new String[] {"LayerNormalization", "BatchNormalization"}) {
        assertRefused(archive(kind, false, false, axis).averaged("norm"))
            .startsWith(
                "%s: layer 'norm' (%s, 3 of 5): option 'axis': expected "
                    .formatted(folder.resolve("model.keras"), kind))
            .endsWith(", got " + axis);
      }
    }
    KerasArchive archive = KerasArchive.ofTokens("2", false);
    archive.layer("LayerNormalization", "norm", "\"rms_scaling\":true", call("embedding"));
    assertRefused(archive.averaged("norm"))
        .endsWith("option 'rms_scaling': expected false, got true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dropout",
        "SpatialDropout1D",
        "GaussianNoise",
        "GaussianDropout",
        "AlphaDropout",
        "ActivityRegularization",
        "Identity"
      })
  void whatOnlyTrainingNoticesChangesNothing(String kind) throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("2", true);
    archive.layer(
        kind,
        "same",
        "\"rate\":0.5,\"stddev\":2,\"seed\":7,\"noise_shape\":null,\"l1\":0.5,\"l2\":1",
        call("embedding"));
    KerasProbe.Found found = new KerasProbe(folder, archive, false).first("same", IDS);
    found.assertIs(embedded(4), embedded(0));
    assertThat(found.mask()).containsExactly(1, 0);
    assertThat(found.positions()).isEqualTo(1);
  }
}
