package io.github.attentive.djl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.LoadOptions;
import io.github.attentive.TextInput;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every family gives what transformers gave, on the engine of the class path: logits within 2e-5,
 * attentions within 1e-5.
 */
public abstract class HuggingFaceGoldenContract {
  private static final Offset<Float> LOGITS = within(2e-5f);
  private static final double ATTENTIONS = 1e-5;

  @SuppressWarnings("unused")
  private static final List<String> FAMILIES = SharedFixtures.HUGGING_FACE;

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void eachTextAlone(String family) throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of(family);
    try (AttentionExplainer model = AttentionExplainer.load(golden.directory())) {
      for (int text : golden.comparable()) {
        assertLogits(golden, text, model.classify(golden.input(text)));
        assertExplanation(golden, text, model.explain(golden.input(text)));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void allTextsInPaddedBatchesOfAnyOrder(String family) throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of(family);
    List<Integer> order = new java.util.ArrayList<>(golden.comparable());
    Collections.reverse(order);
    List<TextInput> inputs = order.stream().map(golden::input).toList();
    for (int batchSize : List.of(32, 5)) {
      LoadOptions options = LoadOptions.builder().batchSize(batchSize).build();
      try (AttentionExplainer model = AttentionExplainer.load(golden.directory(), options)) {
        List<Classification> classifications = model.classifyAll(inputs);
        List<Explanation> explanations = model.explainAll(inputs, ExplainOptions.defaults());
        for (int i = 0; i < order.size(); i++) {
          assertLogits(golden, order.get(i), classifications.get(i));
          assertExplanation(golden, order.get(i), explanations.get(i));
        }
      }
    }
  }

  private static void assertLogits(HuggingFaceGolden golden, int text, Classification actual) {
    assertThat(actual.logits()).as("text %s", text).containsExactly(golden.logits(text), LOGITS);
  }

  private static void assertExplanation(HuggingFaceGolden golden, int text, Explanation actual) {
    assertLogits(golden, text, actual.classification());
    float[] expected = golden.attentions(text);
    float[] found = actual.attention().toArray();
    assertThat(found).as("attentions of text %s", text).hasSameSizeAs(expected);
    double worst = 0;
    for (int i = 0; i < found.length; i++) {
      worst = Math.max(worst, Math.abs((double) found[i] - expected[i]));
    }
    assertThat(worst).as("attentions of text %s", text).isLessThanOrEqualTo(ATTENTIONS);
  }
}
