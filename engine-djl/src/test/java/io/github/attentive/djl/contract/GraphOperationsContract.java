package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.InferenceException;
import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every engine computes for each operation of a graph, against plain arithmetic in doubles.
 * Subclasses say how a graph is loaded.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GraphOperationsContract {
  private static final Offset<Float> CLOSE = within(1e-6f);

  /** [2, 3, 2]. */
  private static final float[] X = {1, 2, -1, 0.5f, 3, -2, 0, 1, 4, 4.5f, -0.25f, 7};

  private CompiledGraph graph;

  /** Loads a graph on the CPU. */
  protected abstract CompiledGraph load(Graph graph);

  @BeforeAll
  void load() {
    graph = load(SmallGraph.ofEveryOperation());
  }

  @AfterAll
  void free() {
    graph.close();
  }

  private static HostArray floats(float[] values, long... shape) {
    return new HostArray.Floats(shape, values);
  }

  private static HostArray longs(long[] values, long... shape) {
    return new HostArray.Longs(shape, values);
  }

  private static void assertArray(HostArray.Floats actual, long[] shape, float... values) {
    assertThat(actual.shape()).containsExactly(shape);
    assertThat(actual.values()).containsExactly(values, CLOSE);
  }

  private static long[] shape(long... sizes) {
    return sizes;
  }

  @Test
  void tables() {
    List<HostArray.Floats> outputs =
        graph.run("tables", List.of(longs(new long[] {0, 1, 2, 2, 1, 1}, 2, 3)));
    assertArray(outputs.get(0), shape(4, 2), SmallGraph.EMBEDDING);
    assertArray(outputs.get(1), shape(3, 2), 0, 0, 1, 2, -1, 0.5f);
    float far = 3 - 2f * (1L << 40);
    assertArray(outputs.get(2), shape(2, 3), -11, 13, far, far, 13, 13);
    assertArray(outputs.get(3), shape(2, 3), 1, 1, 2, 1, 1, 1);
    assertArray(outputs.get(4), shape(2, 3), 0.5f, 0, -0.5f, -0.5f, 0, 0);
  }

  @Test
  void dropoutKeepsTheMean() {
    float[] x = new float[30_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 2 == 0 ? 3 : -6;
    }
    float[] thinned = graph.run("dropout", List.of(floats(x, x.length / 3, 3))).get(0).values();
    int dropped = 0;
    for (int i = 0; i < x.length; i++) {
      if (thinned[i] == 0) {
        dropped++;
      } else {
        assertThat(thinned[i]).isCloseTo((float) (x[i] / (1 - SmallGraph.DROPPED)), CLOSE);
      }
    }
    // Eight standard deviations.
    assertThat(dropped / (double) x.length).isCloseTo(SmallGraph.DROPPED, within(0.02));
  }

  @Test
  void leadingRowsFollowTheLength() {
    for (int length = 1; length <= 4; length++) {
      HostArray ids = longs(new long[2 * length], 2, length);
      assertThat(graph.run("tables", List.of(ids)).get(1).shape()).containsExactly(length, 2);
    }
  }

  @Test
  void elements() {
    float[] x = {1, -2, 0, 0.5f, 3, -4};
    float[] y = {2, -0.25f};
    List<HostArray.Floats> outputs =
        graph.run("elements", List.of(floats(x, 2, 3), floats(y, 2, 1)));
    assertArray(outputs.get(0), shape(2, 3), 2, -4, 0, -0.125f, -0.75f, 1);
    assertArray(outputs.get(1), shape(2, 3), 0.5f, -1, 0, -2, -12, 16);
    assertArray(outputs.get(2), shape(2, 3), -0.75f, -2.25f, -1.25f, -1, 0.25f, -3.25f);
    for (Activation activation : Activation.values()) {
      float[] expected = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        float argument = activation == Activation.SQRT ? x[i] * x[i] : x[i];
        expected[i] = (float) ActivationValues.of(activation, argument);
      }
      assertArray(outputs.get(3 + activation.ordinal()), shape(2, 3), expected);
    }
    float[] product = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      product[i] = x[i] * y[i / 3];
    }
    int next = 3 + Activation.values().length;
    for (Activation gelu : List.of(Activation.GELU, Activation.GELU_TANH)) {
      UnaryOperator<double[]> ofEach =
          all -> Arrays.stream(all).map(each -> ActivationValues.of(gelu, each)).toArray();
      assertArray(outputs.get(next++), shape(2, 3), gradient(ofEach, x, product));
    }
  }

  /** The gradient of the sum of the results by their factors, from differences of the results. */
  private static float[] gradient(UnaryOperator<double[]> function, float[] x, float[] factors) {
    double step = 1e-5;
    float[] gradient = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      double[] above = doubles(x);
      double[] below = doubles(x);
      above[i] += step;
      below[i] -= step;
      double[] more = function.apply(above);
      double[] less = function.apply(below);
      double sum = 0;
      for (int j = 0; j < x.length; j++) {
        sum += factors[j] * (more[j] - less[j]) / (2 * step);
      }
      gradient[i] = (float) sum;
    }
    return gradient;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void exactAndApproximateGeluDiffer() {
    assertThat(ActivationValues.of(Activation.GELU, 1)).isCloseTo(0.8413447, within(1e-7));
    assertThat(ActivationValues.of(Activation.GELU_TANH, 1)).isCloseTo(0.8411920, within(1e-7));
  }

  @Test
  void axes() {
    float[] x = {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15};
    long[] index = {1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0};
    List<HostArray.Floats> outputs =
        graph.run("axes", List.of(floats(x, 1, 2, 6), longs(index, 3, 4)));
    assertArray(outputs.get(0), shape(1, 4, 3), 0, 2, 4, 1, 3, 5, 10, 12, 14, 11, 13, 15);
    assertArray(outputs.get(1), shape(1, 2, 3), 1, 2, 3, 11, 12, 13);
    assertArray(outputs.get(2), shape(1, 6), 10, 11, 12, 13, 14, 15);
    assertArray(
        outputs.get(3), shape(1, 2, 8), 4, 5, 0, 1, 2, 3, 4, 5, 14, 15, 10, 11, 12, 13, 14, 15);
    assertArray(outputs.get(4), shape(1, 6), 10, 12, 14, 16, 18, 20);
    assertArray(outputs.get(6), shape(1, 2), 5, 15);
    assertArray(outputs.get(7), shape(1, 6), 10, 11, 12, 13, 14, 15);
    assertArray(outputs.get(8), shape(1, 2, 6), 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5);
    assertArray(outputs.get(9), shape(1, 2, 6), 0, 0, 0, 1, 2, 3, 0, 0, 10, 11, 12, 13);
    assertArray(outputs.get(10), shape(1, 2, 6), 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0);
    assertArray(outputs.get(11), shape(1, 2, 6), new float[12]);
    float[] filled = new float[12];
    Arrays.fill(filled, -1.5f);
    assertArray(outputs.get(12), shape(2, 6), filled);
    // Each element as often as the index names it.
    assertArray(outputs.get(13), shape(1, 2, 3, 2), 0, 3, 6, 3, 8, 10, 10, 33, 36, 13, 28, 30);
    assertArray(
        outputs.get(5),
        shape(1, 2, 3, 4),
        new float[] {
          1, 0, 1, 1, 2, 2, 2, 3, 5, 5, 4, 4, //
          11, 10, 11, 11, 12, 12, 12, 13, 15, 15, 14, 14
        });
  }

  /** A row's vector, normalised. */
  private static double normed(double[] x, int row, int place, double epsilon) {
    double mean = (x[row * 2] + x[row * 2 + 1]) / 2.0;
    double half = (x[row * 2] - x[row * 2 + 1]) / 2.0;
    return (x[row * 2 + place] - mean) / Math.sqrt(half * half + epsilon);
  }

  private static double[] normedByWeight(double[] x) {
    return IntStream.range(0, x.length)
        .mapToDouble(i -> normed(x, i / 2, i % 2, 1) * SmallGraph.NORM[i % 2])
        .toArray();
  }

  /** Over the rows of each text. */
  private static double[] softmax(double[] x) {
    double[] shares = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double sum = 0;
      for (int row = 0; row < 3; row++) {
        sum += Math.exp(x[i / 6 * 6 + row * 2 + i % 2]);
      }
      shares[i] = Math.exp(x[i]) / sum;
    }
    return shares;
  }

  @Test
  void layers() {
    List<HostArray.Floats> outputs = graph.run("layers", List.of(floats(X, 2, 3, 2)));
    float[] biased = new float[12];
    float[] unbiased = new float[12];
    for (int i = 0; i < 12; i++) {
      float weight = SmallGraph.NORM[i % 2];
      biased[i] = (float) (normed(doubles(X), i / 2, i % 2, 0.01) * weight + weight);
      unbiased[i] = (float) (normed(doubles(X), i / 2, i % 2, 1e-12) * weight);
    }
    assertArray(outputs.get(0), shape(2, 3, 2), biased);
    assertArray(outputs.get(1), shape(2, 3, 2), unbiased);

    float[] convolved = new float[18];
    float[] dense = new float[18];
    for (int row = 0; row < 6; row++) {
      for (int out = 0; out < 3; out++) {
        double sum = SmallGraph.BIAS[out];
        for (int tap = 0; tap < 3; tap++) {
          int place = row % 3 + tap - 1;
          for (int in = 0; in < 2 && place >= 0 && place < 3; in++) {
            sum += SmallGraph.WINDOW[(out * 2 + in) * 3 + tap] * X[(row / 3 * 3 + place) * 2 + in];
          }
        }
        convolved[row * 3 + out] = (float) sum;
        dense[row * 3 + out] =
            SmallGraph.KERNEL[out * 2] * X[row * 2]
                + SmallGraph.KERNEL[out * 2 + 1] * X[row * 2 + 1];
      }
    }
    assertArray(outputs.get(2), shape(2, 3, 3), convolved);
    assertArray(outputs.get(3), shape(2, 3, 3), dense);
    float[] factors = {6, -4, -2, 1, 2, 4, -0.5f, 14, 8, 9, 0, 2};
    assertThat(outputs.get(4).values())
        .containsExactly(
            gradient(GraphOperationsContract::normedByWeight, X, factors), within(1e-5f));
    assertThat(outputs.get(5).values())
        .containsExactly(gradient(GraphOperationsContract::softmax, X, factors), within(1e-5f));
  }

  @Test
  void attentionAddsItsBiasToTheScores() {
    float[] mask = {0, -1e30f, 0, 0.5f, 0, -2};
    HostArray.Floats attended =
        graph.run("biased", List.of(floats(X, 2, 3, 2), floats(mask, 2, 1, 3))).get(0);
    float[] expected = new float[12];
    for (int row = 0; row < 6; row++) {
      int text = row / 3;
      double sum = 0;
      double[] context = new double[2];
      for (int key = text * 3; key < text * 3 + 3; key++) {
        double dot = (double) X[row * 2] * X[key * 2] + (double) X[row * 2 + 1] * X[key * 2 + 1];
        double weight = Math.exp(dot * 0.5 + mask[key]);
        sum += weight;
        context[0] += weight * X[key * 2];
        context[1] += weight * X[key * 2 + 1];
      }
      expected[row * 2] = (float) (context[0] / sum);
      expected[row * 2 + 1] = (float) (context[1] / sum);
    }
    assertThat(attended.shape()).containsExactly(2, 3, 2);
    assertThat(attended.values()).containsExactly(expected, within(1e-5f));
  }

  private static HostArray.Longs ids(long... row) {
    return HostArray.Longs.ofRows(List.of(row));
  }

  private static double dot(long i, long j) {
    float[] e = SmallGraph.EMBEDDING;
    int a = (int) i * 2;
    int b = (int) j * 2;
    return (double) e[a] * e[b] + (double) e[a + 1] * e[b + 1];
  }

  /** Row i of the softmax of {@code scale * w_i w_j}. */
  private static double[] weights(long[] ids, int query, double scale) {
    double[] row = new double[ids.length];
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      row[j] = Math.exp(scale * dot(ids[query], ids[j]));
      sum += row[j];
    }
    for (int j = 0; j < row.length; j++) {
      row[j] /= sum;
    }
    return row;
  }

  @Test
  void attentionShownAndFused() {
    long[] ids = {1, 3, 2};
    List<HostArray.Floats> outputs = graph.run("explain", List.of(ids(ids)));

    assertThat(outputs.get(1).shape()).containsExactly(1, 1, 3, 3);
    double[] mean = new double[2];
    for (int q = 0; q < 3; q++) {
      double[] shown = weights(ids, q, 2);
      double[] used = weights(ids, q, 2 * 0.125);
      for (int k = 0; k < 3; k++) {
        assertThat((double) outputs.get(1).values()[q * 3 + k]).isCloseTo(shown[k], within(1e-6));
        mean[0] += used[k] * SmallGraph.EMBEDDING[(int) ids[k] * 2] / 3;
        mean[1] += used[k] * SmallGraph.EMBEDDING[(int) ids[k] * 2 + 1] / 3;
      }
    }
    assertThat(outputs.get(0).shape()).containsExactly(1, 3);
    for (int c = 0; c < 3; c++) {
      double logit =
          SmallGraph.KERNEL[c * 2] * mean[0]
              + SmallGraph.KERNEL[c * 2 + 1] * mean[1]
              + SmallGraph.BIAS[c];
      assertThat((double) outputs.get(0).values()[c]).isCloseTo(logit, within(1e-6));
    }
  }

  @Test
  void losses() {
    HostArray logits = new HostArray.Floats(new long[] {2, 1}, new float[] {2, -1});
    HostArray targets = new HostArray.Floats(new long[] {2, 1}, new float[] {1, 1});
    double binary = (Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(1))) / 2;
    List<HostArray.Floats> outputs = graph.run("loss", List.of(logits, targets));
    assertThat(outputs.get(0).shape()).isEmpty();
    assertThat((double) outputs.get(0).values()[0]).isCloseTo(binary, within(1e-6));

    HostArray classes = new HostArray.Floats(new long[] {2, 3}, new float[] {1, 2, 3, 0, 5, 0});
    HostArray rows = new HostArray.Longs(new long[] {2}, new long[] {0, 1});
    double first = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 1;
    double second = Math.log(2 + Math.exp(5)) - 5;
    assertArray(
        graph.run("softmax_loss", List.of(classes, rows)).get(0),
        shape(2),
        (float) first,
        (float) second);
  }

  /** A recurrence that adds half of what it had: forwards and backwards, with a factor a step. */
  @Test
  void recurrences() {
    float[] keep = {1, 1, 0, 1, 0.5f, 1};
    List<HostArray.Floats> outputs =
        graph.run("recurrences", List.of(floats(X, 2, 3, 2), floats(keep, 2, 3, 1)));
    for (boolean backward : new boolean[] {false, true}) {
      float[] expected = new float[18];
      for (int text = 0; text < 2; text++) {
        double[] state = new double[3];
        for (int i = 0; i < 3; i++) {
          int row = text * 3 + (backward ? 2 - i : i);
          double[] next = new double[3];
          for (int out = 0; out < 3; out++) {
            double sum = SmallGraph.BIAS[out];
            for (int in = 0; in < 2; in++) {
              sum += SmallGraph.KERNEL[out * 2 + in] * X[row * 2 + in];
            }
            for (int in = 0; in < 3; in++) {
              sum += SmallGraph.SQUARE[out * 3 + in] * state[in];
            }
            next[out] = keep[row] * Math.tanh(sum) + (1 - keep[row]) * state[out];
          }
          state = next;
          for (int out = 0; out < 3; out++) {
            expected[row * 3 + out] = (float) state[out];
          }
        }
      }
      assertArray(outputs.get(backward ? 1 : 0), shape(2, 3, 3), expected);
    }
    assertArray(
        outputs.get(2),
        shape(2, 3),
        outputs.get(0).values()[6],
        outputs.get(0).values()[7],
        outputs.get(0).values()[8],
        outputs.get(0).values()[15],
        outputs.get(0).values()[16],
        outputs.get(0).values()[17]);
  }

  @Test
  void recurrencesFollowTheLength() {
    for (int length = 1; length <= 5; length++) {
      HostArray x = floats(new float[2 * length], 1, length, 2);
      HostArray keep = floats(new float[length], 1, length, 1);
      assertThat(graph.run("recurrences", List.of(x, keep)).get(1).shape())
          .containsExactly(1, length, 3);
    }
  }

  @Test
  void whatTheEngineRefusesIsAnInferenceExceptionAndTheGraphGoesOn() {
    for (long id : new long[] {4, -1, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> graph.run("explain", List.of(ids(0, id, 1))))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("[1, 3]");
    }
    assertThat(graph.run("explain", List.of(ids(0, 1, 2)))).hasSize(2);
  }
}
