package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Classification;
import io.github.attentive.Classifier;
import io.github.attentive.Dataset;
import io.github.attentive.EpochReport;
import io.github.attentive.ExplainOptions;
import io.github.attentive.InferenceException;
import io.github.attentive.LabelledText;
import io.github.attentive.TextInput;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingTest {
  private static final List<String> FILES =
      List.of("model.safetensors", "config.json", "vocabulary.txt");

  @TempDir Path folder;

  private static double accuracy(Classifier classifier, Dataset data) {
    int right = 0;
    for (LabelledText example : data.examples()) {
      right += classifier.classify(example.input()).label().equals(example.label()) ? 1 : 0;
    }
    return (double) right / data.size();
  }

  @Test
  void theSeedDecidesEveryByte() throws IOException {
    for (String run : List.of("first", "again", "other")) {
      long seed = run.equals("other") ? 8 : 7;
      // Batches of 8, 8 and 4: their order matters.
      TrainingOptions options = Reviews.attention(10).batchSize(8).seed(seed).build();
      Trainer.train(options, Reviews.small(), folder.resolve(run));
    }
    for (String name : FILES) {
      assertThat(folder.resolve("again").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("first").resolve(name));
    }
    assertThat(Files.readAllBytes(folder.resolve("other").resolve("model.safetensors")))
        .isNotEqualTo(Files.readAllBytes(folder.resolve("first").resolve("model.safetensors")));
  }

  @Test
  void whatIsSavedIsWhatWasTrained() {
    TrainingHistory history =
        Trainer.train(Reviews.attention(60).learningRate(0.02f).build(), Reviews.small(), folder);
    assertThat(history.last().accuracy()).isEqualTo(1);
    assertThat(history.last().loss()).isLessThan(0.2).isLessThan(history.epochs().get(0).loss());
    try (Classifier classifier = Classifier.load(folder)) {
      assertThat(accuracy(classifier, Reviews.small())).isEqualTo(1);
      assertThat(classifier.labels()).containsExactly("negative", "positive");
      assertThat(classifier.info().engine()).isEqualTo("pytorch");
    }
  }

  @Test
  void twoLoadsGiveTheSameBits() {
    Trainer.train(Reviews.attention(20).build(), Reviews.small(), folder);
    List<TextInput> inputs = Reviews.small().examples().stream().map(LabelledText::input).toList();
    try (AttentionExplainer one = AttentionExplainer.load(folder);
        AttentionExplainer other = AttentionExplainer.load(folder)) {
      assertThat(one.classifyAll(inputs)).isEqualTo(other.classifyAll(inputs));
      assertThat(one.explainAll(inputs, ExplainOptions.defaults()))
          .isEqualTo(other.explainAll(inputs, ExplainOptions.defaults()));
    }
  }

  @Test
  void threeClassesTrainWithASoftmax() {
    TrainingHistory history =
        Trainer.train(
            Reviews.attention(60).learningRate(0.02f).build(), Reviews.threeKinds(), folder);
    assertThat(history.epochs().get(0).loss()).isCloseTo(Math.log(3), within(0.05));
    assertThat(history.last().loss()).isLessThan(0.2);
    try (Classifier classifier = Classifier.load(folder)) {
      assertThat(classifier.labels()).containsExactly("negative", "neutral", "positive");
      assertThat(accuracy(classifier, Reviews.threeKinds())).isEqualTo(1);
      Classification result = classifier.classify("the train leaves at noon");
      assertThat(result.logits()).hasSize(3);
      double sum = result.scores().values().stream().mapToDouble(Float::doubleValue).sum();
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void theKeptEpochIsTheOneThatWasSaved() {
    // What is held out contradicts the training data: the best epoch is not the last.
    List<LabelledText> contrary = new ArrayList<>();
    for (LabelledText example : Reviews.small().examples()) {
      String label = example.label().equals("positive") ? "negative" : "positive";
      contrary.add(new LabelledText(example.input(), label));
    }
    Dataset validation = Dataset.of(contrary);
    TrainingHistory history =
        Trainer.train(
            Reviews.attention(40).learningRate(0.003f).seed(3).build(),
            Reviews.small(),
            validation,
            folder);
    List<Double> accuracies =
        history.epochs().stream().map(epoch -> epoch.validation().accuracy()).toList();
    double best = accuracies.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    assertThat(history.kept()).isEqualTo(accuracies.indexOf(best) + 1).isLessThan(40);
    assertThat(best).isGreaterThan(history.last().validation().accuracy());
    try (Classifier classifier = Classifier.load(folder)) {
      assertThat(accuracy(classifier, validation)).isEqualTo(best);
    }
  }

  @Test
  void evaluationDoesNotMoveTheWeights() throws IOException {
    Trainer.train(Reviews.attention(1).build(), Reviews.small(), folder.resolve("without"));
    Trainer.train(
        Reviews.attention(1).build(), Reviews.small(), Reviews.small(), folder.resolve("with"));
    assertThat(folder.resolve("with").resolve("model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("without").resolve("model.safetensors"));
  }

  @Test
  void everyEpochIsReportedAndWritten() throws IOException {
    List<EpochReport> reports = new ArrayList<>();
    TrainingHistory history =
        Trainer.train(Reviews.pooling(4).listener(reports::add).build(), Reviews.small(), folder);
    assertThat(reports).isEqualTo(history.epochs()).hasSize(4);
    List<String> lines = Files.readAllLines(folder.resolve("training.jsonl"));
    assertThat(lines).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(lines.get(i))
          .startsWith(
              "{\"epoch\":%d,\"loss\":%s,\"accuracy\":%s,\"seconds\":"
                  .formatted(i + 1, reports.get(i).loss(), reports.get(i).accuracy()));
    }
  }

  @Test
  void aListenerThatThrowsStopsAndLeavesNoModel() {
    List<EpochReport> reports = new ArrayList<>();
    IllegalStateException stop = new IllegalStateException("enough");
    TrainingOptions options =
        Reviews.attention(50)
            .listener(
                report -> {
                  reports.add(report);
                  if (report.epoch() == 3) {
                    throw stop;
                  }
                })
            .build();
    assertThatThrownBy(() -> Trainer.train(options, Reviews.small(), folder)).isSameAs(stop);
    assertThat(reports).hasSize(3);
    assertThat(folder.resolve("config.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"two, 1e30", "three, 1e30", "two, 3e38", "three, 3e38"})
  void aLossThatDivergesNamesTheEpoch(String classes, float rate) {
    Dataset data = classes.equals("two") ? Reviews.small() : Reviews.threeKinds();
    TrainingOptions options = Reviews.attention(20).learningRate(rate).build();
    assertThatThrownBy(() -> Trainer.train(options, data, folder))
        .isInstanceOf(InferenceException.class)
        .hasMessageMatching(
            "epoch \\d+, batch 1, update \\d+ of the training \\(examples \\d+, .*\\): expected a"
                + " finite loss, got \\S+; try a lower learning rate than \\S+, or look at these"
                + " examples");
    assertThat(folder.resolve("config.json")).doesNotExist();
  }
}
