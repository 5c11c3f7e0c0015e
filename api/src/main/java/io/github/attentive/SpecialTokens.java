package io.github.attentive;

import java.util.Locale;

/**
 * What an explanation does with tokens that stand for no text, such as {@code [CLS]} or {@code
 * [PAD]}. The mass it leaves out is reported as {@link Attribution#dropped()}.
 */
public enum SpecialTokens {
  /** They are listed with their weights. */
  KEEP,
  /** They are left out; the other weights stay as they are. */
  DROP,
  /**
   * They are left out and the other weights are divided by their sum, so that they sum to 1; where
   * that sum is 0, they stay as they are.
   */
  RENORMALISE;

  /**
   * The name used on the command line and in JSON.
   *
   * @return {@code keep}, {@code drop} or {@code renormalise}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
