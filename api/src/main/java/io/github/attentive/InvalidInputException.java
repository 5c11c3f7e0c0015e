package io.github.attentive;

import org.jspecify.annotations.Nullable;

/** The caller's text, file, label or option is not acceptable. */
public final class InvalidInputException extends AttentiveException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message subject, expectation, finding, place and remedy
   */
  public InvalidInputException(String message) {
    super(message, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message subject, expectation, finding, place and remedy
   * @param cause what led to it, or null
   */
  public InvalidInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
