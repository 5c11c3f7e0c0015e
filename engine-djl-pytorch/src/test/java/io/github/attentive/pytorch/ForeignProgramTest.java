package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.Finding;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.TextInput;
import io.github.attentive.djl.runtime.ForeignModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs with all sorts of inputs and outputs: what they give is found, or refused by name. */
class ForeignProgramTest {
  private static final String TENSORS = "Tuple[Tensor, Tensor, Tensor]";
  private static final List<TextInput> TEXTS =
      List.of(
          TextInput.of("good good the movie was not good"),
          TextInput.of("not"),
          TextInput.of("the movie", "was not good"),
          TextInput.of(""));

  @TempDir Path directory;

  private Path program(String type, String result) throws IOException {
    return ForeignFiles.program(directory, type, result);
  }

  private Path program(String arguments, String body, String type, String result)
      throws IOException {
    return ForeignFiles.program(directory, arguments, type, body, result);
  }

  private static void assertRefused(Path model, String... parts) {
    assertThatThrownBy(() -> Classifier.load(model, ForeignFiles.TRUST))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContainingAll(parts);
  }

  private static List<String> warnings(Path model) {
    try (ForeignModel opened =
        ForeignTorchScript.open(model.resolve("model.pt"), ForeignFiles.TRUST, "pytorch")) {
      return opened.examine().stream()
          .filter(finding -> finding.severity() != Finding.Severity.OK)
          .map(Finding::text)
          .toList();
    }
  }

