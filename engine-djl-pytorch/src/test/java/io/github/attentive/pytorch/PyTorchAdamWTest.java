package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Device;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.FunctionBuilder;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.training.AdamW;
import io.github.attentive.djl.training.TrainableGraph;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The native optimiser against the same arithmetic in doubles. */
class PyTorchAdamWTest {
  private static final float[] WEIGHT = {0.5f, -1, 0.25f, 2, 0, -0.5f};
  private static final float[] BIAS = {0.1f, -0.2f};
  private static final float[] FROZEN = {1, 2, 3};
  private static final int INPUTS = 3;
  private static final int CLASSES = 2;

  private final TrainableGraph graph =
      PyTorchTrainableGraph.load(graph(), Device.CPU, OptionalInt.of(1));
  private final AdamW adamW = graph.adamW(parameter -> parameter == 0);

  @AfterEach
  void close() {
    graph.close();
  }

  /** A dense layer of inputs that are scaled by a fixed table and thinned out. */
  private static Graph graph() {
    GraphBuilder graph = new GraphBuilder();
    Parameter weight = graph.parameter(Parameter.of("w", Shape.ofSizes(CLASSES, INPUTS), WEIGHT));
    Parameter bias = graph.parameter(Parameter.of("b", Shape.ofSizes(CLASSES), BIAS));
    Parameter table = graph.parameter(Parameter.table("t", Shape.ofSizes(INPUTS), FROZEN));
    for (String name : List.of(ModelFunctions.LOSS, ModelFunctions.VALIDATION_LOSS)) {
      FunctionBuilder loss = graph.function(name);
      Tensor x = loss.input("x", ElementType.FLOAT32, Axis.named("batch"), Axis.fixed(INPUTS));
      Tensor targets = loss.input("targets", ElementType.INT64, Axis.named("batch"));
      Tensor scaled = loss.multiply(x, loss.rows(table));
      Tensor seen = name.equals(ModelFunctions.LOSS) ? loss.dropout(scaled, 0.5) : scaled;
      Tensor logits = loss.linear(seen, weight, bias);
      loss.output("mean_loss", loss.mean(loss.crossEntropy(logits, targets), 0));
      loss.output("logits", logits);
    }
    return graph.build();
  }

