package io.github.attentive;

import io.github.attentive.internal.ModelSession;
import java.nio.file.Path;
import java.util.List;

/**
 * A classifier that explains what it says, by the methods that its model has what they need for: by
 * its gradients, by leaving words out, and, if it has attention, by that. What {@link Classifier}
 * says of threads, closing, odd texts and exceptions holds here, too.
 *
 * <p>Open a model as an {@link AttentionExplainer} where attention is what you are after: one
 * without attention is then refused at once, and here only when a method needs it. Whatever the
 * method, the explanation has the attention of a model that has some.
 *
 * <pre>{@code
 * try (Explainer model = Explainer.load(Path.of("models/reviews"))) {
 *   Explanation e =
 *       model.explain(
 *           TextInput.of("the movie was boring"),
 *           ExplainOptions.builder().method(Method.OCCLUSION).trust(true).build());
 *   System.out.println(e.words() + " " + e.trust().orElseThrow().verdict());
 * }
 * }</pre>
 */
public interface Explainer extends Classifier {

  /**
   * Opens a model with the default options.
   *
   * @param model a model directory, or the one file of a model
   * @return the explainer; the caller closes it
   * @throws EngineUnavailableException if no engine can be used
   * @throws ModelLoadException if the model cannot be opened
   */
  static Explainer load(Path model) {
    return load(model, LoadOptions.defaults());
  }

  /**
   * Opens a model.
   *
   * @param model a model directory, or the one file of a model
   * @param options engine, device, limits
   * @return the explainer; the caller closes it
   * @throws EngineUnavailableException if no engine can be used
   * @throws ModelLoadException if the model cannot be opened
   */
  static Explainer load(Path model, LoadOptions options) {
    return ModelSession.openClassifier(model, options);
  }

  /**
   * Explains several inputs, in batches where the method allows.
   *
   * @param inputs any number of inputs
   * @param options method, unit, policy
   * @return an explanation for each, in the same order
   * @throws InvalidInputException if the model cannot take an input or an option, or a budget does
   *     not suffice
   * @throws UnsupportedByModelException if the model lacks what the method needs
   * @throws UntrustedExplanationException if a verdict is below {@link ExplainOptions#atLeast()}
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
   * @throws InvalidInputException if the model cannot take the input or an option, or a budget does
   *     not suffice
   * @throws UnsupportedByModelException if the model lacks what the method needs
   * @throws UntrustedExplanationException if the verdict is below {@link ExplainOptions#atLeast()}
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
   * @throws UnsupportedByModelException if the model has no attention
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
   * @throws UnsupportedByModelException if the model has no attention
   * @throws InferenceException if the model fails
   * @throws IllegalStateException if this is closed
   */
  default Explanation explain(String text) {
    return explain(TextInput.of(text));
  }
}
