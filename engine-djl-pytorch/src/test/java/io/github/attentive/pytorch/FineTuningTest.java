package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Dataset;
import io.github.attentive.EpochReport;
import io.github.attentive.Evaluation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.ModelDoctor;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Recipe;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingListener;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.SharedFixtures;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints of every family, fine-tuned and opened again. */
class FineTuningTest {
  private static final List<String> THEIRS = List.of("Negative", "Neutral", "Positive");

  @SuppressWarnings("unused")
  private static final List<String> FAMILIES = SharedFixtures.HUGGING_FACE;

  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();
  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void onEpoch(EpochReport report) {}

        @Override
        public void onNotice(String text) {
          notices.add(text);
        }
      };

  private static Path fixture(String family) {
    return SharedFixtures.path("hf").resolve(family);
  }

  private TrainingOptions.Builder options(Path from) {
    return TrainingOptions.builder(Recipe.BERT)
        .from(from)
        .epochs(12)
        .batchSize(6)
        .learningRate(3e-3f)
        .threads(1)
        .listener(listener);
  }

  /** Enough of a difference to be learned: two words say it all. */
  private static Dataset reviews(List<String> labels) {
    List<LabelledText> texts = new ArrayList<>();
    for (String subject : List.of("film", "plot", "end", "cast", "movie", "acting")) {
      for (int label = 0; label < labels.size(); label++) {
        String word = List.of("boring", "there", "great").get(label);
        texts.add(LabelledText.of("the " + subject + " was " + word, labels.get(label)));
      }
    }
    return Dataset.of(texts, labels);
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void aFamilyLearnsAndOpensAgain(String family) {
    Dataset data = reviews(List.of("bad", "good"));
    TrainingHistory history = Trainer.train(options(fixture(family)).build(), data, folder);
    assertThat(history.last().loss()).isLessThan(history.epochs().get(0).loss());
    assertThat(notices).singleElement().asString().startsWith("fresh head for [bad, good] (");
    assertThat(ModelDoctor.examine(folder).problems()).isEmpty();
    try (AttentionExplainer model = AttentionExplainer.load(folder)) {
      assertThat(model.labels()).containsExactly("bad", "good");
      assertThat(family).startsWith(model.info().family().replace("deberta-v2", "deberta"));
    }
    Map<String, StoredTensor> before =
        Safetensors.read(fixture(family).resolve("model.safetensors"));
    Map<String, StoredTensor> after = Safetensors.read(folder.resolve("model.safetensors"));
    assertThat(after.keySet()).isSubsetOf(before.keySet());
    assertThat(after).hasSizeGreaterThan(before.size() / 2);
  }

  @Test
  void aHeadOfTheSameLabelsStays() {
    // So low that almost nothing changes.
    TrainingOptions options = options(fixture("bert")).learningRate(1e-12f).epochs(1).build();
    Trainer.train(options, reviews(THEIRS), folder);
    assertThat(notices).isEmpty();
    try (AttentionExplainer before = AttentionExplainer.load(fixture("bert"));
        AttentionExplainer after = AttentionExplainer.load(folder)) {
      assertThat(after.labels()).isEqualTo(THEIRS);
      assertThat(after.classify("the movie was boring").score("Neutral"))
          .isEqualTo(before.classify("the movie was boring").score("Neutral"));
    }
  }

  @Test
  void theCheckpointsOrderOfLabelsIsKept() {
    Dataset data = reviews(List.of("Positive", "Negative", "Neutral"));
    Trainer.train(options(fixture("bert")).epochs(40).build(), data, folder);
    try (AttentionExplainer model = AttentionExplainer.load(folder)) {
      assertThat(model.labels()).isEqualTo(THEIRS);
      assertThat(Evaluation.of(model, data).accuracy()).isGreaterThan(0.8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "albert", "modernbert", "distilbert"})
  void frozenLayersStayToTheBit(String family) {
    TrainingOptions options = options(fixture(family)).frozenLayers(1).epochs(1).build();
    Trainer.train(options, reviews(THEIRS), folder);
    Map<String, StoredTensor> before =
        Safetensors.read(fixture(family).resolve("model.safetensors"));
    Map<String, StoredTensor> after = Safetensors.read(folder.resolve("model.safetensors"));
    int frozen = 0;
    int changed = 0;
    for (StoredTensor tensor : after.values()) {
      boolean stays =
          tensor.name().matches("(\\w+\\.)?(embeddings\\..*|.*(layers?|layer_groups)\\.0\\..*)");
      if (tensor.parameter().values().length > 8) {
        boolean same = tensor.bytes().equals(before.get(tensor.name()).bytes());
        assertThat(same).as(tensor.name()).isEqualTo(stays);
      }
      frozen += stays ? 1 : 0;
      changed += stays ? 0 : 1;
    }
    assertThat(frozen).isGreaterThan(3);
    assertThat(changed).isGreaterThan(1);
  }

  @Test
  void moreFrozenLayersThanThereAreAreRefused() {
    TrainingOptions options = options(fixture("bert")).frozenLayers(99).build();
    assertThatThrownBy(() -> Trainer.train(options, reviews(THEIRS), folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("frozen layers: expected at most 3, which the model has, got 99");
  }

  @Test
  void anEncoderWithoutHeadOrNamesOfItsOwnGetsAHead() throws IOException {
    HuggingFaceCopy copy =
        HuggingFaceCopy.of("hf/bert", Files.createDirectory(folder.resolve("e")));
    List<Parameter> bare =
        Safetensors.read(copy.weights()).values().stream()
            .filter(tensor -> !tensor.name().matches("classifier.*|bert\\.pooler.*"))
            .map(
                tensor ->
                    Parameter.of(
                        tensor.name().replaceFirst("^bert\\.", ""),
                        tensor.shape(),
                        tensor.parameter().values()))
            .toList();
    Files.delete(copy.weights());
    SafetensorsWriter.write(copy.weights(), bare);
    copy.edit("config.json", "BertForSequenceClassification", "BertModel");
    Path out = folder.resolve("out");
    Trainer.train(options(copy.folder()).epochs(1).build(), reviews(THEIRS), out);
    assertThat(notices)
        .containsExactly(
            "fresh head for [Negative, Neutral, Positive] (bert.pooler.dense.weight,"
                + " bert.pooler.dense.bias, classifier.weight, classifier.bias): the checkpoint has"
                + " none");
    assertThat(ModelDoctor.examine(out).problems()).isEmpty();
    assertThat(JsonFile.read(out.resolve("config.json")).strings("architectures"))
        .containsExactly("BertForSequenceClassification");
  }

  @Test
  void aConfigurationAloneGivesFreshWeights() throws IOException {
    HuggingFaceCopy copy =
        HuggingFaceCopy.of("hf/roberta", Files.createDirectory(folder.resolve("c")));
    Files.delete(copy.weights());
    Path out = folder.resolve("out");
    Trainer.train(options(copy.folder()).epochs(1).build(), reviews(THEIRS), out);
    assertThat(notices)
        .containsExactly(copy.folder() + " has no weights: all are fresh, by its configuration");
    assertThat(ModelDoctor.examine(out).problems()).isEmpty();
    assertThat(Safetensors.read(out.resolve("model.safetensors")).keySet())
        .isEqualTo(Safetensors.read(fixture("roberta").resolve("model.safetensors")).keySet());
  }

  @Test
  void weightsOfAnotherFormatAreRefusedNotReplaced() throws IOException {
    HuggingFaceCopy copy =
        HuggingFaceCopy.of("hf/bert", Files.createDirectory(folder.resolve("p")));
    Files.move(copy.weights(), copy.folder().resolve("pytorch_model.bin"));
    assertThatThrownBy(
            () ->
                Trainer.train(
                    options(copy.folder()).build(), reviews(THEIRS), folder.resolve("out")))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("is a Python pickle");
  }

  @Test
  void aCheckpointIsNotReplacedByItsOwnChild() throws IOException {
    HuggingFaceCopy copy =
        HuggingFaceCopy.of("hf/bert", Files.createDirectory(folder.resolve("s")));
    assertThatThrownBy(
            () -> Trainer.train(options(copy.folder()).build(), reviews(THEIRS), copy.folder()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected another directory than the model's own");
  }
}
