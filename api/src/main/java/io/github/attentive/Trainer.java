package io.github.attentive;

import io.github.attentive.internal.EngineSelection;
import io.github.attentive.spi.EngineProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model from labelled texts and saves it as a directory that {@link Classifier#load(Path)}
 * opens. Thread-safe; an engine may let trainings wait for each other.
 *
 * <p>While it trains, a checkpoint lies in the folder {@code checkpoint} of that directory, written
 * whole or not at all; {@link TrainingOptions.Builder#resume} goes on from it to the bytes that an
 * uninterrupted training gives. Without that option an old one is removed.
 *
 * <pre>{@code
 * Dataset reviews = Dataset.of(List.of(LabelledText.of("a joy", "good"), ...));
 * TrainingOptions options = TrainingOptions.builder(Recipe.KERAS_ATTENTION).seed(1).build();
 * Trainer.train(options, reviews, Path.of("models/reviews"));
 * }</pre>
 */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains and saves the weights of the last epoch.
   *
   * @param options recipe and numbers
   * @param training the examples, of at least two labels
   * @param directory where the model goes; made if missing, files of a model in it are replaced
   * @return a report for each epoch
   * @throws EngineUnavailableException if no engine trains the recipe or the engine cannot start
   * @throws InvalidInputException if the data do not fit the recipe
   * @throws InferenceException if the loss is not finite, or a batch does not fit into memory
   * @throws ModelLoadException if a checkpoint or tokenizer cannot be read, or the model cannot be
   *     written
   * @throws TrainingCancelledException if the options' {@link TrainingOptions#cancelled()} says so
   */
  public static TrainingHistory train(TrainingOptions options, Dataset training, Path directory) {
    return train(options, training, null, directory);
  }

  /**
   * Trains and saves the weights of the epoch with the highest accuracy on held-out examples, the
   * earliest of equal ones; without such examples, of the last epoch.
   *
   * @param options recipe and numbers
   * @param training the examples, of at least two labels
   * @param validation held-out examples whose labels all occur in {@code training}, or null
   * @param directory where the model goes; made if missing, files of a model in it are replaced
   * @return a report for each epoch
   * @throws EngineUnavailableException if no engine trains the recipe or the engine cannot start
   * @throws InvalidInputException if the data do not fit the recipe
   * @throws InferenceException if the loss is not finite, or a batch does not fit into memory
   * @throws ModelLoadException if a checkpoint or tokenizer cannot be read, or the model cannot be
   *     written
   * @throws TrainingCancelledException if the options' {@link TrainingOptions#cancelled()} says so
   */
  public static TrainingHistory train(
      TrainingOptions options, Dataset training, @Nullable Dataset validation, Path directory) {
    if (training.size() == 0 || training.labels().size() < 2) {
      throw new InvalidInputException(
          "training data: expected examples of at least two labels, got " + training);
    }
    Dataset heldOut = null;
    if (validation == null && options.patience().isPresent()) {
      throw new InvalidInputException(
          "patience: expected validation data to be patient about, got none");
    }
    if (validation != null) {
      if (validation.size() == 0) {
        throw new InvalidInputException("validation data: expected at least one example, got none");
      }
      heldOut = Dataset.of(validation.examples(), training.labels());
    }
    EngineProvider engine =
        EngineSelection.onClassPath(null).trainerOf(options.recipe(), options.engine());
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new ModelLoadException(
          "model directory " + directory + ": cannot be made: " + e.getMessage(), e);
    }
    return engine.train(options, training, heldOut, directory);
  }
}
