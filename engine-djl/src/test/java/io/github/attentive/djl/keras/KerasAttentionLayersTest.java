package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static io.github.attentive.djl.keras.KerasArchive.callOfListWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention and AdditiveAttention against their formulas, masked, causal, and with own keys. */
class KerasAttentionLayersTest extends KerasCase {
  private static final long[] IDS = {2, 5, 0, 3};
  private static final double[][] QUERY = Matrix.embedded(IDS);
  private static final double[][] VALUE = Matrix.each(QUERY, Math::tanh);
  private static final double[][] KEY = Matrix.each(QUERY, x -> x * x);
  private static final float SCALE = 1.75f;
  private static final float[] SCALES = {0.75f, -1.5f};
  private static final float WEIGHT = -0.625f;

  /** How a query and a key are scored. */
  @FunctionalInterface
  private interface Score {
    double of(double[] query, double[] key);
  }

  private static double dot(double[] query, double[] key, DoubleUnaryOperator scale) {
    return scale.applyAsDouble(query[0] * key[0] + query[1] * key[1]);
  }

  private static double summed(double[] query, double[] key, double inner, double... outer) {
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      sum += outer[i] * Math.tanh(inner * (query[i] + key[i]));
    }
    return sum;
  }

  private static KerasArchive archive(
      String kind, String options, boolean masked, boolean causal, Object... weights) {
    KerasArchive archive = KerasArchive.ofTokens("4", masked);
    archive.layer("Activation", "value", "\"activation\":\"tanh\"", call("embedding"));
    archive.layer("Multiply", "key", "", callOfListWith("", "embedding", "embedding"));
    String kwargs =
        "\"return_attention_scores\":true,\"use_causal_mask\":%s,\"training\":false"
            .formatted(causal);
    return archive.layer(
        kind, "attention", options, callOfListWith(kwargs, "embedding", "value", "key"), weights);
  }

  private void assertAttends(KerasArchive archive, boolean masked, boolean causal, Score score)
      throws IOException {
    double[][] weights = new double[4][];
    double[][] outputs = new double[4][2];
    for (int query = 0; query < 4; query++) {
      double[] scores = new double[4];
      boolean[] seen = new boolean[4];
      for (int key = 0; key < 4; key++) {
        scores[key] = score.of(QUERY[query], KEY[key]);
        seen[key] = !(masked && IDS[key] == 0) && !(causal && key > query);
      }
      weights[query] = Matrix.softmax(scores, seen);
      // Rows of masked queries are zeros; their weights are a distribution all the same.
      if (!masked || IDS[query] != 0) {
        outputs[query] = Matrix.times(weights[query], VALUE);
      }
    }
    for (boolean explain : new boolean[] {false, true}) {
      KerasProbe probe = new KerasProbe(folder, archive, explain);
      KerasProbe.Found found = probe.first("attention", IDS);
      found.assertIs(outputs);
      assertThat(found.mask()).isEqualTo(masked ? new double[] {1, 1, 0, 1} : new double[0]);
      assertThat(found.positions()).isEqualTo(1);
      KerasProbe.Found scores = probe.result("attention", 0, 1, IDS);
      assertThat(scores.shape()).containsExactly(1, 4, 4);
      scores.assertIs(weights);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false,false,false",
    "true,false,false",
    "true,true,false",
    "false,false,true",
    "true,true,true"
  })
  void ofProducts(boolean scaled, boolean masked, boolean causal) throws IOException {
    String options = "\"use_scale\":%s,\"score_mode\":\"dot\",\"dropout\":0.5".formatted(scaled);
    KerasArchive archive =
        scaled
            ? archive("Attention", options, masked, causal, SCALE)
            : archive("Attention", options, masked, causal);
    assertAttends(archive, masked, causal, (q, k) -> dot(q, k, x -> scaled ? SCALE * x : x));
  }

  @ParameterizedTest
  @CsvSource({"false,false,false", "true,true,false", "true,false,true", "false,true,true"})
  void ofSumsWithOneWeight(boolean scaled, boolean masked, boolean causal) throws IOException {
    String options = "\"use_scale\":%s,\"score_mode\":\"concat\"".formatted(scaled);
    KerasArchive archive =
        scaled
            ? archive("Attention", options, masked, causal, SCALE, WEIGHT)
            : archive("Attention", options, masked, causal, WEIGHT);
    assertAttends(
        archive,
        masked,
        causal,
        (q, k) -> summed(q, k, scaled ? SCALE : 1, (double) WEIGHT, (double) WEIGHT));
  }

  @ParameterizedTest
  @CsvSource({"false,false,false", "true,true,false", "true,false,true", "false,true,true"})
  void ofSumsWithAVector(boolean scaled, boolean masked, boolean causal) throws IOException {
    String options = "\"use_scale\":%s".formatted(scaled);
    KerasArchive archive =
        scaled
            ? archive("AdditiveAttention", options, masked, causal, (Object) SCALES)
            : archive("AdditiveAttention", options, masked, causal);
    double[] outer = scaled ? Matrix.of(SCALES) : new double[] {1, 1};
    assertAttends(archive, masked, causal, (q, k) -> summed(q, k, 1, outer));
  }

  /** The mask of the value takes keys away; that of the query makes rows of zeros. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theMaskOfTheValueCountsForKeysAndThatOfTheQueryForRows(boolean explain) throws IOException {
    KerasArchive archive = KerasArchive.ofTokens("4", true).embedding("plain", false, "ids");
    archive.layer("Attention", "rows", "", KerasArchive.callOfList("embedding", "plain"));
    archive.layer("Attention", "keys", "", KerasArchive.callOfList("plain", "embedding"));
    double[][] scores = Matrix.times(QUERY, Matrix.transposed(QUERY));
    double[][] rows = new double[4][];
    double[][] keys = new double[4][];
    for (int i = 0; i < 4; i++) {
      double[] all = Matrix.softmax(scores[i], new boolean[] {true, true, true, true});
      rows[i] = i == 2 ? new double[2] : Matrix.times(all, QUERY);
      keys[i] =
          Matrix.times(Matrix.softmax(scores[i], new boolean[] {true, true, false, true}), QUERY);
    }
    KerasProbe probe = new KerasProbe(folder, archive, explain);
    probe.first("rows", IDS).assertIs(rows);
    assertThat(probe.first("rows", IDS).mask()).containsExactly(1, 1, 0, 1);
    probe.first("keys", IDS).assertIs(keys);
    assertThat(probe.first("keys", IDS).mask()).isEmpty();
  }

  @Test
  void whatIsNoQueryAndValueIsRefused() throws IOException {
    KerasArchive one = KerasArchive.ofTokens("4", false);
    one.layer("Attention", "attention", "", call("embedding")).averaged("attention");
    assertRefused(one)
        .isEqualTo(
            folder.resolve("model.keras")
                + ": layer 'attention' (Attention, 3 of 5): expected a list of query and value, or"
                + " query, value and key, got 1");
    KerasArchive flat = KerasArchive.ofTokens("4", false);
    flat.layer("Flatten", "flat", "", call("embedding"));
    flat.layer("Attention", "attention", "", KerasArchive.callOfList("flat", "flat"));
    assertRefused(flat.dense("attention", "sigmoid", 1, 8))
        .contains("layer 'attention' (Attention, 4 of 5): expected [batch, positions, numbers]");
    KerasArchive weightless = KerasArchive.ofTokens("4", false);
    weightless.layer(
        "Attention",
        "attention",
        "\"use_scale\":true",
        KerasArchive.callOfList("embedding", "embedding"));
    assertRefused(weightless.averaged("attention"))
        .endsWith(
            "layer 'attention' (Attention, 3 of 5): weight 'scale': expected shape [], got none;"
                + " save the whole model");
  }
}
