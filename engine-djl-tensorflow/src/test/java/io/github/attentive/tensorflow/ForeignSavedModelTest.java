package io.github.attentive.tensorflow;

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
import io.github.attentive.Token;
import io.github.attentive.spi.EngineModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.DataType;

/** Programs with all sorts of inputs and outputs: what they give is found, or refused by name. */
class ForeignSavedModelTest {
  private static final List<TextInput> TEXTS =
      List.of("a b c", "f", "", "d d", "a b c d e f", "zzz b").stream().map(TextInput::of).toList();

  @TempDir Path folder;

  private static List<Finding> findings(Path model, Finding.Severity severity) {
    try (EngineModel opened = ForeignSavedModel.open(model, ForeignProgram.TRUST, "tensorflow")) {
      return opened.examine().stream().filter(f -> f.severity() == severity).toList();
    }
  }

  private static List<String> warnings(Path model) {
    return findings(model, Finding.Severity.WARNING).stream().map(Finding::text).toList();
  }

  private static void assertRefused(Path model, String... parts) {
    assertThatThrownBy(() -> Classifier.load(model, ForeignProgram.TRUST))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContainingAll(parts)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private Path settings(String json) throws IOException {
    return Files.writeString(folder.resolve("attentive.json"), json.replace('\'', '"'));
  }

  private static Classification classified(Path model, String text) {
    try (Classifier classifier = Classifier.load(model, ForeignProgram.TRUST)) {
      return classifier.classify(text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aPoolingIsFoundWithWhateverAxes(int axis) throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    String pooling = program.pooling(0.3);
    Path model =
        program
            .output("p", program.of("Sigmoid", program.raw(1, 1)))
            .output("w", axis == 0 ? pooling : program.widened(pooling, axis))
            .write(folder);
    try (AttentionExplainer explainer = AttentionExplainer.load(model, ForeignProgram.TRUST)) {
      Explanation explanation = explainer.explain("a b");
      assertThat(explanation.attention().shape()).containsExactly(1, 1, 1, 4);
      assertThat(explanation.positions().stream().map(Token::text))
          .containsExactly("a", "b", "[PAD]", "[PAD]");
    }
    assertThat(warnings(model)).isEmpty();
  }

  @Test
  void asManyClassesAsPositionsAreToldFromWeights() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model =
        program
            .output("one", program.pooling(0.3))
            .output("two", program.of("Softmax", program.raw(4, 1)))
            .write(folder);
    try (AttentionExplainer explainer = AttentionExplainer.load(model, ForeignProgram.TRUST)) {
      assertThat(explainer.info().layers()).isEqualTo(1);
      float[] weights = explainer.explain("a b").attention().toArray();
      assertThat(weights[2]).isEqualTo(weights[3]).isNotEqualTo(weights[0]);
    }
    settings("{'outputs':{'scores':'one','attention':'two'}}");
    try (AttentionExplainer explainer = AttentionExplainer.load(model, ForeignProgram.TRUST)) {
      float[] weights = explainer.explain("a b").attention().toArray();
      assertThat(weights[2]).isNotEqualTo(weights[3]);
    }
  }

  private Path twoDistributions(String one, String two) throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    return program
        .output(one, program.of("Softmax", program.raw(4, 1)))
        .output(two, program.of("Softmax", program.raw(4, 2)))
        .write(folder);
  }

  @Test
  void whatCannotBeToldIsAskedFor() throws IOException {
    assertRefused(
        twoDistributions("one", "two"),
        folder.toString(),
        "expected one output [batch, labels], the scores, got ['one' [1, 4], 'two' [1, 4]]",
        "say in attentive.json");
  }

  @Test
  void namesDecideLastAndAreTold() throws IOException {
    Path model = twoDistributions("class_probabilities", "alphas");
    assertThat(warnings(model))
        .hasSize(2)
        .first()
        .asString()
        .contains("'class_probabilities' is taken for its name");
    assertThat(classified(model, "a").scores()).hasSize(4);
  }

  @Test
  void namesThatAreNotThereAreTold() throws IOException {
    Path model = twoDistributions("one", "two");
    settings("{'outputs':{'scores':'three'}}");
    assertRefused(model, "expected some of [one, two], got 'three'");
  }

  @Test
  void aNamedAttentionHasToBeOne() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model =
        program
            .output("scores", program.of("Softmax", program.raw(3, 1)))
            .output("hidden", program.tokens(4, 2))
            .write(folder);
    assertThat(warnings(model)).singleElement().asString().contains("whose rows do not sum to 1");
    settings("{'outputs':{'attention':'hidden'}}");
    assertRefused(model, "'hidden', which attentive.json calls attention", "rows that sum to 1");
  }

