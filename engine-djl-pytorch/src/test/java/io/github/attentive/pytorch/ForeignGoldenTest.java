package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.ExportFormat;
import io.github.attentive.Finding;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelExporter;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.djl.contract.HuggingFaceGolden;
import io.github.attentive.djl.runtime.ForeignModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces made in Python give what transformers gave: logits and attentions within 1e-5. */
class ForeignGoldenTest {
  private static final Offset<Float> WITHIN = within(1e-5f);

  @TempDir Path directory;

  private static void assertLogits(HuggingFaceGolden golden, int text, Classification actual) {
    assertThat(actual.logits()).as("text %s", text).containsExactly(golden.logits(text), WITHIN);
  }

  private static void assertExplanation(HuggingFaceGolden golden, int text, Explanation actual) {
    assertLogits(golden, text, actual.classification());
    assertThat(actual.attention().toArray())
        .as("attentions of text %s", text)
        .containsExactly(golden.attentions(text), WITHIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flat", "stacked", "nested"})
  void eachTextAloneAndInBatches(String kind) throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of("bert");
    Path model = ForeignFiles.trace(kind, directory);
    List<Integer> order = new ArrayList<>(golden.comparable());
    Collections.reverse(order);
    List<TextInput> inputs = order.stream().map(golden::input).toList();
    for (int batchSize : List.of(32, 5, 1)) {
      LoadOptions options =
          LoadOptions.builder().trustForeignGraph(true).batchSize(batchSize).build();
      try (AttentionExplainer explainer = AttentionExplainer.load(model, options)) {
        assertThat(explainer.info().family()).isEqualTo("torchscript");
        assertThat(explainer.info().layers()).isEqualTo(3);
        assertThat(explainer.info().heads()).isEqualTo(4);
        assertThat(explainer.info().maxLength()).isEqualTo(32);
        assertThat(explainer.info().labels()).containsExactly("Negative", "Neutral", "Positive");
        List<Classification> classifications = explainer.classifyAll(inputs);
        List<Explanation> explanations = explainer.explainAll(inputs, ExplainOptions.defaults());
        for (int i = 0; i < order.size(); i++) {
          assertLogits(golden, order.get(i), classifications.get(i));
          assertExplanation(golden, order.get(i), explanations.get(i));
        }
      }
    }
  }

  @Test
  void logitsAloneMakeAClassifier() throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of("bert");
    Path model = ForeignFiles.trace("logits", directory);
    try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST)) {
      assertThat(classifier.info().hasAttention()).isFalse();
      for (int text : golden.comparable()) {
        assertLogits(golden, text, classifier.classify(golden.input(text)));
      }
      List<Integer> texts = golden.comparable();
      List<Classification> all = classifier.classifyAll(texts.stream().map(golden::input).toList());
      for (int i = 0; i < texts.size(); i++) {
        assertLogits(golden, texts.get(i), all.get(i));
      }
    }
    assertThatThrownBy(() -> AttentionExplainer.load(model, ForeignFiles.TRUST))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("no attention");
  }

  @Test
  void theFileMayBeNamedItself() throws IOException {
    HuggingFaceGolden golden = HuggingFaceGolden.of("bert");
    Path file = ForeignFiles.trace("stacked", directory).resolve("model.pt");
    try (AttentionExplainer explainer = AttentionExplainer.load(file, ForeignFiles.TRUST)) {
      assertExplanation(golden, 0, explainer.explain(golden.input(0)));
    }
  }

  @Test
  void whatThisLibraryExportsOpensHereAsWell() throws IOException {
    for (String family : List.of("bert", "roberta", "modernbert")) {
      HuggingFaceGolden golden = HuggingFaceGolden.of(family);
      Path exported = directory.resolve(family);
      ModelExporter.export(golden.directory(), ExportFormat.TORCHSCRIPT, exported);
      try (AttentionExplainer own = AttentionExplainer.load(golden.directory());
          AttentionExplainer explainer = AttentionExplainer.load(exported, ForeignFiles.TRUST)) {
        assertThat(explainer.info().family()).isEqualTo("torchscript");
        assertThat(explainer.info().maxLength()).isEqualTo(own.info().maxLength());
        for (int text : golden.comparable()) {
          assertExplanation(golden, text, explainer.explain(golden.input(text)));
          assertLogits(golden, text, explainer.classify(golden.input(text)));
          assertThat(explainer.explain(golden.input(text)).tokens())
              .extracting(Token::text)
              .isEqualTo(
                  own.explain(golden.input(text)).tokens().stream().map(Token::text).toList());
        }
      }
    }
  }

  @Test
  void nothingIsFoundWrongWithATraceOfBert() throws IOException {
    Path file = ForeignFiles.trace("flat", directory).resolve("model.pt");
    try (ForeignModel model = ForeignTorchScript.open(file, ForeignFiles.TRUST, "pytorch")) {
      assertThat(model.examine())
          .isNotEmpty()
          .allMatch(finding -> finding.severity() == Finding.Severity.OK);
    }
  }
}
