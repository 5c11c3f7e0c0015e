package io.github.attentive;

/**
 * A training was told to stop. What it had reached is in its checkpoint, from which {@link
 * TrainingOptions.Builder#resume} goes on.
 */
public final class TrainingCancelledException extends AttentiveException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message where the training stopped
   */
  public TrainingCancelledException(String message) {
    super(message, null);
  }
}
