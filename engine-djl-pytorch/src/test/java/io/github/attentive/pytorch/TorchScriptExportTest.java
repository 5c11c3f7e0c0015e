package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.translator.TextClassificationTranslatorFactory;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.Explanation;
import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelExporter;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.Token;
import io.github.attentive.Trainer;
import io.github.attentive.djl.contract.HuggingFaceGolden;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an export goes, what goes along, and what other programs make of it. */
class TorchScriptExportTest {
  private static final String TEXT = "the movie was boring";

  @TempDir Path folder;

  private Path keras;

  @BeforeEach
  void findModel() throws URISyntaxException {
    keras = Path.of(TorchScriptExportTest.class.getResource("/keras-softmax3").toURI());
  }

  private static ExportedModel export(Path model, Path out) {
    return ModelExporter.export(model, ExportFormat.TORCHSCRIPT, out);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<HostArray.Longs> ids(Explanation explanation) {
    return List.of(
        HostArray.Longs.ofRows(
            List.of(explanation.positions().stream().mapToLong(Token::id).toArray())));
  }

  @Test
  void kerasModelsGiveTheSameElsewhere() throws Exception {
    ExportedModel written = export(keras, folder.resolve("served"));
    assertThat(written.functions()).containsExactly("forward", "explain");
    assertThat(written.inputs()).containsExactly("input_ids");
    try (AttentionExplainer model = AttentionExplainer.load(keras);
        ServedModel served = ServedModel.open(folder.resolve("served"))) {
      Explanation here = model.explain(TEXT);
      HostArray.Floats there = served.forward(ids(here));
      assertThat(there.shape()).containsExactly(1, 3);
      assertThat(there.values())
          .containsExactly(here.classification().logits(), Offset.offset(1e-6f));
      List<HostArray.Floats> explained = served.explain(ids(here));
      assertThat(explained).hasSize(2);
      assertThat(explained.get(1).shape()).containsExactly(1, 1, 5, 5);
      assertThat(explained.get(1).values())
          .containsExactly(here.attention().toArray(), Offset.offset(1e-6f));
    }
  }

  @Test
  void aModelWithoutAttentionHasNoExplain() throws Exception {
    Path model = folder.resolve("pooling");
    Trainer.train(Reviews.pooling(1).build(), Reviews.small(), model);
    ExportedModel written = export(model, folder.resolve("pooling.pt"));
    assertThat(written.functions()).containsExactly("forward");
    try (Classifier classifier = Classifier.load(model);
        ServedModel served = ServedModel.open(written.path())) {
      Classification here = classifier.classify("[UNK]");
      HostArray.Longs ids = HostArray.Longs.ofRows(List.of(new long[] {1, 0, 0, 0, 0}));
      assertThat(served.forward(List.of(ids)).values())
          .containsExactly(here.logits(), Offset.offset(1e-6f));
      for (String method : List.of("explain", "loss", "classify")) {
        assertThatThrownBy(() -> served.run(List.of(ids), method))
            .as(method)
            .isInstanceOf(TranslateException.class);
      }
    }
  }

  @Test
  void whatIsForTrainingStaysBehind() throws IOException {
    Path file = export(keras, folder.resolve("keras.pt")).path();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String code =
          new String(
              zip.getInputStream(zip.getEntry("attentive/code/__torch__.py")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(code.lines().filter(line -> line.contains(" def ")).map(String::strip))
          .containsExactly(
              "def forward(self: __torch__.AttentiveModel,",
              "def explain(self: __torch__.AttentiveModel,");
    }
  }

  @Test
  void equalModelsGiveEqualBytes() throws IOException {
    Path first = export(keras, folder.resolve("first.pt")).path();
    Path copy = Files.createDirectory(folder.resolve("copy"));
    for (String name : List.of("config.json", "model.safetensors", "vocabulary.txt")) {
      Files.copy(keras.resolve(name), copy.resolve(name));
    }
    export(copy, folder.resolve("second"));
    assertThat(folder.resolve("second/model.pt")).hasSameBinaryContentAs(first);
  }

  @Test
  void aFileIsReplacedAndStandsAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("graph.PT"), "before");
    assertThat(export(keras, file).path()).isEqualTo(file);
    assertThat(names(folder)).containsExactly("graph.PT");
    assertThat(Files.size(file)).isGreaterThan(1000);
  }

