package io.github.attentive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.attentive.internal.IsolatedApi;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder(Recipe.KERAS_ATTENTION).build();

  @TempDir Path folder;

  private static Dataset data(String... labels) {
    List<LabelledText> examples = new ArrayList<>();
    for (String label : labels) {
      examples.add(LabelledText.of("text", label));
    }
    return Dataset.of(examples);
  }

  @Test
  void oneLabelIsNotEnough() {
    Path directory = folder.resolve("model");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Trainer.train(OPTIONS, data("a", "a"), directory))
        .withMessage(
            "training data: expected examples of at least two labels, got"
                + " Dataset[2 examples, labels [a]]");
    assertThat(directory).doesNotExist();
  }

  @Test
  void noExamplesAreNotEnough() {
    Dataset empty = Dataset.of(List.of(), List.of("a", "b"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Trainer.train(OPTIONS, empty, folder))
        .withMessageContaining("got Dataset[0 examples, labels [a, b]]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Trainer.train(OPTIONS, data("a", "b"), empty, folder))
        .withMessage("validation data: expected at least one example, got none");
  }

  @Test
  void heldOutLabelsHaveToOccurInTheTrainingData() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Trainer.train(OPTIONS, data("a", "b"), data("a", "c"), folder))
        .withMessage("example 2: expected a label of [a, b], got 'c'");
  }

  @Test
  void noEngineTrains() {
    Path directory = folder.resolve("model");
    assertThatExceptionOfType(EngineUnavailableException.class)
        .isThrownBy(() -> Trainer.train(OPTIONS, data("a", "b"), directory))
        .withMessageStartingWith("no engine is on the class path")
        .withMessageContaining("io.github.attentive:attentive-engine-djl-pytorch");
    assertThat(directory).as("made only when an engine trains").doesNotExist();
  }

  @Test
  void theEngineOfTheClassPathTrains() throws Exception {
    Path directory = folder.resolve("deep").resolve("model");
    assertThat(IsolatedApi.run(folder, Training.class, directory.toString()))
        .isEqualTo("3 epochs, kept 3, heard [1, 2, 3], engines [good]");
    assertThat(directory).isDirectory();
    assertThat(EngineProvider.onClassPath()).as("outside the isolation").isEmpty();
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Path directory = file.resolve("model");
    assertThat(IsolatedApi.run(folder, Training.class, directory.toString()))
        .startsWith("io.github.attentive.ModelLoadException: model directory " + directory)
        .contains("cannot be made");
  }

  /** Runs in its own copy of the API, on a class path with an engine. */
  public static final class Training implements UnaryOperator<String> {
    @Override
    public String apply(String directory) {
      List<Integer> heard = new ArrayList<>();
      TrainingOptions options =
          TrainingOptions.builder(Recipe.KERAS_ATTENTION)
              .epochs(3)
              .listener(report -> heard.add(report.epoch()))
              .build();
      try {
        TrainingHistory history =
            Trainer.train(options, data("a", "b"), data("b"), Path.of(directory));
        return "%s epochs, kept %s, heard %s, engines %s"
            .formatted(
                history.epochs().size(),
                history.kept(),
                heard,
                EngineProvider.onClassPath().stream().map(EngineProvider::name).toList());
      } catch (AttentiveException e) {
        return e.toString();
      }
    }
  }
}