  @Test
  void furtherOutputsAreLeftAlone() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model =
        program
            .output("hidden", program.raw(5, 3))
            .output("p", program.of("Softmax", program.raw(3, 1)))
            .output("w", program.square(2))
            .write(folder);
    assertThat(classified(model, "a").scores()).hasSize(3);
    assertThat(warnings(model)).isEmpty();
    assertThat(findings(model, Finding.Severity.OK))
        .extracting(Finding::text)
        .anyMatch(text -> text.contains("a further output 'hidden' [1, 5]"));
  }

  @Test
  void layersStandInTheOrderOfTheirNumbers() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model =
        program
            .output("layer_10", program.square(10))
            .output("layer_9", program.square(9))
            .output("p", program.of("Softmax", program.raw(3, 1)))
            .write(folder.resolve("both"));
    ForeignProgram ninth = ForeignProgram.ofFourPositions();
    Path first =
        ninth
            .output("layer_9", ninth.square(9))
            .output("p", ninth.of("Softmax", ninth.raw(3, 1)))
            .write(folder.resolve("ninth"));
    try (AttentionExplainer explainer = AttentionExplainer.load(model, ForeignProgram.TRUST);
        AttentionExplainer expected = AttentionExplainer.load(first, ForeignProgram.TRUST)) {
      assertThat(explainer.info().layers()).isEqualTo(2);
      float[] all = explainer.explain("a b c").attention().toArray();
      float[] ofNinth = expected.explain("a b c").attention().toArray();
      assertThat(java.util.Arrays.copyOf(all, ofNinth.length)).isEqualTo(ofNinth);
    }
  }

  @Test
  void oneProbabilityIsThatOfTheSecondOfTwoClasses() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model = program.output("p", program.of("Sigmoid", program.raw(1, 1))).write(folder);
    Classification result = classified(model, "a b");
    assertThat(result.scores()).containsOnlyKeys("Negative", "Positive");
    assertThat(result.logits()).isEmpty();
    assertThat(result.score("Negative")).isEqualTo(1 - result.score("Positive"));
  }

  @Test
  void probabilitiesThatDoNotSumToOneAreOfSeveralLabels() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model = program.output("p", program.of("Sigmoid", program.raw(3, 1))).write(folder);
    Classification result = classified(model, "a b");
    assertThat(result.problemType()).isEqualTo(ProblemType.MULTI_LABEL);
    assertThat(result.logits()).isEmpty();
  }

  @Test
  void otherNumbersAreLogits() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model = program.output("p", program.raw(3, 1)).write(folder);
    Classification result = classified(model, "a b");
    assertThat(result.problemType()).isEqualTo(ProblemType.SINGLE_LABEL);
    assertThat(result.logits()).hasSize(3);
    double sum = 0;
    for (float logit : result.logits()) {
      sum += Math.exp(logit);
    }
    assertThat(result.score("LABEL_0"))
        .isCloseTo((float) (Math.exp(result.logits()[0]) / sum), within(1e-6f));
  }

  @Test
  void oneOtherNumberIsAValueUnlessTwoLabelsSayOtherwise() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model = program.output("p", program.raw(1, 1)).write(folder);
    Classification value = classified(model, "a b");
    assertThat(value.problemType()).isEqualTo(ProblemType.REGRESSION);
    settings("{'labels':['no','yes']}");
    Classification two = classified(model, "a b");
    assertThat(two.problemType()).isEqualTo(ProblemType.SINGLE_LABEL);
    assertThat(two.score("yes"))
        .isCloseTo((float) (1 / (1 + Math.exp(-value.score("LABEL_0")))), within(1e-6f));
    settings("{'labels':['no','yes','maybe']}");
    assertRefused(model, "attentive.json", "expected 1 different labels");
  }

  /** Here they are between 0 and 1. */
  @Test
  void whatIsCalledLogitsIsThat() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model = program.output("logits", program.of("Sigmoid", program.raw(1, 1))).write(folder);
    Classification result = classified(model, "a b");
    assertThat(result.logits()).hasSize(1);
    assertThat(result.score("Positive"))
        .isCloseTo((float) (1 / (1 + Math.exp(-result.logits()[0]))), within(1e-6f));
    settings("{'labels':['stars']}");
    assertThat(classified(model, "a b").problemType()).isEqualTo(ProblemType.REGRESSION);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DT_INT32", "DT_INT64", "DT_FLOAT"})
  void tokensOfEachTypeGiveTheSame(DataType type) throws IOException {
    ForeignProgram plain = ForeignProgram.ofFourPositions();
    Path expected =
        plain.output("p", plain.of("Softmax", plain.raw(3, 1))).write(folder.resolve("plain"));
    ForeignProgram program = new ForeignProgram(type, -1, 4);
    Path model =
        program
            .output("p", program.of("Softmax", program.raw(3, 1)))
            .write(folder.resolve("typed"));
    assertThat(classified(model, "a b").scores()).isEqualTo(classified(expected, "a b").scores());
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DT_BOOL", "DT_COMPLEX64", "DT_HALF", "DT_UINT8"})
  void tokensOfOtherTypesAreRefused(DataType type) throws IOException {
    ForeignProgram program = new ForeignProgram(type, -1, 4);
    program.output("p", program.of("Softmax", program.raw(3, 1))).write(folder);
    assertRefused(folder, "float32, int32 or int64", "'ids' " + type + "[-1, 4]");
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DT_HALF", "DT_BFLOAT16", "DT_DOUBLE"})
  void scoresOfOtherWidthsAreRead(DataType type) throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    String scores = program.of("Softmax", program.raw(3, 1));
    program.output("p", scores).write(folder.resolve("plain"));
    ForeignProgram other = ForeignProgram.ofFourPositions();
    other.output("p", other.of("Softmax", other.raw(3, 1)), type).write(folder.resolve("other"));
    Classification expected = classified(folder.resolve("plain"), "a b");
    Classification result = classified(folder.resolve("other"), "a b");
    float rounding = type == DataType.DT_DOUBLE ? 1e-6f : 4e-3f;
    assertThat(result.score("LABEL_1")).isCloseTo(expected.score("LABEL_1"), within(rounding));
    assertThat(warnings(folder.resolve("other"))).hasSize(type == DataType.DT_DOUBLE ? 0 : 1);
  }

  @Test
  void textsOfAFixedBatchRunOneByOne() throws IOException {
    ForeignProgram plain = ForeignProgram.ofFourPositions();
    plain
        .output("p", plain.of("Softmax", plain.raw(3, 1)))
        .output("w", plain.square(2))
        .write(folder.resolve("plain"));
    ForeignProgram one = new ForeignProgram(DataType.DT_INT32, 1, 4);
    one.output("p", one.of("Softmax", one.raw(3, 1)))
        .output("w", one.square(2))
        .write(folder.resolve("one"));
    try (AttentionExplainer expected =
            AttentionExplainer.load(folder.resolve("plain"), ForeignProgram.TRUST);
        AttentionExplainer explainer =
            AttentionExplainer.load(folder.resolve("one"), ForeignProgram.TRUST)) {
      List<Explanation> all = explainer.explainAll(TEXTS, ExplainOptions.defaults());
      List<Explanation> together = expected.explainAll(TEXTS, ExplainOptions.defaults());
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(all.get(i).attention()).isEqualTo(together.get(i).attention());
        assertThat(all.get(i).classification().scores())
            .isEqualTo(together.get(i).classification().scores());
      }
    }
    ForeignProgram eight = new ForeignProgram(DataType.DT_INT32, 8, 4);
    eight.output("p", eight.of("Softmax", eight.raw(3, 1))).write(folder.resolve("eight"));
    assertRefused(folder.resolve("eight"), "any number of texts at once, or one, got 8");
  }

  @Test
  void anyNumberOfPositionsIsThatOfTheTextOrOfTheSettings() throws IOException {
    ForeignProgram program = new ForeignProgram(DataType.DT_INT64, -1, -1);
    Path model =
        program
            .output("p", program.of("Sigmoid", program.raw(1, 1)))
            .output("w", program.pooling(2))
            .write(folder);
    LoadOptions options =
        LoadOptions.builder().trustForeignGraph(true).batchSize(3).maxLength(3).build();
    try (AttentionExplainer explainer = AttentionExplainer.load(model, options)) {
      assertThat(explainer.explain("a b").attention().shape()).containsExactly(1, 1, 1, 2);
      List<Explanation> all = explainer.explainAll(TEXTS, ExplainOptions.defaults());
      assertThat(all).extracting(e -> e.positions().size()).containsExactly(3, 1, 1, 2, 3, 2);
      assertThat(all.get(4).classification().truncated()).isTrue();
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(all.get(i).attention()).isEqualTo(explainer.explain(TEXTS.get(i)).attention());
      }
    }
    settings("{'sequenceLength':6}");
    try (AttentionExplainer explainer = AttentionExplainer.load(model, options)) {
      assertThat(explainer.explain("a b").attention().shape()).containsExactly(1, 1, 1, 6);
    }
  }

  @Test
  void anotherLengthThanTheModelsIsRefused() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    program.output("p", program.of("Softmax", program.raw(3, 1))).write(folder);
    settings("{'sequenceLength':6}");
    assertRefused(folder, "sequenceLength: expected 4, the positions of the model, got 6");
  }

  @Test
  void signaturesThatDoNotClassifyAreTold() throws IOException {
    ForeignProgram two = ForeignProgram.ofFourPositions().input("more", DataType.DT_INT32, -1, 4);
    assertRefused(
        two.output("p", two.raw(3, 1)).write(folder.resolve("two")),
        "expected a signature of one input",
        "'ids' DT_INT32[-1, 4], 'more' DT_INT32[-1, 4]");
    assertRefused(
        ForeignProgram.ofFourPositions().write(folder.resolve("none")), "and outputs of floats");
    ForeignProgram scalar = ForeignProgram.ofFourPositions();
    assertRefused(
        scalar.output("w", scalar.square(1)).write(folder.resolve("no-scores")),
        "expected an output [batch, labels] of floats");
    ForeignProgram training = ForeignProgram.ofFourPositions();
    assertRefused(
        training.output("p", training.raw(3, 1)).write(folder.resolve("tag"), "any", "train"),
        "expected a graph with the tag 'serve', got [[train]]");
  }

  @Test
  void aSignatureOfAnyNameIsUsed() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    program.output("p", program.of("Softmax", program.raw(3, 1))).write(folder, "predict", "serve");
    assertThat(classified(folder, "a").scores()).hasSize(3);
  }

  @Test
  void operationsThatTensorFlowDoesNotKnowAreTold() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions().node("NoSuchOperation");
    program.output("p", program.raw(3, 1)).write(folder);
    assertRefused(folder, folder.toString(), "NoSuchOperation");
  }

  @Test
  void numbersThatAreNoneAreRefused() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    program.output("p", program.of("Log", program.raw(3, 1))).write(folder);
    assertRefused(folder, "expected finite scores", "output 'p'");
  }

  /** On processors with AVX-512, TensorFlow left to itself takes such a constant as it stands. */
  @Test
  void constantsThatHaveToBeTransposedAre() throws IOException {
    int width = 32;
    int units = 48;
    ForeignProgram program = ForeignProgram.ofFourPositions();
    Path model =
        program
            .output("logits", program.dense(program.raw(width, 1), width, units, 2))
            .write(folder);
    float[] raw = new float[width];
    // "a b" and two paddings: rows 2, 3, 0, 0 of the table.
    for (int row : new int[] {2, 3, 0, 0}) {
      for (int i = 0; i < width; i++) {
        raw[i] += ForeignProgram.number(1, row * width + i);
      }
    }
    float[] expected = new float[units];
    for (int unit = 0; unit < units; unit++) {
      expected[unit] = ForeignProgram.number(2, unit);
      for (int i = 0; i < width; i++) {
        expected[unit] += raw[i] * ForeignProgram.number(2, unit * width + i);
      }
    }
    assertThat(classified(model, "a b").logits()).containsExactly(expected, within(1e-4f));
  }

  @Test
  void otherModelsInTheDirectoryComeFirst() throws IOException {
    ForeignProgram program = ForeignProgram.ofFourPositions();
    program.output("p", program.raw(3, 1)).write(folder);
    assertThat(ForeignSavedModel.at(folder)).contains(folder);
    assertThat(ForeignSavedModel.at(folder.resolve("vocabulary.txt"))).isEmpty();
    Files.createFile(folder.resolve("model.keras"));
    assertThat(ForeignSavedModel.at(folder)).isEmpty();
  }
}
