package io.github.attentive;

import io.github.attentive.internal.ModelSession;
import java.nio.file.Path;

/**
 * A classifier with attention that shows what it looked at: each {@link Explanation} has the
 * attention of all layers and heads, whatever the method. What {@link Classifier} says of threads,
 * closing, odd texts and exceptions holds here, too.
 *
 * <pre>{@code
 * try (AttentionExplainer model = AttentionExplainer.load(Path.of("models/reviews"))) {
 *   Explanation e = model.explain("the movie was boring");
 *   for (Word w : e.words()) {
 *     System.out.println(w.text() + " " + w.weight());
 *   }
 * }
 * }</pre>
 */
public interface AttentionExplainer extends Explainer {

  /**
   * Opens a model with the default options.
   *
   * @param model a model directory, or the one file of a model
   * @return the explainer; the caller closes it
   * @throws EngineUnavailableException if no engine can be used
   * @throws ModelLoadException if the model cannot be opened, or has no attention layer
   */
  static AttentionExplainer load(Path model) {
    return load(model, LoadOptions.defaults());
  }

  /**
   * Opens a model.
   *
   * @param model a model directory, or the one file of a model
   * @param options engine, device, limits
   * @return the explainer; the caller closes it
   * @throws EngineUnavailableException if no engine can be used
   * @throws ModelLoadException if the model cannot be opened, or has no attention layer
   */
  static AttentionExplainer load(Path model, LoadOptions options) {
    return ModelSession.openExplainer(model, options);
  }
}
