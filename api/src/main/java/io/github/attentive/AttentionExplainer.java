package io.github.attentive;

import io.github.attentive.internal.ModelSession;
import java.nio.file.Path;
import java.util.List;

/**
 * A classifier that shows what it looked at. What {@link Classifier} says of threads, closing, odd
 * texts and exceptions holds here, too.
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
public interface AttentionExplainer extends Classifier {

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

  /**
   * Explains several inputs, in batches.
   *
   * @param inputs any number of inputs
   * @param options method, unit, policy
   * @return an explanation for each, in the same order
   * @throws InvalidInputException if the model cannot take an input or an option
   * @throws InferenceException if the model fails
   * @throws IllegalStateException if this is closed
   */
  List<Explanation> explainAll(List<TextInput> inputs, ExplainOptions options);

  /**
   * Explains one input.
   *
   * @param input the input
   * @param options method, unit, policy
   * @return its explanation
   * @throws InvalidInputException if the model cannot take the input or an option
   * @throws InferenceException if the model fails
   * @throws IllegalStateException if this is closed
   */
  default Explanation explain(TextInput input, ExplainOptions options) {
    return explainAll(List.of(input), options).get(0);
  }

  /**
   * Explains one input with the default options.
   *
   * @param input the input
   * @return its explanation
   * @throws InvalidInputException if the model cannot take it
   * @throws InferenceException if the model fails
   * @throws IllegalStateException if this is closed
   */
  default Explanation explain(TextInput input) {
    return explain(input, ExplainOptions.defaults());
  }

  /**
   * Explains one text with the default options.
   *
   * @param text the text
   * @return its explanation
   * @throws InvalidInputException if the model needs a pair
   * @throws InferenceException if the model fails
   * @throws IllegalStateException if this is closed
   */
  default Explanation explain(String text) {
    return explain(TextInput.of(text));
  }
}