  private static List<HostArray> batch(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[size * INPUTS];
    long[] targets = new long[size];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextDouble() * 4 - 2);
    }
    Arrays.setAll(targets, i -> random.nextInt(CLASSES));
    return List.of(
        new HostArray.Floats(new long[] {size, INPUTS}, x),
        new HostArray.Longs(new long[] {size}, targets));
  }

  @Test
  void aSeedDecidesWhatIsDropped() throws Exception {
    List<HostArray> batch = batch(16, 1);
    float first = adamW.accumulate(batch, 1, 7).loss();
    assertThat(adamW.accumulate(batch, 1, 7).loss()).isEqualTo(first);
    assertThat(adamW.accumulate(batch, 1, 8).loss()).isNotEqualTo(first);
    assertThat(graph.evaluate(batch).loss()).isEqualTo(graph.evaluate(batch).loss());
  }

  @Test
  void movesWeightsAsThePaperHasIt() throws Exception {
    Reference weight = new Reference(WEIGHT, 0.1);
    Reference bias = new Reference(BIAS, 0);
    for (int step = 1; step <= 5; step++) {
      List<HostArray> batch = batch(8, step);
      float rate = 0.05f / step;
      TrainableGraph.Gradients gradients = gradients(batch, step);
      float norm = norm(gradients);
      float longest = step % 2 == 0 ? norm / 3 : norm * 3;
      adamW.accumulate(batch, 1, step);
      assertThat(adamW.update(new AdamW.Update(rate, 0.1f, longest)))
          .isCloseTo(norm, within(norm * 1e-5f));
      double cut = Math.min(1, longest / (norm + 1e-6));
      weight.move(gradients.parameters().get(0), cut, rate, step);
      bias.move(gradients.parameters().get(1), cut, rate, step);
      assertThat(graph.values(0)).containsExactly(weight.values(), within(1e-5f));
      assertThat(graph.values(1)).containsExactly(bias.values(), within(1e-5f));
      assertThat(graph.values(2)).containsExactly(FROZEN);
    }
  }

  /** What {@code accumulate} adds, by a graph of the same weights. */
  private TrainableGraph.Gradients gradients(List<HostArray> batch, long seed) {
    try (TrainableGraph other =
        PyTorchTrainableGraph.load(graph(), Device.CPU, OptionalInt.of(1))) {
      other.assign(0, graph.values(0));
      other.assign(1, graph.values(1));
      ai.djl.pytorch.jni.JniUtils.setSeed(seed);
      return other.differentiate(batch, 0);
    }
  }

  private static float norm(TrainableGraph.Gradients gradients) {
    double sum = 0;
    for (int p = 0; p < 2; p++) {
      for (float value : gradients.parameters().get(p)) {
        sum += (double) value * value;
      }
    }
    return (float) Math.sqrt(sum);
  }

  private static final class Reference {
    private final double[] weights;
    private final double[] mean;
    private final double[] square;
    private final double decay;

    Reference(float[] first, double decay) {
      weights = new double[first.length];
      Arrays.setAll(weights, i -> first[i]);
      mean = new double[first.length];
      square = new double[first.length];
      this.decay = decay;
    }

    void move(float[] gradient, double cut, double rate, int step) {
      for (int i = 0; i < weights.length; i++) {
        double g = gradient[i] * cut;
        weights[i] -= rate * decay * weights[i];
        mean[i] = AdamW.BETA_1 * mean[i] + (1 - AdamW.BETA_1) * g;
        square[i] = AdamW.BETA_2 * square[i] + (1 - AdamW.BETA_2) * g * g;
        double unbiased = mean[i] / (1 - Math.pow(AdamW.BETA_1, step));
        double spread = Math.sqrt(square[i] / (1 - Math.pow(AdamW.BETA_2, step)));
        weights[i] -= rate * unbiased / (spread + AdamW.EPSILON);
      }
    }

    float[] values() {
      float[] values = new float[weights.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) weights[i];
      }
      return values;
    }
  }

  @Test
  void halvesAddUpToTheWhole() throws Exception {
    adamW.accumulate(batch(8, 1), 0.5f, 1);
    adamW.accumulate(batch(8, 2), 0.5f, 2);
    TrainableGraph.Gradients first = gradients(batch(8, 1), 1);
    TrainableGraph.Gradients second = gradients(batch(8, 2), 2);
    double sum = 0;
    for (int p = 0; p < 2; p++) {
      for (int i = 0; i < first.parameters().get(p).length; i++) {
        double mean = (first.parameters().get(p)[i] + second.parameters().get(p)[i]) / 2;
        sum += mean * mean;
      }
    }
    float norm = (float) Math.sqrt(sum);
    assertThat(adamW.update(new AdamW.Update(0.1f, 0, 0))).isCloseTo(norm, within(norm * 1e-5f));
    // Nothing is left of them.
    assertThat(adamW.update(new AdamW.Update(0.1f, 0, 0))).isZero();
  }

  @Test
  void goesOnFromItsMoments() throws Exception {
    for (int step = 1; step <= 3; step++) {
      adamW.accumulate(batch(4, step), 1, step);
      adamW.update(new AdamW.Update(0.05f, 0.1f, 1));
    }
    assertThat(adamW.updates()).isEqualTo(3);
    try (TrainableGraph other =
        PyTorchTrainableGraph.load(graph(), Device.CPU, OptionalInt.of(1))) {
      AdamW restored = other.adamW(parameter -> parameter == 0);
      other.assign(0, graph.values(0));
      other.assign(1, graph.values(1));
      restored.restore(adamW.updates(), adamW::mean, adamW::square);
      for (int step = 4; step <= 6; step++) {
        adamW.accumulate(batch(4, step), 1, step);
        adamW.update(new AdamW.Update(0.05f, 0.1f, 1));
        restored.accumulate(batch(4, step), 1, step);
        restored.update(new AdamW.Update(0.05f, 0.1f, 1));
      }
      assertThat(other.values(0)).containsExactly(graph.values(0));
      assertThat(other.values(1)).containsExactly(graph.values(1));
    }
  }
}
