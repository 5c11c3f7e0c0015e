package io.github.attentive;

import org.jspecify.annotations.Nullable;

/** The model ran and failed, or gave numbers that are not finite. */
public final class InferenceException extends AttentiveException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message subject, expectation, finding, place and remedy
   */
  public InferenceException(String message) {
    super(message, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message subject, expectation, finding, place and remedy
   * @param cause what led to it, or null
   */
  public InferenceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
