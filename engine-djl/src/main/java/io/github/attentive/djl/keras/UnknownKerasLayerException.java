package io.github.attentive.djl.keras;

/**
 * A layer or operation of a kind that is not read: a failure, unless what it computes is not
 * needed.
 */
final class UnknownKerasLayerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownKerasLayerException(String message) {
    super(message);
  }
}
