package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.InferenceException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged models are refused with a message, when they are loaded or when they are used. */
class HuggingFaceDamageTest {
  @TempDir Path folder;
  private HuggingFaceCopy model;

  @BeforeEach
  void copy() throws IOException {
    model = HuggingFaceCopy.of("hf/bert", folder);
  }

  private void assertNotLoaded(String... says) {
    assertThatThrownBy(() -> AttentionExplainer.load(folder).close())
        .isInstanceOf(ModelLoadException.class)
        .satisfies(e -> assertThat(says).allMatch(part -> e.getMessage().contains(part)));
  }

  @Test
  void truncatedWeights() throws IOException {
    byte[] whole = Files.readAllBytes(model.weights());
    for (int length : new int[] {0, 1, 7, 8, 100, whole.length / 2, whole.length - 1}) {
      Files.delete(model.weights());
      Files.write(model.weights(), Arrays.copyOf(whole, length));
      assertNotLoaded(model.weights().toString());
    }
    Files.delete(model.weights());
    assertNotLoaded(folder.toString());
  }

  @Test
  void aTensorOfAnotherShape() throws IOException {
    model.rewrite(
        weight ->
            weight.name().equals("bert.encoder.layer.1.attention.self.key.weight")
                ? Parameter.of(weight.name(), Shape.ofSizes(16, 64), weight.values())
                : weight);
    assertNotLoaded(
        model.weights().toString(),
        "tensor 'bert.encoder.layer.1.attention.self.key.weight'",
        "expected shape [32, 32]",
        "got [16, 64]");
  }

  @Test
  void aTensorOfAnotherName() throws IOException {
    model.rewrite(
        weight ->
            weight.name().equals("classifier.weight")
                ? Parameter.of("score.weight", weight.shape(), weight.values())
                : weight);
    assertNotLoaded("tensor 'classifier.weight'", "got no such tensor");
  }

  @ParameterizedTest
  @CsvSource({
    "hidden_size, 32, 36, 'got [240, 32]'",
    "num_attention_heads, 4, 5, num_attention_heads",
    "hidden_act, '\"gelu\"', '\"mish\"', hidden_act",
    "model_type, '\"bert\"', '\"gpt2\"', model_type",
    "is_decoder, false, true, is_decoder",
    "vocab_size, 240, 2147483647, '[2147483647, 32]'"
  })
  void aConfigurationThatIsNotTheWeights(String field, String from, String to, String says)
      throws IOException {
    model.edit("config.json", "\"%s\":\\s*%s".formatted(field, from), "\"" + field + "\":" + to);
    assertThatThrownBy(() -> AttentionExplainer.load(folder).close())
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classifier.bias",
        "bert.pooler.dense.weight",
        "bert.encoder.layer.0.attention.self.query.weight",
        "bert.embeddings.LayerNorm.weight"
      })
  void weightsThatAreNoNumbers(String name) throws IOException {
    model.rewrite(
        weight -> {
          float[] values = weight.values();
          if (weight.name().equals(name)) {
            Arrays.fill(values, Float.NaN);
          }
          return Parameter.of(weight.name(), weight.shape(), values);
        });
    try (AttentionExplainer explainer = AttentionExplainer.load(folder)) {
      String message = "expected finite numbers, got NaN; the model's weights are damaged";
      assertThatThrownBy(() -> explainer.classify("the movie was boring"))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining(message);
      assertThatThrownBy(() -> explainer.explain("the movie was boring"))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void aTokenThatTheModelHasNoRowFor() throws IOException {
    model.edit("tokenizer.json", "\"the\":\\s*\\d+", "\"the\": 240");
    try (AttentionExplainer explainer = AttentionExplainer.load(folder)) {
      Classification before = explainer.classify("movie");
      assertThatThrownBy(() -> explainer.classify("the movie"))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("token 'the' has number 240")
          .hasMessageContaining("vocab_size = 240");
      List<TextInput> batch = List.of(TextInput.of("movie"), TextInput.of("the"));
      assertThatThrownBy(() -> explainer.classifyAll(batch)).isInstanceOf(InferenceException.class);
      assertThat(explainer.classify("movie")).as("the model goes on").isEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "multi_label_classification, MULTI_LABEL",
    "regression, REGRESSION",
    "single_label_classification, SINGLE_LABEL"
  })
  void oneOutputOfAnyProblemType(String id, ProblemType problemType) throws IOException {
    model.edit("config.json", "\"id2label\":\\s*\\{[^}]*}", "\"id2label\":{\"0\":\"only\"}");
    model.edit("config.json", "\"model_type\"", "\"problem_type\":\"" + id + "\",\"model_type\"");
    model.rewrite(
        weight ->
            weight.name().startsWith("classifier.")
                ? Parameter.of(
                    weight.name(),
                    weight.shape().with(0, Axis.fixed(1)),
                    Arrays.copyOf(weight.values(), (int) weight.shape().elements() / 3))
                : weight);
    try (AttentionExplainer explainer = AttentionExplainer.load(folder)) {
      Classification result = explainer.classify("the movie was boring");
      assertThat(result.problemType()).isEqualTo(problemType);
      float logit = result.logits()[0];
      float expected =
          switch (problemType) {
            case SINGLE_LABEL -> 1;
            case MULTI_LABEL -> (float) (1 / (1 + Math.exp(-logit)));
            case REGRESSION -> logit;
          };
      assertThat(result.scores()).containsOnlyKeys("only").containsEntry("only", expected);
    }
  }
}
