package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionTensor;
import io.github.attentive.Baseline;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.spi.AttentionNorms;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.NormModel;
import io.github.attentive.spi.TokenSpan;
import io.github.attentive.spi.WordVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Norms of what attention moves, for every kind of model on the engine of the class path: a batch
 * gives what its texts give alone, and single layers are what plain loops give from the weights;
 * within 1e-5.
 */
public abstract class NormsContract {
  private static final Offset<Float> CLOSE = within(1e-5f);
  private static final double EPSILON = 1e-12;

  @TempDir Path folder;

  static List<String> models() {
    return EngineModels.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void aBatchGivesWhatItsTextsGiveAlone(String name) throws IOException {
    EngineModel model = EngineModels.shared(name);
    if (model.info().layers() == 0) {
      assertThat(model.norms()).isEmpty();
      return;
    }
    if (model.norms().isEmpty()) {
      // Attention that is made of single layers: what becomes of it is not known.
      assertThat(name).isIn("keras/v_bigru", "keras/v_bigru_mask", "keras/v_softmax3");
      return;
    }
    NormModel norms = model.norms().orElseThrow();
    List<AttentionNorms> together = norms.norms(EngineModels.TEXTS);
    List<ModelOutput> outputs = model.run(EngineModels.TEXTS, Detail.ATTENTION);
    for (int i = 0; i < together.size(); i++) {
      AttentionNorms found = together.get(i);
      AttentionTensor attention = outputs.get(i).attention().orElseThrow();
      assertThat(new int[] {found.layers(), found.heads(), found.queries(), found.keys()})
          .containsExactly(attention.shape());
      AttentionNorms alone = norms.norms(EngineModels.TEXTS.subList(i, i + 1)).get(0);
      assertThat(found.ofLayers()).containsExactly(alone.ofLayers(), CLOSE);
      assertThat(found.ofHeads()).containsExactly(alone.ofHeads(), CLOSE);
      assertTriangles(found);
    }
  }

  /** The sum of vectors is no longer than they are. */
  private static void assertTriangles(AttentionNorms norms) {
    int layer = norms.queries() * norms.keys();
    for (int i = 0; i < norms.ofLayers().length; i++) {
      double sum = 0;
      for (int head = 0; head < norms.heads(); head++) {
        sum += norms.ofHeads()[(i / layer * norms.heads() + head) * layer + i % layer];
      }
      assertThat((double) norms.ofLayers()[i]).isBetween(0.0, sum + 1e-4);
      if (norms.heads() == 1) {
        assertThat((double) norms.ofLayers()[i]).isCloseTo(sum, within(1e-5));
      }
    }
  }

  /** Words are their own values. */
  @Test
  void dotProductAttentionMovesWordVectors() throws IOException {
    try (EngineModel model = EngineModels.open(EngineModels.path("attentive-keras/true", folder))) {
      for (TextInput text : EngineModels.TEXTS) {
        AttentionNorms norms = model.norms().orElseThrow().norms(List.of(text)).get(0);
        AttentionTensor attention =
            model.run(List.of(text), Detail.ATTENTION).get(0).attention().orElseThrow();
        WordVectors words = model.gradients().orElseThrow().wordVectors(text, Baseline.PAD);
        int size = words.size();
        for (int query = 0; query < norms.queries(); query++) {
          for (int key = 0; key < norms.keys(); key++) {
            double square = 0;
            for (int d = 0; d < size; d++) {
              square += Math.pow(words.text()[key * size + d], 2);
            }
            double expected = attention.at(0, 0, query, key) * Math.sqrt(square);
            int place = query * norms.keys() + key;
            assertThat((double) norms.ofLayers()[place]).isCloseTo(expected, within(1e-5));
            assertThat((double) norms.ofHeads()[place]).isCloseTo(expected, within(1e-5));
          }
        }
      }
    }
  }

  /** The weights of a checkpoint as matrices. */
  private record Weights(Checkpoint checkpoint) {
    double[] vector(String name) {
      float[] values = checkpoint.tensor(name).parameter().values();
      double[] vector = new double[values.length];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = values[i];
      }
      return vector;
    }

    double[] row(String name, int row, int size) {
      float[] values = checkpoint.tensor(name).parameter().values();
      double[] vector = new double[size];
      for (int i = 0; i < size; i++) {
        vector[i] = values[row * size + i];
      }
      return vector;
    }
  }