  @Test
  void aDirectoryHasWhatBelongsToIt() throws IOException {
    Path out = folder.resolve("new/served");
    assertThat(export(keras, out).path()).isEqualTo(out.resolve("model.pt"));
    assertThat(names(out)).containsExactly("config.json", "model.pt", "vocabulary.txt");
    assertThat(out.resolve("config.json")).hasSameBinaryContentAs(keras.resolve("config.json"));
    export(keras, out);
    assertThat(names(out)).as("again").hasSize(3);
    Path named = Files.createDirectory(folder.resolve("directory.pt"));
    assertThat(export(keras, named).path()).isEqualTo(named.resolve("model.pt"));
  }

  @Test
  void otherPlacesAreRefused() throws IOException {
    Path nowhere = folder.resolve("nowhere/graph.pt");
    assertThatThrownBy(() -> export(keras, nowhere))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "output %s: expected an existing folder %s, got none; make it first"
                .formatted(nowhere, nowhere.getParent()));
    Path file = Files.createFile(folder.resolve("notes.txt"));
    assertThatThrownBy(() -> export(keras, file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "output " + file + ": expected a directory, or a name ending in .pt, got a file");
    assertThatThrownBy(() -> export(keras, keras))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("got one with model.safetensors, a model's own");
    Path below = file.resolve("served");
    assertThatThrownBy(() -> export(keras, below))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(below + "/model.pt: cannot be made");
    assertThat(names(folder)).containsExactly("notes.txt");
  }

  @Test
  void whatIsNoModelLeavesNothing() throws IOException {
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    Files.copy(keras.resolve("config.json"), damaged.resolve("config.json"));
    Files.copy(keras.resolve("model.safetensors"), damaged.resolve("model.safetensors"));
    for (Path model : List.of(folder, damaged, keras.resolve("config.json"))) {
      for (String out : List.of("out", "out.pt")) {
        assertThatThrownBy(() -> export(model, folder.resolve(out)))
            .isInstanceOf(ModelLoadException.class)
            .hasMessageContaining(model.toString());
      }
    }
    assertThat(names(folder)).containsExactly("damaged");
  }

  @Test
  void aHuggingFaceModelHasItsTokenizerAndLabels() throws Exception {
    HuggingFaceGolden golden = HuggingFaceGolden.of("bert");
    Path out = folder.resolve("served");
    ModelExporter.export(
        golden.directory(),
        ExportFormat.TORCHSCRIPT,
        out,
        LoadOptions.builder().maxLength(11).build());
    assertThat(names(out))
        .containsExactly("config.json", "model.pt", "tokenizer.json", "tokenizer_config.json");
    assertThat(Files.readString(out.resolve("tokenizer_config.json")))
        .contains("\"model_max_length\": 11")
        .contains("\"cls_token\": \"[CLS]\"");
  }

  /** DJL's own classification of texts, with no more than the directory that was written. */
  @Test
  void anExportedDirectoryIsAllThatDjlNeeds() throws Exception {
    HuggingFaceGolden golden = HuggingFaceGolden.of("bert");
    Path out = folder.resolve("served");
    export(golden.directory(), out);
    PyTorchRuntime.engine();
    Criteria<String, Classifications> criteria =
        Criteria.builder()
            .setTypes(String.class, Classifications.class)
            .optEngine("PyTorch")
            .optModelPath(out)
            .optTranslatorFactory(new TextClassificationTranslatorFactory())
            .optArgument("includeTokenTypes", true)
            .optArgument("maxLength", 32)
            .build();
    try (ZooModel<String, Classifications> model = criteria.loadModel();
        Predictor<String, Classifications> predictor = model.newPredictor();
        Classifier classifier = Classifier.load(golden.directory())) {
      for (int text : golden.comparable()) {
        TextInput input = golden.input(text);
        if (input.pair() == null) {
          Classification here = classifier.classify(input);
          Classifications there = predictor.predict(input.text());
          assertThat(there.best().getClassName()).isEqualTo(here.label());
          assertThat(there.best().getProbability())
              .isCloseTo(here.score(here.label()), Offset.offset(1e-5));
        }
      }
    }
  }
}
