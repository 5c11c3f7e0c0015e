package io.github.attentive.djl.training;

/** A batch did not fit into the memory of the device; a smaller one may. */
public final class BatchTooLargeException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message what the engine said
   * @param cause the engine's own exception
   */
  public BatchTooLargeException(String message, Throwable cause) {
    super(message, cause);
  }
}
