package io.github.attentive.spi;

import io.github.attentive.Dataset;
import io.github.attentive.ExportFormat;
import io.github.attentive.ExportedModel;
import io.github.attentive.Finding;
import io.github.attentive.LoadOptions;
import io.github.attentive.Recipe;
import io.github.attentive.TrainingHistory;
import io.github.attentive.TrainingOptions;
import io.github.attentive.internal.EngineSelection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An engine, found through {@link java.util.ServiceLoader}.
 *
 * <p>Creating a provider must be cheap and must not load natives: that happens in {@link #info()},
 * {@link #open} and {@link #train}. All methods may be called from many threads.
 */
public interface EngineProvider {

  /**
   * The version of this contract. A provider returns the constant from {@link #spiVersion()}; the
   * compiler copies its value into the provider's class, so that one built for another version is
   * recognised.
   */
  int SPI_VERSION = 1;

  /**
   * The engines that the loader of this API finds and that can be created.
   *
   * @return an unmodifiable list, the preferred one first
   */
  static List<EngineProvider> onClassPath() {
    return EngineSelection.onClassPath(null).engines();
  }

  /**
   * The engine's name, by which hosts ask for it.
   *
   * @return lower-case ASCII letters, digits and hyphens, starting with a letter
   */
  String name();

  /**
   * The contract this provider was built for.
   *
   * @return {@link #SPI_VERSION}
   */
  int spiVersion();

  /**
   * Its rank among engines that can open the same model.
   *
   * @return higher is preferred
   */
  int priority();

  /**
   * What the engine is and can do here. May start it.
   *
   * @return its description
   * @throws io.github.attentive.EngineUnavailableException if it cannot start
   */
  EngineInfo info();

  /**
   * Says why this engine cannot open a model, from a quick look at its files.
   *
   * @param model an existing directory or file
   * @return the reason, naming the file and what was expected, or empty if {@link #open} should be
   *     tried
   */
  Optional<String> objection(Path model);

  /**
   * Opens a model. One whose file is a program, such as TorchScript or a SavedModel, is refused
   * unless {@link LoadOptions#trustForeignGraph()} says otherwise.
   *
   * @param model an existing directory or file, as the caller named it
   * @param options device, limits, trust
   * @return the model; the caller closes it
   * @throws io.github.attentive.EngineUnavailableException if the engine or the device cannot start
   * @throws io.github.attentive.ModelLoadException if the model cannot be opened
   */
  EngineModel open(Path model, LoadOptions options);

  /**
   * Checks the files of a model without running it, for {@link io.github.attentive.ModelDoctor}.
   * The doctor opens the model afterwards, and says itself what {@link #open} throws.
   *
   * @param model an existing directory or file, as the caller named it
   * @param options device, limits, trust
   * @return what was found, in a stable order; nothing by default
   */
  default List<Finding> inspect(Path model, LoadOptions options) {
    return List.of();
  }

  /**
   * What this engine can train.
   *
   * @return the recipes; none for an engine that does not train
   */
  default Set<Recipe> recipes() {
    return Set.of();
  }

  /**
   * Trains a model and saves it.
   *
   * @param options recipe and numbers; the recipe is one of {@link #recipes()}
   * @param training the examples
   * @param validation held-out examples with the same labels, or null
   * @param directory where the model goes; exists and is writable
   * @return a report for each epoch
   * @throws io.github.attentive.EngineUnavailableException if the engine or the device cannot start
   * @throws io.github.attentive.InvalidInputException if the data do not fit the recipe, or a
   *     checkpoint to resume was made with other options or data
   * @throws io.github.attentive.InferenceException if the loss is not finite, or a batch does not
   *     fit into memory
   * @throws io.github.attentive.ModelLoadException if a checkpoint or tokenizer cannot be read, or
   *     the model cannot be written
   * @throws io.github.attentive.TrainingCancelledException if the options' caller says so
   */
  default TrainingHistory train(
      TrainingOptions options, Dataset training, @Nullable Dataset validation, Path directory) {
    throw new UnsupportedOperationException("engine '" + name() + "' does not train");
  }

  /**
   * What this engine can write for other runtimes.
   *
   * @return the formats; none for an engine that does not export
   */
  default Set<ExportFormat> exportFormats() {
    return Set.of();
  }

  /**
   * Writes a model for other runtimes, as {@link io.github.attentive.ModelExporter} describes it.
   *
   * @param model an existing directory or file, as the caller named it
   * @param format one of {@link #exportFormats()}
   * @param out where to
   * @param options limits
   * @return what was written
   * @throws io.github.attentive.ModelLoadException if the model cannot be opened, or the export not
   *     be written
   * @throws io.github.attentive.InvalidInputException if {@code out} is not acceptable
   */
  default ExportedModel export(Path model, ExportFormat format, Path out, LoadOptions options) {
    throw new UnsupportedOperationException("engine '" + name() + "' does not export");
  }
}
