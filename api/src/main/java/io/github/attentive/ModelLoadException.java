package io.github.attentive;

import org.jspecify.annotations.Nullable;

/**
 * A model directory or file cannot be opened or written: missing, truncated, contradictory or
 * unsupported.
 */
public final class ModelLoadException extends AttentiveException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message subject, expectation, finding, place and remedy
   */
  public ModelLoadException(String message) {
    super(message, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message subject, expectation, finding, place and remedy
   * @param cause what led to it, or null
   */
  public ModelLoadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
