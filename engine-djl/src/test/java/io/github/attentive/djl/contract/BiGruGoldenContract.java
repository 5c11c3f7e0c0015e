package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.Padding;
import io.github.attentive.djl.architecture.BiGruGraph;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.runtime.CompiledGraph;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Recurrent classifiers give what PyTorch gave, in every mode of padding: logits and attention
 * within 1e-5. Subclasses say how a graph is loaded.
 */
public abstract class BiGruGoldenContract {
  private static final Offset<Float> CLOSE = within(1e-5f);

  /** Positions of padding, many times a text. */
  private static final int MUCH = 700;

  @SuppressWarnings("unused")
  private static final List<String> FIXTURES = BiGruGolden.FIXTURES;

  /** Loads a graph on the CPU. */
  protected abstract CompiledGraph load(Graph graph);

  private static void assertAll(CompiledGraph graph, BiGruGolden golden, String mode, int inputs) {
    List<HostArray> given = BiGruGolden.inputs(golden.texts(), golden.length()).subList(0, inputs);
    float[] logits = golden.expected(mode + "/logits");
    List<HostArray.Floats> explained = graph.run("explain", given);
    assertThat(explained.get(0).values()).containsExactly(logits, CLOSE);
    assertThat(explained.get(1).shape())
        .containsExactly(golden.texts().size(), 1, 1, golden.length());
    assertThat(explained.get(1).values())
        .containsExactly(golden.expected(mode + "/attention"), CLOSE);
    assertThat(graph.run("classify", given).get(0).values()).containsExactly(logits, CLOSE);
  }

  @ParameterizedTest
  @FieldSource("FIXTURES")
  void packed(String fixture) throws IOException {
    BiGruGolden golden = BiGruGolden.of(fixture);
    try (CompiledGraph graph = load(BiGruGraph.of(golden.config(), golden.weights()))) {
      assertAll(graph, golden, "packed", 2);
    }
  }

  @ParameterizedTest
  @FieldSource("FIXTURES")
  void withoutMask(String fixture) throws IOException {
    BiGruGolden golden = BiGruGolden.of(fixture);
    Graph attend = BiGruGraph.of(golden.with(Padding.ATTEND), golden.weights());
    try (CompiledGraph graph = load(attend)) {
      assertAll(graph, golden, "nomask", 1);
    }
  }

  @ParameterizedTest
  @FieldSource("FIXTURES")
  void withAMaskOfTheAttentionAlone(String fixture) throws IOException {
    BiGruGolden golden = BiGruGolden.of(fixture);
    Graph masked = BiGruGraph.ofMaskedAttention(golden.config(), golden.weights());
    try (CompiledGraph graph = load(masked)) {
      assertAll(graph, golden, "mask", 2);
    }
  }

  @ParameterizedTest
  @FieldSource("FIXTURES")
  void eachTextAloneWithAndWithoutMask(String fixture) throws IOException {
    BiGruGolden golden = BiGruGolden.of(fixture);
    for (Padding padding : Padding.values()) {
      Graph graph = BiGruGraph.of(golden.with(padding), golden.weights());
      try (CompiledGraph compiled = load(graph)) {
        for (int text = 0; text < golden.texts().size(); text++) {
          assertAlone(compiled, golden, text, golden.texts().get(text).length, padding);
        }
      }
    }
  }

  /** What a mask hides does not add up. */
  @ParameterizedTest
  @FieldSource("FIXTURES")
  void muchPaddingChangesNothing(String fixture) throws IOException {
    BiGruGolden golden = BiGruGolden.of(fixture);
    try (CompiledGraph compiled = load(BiGruGraph.of(golden.config(), golden.weights()))) {
      for (int text = 0; text < golden.texts().size(); text++) {
        assertAlone(compiled, golden, text, MUCH, Padding.MASK);
      }
    }
  }

  private static void assertAlone(
      CompiledGraph graph, BiGruGolden golden, int text, int length, Padding padding) {
    List<HostArray> inputs = BiGruGolden.inputs(List.of(golden.texts().get(text)), length);
    List<HostArray.Floats> explained =
        graph.run("explain", padding == Padding.MASK ? inputs : inputs.subList(0, 1));
    float[] logits = alone(golden, "logits", text);
    assertThat(explained.get(0).values()).as("text %s", text).containsExactly(logits, CLOSE);
    float[] attention = new float[length];
    float[] ofTokens = alone(golden, "attention", text);
    System.arraycopy(ofTokens, 0, attention, 0, ofTokens.length);
    assertThat(explained.get(1).values()).as("text %s", text).containsExactly(attention, CLOSE);
  }

  /** Of the mode without padding, where a fixture has it. */
  private static float[] alone(BiGruGolden golden, String output, int text) {
    String name = "unpadded/%s/%s".formatted(text, output);
    return golden.tensors().containsKey(name)
        ? golden.expected(name)
        : golden.expected(output, text);
  }

  /** In any order, and of any size. */
  @ParameterizedTest
  @FieldSource("FIXTURES")
  void batchesOfMixedLengthAreTheTextsAlone(String fixture) throws IOException {
    BiGruGolden golden = BiGruGolden.of(fixture);
    try (CompiledGraph graph = load(BiGruGraph.of(golden.config(), golden.weights()))) {
      for (int from = 0; from < golden.texts().size() - 1; from++) {
        List<long[]> texts = golden.texts().subList(from, from + 2);
        int longest = Math.max(texts.get(0).length, texts.get(1).length);
        float[] logits = graph.run("classify", BiGruGolden.inputs(texts, longest)).get(0).values();
        float[] all = golden.expected("packed/logits");
        int labels = golden.config().labels().size();
        float[] both = Arrays.copyOfRange(all, from * labels, (from + 2) * labels);
        assertThat(logits).containsExactly(both, CLOSE);
      }
    }
  }
}
