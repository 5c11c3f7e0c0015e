package io.github.attentive.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.GraphBuilder;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.KerasTextEncoder;
import io.github.attentive.djl.text.OutputMode;
import io.github.attentive.djl.text.TextFeatures;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches of models whose number of positions is fixed or free, or that take features. */
class BatchInputsLengthTest {
  private static final Vocabulary WORDS = Vocabulary.of(List.of("", "[UNK]", "sun", "rain"));

  private static Graph graph(String name, ElementType type, Axis axis) {
    GraphBuilder graph = new GraphBuilder();
    graph.function("classify").input(name, type, Axis.named("batch"), axis);
    return graph.build();
  }

  private static List<EncodedText> encoded(String... texts) {
    KerasTextEncoder encoder =
        KerasTextEncoder.masked(TextVectorization.DEFAULT, WORDS, Integer.MAX_VALUE);
    return encoder.encodeAll(List.of(texts).stream().map(TextInput::of).toList());
  }

  private static void assertIds(BatchInputs inputs, List<EncodedText> batch, long[]... rows) {
    List<HostArray> arrays = inputs.of(batch);
    assertThat(arrays).hasSize(1);
    assertThat(arrays.get(0).shape()).containsExactly(rows.length, rows[0].length);
    assertThat(((HostArray.Longs) arrays.get(0)).values())
        .containsExactly(Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray());
  }

  @Test
  void aFixedLengthIsThatOfEveryBatch() {
    Graph graph = graph(ModelFunctions.INPUT_IDS, ElementType.INT64, Axis.fixed(4));
    for (BatchInputs inputs :
        List.of(new BatchInputs(graph, null), BatchInputs.ofTokens(4), new BatchInputs(graph, 0))) {
      assertThat(inputs.pads()).isTrue();
      assertIds(inputs, encoded("rain sun"), new long[] {3, 2, 0, 0});
      assertIds(
          inputs,
          encoded("sun", "hail rain sun"),
          new long[] {2, 0, 0, 0},
          new long[] {1, 3, 2, 0});
    }
  }

  /** Where Keras has no length, padding would be one: texts of other lengths do not go together. */
  @Test
  void aFreeLengthIsNotPadded() {
    Graph graph = graph(ModelFunctions.INPUT_IDS, ElementType.INT64, Axis.named("length"));
    for (BatchInputs inputs : List.of(new BatchInputs(graph, null), BatchInputs.ofTokens(0))) {
      assertThat(inputs.pads()).isFalse();
      assertIds(inputs, encoded("rain sun"), new long[] {3, 2});
      assertIds(inputs, encoded("sun sun", "rain x"), new long[] {2, 2}, new long[] {3, 1});
    }
    assertThat(new BatchInputs(graph, 0).pads()).isTrue();
  }

  @Test
  void featuresStandInPlaceOfTokens() {
    Vocabulary words = Vocabulary.of(List.of("[UNK]", "sun", "rain"), OutputMode.COUNT);
    TextFeatures features = TextFeatures.of(OutputMode.COUNT, TextVectorization.DEFAULT, words, 4);
    BatchInputs inputs =
        new BatchInputs(
            graph(ModelFunctions.FEATURES, ElementType.FLOAT32, Axis.fixed(4)), features);
    assertThat(inputs.pads()).isTrue();
    List<EncodedText> batch =
        KerasTextEncoder.ofWords(TextVectorization.DEFAULT, words, Integer.MAX_VALUE)
            .encodeAll(List.of(TextInput.of("sun hail sun rain"), TextInput.of("")));
    List<HostArray> arrays = inputs.of(batch);
    assertThat(arrays.get(0).shape()).containsExactly(2, 4);
    assertThat(((HostArray.Floats) arrays.get(0)).values()).containsExactly(1, 2, 1, 0, 0, 0, 0, 0);
  }
}
