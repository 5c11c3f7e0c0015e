package io.github.attentive.djl.training;

import io.github.attentive.Dataset;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Trains by a recipe on any engine that differentiates. */
public final class Training {
  private Training() {}

  /**
   * The recipes there are.
   *
   * @return an unmodifiable set
   */
  public static Set<Recipe> recipes() {
    return Set.of(Recipe.values());
  }

  /**
   * Trains and saves.
   *
   * @param options recipe and numbers
   * @param training the examples
   * @param validation held-out examples with the same labels, or null
   * @param directory where the model goes; exists
   * @param trainer the engine
   * @return a report for each epoch
   * @throws InvalidInputException if the data do not fit the recipe, or a checkpoint to resume was
   *     made with other options or data
   * @throws io.github.attentive.InferenceException if the loss is not finite, or a batch does not
   *     fit into memory
   * @throws io.github.attentive.ModelLoadException if a checkpoint or tokenizer cannot be read, or
   *     the model cannot be written
   * @throws io.github.attentive.TrainingCancelledException if the options' caller says so
   */
  public static TrainingHistory train(
      TrainingOptions options,
      Dataset training,
      @Nullable Dataset validation,
      Path directory,
      GraphTrainer trainer) {
    requireUnicode(training.labels());
    return switch (options.recipe()) {
      case KERAS_ATTENTION, KERAS_POOLING ->
          KerasTraining.train(options, training, validation, directory, trainer);
      case BIGRU_ATTENTION ->
          BiGruTraining.train(options, training, validation, directory, trainer);
      case BERT -> EncoderTraining.train(options, training, validation, directory, trainer);
    };
  }

  /** Labels are saved as UTF-8, where a lone surrogate has no place. */
  private static void requireUnicode(List<String> labels) {
    for (String label : labels) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(label)) {
        throw new InvalidInputException(
            "label %s: expected valid Unicode, got a lone surrogate"
                .formatted(labels.indexOf(label) + 1));
      }
    }
  }
}
