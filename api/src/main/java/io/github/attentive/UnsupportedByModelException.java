package io.github.attentive;

/** The model lacks what was asked of it, such as attention, or gradients for a {@link Method}. */
public final class UnsupportedByModelException extends AttentiveException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was asked for, what the model lacks, and what can be done instead
   */
  public UnsupportedByModelException(String message) {
    super(message, null);
  }
}
