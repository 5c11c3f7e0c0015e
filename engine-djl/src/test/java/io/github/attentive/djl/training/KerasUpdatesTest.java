package io.github.attentive.djl.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.Dataset;
import io.github.attentive.LabelledText;
import io.github.attentive.djl.architecture.KerasConfig;
import io.github.attentive.djl.architecture.KerasGraph;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.text.KerasTextEncoder;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class KerasUpdatesTest {
  private static final KerasConfig CONFIG = new KerasConfig(false, 4, 2, 3, List.of("no", "yes"));

  private static final Vocabulary WORDS = Vocabulary.of(List.of("", "[UNK]", "a", "b"));

  /** Gives fixed derivatives: of the words' occurrences 1, 2, 3 and so on. */
  private static final class Fixed implements TrainableGraph {
    final List<float[]> assigned = new ArrayList<>();
    List<HostArray> inputs = List.of();

    @Override
    public Gradients differentiate(List<HostArray> inputs, int probe) {
      this.inputs = inputs;
      float[] occurrences = new float[((HostArray.Floats) inputs.get(probe)).values().length];
      for (int i = 0; i < occurrences.length; i++) {
        occurrences[i] = i + 1;
      }
      return new Gradients(
          StubTrainable.loss(1, 0, 0),
          List.of(
              new float[] {8, 8, 0, 0, 12, 14, 0.5f, 0.5f}, new float[] {5, 6}, new float[] {7}),
          occurrences);
    }

    @Override
    public Loss evaluate(List<HostArray> inputs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AdamW adamW(IntPredicate decays) {
      throw new UnsupportedOperationException();
    }

    @Override
    public float[] values(int parameter) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void assign(int parameter, float[] values) {
      assertThat(parameter).isEqualTo(assigned.size());
      assigned.add(values.clone());
    }

    @Override
    public void close() {}
  }

  @Test
  void embeddingGradientsAreSquaredPerOccurrence() {
    Map<String, Parameter> weights = new LinkedHashMap<>();
    KerasGraph.parameterShapes(CONFIG)
        .forEach(
            (name, shape) ->
                weights.put(name, Parameter.of(name, shape, new float[(int) shape.elements()])));
    Graph graph = KerasGraph.of(CONFIG, weights);
    KerasExamples examples =
        new KerasExamples(
            Dataset.of(List.of(LabelledText.of("a b a", "yes"), LabelledText.of("b a", "no"))),
            new KerasTextEncoder(TextVectorization.DEFAULT, WORDS, 3, 3),
            CONFIG);
    Fixed trainable = new Fixed();
    KerasUpdates updates = new KerasUpdates(graph, trainable, examples, 0.1f);

    TrainableGraph.Loss loss = updates.update(new int[] {1, 0}, 0);

    assertThat(loss.loss()).isEqualTo(1);
    // The batch is "b a [PAD]", "a b a"; occurrence i has the derivatives 2i + 1 and 2i + 2.
    assertThat(((HostArray.Longs) trainable.inputs.get(0)).values())
        .containsExactly(3, 2, 0, 2, 3, 2);
    HostArray.Floats zeros = (HostArray.Floats) trainable.inputs.get(1);
    assertThat(zeros.shape()).containsExactly(2, 3, 2);
    assertThat(zeros.values()).containsOnly(0f);
    assertThat(((HostArray.Floats) trainable.inputs.get(2)).values()).containsExactly(0, 1);
    float[] squares = {
      5 * 5,
      6 * 6, // padding: occurrence 2
      0,
      0, // unknown: none
      3 * 3 + 7 * 7 + 11 * 11,
      4 * 4 + 8 * 8 + 12 * 12, // a: 1, 3, 5
      1 + 9 * 9,
      2 * 2 + 10 * 10 // b: 0, 4
    };
    KerasAdam embedding = new KerasAdam(0.1f, new float[8]);
    embedding.update(new float[] {8, 8, 0, 0, 12, 14, 0.5f, 0.5f}, squares);
    KerasAdam kernel = new KerasAdam(0.1f, new float[2]);
    kernel.update(new float[] {5, 6});
    KerasAdam bias = new KerasAdam(0.1f, new float[1]);
    bias.update(new float[] {7});
    assertThat(trainable.assigned)
        .containsExactly(embedding.weights(), kernel.weights(), bias.weights());
    assertThat(updates.weights())
        .extracting(Parameter::values)
        .containsExactly(embedding.weights(), kernel.weights(), bias.weights());
  }
}
