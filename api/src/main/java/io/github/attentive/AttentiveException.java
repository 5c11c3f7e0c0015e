package io.github.attentive;

import org.jspecify.annotations.Nullable;

/**
 * The root of every failure this library reports.
 *
 * <p>The message names the subject, what was expected, what was found, where, and what to do about
 * it. The subclasses say whose fault it is: {@link EngineUnavailableException} the class path or
 * the machine, {@link ModelLoadException} the model files, {@link InvalidInputException} the
 * caller's input, {@link InferenceException} the model's arithmetic, {@link
 * UnsupportedByModelException} what was asked of a model that lacks it, {@link
 * UntrustedExplanationException} an explanation that is no better than the caller allows.
 */
public abstract class AttentiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message subject, expectation, finding, place and remedy
   * @param cause what led to it, or null
   */
  protected AttentiveException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
