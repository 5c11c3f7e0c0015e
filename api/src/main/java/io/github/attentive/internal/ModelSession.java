package io.github.attentive.internal;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.Explainer;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelLoadException;
import io.github.attentive.spi.EngineModel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a model with the engine that the options, the system or the model ask for. */
public final class ModelSession {
  private ModelSession() {}

  /**
   * Opens a classifier, which explains itself by what its model has.
   *
   * @param model a model directory, or the one file of a model
   * @param options engine, device, limits
   * @return the classifier
   */
  public static Explainer openClassifier(Path model, LoadOptions options) {
    return new ModelClassifier(open(model, options));
  }

  /**
   * Opens a model with attention.
   *
   * @param model a model directory, or the one file of a model
   * @param options engine, device, limits
   * @return the explainer
   */
  public static AttentionExplainer openExplainer(Path model, LoadOptions options) {
    EngineModel opened = open(model, options);
    if (!opened.info().hasAttention()) {
      opened.close();
      throw new ModelLoadException(
          "model "
              + model
              + " has no attention layer between its embedding and its pooling, or was exported without"
              + " its attentions, so there are no weights to show; open it with Classifier.load,"
              + " export it with its attentions, or train one with the recipe keras-attention");
    }
    return new ModelExplainer(opened);
  }

  private static EngineModel open(Path model, LoadOptions options) {
    requireExisting(model);
    return EngineSelection.onClassPath(options.classLoader().orElse(null)).open(model, options);
  }

  /**
   * Refuses a path at which there is nothing.
   *
   * @param model a model directory, or the one file of a model
   * @throws ModelLoadException if it does not exist
   */
  public static void requireExisting(Path model) {
    if (!Files.exists(model)) {
      throw new ModelLoadException(
          "model "
              + model
              + ": there is no such file or directory; expected a model directory, for instance one"
              + " written by Trainer.train");
    }
  }
}
