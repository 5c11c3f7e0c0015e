package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients of every kind of model on an engine: by word vectors they are the differences of
 * the engine's own logits, and all of them are those of plain loops in doubles.
 */
public abstract class GradientsContract {
  /** Of the norm of the gradient: what single precision leaves of a difference. */
  private static final double TOLERANCE = 1e-3;

  private static final int DIRECTIONS = 3;

  /** Places and weights of a central difference of which terms up to the fourth power vanish. */
  private static final double[][] STENCIL = {
    {-2, 1.0 / 12}, {-1, -2.0 / 3}, {1, 2.0 / 3}, {2, -1.0 / 12}
  };

  /**
   * How far the words go, of their own length. Steps that are too long cross the corners of
   * rectifiers, and too short ones drown in rounding: the difference that counts is the one that
   * changes least with the step.
   */
  private static final double[] REACHES = {0.02, 0.01, 0.003, 0.001, 0.0003, 0.0001};

  /** Loads a graph on the CPU. */
  protected abstract CompiledGraph load(Graph graph);

  static List<String> models() {
    return GradientGraph.names();
  }

  private static List<HostArray> with(List<HostArray> texts, HostArray... more) {
    List<HostArray> all = new ArrayList<>(texts);
    all.addAll(List.of(more));
    return all;
  }

  private static HostArray.Floats weights(GradientGraph model) {
    int count = GradientGraph.TEXTS * model.outputs();
    return new HostArray.Floats(
        new long[] {GradientGraph.TEXTS, model.outputs()},
        GradientGraph.floats(new SplittableRandom(5), count));
  }

  /** One test a model, since an engine takes its time to make a graph its own. */
  @ParameterizedTest
  @MethodSource("models")
  void gradientsAreDifferencesAndWhatPlainLoopsGive(String name) throws IOException {
    GradientGraph model = GradientGraph.of(name);
    try (CompiledGraph graph = load(model.graph())) {
      gradientsByWordVectorsAreDifferencesOfLogits(model, graph);
      allIsWhatPlainLoopsGive(model, graph);
    }
  }

  @Test
  void ofEqualLogitsTheFirstIsTheLargest() {
    GradientGraph model = GradientGraph.ofEqualLogits();
    float[] weights = {1, 2, 3, 4, 5, 6};
    long[] shape = {GradientGraph.TEXTS, model.outputs()};
    try (CompiledGraph graph = load(model.graph())) {
      List<HostArray> inputs =
          with(
              model.texts(ModelFunctions.ATTENTION_GRADIENTS),
              new HostArray.Floats(shape, new float[weights.length]),
              new HostArray.Floats(shape, weights));
      List<HostArray.Floats> outputs = graph.run(ModelFunctions.ATTENTION_GRADIENTS, inputs);
      assertThat(outputs.get(0).values()).containsOnly(0);
      assertThat(outputs.get(1).values()).containsExactly(1, 0, 0, 4, 0, 0);
    }
  }

  private static void gradientsByWordVectorsAreDifferencesOfLogits(
      GradientGraph model, CompiledGraph graph) {
    List<HostArray> texts = model.texts(ModelFunctions.EMBEDDING_GRADIENTS);
    HostArray.Floats weights = weights(model);
    HostArray.Floats words = graph.run(ModelFunctions.EMBED, texts.subList(0, 1)).get(0);
    List<HostArray.Floats> outputs =
        graph.run(ModelFunctions.EMBEDDING_GRADIENTS, with(texts, words, weights));
    HostArray.Floats gradient = outputs.get(1);
    assertThat(gradient.shape()).containsExactly(words.shape());
    SplittableRandom random = new SplittableRandom(9);
    int size = words.values().length / GradientGraph.TEXTS;
    for (int text = 0; text < GradientGraph.TEXTS; text++) {
      for (int i = 0; i < DIRECTIONS; i++) {
        double[] direction = direction(gradient.values(), text * size, size, random);
        double expected = 0;
        for (int k = 0; k < size; k++) {
          expected += direction[k] * gradient.values()[text * size + k];
        }
        double difference = difference(graph, texts, words, weights, text, direction);
        assertThat(expected)
            .as("text %s, direction %s", text, i)
            .isCloseTo(difference, within(TOLERANCE * Math.abs(difference)));
      }
    }
  }

