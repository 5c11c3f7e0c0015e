package io.github.attentive.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.EpochReport;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.Recipe;
import io.github.attentive.StepReport;
import io.github.attentive.TrainingCancelledException;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingListener;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten batches an epoch, of an optimiser whose every update depends on all that came before. */
class TrainingResumeTest {
  private static final Graph GRAPH = NumberedTexts.graph();
  private static final int EXAMPLES = 39;
  private static final int BATCH = 4;
  private static final int BATCHES = 10;
  private static final int EPOCHS = 3;

  @TempDir Path folder;

  private boolean validated;
  private StubTrainable.Behaviour evaluation = this::byWeights;
  private StubTrainable stub = new StubTrainable(GRAPH, StubTrainable::calm, StubTrainable::calm);
  private IntConsumer atStep = step -> {};

  /** Ends a training where a killed process would: nothing is written after it. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** What a training came to. */
  private record Result(TrainingHistory history, List<Parameter> kept, List<StepReport> steps) {}

  private static TrainingOptions.Builder options() {
    return TrainingOptions.builder(Recipe.BERT).epochs(EPOCHS).batchSize(BATCH).seed(7);
  }

  private Result train(TrainingOptions.Builder options, int killAfter) {
    return train(options, killAfter, Map.of());
  }

  private Result train(
      TrainingOptions.Builder options, int killAfter, Map<String, String> settings) {
    List<StepReport> steps = new ArrayList<>();
    TrainingOptions built =
        options
            .listener(
                new TrainingListener() {
                  @Override
                  public void onEpoch(EpochReport report) {}

                  @Override
                  public void onStep(StepReport report) {
                    steps.add(report);
                    atStep.accept(steps.size());
                    if (steps.size() == killAfter) {
                      throw new Killed();
                    }
                  }
                })
            .build();
    TokenExamples examples = NumberedTexts.examples(EXAMPLES);
    StubTrainable stub =
        new StubTrainable(
            GRAPH,
            (words, call) -> StubTrainable.loss(1f / call, new float[words.size()]),
            (words, call) -> evaluation.loss(words, call));
    this.stub = stub;
    TrainingLoop loop =
        new TrainingLoop(
            stub,
            new AdamWUpdates(GRAPH, stub, examples, new LearningRate(0.5f, 3, 30), built),
            new TrainingLoop.Data(
                examples,
                new BatchesOfLikeLength(examples, BATCH, new SplittableRandom(built.seed())),
                validated ? NumberedTexts.examples(10) : null),
            built,
            TrainingCheckpoints.open(folder, settings, built));
    TrainingHistory history = loop.run();
    return new Result(history, loop.kept(), steps);
  }

  /** As much as chance would have right, by the weights that there are. */
  private TrainableGraph.Loss byWeights(List<Long> words, int call) {
    int bits = Float.floatToIntBits(stub.values(0)[0]);
    float[] logits = new float[words.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (bits >> words.get(i)) % 2 == 0 ? -1 : 1;
    }
    return StubTrainable.loss((bits & 255) / 7f, logits);
  }

  /** Fewer and fewer are right. */
  private static TrainableGraph.Loss worse(List<Long> words, int call) {
    float[] logits = new float[words.size()];
    for (int i = 0; i < logits.length; i++) {
      boolean odd = words.get(i) % 2 == 1;
      logits[i] = odd == (words.get(i) > call) ? 1 : -1;
    }
    return StubTrainable.loss(0.5f, logits);
  }

  private static void assertSame(Result actual, Result expected) {
    assertThat(actual.kept()).hasSameSizeAs(expected.kept());
    for (int p = 0; p < expected.kept().size(); p++) {
      assertThat(actual.kept().get(p).values()).isEqualTo(expected.kept().get(p).values());
    }
    assertThat(actual.history().kept()).isEqualTo(expected.history().kept());
    assertThat(actual.history().epochs())
        .extracting(e -> List.of(e.epoch(), e.epochs(), e.accuracy()))
        .isEqualTo(
            expected.history().epochs().stream()
                .map(e -> List.<Object>of(e.epoch(), e.epochs(), e.accuracy()))
                .toList());
    assertThat(actual.history().epochs())
        .extracting(e -> String.valueOf(e.validation()))
        .isEqualTo(
            expected.history().epochs().stream().map(e -> String.valueOf(e.validation())).toList());
  }

  private Path checkpoint() {
    return folder.resolve("checkpoint");
  }

