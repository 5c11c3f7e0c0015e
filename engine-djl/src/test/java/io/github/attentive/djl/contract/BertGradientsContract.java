package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What comes of the gradients of the fixture {@code hf/bert} is what PyTorch gave in doubles,
 * within 1e-5.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BertGradientsContract {
  private static final Offset<Double> CLOSE = within(1e-5);

  private CompiledGraph graph;
  private List<BertExplainGolden> goldens;

  /** Loads a graph on the CPU. */
  protected abstract CompiledGraph load(Graph graph);

  @BeforeAll
  void load() throws IOException {
    goldens = BertExplainGolden.all();
    graph = load(GradientModel.of("hf/bert").graph());
  }

  @AfterAll
  void free() {
    if (graph != null) {
      graph.close();
    }
  }

  private HostArray.Floats embed(HostArray ids) {
    return graph.run(ModelFunctions.EMBED, List.of(ids)).get(0);
  }

  private List<HostArray.Floats> byEmbeddings(
      BertExplainGolden golden, int rows, HostArray.Floats words) {
    List<HostArray> inputs = new ArrayList<>(golden.inputs(rows));
    inputs.add(words);
    inputs.add(golden.outputWeights(rows));
    return graph.run(ModelFunctions.EMBEDDING_GRADIENTS, inputs);
  }

  private static double[] doubles(HostArray.Floats array) {
    double[] doubles = new double[array.values().length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = array.values()[i];
    }
    return doubles;
  }

  @Test
  void inputTimesGradientAndItsNorm() {
    for (BertExplainGolden golden : goldens) {
      HostArray.Floats words = embed(golden.ids(1));
      List<HostArray.Floats> outputs = byEmbeddings(golden, 1, words);
      assertThat(doubles(outputs.get(0))).containsExactly(golden.numbers("logits"), CLOSE);
      int length = golden.length();
      int width = words.values().length / length;
      double[] products = new double[length];
      double[] norms = new double[length];
      for (int i = 0; i < words.values().length; i++) {
        double slope = outputs.get(1).values()[i];
        products[i / width] += words.values()[i] * slope;
        norms[i / width] += slope * slope;
      }
      for (int i = 0; i < length; i++) {
        norms[i] = Math.sqrt(norms[i]);
      }
      assertThat(products).containsExactly(golden.numbers("input_x_gradient"), CLOSE);
      assertThat(norms).containsExactly(golden.numbers("gradient_l2"), CLOSE);
    }
  }

  /** The trapezoidal rule in 50 steps, all of them in one batch. */
  @Test
  void integratedGradients() {
    int rows = 51;
    for (BertExplainGolden golden : goldens) {
      float[] words = embed(golden.ids(1)).values();
      float[] baseline = embed(golden.baselineIds()).values();
      int width = words.length / golden.length();
      float[] between = new float[rows * words.length];
      for (int i = 0; i < between.length; i++) {
        double share = i / words.length / 50.0;
        int place = i % words.length;
        between[i] = (float) (baseline[place] + share * (words[place] - baseline[place]));
      }
      long[] shape = {rows, golden.length(), width};
      float[] gradients =
          byEmbeddings(golden, rows, new HostArray.Floats(shape, between)).get(1).values();
      double[] contributions = new double[golden.length()];
      for (int i = 0; i < gradients.length; i++) {
        int row = i / words.length;
        int place = i % words.length;
        double weight = row == 0 || row == rows - 1 ? 0.01 : 0.02;
        contributions[place / width] +=
            weight * gradients[i] * ((double) words[place] - baseline[place]);
      }
      assertThat(contributions).containsExactly(golden.integratedGradients(), CLOSE);
    }
  }

  @Test
  void attentionTimesGradientAndRelevance() {
    for (BertExplainGolden golden : goldens) {
      List<HostArray> inputs = new ArrayList<>(golden.inputs(1));
      inputs.add(golden.outputWeights(1));
      List<HostArray.Floats> outputs = graph.run(ModelFunctions.ATTENTION_GRADIENTS, inputs);
      int length = golden.length();
      double[][] relevance = new double[length][length];
      for (int i = 0; i < length; i++) {
        relevance[i][i] = 1;
      }
      double[][] layer = new double[0][];
      for (int i = 1; i < outputs.size(); i += 2) {
        layer = attended(outputs.get(i), outputs.get(i + 1));
        relevance = propagated(layer, relevance);
      }
      assertThat(layer[0])
          .containsExactly(golden.numbers("grad_x_attention_last_layer_cls_row"), CLOSE);
      assertThat(relevance[0]).containsExactly(golden.cheferRow(), CLOSE);
    }
  }

  /** The mean over the heads of what is above 0 of the products. */
  private static double[][] attended(HostArray.Floats attention, HostArray.Floats gradient) {
    assertThat(gradient.shape()).containsExactly(attention.shape());
    int heads = (int) attention.shape()[1];
    int length = (int) attention.shape()[2];
    double[][] means = new double[length][length];
    for (int i = 0; i < attention.values().length; i++) {
      double product = (double) attention.values()[i] * gradient.values()[i];
      means[i / length % length][i % length] += Math.max(product, 0) / heads;
    }
    return means;
  }

  /** {@code R + C R}. */
  private static double[][] propagated(double[][] layer, double[][] relevance) {
    double[][] next = new double[layer.length][layer.length];
    for (int row = 0; row < layer.length; row++) {
      for (int column = 0; column < layer.length; column++) {
        next[row][column] = relevance[row][column];
        for (int i = 0; i < layer.length; i++) {
          next[row][column] += layer[row][i] * relevance[i][column];
        }
      }
    }
    return next;
  }
}
