package io.github.attentive.djl.keras;

import static io.github.attentive.djl.keras.KerasArchive.call;
import static io.github.attentive.djl.keras.KerasArchive.callOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MultiHeadAttention of two heads against its formula; and what becomes of masks. */
class KerasMultiHeadAttentionTest extends KerasCase {
  private static final long[] IDS = {2, 5, 0, 3};
  private static final int HEADS = 2;
  private static final int KEY = 3;
  private static final int VALUE = 2;
  private static final int OUT = 5;

  /** A dense layer of all heads: {@code [in, heads, size]} and {@code [heads, size]}. */
  private record Projection(float[][][] kernel, float[][] bias) {
    static Projection of(Random random, int in, int size) {
      float[][][] kernel = new float[in][][];
      for (int i = 0; i < in; i++) {
        kernel[i] = Matrix.random(random, HEADS, size);
      }
      return new Projection(kernel, Matrix.random(random, HEADS, size));
    }

    double[][] of(double[][] x, int head, boolean biased) {
      double[][] projected = new double[x.length][kernel[0][head].length];
      for (int row = 0; row < x.length; row++) {
        for (int column = 0; column < projected[row].length; column++) {
          projected[row][column] = biased ? bias[head][column] : 0;
          for (int i = 0; i < kernel.length; i++) {
            projected[row][column] += x[row][i] * kernel[i][head][column];
          }
        }
      }
      return projected;
    }
  }

  private final Random random = new Random(11);
  private final Projection query = Projection.of(random, 2, KEY);
  private final Projection key = Projection.of(random, 2, KEY);
  private final Projection value = Projection.of(random, 2, VALUE);

  /** {@code [heads, value, out]}. */
  private final float[][][] output = {
    Matrix.random(random, VALUE, OUT), Matrix.random(random, VALUE, OUT)
  };

  private final float[] outputBias = Matrix.random(random, OUT);

  private KerasArchive archive(boolean masked, boolean causal, boolean biased, boolean scores) {
    KerasArchive archive = KerasArchive.ofTokens("4", masked);
    archive.layer("Activation", "value", "\"activation\":\"tanh\"", call("embedding"));
    archive.layer("Activation", "key", "\"activation\":\"sigmoid\"", call("embedding"));
    archive.layer(
        "MultiHeadAttention",
        "mha",
        "\"num_heads\":2,\"key_dim\":3,\"value_dim\":2,\"use_bias\":%s,\"output_shape\":[5]"
                .formatted(biased)
            + ",\"attention_axes\":[1],\"dropout\":0.25,\"seed\":null",
        callOf(
            "\"key\":%s,\"use_causal_mask\":%s,\"return_attention_scores\":%s"
                .formatted(KerasArchive.result("key"), causal, scores),
            "embedding",
            "value"));
    String group = "layers/multi_head_attention/";
    archive.weight(group + "query_dense/vars/0", query.kernel());
    archive.weight(group + "key_dense/vars/0", key.kernel());
    archive.weight(group + "value_dense/vars/0", value.kernel());
    archive.weight(group + "output_dense/vars/0", output);
    if (biased) {
      archive.weight(group + "query_dense/vars/1", query.bias());
      archive.weight(group + "key_dense/vars/1", key.bias());
      archive.weight(group + "value_dense/vars/1", value.bias());
      archive.weight(group + "output_dense/vars/1", outputBias);
    }
    return archive;
  }

