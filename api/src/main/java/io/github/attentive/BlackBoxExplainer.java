package io.github.attentive;

import io.github.attentive.internal.ForeignClassifierExplanations;
import io.github.attentive.internal.ModelClassifier;
import java.util.List;
import java.util.Objects;

/**
 * Explains any classifier from its predictions alone, also one that a host wrote: by {@link
 * Method#OCCLUSION}, {@link Method#LIME} or {@link Method#SHAP}, with a trust card if asked for.
 *
 * <p>How a word is left out depends on who made the classifier:
 *
 * <ul>
 *   <li>One that this library opened is given the text's tokens without those of the word, not
 *       tokenized anew: the other tokens stay what they were. Where its model takes nothing but
 *       text, it is treated like the others, but has its own words and tokens.
 *   <li>Any other is given the text without the word's characters; white space around it stays.
 *       Words are what {@link java.text.BreakIterator} finds in {@link java.util.Locale#ROOT},
 *       punctuation being words, too; they stand for tokens in the result, with the id {@link
 *       Token#NO_ID}. A model that cuts words into pieces may read what is left differently, and
 *       one that cuts long texts may read words it did not read before. {@link Removal#DELETE} is
 *       the only operator.
 * </ul>
 *
 * <p>Thread-safe if the classifier is. Closing the classifier is its owner's business.
 *
 * <pre>{@code
 * Explanation e = BlackBoxExplainer.of(myClassifier).explain("the movie was boring");
 * }</pre>
 */
public final class BlackBoxExplainer {
  private static final ExplainOptions OCCLUSION =
      ExplainOptions.builder().method(Method.OCCLUSION).build();

  private final Classifier classifier;

  private BlackBoxExplainer(Classifier classifier) {
    this.classifier = Objects.requireNonNull(classifier, "classifier");
  }

  /**
   * An explainer of a classifier.
   *
   * @param classifier any; not closed by this
   * @return the explainer
   */
  public static BlackBoxExplainer of(Classifier classifier) {
    return new BlackBoxExplainer(classifier);
  }

  /**
   * Explains a text by occlusion of its words.
   *
   * @param text the text
   * @return its explanation
   * @throws InvalidInputException if the classifier needs a pair, or the text has more words than
   *     the default budget allows
   * @throws InferenceException if the classifier fails
   */
  public Explanation explain(String text) {
    return explain(TextInput.of(text), OCCLUSION);
  }

  /**
   * Explains one input.
   *
   * @param input the input
   * @param options a method that {@linkplain Method#perturbs() leaves units out}, unit, operator
   * @return its explanation; of a classifier that this library did not open, without attention
   * @throws InvalidInputException if the classifier cannot take the input, the operator or the
   *     target, or the budget does not suffice
   * @throws UnsupportedByModelException if the method needs more than predictions
   * @throws UntrustedExplanationException if the verdict is below {@link ExplainOptions#atLeast()}
   * @throws InferenceException if the classifier fails
   */
  public Explanation explain(TextInput input, ExplainOptions options) {
    return explainAll(List.of(input), options).get(0);
  }

  /**
   * Explains several inputs.
   *
   * @param inputs any number of inputs
   * @param options a method that {@linkplain Method#perturbs() leaves units out}, unit, operator
   * @return an explanation for each, in the same order
   * @throws InvalidInputException if the classifier cannot take an input, the operator or the
   *     target, or the budget does not suffice
   * @throws UnsupportedByModelException if the method needs more than predictions
   * @throws UntrustedExplanationException if a verdict is below {@link ExplainOptions#atLeast()}
   * @throws InferenceException if the classifier fails
   */
  public List<Explanation> explainAll(List<TextInput> inputs, ExplainOptions options) {
    requirePerturbing(options);
    return classifier instanceof ModelClassifier model
        ? model.explainAll(inputs, options)
        : new ForeignClassifierExplanations(classifier).explainAll(inputs, options);
  }

  /**
   * Assesses weights that were made elsewhere, by a method of the host's own for one, as those of
   * an explanation are: by leaving out the words they rank highest.
   *
   * @param input the input
   * @param weights a finite number for each of the options' units, in the order of {@link
   *     Explanation#words()} if these are words; not changed
   * @param options unit, operator, target, seed of the random orders, and budget of the card; the
   *     method, one that {@linkplain Method#perturbs() leaves units out}, is not run, and no
   *     verdict is refused
   * @return the card; without completeness
   * @throws InvalidInputException if there are more or fewer weights than units, one is NaN or
   *     infinite, the classifier cannot take the input, the operator or the target, or the budget
   *     does not suffice
   * @throws UnsupportedByModelException if the method needs more than predictions
   * @throws InferenceException if the classifier fails
   */
  public TrustCard assess(TextInput input, double[] weights, ExplainOptions options) {
    requirePerturbing(options);
    return classifier instanceof ModelClassifier model
        ? model.assess(input, weights, options)
        : new ForeignClassifierExplanations(classifier).assess(input, weights, options);
  }

  private static void requirePerturbing(ExplainOptions options) {
    if (!options.method().perturbs()) {
      throw new UnsupportedByModelException(
          "method '%s': needs more of a model than its predictions; expected occlusion, lime or shap, or an Explainer"
              .formatted(options.method().id()));
    }
  }
}
