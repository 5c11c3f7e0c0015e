package io.github.attentive;

import org.jspecify.annotations.Nullable;

/**
 * No engine can do what was asked: none on the class path, an unknown name, a broken or mismatched
 * provider, natives or a device that are missing.
 */
public final class EngineUnavailableException extends AttentiveException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message subject, expectation, finding, place and remedy
   */
  public EngineUnavailableException(String message) {
    super(message, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message subject, expectation, finding, place and remedy
   * @param cause what led to it, or null
   */
  public EngineUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
