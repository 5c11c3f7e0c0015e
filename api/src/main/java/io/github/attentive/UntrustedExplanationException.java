package io.github.attentive;

import java.util.Objects;

/**
 * An explanation's verdict is below what {@link ExplainOptions#atLeast()} asks for. The model
 * works; what it looked at is not known well enough.
 */
public final class UntrustedExplanationException extends AttentiveException {
  private static final long serialVersionUID = 1L;

  private final transient TrustCard trust;

  /**
   * Creates an exception.
   *
   * @param message which text and method, what was asked for and found, and what to do
   * @param trust the card of the explanation that was refused
   */
  public UntrustedExplanationException(String message, TrustCard trust) {
    super(message, null);
    this.trust = Objects.requireNonNull(trust, "trust");
  }

  /**
   * Why the explanation was refused.
   *
   * @return its card; null only in a copy that was serialised
   */
  public TrustCard trust() {
    return trust;
  }
}