  private void clear() throws IOException {
    if (Files.exists(checkpoint())) {
      try (Stream<Path> files = Files.list(checkpoint())) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverItIsKilledItComesToTheSame(boolean validated) throws IOException {
    this.validated = validated;
    Result whole = train(options(), 0);
    for (int killAfter = 1; killAfter < EPOCHS * BATCHES; killAfter++) {
      clear();
      int at = killAfter;
      assertThatThrownBy(() -> train(options().checkpointSteps(3), at)).isInstanceOf(Killed.class);
      Result resumed = train(options().checkpointSteps(3).resume(true), 0);
      assertSame(resumed, whole);
      // It went on, and did not start: a checkpoint after every third update, and every epoch.
      int lost = EPOCHS * BATCHES - resumed.steps().size();
      assertThat(lost).isLessThanOrEqualTo(killAfter).isGreaterThanOrEqualTo(killAfter - 3);
    }
  }

  @Test
  void itMayBeKilledAgainAndAgain() {
    Result whole = train(options(), 0);
    for (int i = 0; i < 6; i++) {
      assertThatThrownBy(() -> train(options().checkpointSteps(2).resume(true), 5))
          .isInstanceOf(Killed.class);
    }
    assertSame(train(options().checkpointSteps(2).resume(true), 0), whole);
  }

  @Test
  void cancellingLosesNothing() {
    Result whole = train(options(), 0);
    int[] asked = {0};
    assertThatThrownBy(() -> train(options().cancelWhen(() -> ++asked[0] == 15), 0))
        .isInstanceOf(TrainingCancelledException.class)
        .hasMessage(
            "training: cancelled in epoch 2 after 4 of its updates; resume goes on from there");
    Result resumed = train(options().resume(true), 0);
    assertThat(resumed.steps()).hasSize(EPOCHS * BATCHES - 14);
    assertSame(resumed, whole);
  }

  @Test
  void anInterruptCancelsAndIsKept() {
    Result whole = train(options(), 0);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> train(options(), 0)).isInstanceOf(TrainingCancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertSame(train(options().resume(true), 0), whole);
  }

  @Test
  void reportsEachUpdate() {
    List<StepReport> steps = train(options(), 0).steps();
    assertThat(steps).hasSize(EPOCHS * BATCHES);
    StepReport last = steps.get(steps.size() - 1);
    assertThat(last.epoch()).isEqualTo(EPOCHS);
    assertThat(last.step()).isEqualTo(BATCHES);
    assertThat(last.steps()).isEqualTo(BATCHES);
    assertThat(last.secondsLeft()).isZero();
    assertThat(steps.get(0).rate()).isZero();
    assertThat(steps.get(3).rate()).isEqualTo(0.5f);
    assertThat(steps).allSatisfy(s -> assertThat(s.examplesPerSecond()).isPositive());
    assertThat(steps.get(10).secondsLeft()).isPositive();
  }

  @Test
  void stopsWhenPatienceEnds() {
    validated = true;
    evaluation = TrainingResumeTest::worse;
    Result patient = train(options().epochs(9).patience(2), 0);
    assertThat(patient.history().epochs()).hasSize(3);
    assertThat(patient.history().kept()).isEqualTo(1);
    assertThat(train(options().epochs(9), 0).history().epochs()).hasSize(9);
  }

  @Test
  void otherSettingsAreRefused() {
    assertThatThrownBy(
            () -> train(options().checkpointSteps(2), 5, Map.of("epochs", "3", "seed", "7")))
        .isInstanceOf(Killed.class);
    assertThatThrownBy(() -> train(options().resume(true), 0, Map.of("epochs", "4", "seed", "7")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "checkpoint %s: expected the settings it was made with, got others: epochs 3, now 4;"
                + " resume with those, or train without resuming",
            checkpoint());
  }

  @Test
  void withoutResumingAnOldCheckpointGoes() throws IOException {
    assertThatThrownBy(() -> train(options().checkpointSteps(2), 5)).isInstanceOf(Killed.class);
    Path own = Files.writeString(checkpoint().resolve("notes.txt"), "mine");
    assertThat(checkpoint().resolve("checkpoint.json")).exists();
    assertThatThrownBy(() -> train(options(), 1)).isInstanceOf(Killed.class);
    assertThat(checkpoint()).isDirectoryContaining(own::equals);
    try (Stream<Path> files = Files.list(checkpoint())) {
      assertThat(files).containsExactly(own);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"settings\":{},\"state\":\"../state-4.safetensors\",\"updates\":4,\"step\":4,"
            + "\"seconds\":1,\"lossSum\":1,\"right\":1,\"seen\":1,\"keptEpoch\":0,\"epochs\":[]}",
        "{\"settings\":{},\"state\":\"state-4.safetensors\",\"updates\":4,\"step\":4,"
            + "\"seconds\":1,\"lossSum\":1,\"right\":1,\"seen\":1,\"keptEpoch\":2,\"epochs\":[]}",
        "{\"settings\":{},\"state\":\"state-9.safetensors\",\"updates\":4,\"step\":4,"
            + "\"seconds\":1,\"lossSum\":1,\"right\":1,\"seen\":1,\"keptEpoch\":0,\"epochs\":[]}",
      })
  void aDamagedCheckpointIsNamed(String manifest) throws IOException {
    assertThatThrownBy(() -> train(options().checkpointSteps(2), 5)).isInstanceOf(Killed.class);
    Files.writeString(checkpoint().resolve("checkpoint.json"), manifest);
    assertThatThrownBy(() -> train(options().resume(true), 0))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(checkpoint().toString());
  }

  @Test
  void aCheckpointOfAnotherModelIsNamed() throws IOException {
    assertThatThrownBy(() -> train(options().checkpointSteps(2), 5)).isInstanceOf(Killed.class);
    SafetensorsWriter.write(checkpoint().resolve("state-4.safetensors"), List.of());
    assertThatThrownBy(() -> train(options().resume(true), 0))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("tensor 'weight/matrix': expected shape [3, 2], got none");
  }

  /** A directory where the file is to go stands for a disk that takes no more. */
  @Test
  void aCheckpointThatCannotBeWrittenLeavesTheOneBefore() throws IOException {
    Result whole = train(options(), 0);
    Path blocked = checkpoint().resolve("state-6.safetensors/x");
    atStep =
        step -> {
          if (step == 4) {
            assertThat(blocked.toFile().mkdirs()).isTrue();
          }
        };
    assertThatThrownBy(() -> train(options().checkpointSteps(3), 0))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("state-6.safetensors")
        .hasMessageEndingWith(
            "the training stops, and the checkpoint before this one is whole: make room and resume");
    Files.delete(blocked);
    Files.delete(checkpoint().resolve("state-6.safetensors"));
    atStep = step -> {};
    Result resumed = train(options().checkpointSteps(3).resume(true), 0);
    assertThat(resumed.steps()).hasSize(EPOCHS * BATCHES - 3);
    assertSame(resumed, whole);
  }
}