  /** Every layout carries the same numbers, whatever the batch. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tuple[Tensor, Tensor, Tensor] | (logits, a0, a1)",
        "Tuple[Tensor, Tensor, Tensor] | (a0, logits, a1)",
        "List[Tensor] | [logits, a0, a1]",
        "Tuple[Tensor, Tuple[Tensor, Tensor]] | (logits, (a0, a1))",
        "Tuple[Tensor, List[Tensor]] | (logits, [a0, a1])",
        "Tuple[Tensor, Tensor] | (logits, torch.stack([a0, a1], 1))",
        "Tuple[Tensor, Tensor] | (logits, torch.transpose(torch.stack([a0, a1], 0), 0, 1))",
        "Tuple[Tensor, Tensor] | (torch.stack([a0, a1], 0), logits)",
        "Tuple[Tensor, Tensor, Tensor, Tensor, Optional[Tensor]]"
            + " | (scores, logits, a0, a1, None)",
        "Dict[str, Tensor] | {\"logits\": logits, \"layer_10\": a1, \"layer_9\": a0}",
        "Tuple[Tensor, Tensor, Tensor, Tensor] | (input_ids, logits, a0, a1)",
      })
  void attentionIsFoundWhereverItIs(String type, String result) throws IOException {
    Path model = program(type, result);
    Path plain = ForeignFiles.program(directory.resolve("plain"), TENSORS, "(logits, a0, a1)");
    LoadOptions options =
        LoadOptions.builder().trustForeignGraph(true).threads(1).batchSize(3).build();
    try (AttentionExplainer explainer = AttentionExplainer.load(model, options);
        AttentionExplainer expected =
            AttentionExplainer.load(
                plain, LoadOptions.builder().trustForeignGraph(true).batchSize(1).build())) {
      assertThat(explainer.info()).isEqualTo(expected.info());
      assertThat(explainer.info().layers()).isEqualTo(2);
      assertThat(explainer.info().heads()).isEqualTo(3);
      List<Explanation> explanations = explainer.explainAll(TEXTS, ExplainOptions.defaults());
      for (int i = 0; i < TEXTS.size(); i++) {
        Explanation one = expected.explain(TEXTS.get(i));
        assertThat(explanations.get(i).attention().shape()).isEqualTo(one.attention().shape());
        assertThat(explanations.get(i).attention().toArray())
            .containsExactly(one.attention().toArray(), within(1e-6f));
        assertThat(explanations.get(i).classification().logits())
            .containsExactly(one.classification().logits(), within(1e-6f));
      }
    }
    assertThat(warnings(model)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.select(one, 1, 0)",
        "torch.slice(one, 1, 0, 1, 1)",
        "torch.unsqueeze(torch.slice(one, 1, 0, 1, 1), 1)"
      })
  void anAttentionPoolingHasOneRow(String weights) throws IOException {
    Path model = program("Tuple[Tensor, Tensor]", "(%s, logits)".formatted(weights));
    try (AttentionExplainer explainer = AttentionExplainer.load(model, ForeignFiles.TRUST)) {
      Explanation explanation = explainer.explain("the movie was good");
      assertThat(explanation.attention().shape()).containsExactly(1, 1, 1, 6);
    }
  }

  @Test
  void halvesAreReadAsFloats() throws IOException {
    Path model = program("Tuple[Tensor, Tensor]", "(torch.to(logits, 7), torch.to(a0, 7))");
    try (AttentionExplainer explainer = AttentionExplainer.load(model, ForeignFiles.TRUST)) {
      assertThat(explainer.info().layers()).isEqualTo(1);
    }
  }

  @Test
  void inputsAreGivenInTheOrderOfTheirNames() throws IOException {
    float[] expected;
    try (Classifier classifier =
        Classifier.load(
            ForeignFiles.program(directory.resolve("usual"), "Tensor", "logits"),
            ForeignFiles.TRUST)) {
      expected = classifier.classify(TEXTS.get(2)).logits();
    }
    for (String arguments :
        List.of(
            "input_ids: Tensor,\n    token_type_ids: Tensor,\n    attention_mask: Tensor",
            "attention_mask: Tensor,\n    token_type_ids: Tensor,\n    input_ids: Tensor",
            ForeignFiles.ARGUMENTS + ",\n    output_attentions: bool=False")) {
      Path model = program(arguments, ForeignFiles.BODY, "Tensor", "logits");
      try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST)) {
        assertThat(classifier.classify(TEXTS.get(2)).logits())
            .as(arguments)
            .containsExactly(expected, within(1e-6f));
      }
    }
  }

  @Test
  void oddNamesAreExplainedByTheFileBeside() throws IOException {
    Path model =
        program(
            "a: Tensor,\n    b: Tensor,\n    c: Tensor",
            ForeignFiles.BODY
                .replace("token_type_ids", "a")
                .replace("input_ids", "b")
                .replace("attention_mask", "c"),
            "Tensor",
            "logits");
    Files.writeString(
        model.resolve("attentive.json"),
        "{\"inputs\":{\"ids\":\"b\",\"mask\":\"c\",\"types\":\"a\"},\"labels\":[\"x\",\"y\",\"z\"]}");
    assertThat(warnings(model)).isEmpty();
    try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST)) {
      assertThat(classifier.info().labels()).containsExactly("x", "y", "z");
    }
    Files.writeString(model.resolve("attentive.json"), "{\"inputs\":{\"ids\":\"d\"}}");
    assertRefused(model, "argument 'd'", "(a: Tensor, b: Tensor, c: Tensor)");
    Files.writeString(model.resolve("attentive.json"), "{\"inputs\":{\"x\":\"a\"}}");
    assertRefused(model, "attentive.json", "field 'inputs.x'", "ids, mask and types");
  }

  @Test
  void aModelWithoutMaskGetsNoPadding() throws IOException {
    Path model =
        program(
            "input_ids: Tensor",
            "x = torch.to(torch.eq(input_ids, 0), 6)\n"
                + "s = torch.sum(x, [1], False)\n"
                + "logits = torch.stack([torch.add(s, 1), s], 1)\n",
            "Tensor",
            "logits");
    try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST)) {
      for (Classification result : classifier.classifyAll(TEXTS)) {
        assertThat(result.logits()).containsExactly(1, 0);
      }
    }
    assertThat(warnings(model)).isEmpty();
  }

  @Test
  void anIgnoredMaskIsReportedAndPaddingAvoided() throws IOException {
    Path model =
        program(
            ForeignFiles.ARGUMENTS,
            ForeignFiles.BODY.replace("torch.to(attention_mask, 6)", "torch.ones_like(x)"),
            "Tuple[Tensor, Tensor]",
            "(logits, a0)");
    assertThat(warnings(model)).singleElement().asString().contains("ignores its attention mask");
    try (AttentionExplainer explainer = AttentionExplainer.load(model, ForeignFiles.TRUST)) {
      assertThat(explainer.explainAll(TEXTS, ExplainOptions.defaults()))
          .extracting(explanation -> explanation.classification().logits()[0])
          .containsExactlyElementsOf(
              TEXTS.stream().map(text -> explainer.classify(text).logits()[0]).toList());
    }
  }

  @Test
  void ignoredTokenTypesAreReported() throws IOException {
    Path model =
        program(
            ForeignFiles.ARGUMENTS,
            ForeignFiles.BODY.replace("torch.to(token_type_ids, 6)", "torch.zeros_like(x)"),
            "Tensor",
            "logits");
    assertThat(warnings(model)).singleElement().asString().contains("ignores which text of a pair");
  }

  @Test
  void oneTextAtATimeIsEnough() throws IOException {
    Path model =
        program(ForeignFiles.ARGUMENTS, ForeignFiles.BODY, "Tensor", "torch.view(logits, [1, 3])");
    assertThat(warnings(model)).singleElement().asString().contains("one text at a time only");
    try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST)) {
      assertThat(classifier.classifyAll(TEXTS)).hasSize(TEXTS.size());
    }
  }

  @Test
  void probabilitiesAreTakenForWhatTheyAre() throws IOException {
    Path model = program("Tensor", "torch.softmax(logits, -1)");
    Path plain = ForeignFiles.program(directory.resolve("plain"), "Tensor", "logits");
    assertThat(warnings(model)).singleElement().asString().contains("gives probabilities");
    try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST);
        Classifier expected = Classifier.load(plain, ForeignFiles.TRUST)) {
      assertThat(classifier.classify("good").scores().values().stream().toList())
          .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
          .isEqualTo(expected.classify("good").scores().values().stream().toList());
    }
  }

  @Test
  void labelsAndLimitsComeFromTheConfiguration() throws IOException {
    Path model = program("Tensor", "logits");
    try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST)) {
      assertThat(classifier.info().labels()).containsExactly("LABEL_0", "LABEL_1", "LABEL_2");
      assertThat(classifier.info().maxLength()).isEqualTo(512);
    }
    Files.writeString(
        model.resolve("config.json"),
        "{\"model_type\":\"roberta\",\"max_position_embeddings\":66,\"pad_token_id\":1,"
            + "\"problem_type\":\"multi_label_classification\","
            + "\"id2label\":{\"0\":\"a\",\"1\":\"b\",\"2\":\"c\"}}");
    try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST)) {
      assertThat(classifier.info().labels()).containsExactly("a", "b", "c");
      assertThat(classifier.info().maxLength()).isEqualTo(64);
      assertThat(classifier.info().problemType()).isEqualTo(ProblemType.MULTI_LABEL);
    }
    LoadOptions shorter = LoadOptions.builder().trustForeignGraph(true).maxLength(4).build();
    try (Classifier classifier = Classifier.load(model, shorter)) {
      assertThat(classifier.classify("good good good good").tokens()).isEqualTo(4);
    }
    Files.writeString(model.resolve("config.json"), "{\"id2label\":{\"0\":\"a\",\"1\":\"b\"}}");
    assertRefused(model, "config.json", "expected 3 different labels", "[a, b]");
    Files.writeString(model.resolve("config.json"), "{\"num_labels\":2}");
    assertRefused(model, "config.json", "expected 3 different labels");
    Files.writeString(model.resolve("attentive.json"), "{\"labels\":[\"a\",\"b\",\"c\"]}");
    assertRefused(model, "config.json", "expected 3 different labels");
    Files.delete(model.resolve("config.json"));
    Files.writeString(model.resolve("attentive.json"), "{\"labels\":[\"a\",\"b\",\"a\"]}");
    assertRefused(model, "attentive.json", "expected 3 different labels");
    Files.writeString(model.resolve("attentive.json"), "{\"labels\":\"a\"}");
    assertRefused(model, "attentive.json", "a list of strings");
  }

  @Test
  void oneOutputIsAMeasureUnlessTwoNamesSayOtherwise() throws IOException {
    Path model = program("Tensor", "torch.unsqueeze(s, 1)");
    try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST)) {
      assertThat(classifier.info().problemType()).isEqualTo(ProblemType.REGRESSION);
      assertThat(classifier.classify("good").scores()).containsOnlyKeys("LABEL_0");
    }
    Files.writeString(model.resolve("attentive.json"), "{\"labels\":[\"no\",\"yes\"]}");
    try (Classifier classifier = Classifier.load(model, ForeignFiles.TRUST)) {
      assertThat(classifier.info().problemType()).isEqualTo(ProblemType.SINGLE_LABEL);
      assertThat(classifier.classify("good").scores()).containsOnlyKeys("no", "yes");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tensor | a0 | [batch, labels]",
        "Tensor | input_ids | of other numbers than floats",
        "int | 3 | no tensor",
        "Tensor | torch.mul(logits, inf) | expected finite logits",
        "Tensor | torch.mul(logits, torch.mul(torch.rand([1, 3]), 1000.)) | dropout",
        "Tuple[Tensor, Tensor] | (logits, torch.mul(a0, 0.5)) | each row to sum to 1, got 0.5",
        "Tensor | torch.view(logits, [1, 5]) | a text of 3 tokens",
        "Tensor | torch.view(logits, [1, 5]) | RuntimeError: shape '[1, 5]' is invalid",
      })
  void whatCannotBeUsedIsRefused(String type, String result, String message) throws IOException {
    assertRefused(program(type, result), "model.pt: ", message);
  }

  @Test
  void layersOfDifferentHeadsAreRefused() throws IOException {
    assertRefused(
        program(TENSORS, "(logits, a0, torch.unsqueeze(one, 1))"), "as many heads in every layer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input_ids: Tensor, position_ids: Tensor",
        "input_ids: Tensor, decoder_input_ids: Tensor",
        "input_ids: List[int]",
        "a: Tensor, b: Tensor, c: Tensor, d: Tensor",
        "attention_mask: Tensor",
      })
  void otherArgumentsAreRefused(String arguments) throws IOException {
    Path model =
        program(arguments.replace(", ", ",\n    "), "x = torch.ones([1, 2])\n", "Tensor", "x");
    assertRefused(model, "its forward: expected arguments", "got (" + arguments + ")");
  }

  @Test
  void noConsentNoOpening() throws IOException {
    Path model = directory.resolve("untrusted");
    Files.createDirectories(model);
    Files.write(model.resolve("model.pt"), new byte[3]);
    for (Path path : List.of(model, model.resolve("model.pt"))) {
      assertThatThrownBy(() -> Classifier.load(path))
          .isInstanceOf(ModelLoadException.class)
          .hasMessageContainingAll(
              "a TorchScript file is a program", "trustForeignGraph(true)", "Hugging Face");
    }
  }

  @Test
  void aMissingTokenizerIsNamed() throws IOException {
    Path model = program("Tensor", "logits");
    Files.delete(model.resolve("vocab.txt"));
    assertRefused(model, "expected the tokenizer as tokenizer.json");
  }

  @Test
  void tokensBeyondTheModelsAreRefused() throws IOException {
    Path model = program("Tensor", "logits");
    Files.writeString(model.resolve("config.json"), "{\"vocab_size\":4}");
    assertRefused(model, "model.pt: ", "vocab_size = 4");
  }

  @Test
  void weightsOfAKnownFamilyGoBeforeAFileBeside() throws IOException {
    Path model = program("Tensor", "logits");
    Path file = model.resolve("model.pt");
    assertThat(ForeignTorchScript.at(model)).contains(file);
    Files.writeString(model.resolve("config.json"), "{\"model_type\":\"bert\"}");
    assertThat(ForeignTorchScript.at(model)).contains(file);
    Files.write(model.resolve("model.safetensors"), new byte[1]);
    assertThat(ForeignTorchScript.at(model)).isEmpty();
    assertThat(ForeignTorchScript.at(file)).contains(file);
    Files.writeString(model.resolve("config.json"), "{\"model_type\":\"unknown\"}");
    assertThat(ForeignTorchScript.at(model)).contains(file);
    Files.delete(file);
    assertThat(ForeignTorchScript.at(model)).isEmpty();
  }
}
