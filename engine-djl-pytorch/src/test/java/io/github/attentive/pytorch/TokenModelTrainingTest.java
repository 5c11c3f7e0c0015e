package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Dataset;
import io.github.attentive.Explanation;
import io.github.attentive.ModelDoctor;
import io.github.attentive.Padding;
import io.github.attentive.Recipe;
import io.github.attentive.Trainer;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.contract.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipes of word pieces from scratch: what they learn lasts, and is the same each time. */
class TokenModelTrainingTest {
  @TempDir Path folder;

  /** Small enough for a test, large enough to learn {@link Reviews}. */
  static TrainingOptions.Builder options(Recipe recipe) {
    TrainingOptions.Builder options =
        TrainingOptions.builder(recipe)
            .maxTokens(200)
            .maxLength(16)
            .batchSize(8)
            .threads(1)
            .seed(3);
    return recipe == Recipe.BIGRU_ATTENTION
        ? options.embeddingSize(12).hiddenSize(10).learningRate(0.01f)
        : options.learningRate(0.002f);
  }

  @ParameterizedTest
  @EnumSource(names = {"BIGRU_ATTENTION", "BERT"})
  void whatIsSavedIsWhatWasTrained(Recipe recipe) {
    Dataset data = Reviews.small();
    TrainingHistory history = Trainer.train(options(recipe).epochs(25).build(), data, data, folder);
    assertThat(history.epochs().get(history.kept() - 1).validation().accuracy()).isEqualTo(1);
    assertThat(ModelDoctor.examine(folder).problems()).isEmpty();
    try (AttentionExplainer model = AttentionExplainer.load(folder)) {
      double loss = 0;
      for (var example : data.examples()) {
        Explanation explanation = model.explain(example.input());
        assertThat(explanation.label()).isEqualTo(example.label());
        loss -= Math.log(explanation.score(example.label()));
      }
      // What validation measured is what the saved model gives.
      assertThat(loss / data.size())
          .isCloseTo(history.epochs().get(history.kept() - 1).validation().loss(), within(1e-4));
    }
    assertThat(folder.resolve("checkpoint")).doesNotExist();
  }

  @Test
  void paddingMayBeRead() {
    Trainer.train(
        options(Recipe.BIGRU_ATTENTION).padding(Padding.ATTEND).epochs(2).build(),
        Reviews.small(),
        folder);
    try (AttentionExplainer model = AttentionExplainer.load(folder)) {
      assertThat(model.explain("the movie was boring").attention().keys()).isEqualTo(16);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BIGRU_ATTENTION", "BERT"})
  void theSeedDecidesEveryByte(Recipe recipe) throws IOException {
    for (String run : List.of("first", "again", "other")) {
      long seed = run.equals("other") ? 8 : 7;
      Trainer.train(
          options(recipe).epochs(2).seed(seed).build(), Reviews.small(), folder.resolve(run));
    }
    for (String name : List.of("model.safetensors", "config.json", "tokenizer.json")) {
      assertThat(folder.resolve("again").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("first").resolve(name));
    }
    assertThat(Files.readAllBytes(folder.resolve("other").resolve("model.safetensors")))
        .isNotEqualTo(Files.readAllBytes(folder.resolve("first").resolve("model.safetensors")));
  }

  @Test
  void partsOfABatchComeToTheWholeButForRounding() throws IOException {
    for (int parts : new int[] {1, 3}) {
      Trainer.train(
          options(Recipe.BIGRU_ATTENTION).dropout(0).epochs(2).batchParts(parts).build(),
          Reviews.small(),
          folder.resolve("parts" + parts));
    }
    try (AttentionExplainer whole = AttentionExplainer.load(folder.resolve("parts1"));
        AttentionExplainer parts = AttentionExplainer.load(folder.resolve("parts3"))) {
      assertThat(parts.classify("the movie was boring").score("negative"))
          .isCloseTo(whole.classify("the movie was boring").score("negative"), within(1e-4f));
    }
  }

  /** A process that ends at any moment loses a part of its time and nothing else. */
  @ParameterizedTest
  @EnumSource(names = {"BIGRU_ATTENTION", "BERT"})
  void killedAndResumedItComesToTheSameBytes(Recipe recipe) throws Exception {
    Path whole = folder.resolve("whole");
    Trainer.train(KilledMain.options(recipe).build(), Reviews.small(), Reviews.small(), whole);
    Path killed = folder.resolve("killed");
    int runs = 0;
    List<String> printed;
    do {
      // Each time it gets a little farther, to a moment that no test can know.
      printed =
          new ChildJvm(KilledMain.class, folder)
              .run(recipe.name(), killed.toString(), Integer.toString(20 + 200 * runs))
              .out();
      runs++;
    } while (!printed.contains("done") && runs < 30);
    assertThat(printed).contains("done");
    assertThat(runs).isGreaterThan(1);
    assertThat(killed.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    assertThat(killed.resolve("checkpoint")).doesNotExist();
  }
}
