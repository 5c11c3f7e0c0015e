package io.github.attentive;

import io.github.attentive.internal.ModelExamination;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Checks whether a model is what it should be: its files (configuration, weights, labels,
 * tokenizer) and, run on a few probes, its results (finite scores, rows of attention that sum to 1,
 * the same numbers each time and in every batch, segments that matter). Thread-safe.
 *
 * <p>A host can call it from its own tests, before a model goes into production:
 *
 * <pre>{@code
 * assertEquals(List.of(), ModelDoctor.examine(Path.of("models/reviews")).problems());
 * }</pre>
 *
 * <p>It reads all weights and opens the model, which is closed again; nothing is changed.
 */
public final class ModelDoctor {
  private ModelDoctor() {}

  /**
   * Examines a model with the default options.
   *
   * @param model a model directory, or the one file of a model
   * @return what was found
   * @throws ModelLoadException if there is nothing at this path
   * @throws EngineUnavailableException if there is no engine to open any model with
   */
  public static ModelDiagnosis examine(Path model) {
    return examine(model, LoadOptions.defaults());
  }

  /**
   * Examines a model. One that cannot be opened, or fails when it runs, is no exception but a
   * finding.
   *
   * @param model a model directory, or the one file of a model
   * @param options engine, device, limits, trust; as for {@link Classifier#load(Path, LoadOptions)}
   * @return what was found
   * @throws ModelLoadException if there is nothing at this path
   * @throws EngineUnavailableException if the engine asked for, or any, is not to be had
   */
  public static ModelDiagnosis examine(Path model, LoadOptions options) {
    Objects.requireNonNull(options, "options");
    return new ModelDiagnosis(model, ModelExamination.of(model, options));
  }
}
