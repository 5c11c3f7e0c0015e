package io.github.attentive;

import io.github.attentive.internal.ModelSession;
import java.nio.file.Path;
import java.util.List;

/**
 * A text classifier.
 *
 * <p><b>Thread-safety.</b> All methods may be called from many threads at once. {@link #close()}
 * waits for calls that run; afterwards every method but {@code close}, {@link #info()} and {@link
 * #labels()} throws {@link IllegalStateException}.
 *
 * <p><b>Results</b> are independent of the batch a text came in, its order and the thread, up to
 * the rounding of 32-bit arithmetic (1e-6); the same call gives the same bits. Any text gives a
 * defined result: an empty or blank text and one of unknown words are classified by what the model
 * makes of padding and of its token for the unknown; a long text is cut and {@link
 * Classification#truncated()} says so; NUL characters and lone surrogates are ordinary characters.
 *
 * <p><b>Exceptions.</b> {@link EngineUnavailableException} and {@link ModelLoadException} at load,
 * {@link InvalidInputException} for input the model cannot take, {@link InferenceException} when
 * the model fails or gives numbers that are not finite.
 *
 * <pre>{@code
 * try (Classifier model = Classifier.load(Path.of("models/reviews"))) {
 *   Classification c = model.classify("the movie was boring");
 *   System.out.println(c.label() + " " + c.score(c.label()));
 * }
 * }</pre>
 */
public interface Classifier extends AutoCloseable {

  /**
   * Opens a model with the default options.
   *
   * @param model a model directory, or the one file of a model
   * @return the classifier; the caller closes it
   * @throws EngineUnavailableException if no engine can be used
   * @throws ModelLoadException if the model cannot be opened
   */
  static Classifier load(Path model) {
    return load(model, LoadOptions.defaults());
  }

  /**
   * Opens a model.
   *
   * @param model a model directory, or the one file of a model
   * @param options engine, device, limits
   * @return the classifier; the caller closes it
   * @throws EngineUnavailableException if no engine can be used
   * @throws ModelLoadException if the model cannot be opened
   */
  static Classifier load(Path model, LoadOptions options) {
    return ModelSession.openClassifier(model, options);
  }

  /**
   * What is known of the model.
   *
   * @return its description
   */
  ModelInfo info();

  /**
   * The classes in output order.
   *
   * @return an unmodifiable list
   */
  default List<String> labels() {
    return info().labels();
  }

  /**
   * Classifies several inputs, in batches.
   *
   * @param inputs any number of inputs
   * @return a result for each, in the same order
   * @throws InvalidInputException if the model cannot take one of them
   * @throws InferenceException if the model fails
   * @throws IllegalStateException if this is closed
   */
  List<Classification> classifyAll(List<TextInput> inputs);

  /**
   * Classifies one input.
   *
   * @param input the input
   * @return its classification
   * @throws InvalidInputException if the model cannot take it
   * @throws InferenceException if the model fails
   * @throws IllegalStateException if this is closed
   */
  default Classification classify(TextInput input) {
    return classifyAll(List.of(input)).get(0);
  }

  /**
   * Classifies one text.
   *
   * @param text the text
   * @return its classification
   * @throws InvalidInputException if the model needs a pair
   * @throws InferenceException if the model fails
   * @throws IllegalStateException if this is closed
   */
  default Classification classify(String text) {
    return classify(TextInput.of(text));
  }

  /** Waits for calls that run and frees the model. Closing again does nothing. */
  @Override
  void close();
}