  /** The derivative of a text's sum of logits along a direction. */
  private static double difference(
      CompiledGraph graph,
      List<HostArray> texts,
      HostArray.Floats words,
      HostArray.Floats weights,
      int text,
      double[] direction) {
    double length = norm(words.values(), text * direction.length, direction.length);
    double[] differences = new double[REACHES.length];
    for (int i = 0; i < REACHES.length; i++) {
      double step = REACHES[i] * length;
      for (double[] point : STENCIL) {
        float[] moved = words.values().clone();
        for (int k = 0; k < direction.length; k++) {
          moved[text * direction.length + k] += (float) (point[0] * step * direction[k]);
        }
        HostArray.Floats logits =
            graph
                .run(
                    ModelFunctions.EMBEDDING_GRADIENTS,
                    with(texts, new HostArray.Floats(words.shape(), moved), weights))
                .get(0);
        differences[i] += point[1] * weighted(logits, weights, text) / step;
      }
    }
    int best = 1;
    for (int i = 2; i < differences.length; i++) {
      double change = Math.abs(differences[i] - differences[i - 1]);
      if (change < Math.abs(differences[best] - differences[best - 1])) {
        best = i;
      }
    }
    return differences[best];
  }

  /** Half along the gradient, lest the derivative be near zero, half at random. */
  private static double[] direction(float[] gradient, int from, int size, SplittableRandom random) {
    double norm = norm(gradient, from, size);
    assertThat(norm).as("a gradient").isPositive();
    double[] direction = new double[size];
    double length = 0;
    for (int i = 0; i < size; i++) {
      direction[i] = random.nextDouble(-1, 1);
      length += direction[i] * direction[i];
    }
    for (int i = 0; i < size; i++) {
      direction[i] = direction[i] / Math.sqrt(2 * length) + gradient[from + i] / norm;
    }
    return direction;
  }

  private static double norm(float[] values, int from, int size) {
    double sum = 0;
    for (int i = from; i < from + size; i++) {
      sum += (double) values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  private static double weighted(HostArray.Floats logits, HostArray.Floats weights, int text) {
    int outputs = (int) weights.shape()[1];
    double sum = 0;
    for (int i = text * outputs; i < (text + 1) * outputs; i++) {
      sum += (double) logits.values()[i] * weights.values()[i];
    }
    return sum;
  }

  private static void allIsWhatPlainLoopsGive(GradientGraph model, CompiledGraph graph) {
    GraphInterpreter plain = new GraphInterpreter(model.graph());
    HostArray.Floats words = null;
    for (String function :
        List.of(
            ModelFunctions.EMBED,
            ModelFunctions.ATTENTION_GRADIENTS,
            ModelFunctions.EMBEDDING_GRADIENTS)) {
      if (!model.has(function)) {
        continue;
      }
      List<HostArray> texts = model.texts(function);
      List<HostArray> inputs =
          switch (function) {
            case ModelFunctions.EMBED -> texts;
            case ModelFunctions.ATTENTION_GRADIENTS -> with(texts, weights(model), weights(model));
            default -> with(texts, words, weights(model));
          };
      List<HostArray.Floats> expected = plain.run(function, inputs);
      List<HostArray.Floats> actual = graph.run(function, inputs);
      words = function.equals(ModelFunctions.EMBED) ? actual.get(0) : words;
      List<Function.Named> outputs = model.graph().function(function).outputs();
      for (int i = 0; i < outputs.size(); i++) {
        assertClose(outputs.get(i).name(), actual.get(i), expected.get(i));
      }
    }
  }

  private static void assertClose(
      String output, HostArray.Floats actual, HostArray.Floats expected) {
    assertThat(actual.shape()).as(output).containsExactly(expected.shape());
    float largest = 1;
    for (float value : expected.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual.values())
        .as(output)
        .containsExactly(expected.values(), within(1e-5f * largest));
  }
}