  @ParameterizedTest
  @CsvSource({
    "false,false,false",
    "false,false,true",
    "true,false,true",
    "false,true,false",
    "true,true,true"
  })
  void headsAreComputedByThemselvesAndJoined(boolean masked, boolean causal, boolean biased)
      throws IOException {
    double[][] x = Matrix.embedded(IDS);
    double[][] expected = new double[4][OUT];
    double[][][] weights = new double[HEADS][4][];
    for (int head = 0; head < HEADS; head++) {
      double[][] queries = query.of(x, head, biased);
      double[][] keys = key.of(Matrix.each(x, KerasCase::sigmoid), head, biased);
      double[][] values = value.of(Matrix.each(x, Math::tanh), head, biased);
      double[][] scores = Matrix.times(queries, Matrix.transposed(keys));
      for (int q = 0; q < 4; q++) {
        boolean[] seen = new boolean[4];
        for (int k = 0; k < 4; k++) {
          scores[q][k] /= Math.sqrt(KEY);
          seen[k] = !(masked && (IDS[k] == 0 || IDS[q] == 0)) && !(causal && k > q);
        }
        weights[head][q] = Matrix.softmax(scores[q], seen);
        double[] context = Matrix.times(weights[head][q], values);
        expected[q] = Matrix.plus(expected[q], Matrix.times(context, Matrix.of(output[head])));
      }
    }
    for (boolean explain : new boolean[] {false, true}) {
      for (boolean scores : new boolean[] {false, true}) {
        KerasProbe probe = new KerasProbe(folder, archive(masked, causal, biased, scores), explain);
        KerasProbe.Found found = probe.first("mha", IDS);
        assertThat(found.shape()).containsExactly(1, 4, OUT);
        assertThat(found.mask()).isEqualTo(masked ? new double[] {1, 1, 0, 1} : new double[0]);
        for (int q = 0; q < 4; q++) {
          // Without scores a query of padding gets what no one looks at.
          if (!masked || IDS[q] != 0 || scores) {
            found.assertRow(
                q, biased ? Matrix.plus(expected[q], Matrix.of(outputBias)) : expected[q]);
          }
        }
        if (scores) {
          KerasProbe.Found shown = probe.result("mha", 0, 1, IDS);
          assertThat(shown.shape()).containsExactly(1, HEADS, 4, 4);
          for (int head = 0; head < HEADS; head++) {
            for (int q = 0; q < 4; q++) {
              shown.assertRow(head * 4 + q, weights[head][q]);
            }
          }
        }
      }
    }
  }

  /** The mask is gone from all that the attention was called with, for calls made later. */
  @Test
  void masksAreTakenOffInKerassOrder() throws IOException {
    KerasArchive archive = archive(true, false, false, false);
    archive.layer("Activation", "later", "\"activation\":\"linear\"", call("mha"));
    archive.layer("Concatenate", "both", "\"axis\":-1", KerasArchive.callOfList("later", "key"));
    KerasProbe probe = new KerasProbe(folder, archive, false);
    assertThat(probe.first("later", IDS).mask()).containsExactly(1, 1, 0, 1);
    // One has a mask, the other no more: every position counts.
    assertThat(probe.first("both", IDS).mask()).containsExactly(1, 1, 1, 1);
    assertThat(probe.first("key", IDS).mask()).containsExactly(1, 1, 0, 1);
  }

  @Test
  void whatIsNotReadIsRefused() throws IOException {
    for (String[] option :
        new String[][] {
          {"\"num_heads\":0", "field 'config.layers[2].config.num_heads': expected a whole number"},
          {"\"num_heads\":1,\"key_dim\":2,\"use_gate\":true", "'use_gate': expected false"},
          {
            "\"num_heads\":1,\"key_dim\":2,\"attention_axes\":[2]",
            "option 'attention_axes': expected positions alone, [1], got [2]"
          },
          {
            "\"num_heads\":1,\"key_dim\":2,\"attention_axes\":[null]",
            "(MultiHeadAttention, 3 of 5): an option or argument is not of the kind that Keras writes"
          },
        }) {
      KerasArchive archive = KerasArchive.ofTokens("4", false);
      archive.layer("MultiHeadAttention", "mha", option[0], callOf("", "embedding", "embedding"));
      assertRefused(archive.averaged("mha")).contains(option[1]);
    }
    KerasArchive alone = KerasArchive.ofTokens("4", false);
    alone.layer(
        "MultiHeadAttention", "mha", "\"num_heads\":1,\"key_dim\":2", callOf("", "embedding"));
    assertRefused(alone.averaged("mha"))
        .endsWith("layer 'mha' (MultiHeadAttention, 3 of 5): expected a value, got none");
  }
}
