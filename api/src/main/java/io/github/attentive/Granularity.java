package io.github.attentive;

import java.util.Locale;

/** The unit an explanation is about. */
public enum Granularity {
  /** Whole words of the caller's text. */
  WORD,
  /** The tokens the model reads. */
  TOKEN;

  /**
   * The name used on the command line and in JSON.
   *
   * @return {@code word} or {@code token}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