  /** Everything from the embeddings on, in doubles. */
  @Test
  void theFirstLayerOfBertIsWhatPlainLoopsGive() throws IOException {
    Path directory = SharedFixtures.path("hf/bert");
    Weights weights = new Weights(Checkpoint.read(directory));
    try (EngineModel model = EngineModels.open(directory)) {
      for (TextInput text : EngineModels.TEXTS) {
        ModelOutput output = model.run(List.of(text), Detail.ATTENTION).get(0);
        AttentionTensor attention = output.attention().orElseThrow();
        AttentionNorms norms = model.norms().orElseThrow().norms(List.of(text)).get(0);
        double[][][] moved = moved(weights, output.positions(), norms.heads());
        int length = norms.keys();
        for (int query = 0; query < length; query++) {
          for (int key = 0; key < length; key++) {
            double[] sum = new double[moved[0][0].length];
            for (int head = 0; head < norms.heads(); head++) {
              double weight = attention.at(0, head, query, key);
              double square = 0;
              for (int d = 0; d < sum.length; d++) {
                sum[d] += weight * moved[head][key][d];
                square += Math.pow(weight * moved[head][key][d], 2);
              }
              assertThat((double) norms.ofHeads()[(head * length + query) * length + key])
                  .isCloseTo(Math.sqrt(square), within(1e-5));
            }
            double square = 0;
            for (double number : sum) {
              square += number * number;
            }
            assertThat((double) norms.ofLayers()[query * length + key])
                .isCloseTo(Math.sqrt(square), within(1e-5));
          }
        }
      }
    }
  }

  /** {@code [heads][keys][hidden]}. */
  private static double[][][] moved(Weights weights, List<TokenSpan> tokens, int heads) {
    double[] scale = weights.vector("bert.embeddings.LayerNorm.weight");
    double[] shift = weights.vector("bert.embeddings.LayerNorm.bias");
    String layer = "bert.encoder.layer.0.attention.";
    double[] values = weights.vector(layer + "self.value.weight");
    double[] bias = weights.vector(layer + "self.value.bias");
    double[] out = weights.vector(layer + "output.dense.weight");
    int hidden = scale.length;
    int size = hidden / heads;
    double[][][] moved = new double[heads][tokens.size()][hidden];
    for (int key = 0; key < tokens.size(); key++) {
      double[] x =
          weights.row("bert.embeddings.word_embeddings.weight", (int) tokens.get(key).id(), hidden);
      double[] position = weights.row("bert.embeddings.position_embeddings.weight", key, hidden);
      double[] type = weights.row("bert.embeddings.token_type_embeddings.weight", 0, hidden);
      double mean = 0;
      for (int d = 0; d < hidden; d++) {
        x[d] += position[d] + type[d];
        mean += x[d] / hidden;
      }
      double variance = 0;
      for (double number : x) {
        variance += (number - mean) * (number - mean) / hidden;
      }
      for (int d = 0; d < hidden; d++) {
        x[d] = (x[d] - mean) / Math.sqrt(variance + EPSILON) * scale[d] + shift[d];
      }
      for (int head = 0; head < heads; head++) {
        for (int i = head * size; i < (head + 1) * size; i++) {
          double value = bias[i];
          for (int d = 0; d < hidden; d++) {
            value += values[i * hidden + d] * x[d];
          }
          for (int d = 0; d < hidden; d++) {
            moved[head][key][d] += out[d * hidden + i] * value;
          }
        }
      }
    }
    return moved;
  }
}
