package io.github.attentive;

import java.util.Locale;

/** The unit an explanation is about. */
public enum Granularity {
  /** Whole words of the caller's text. */
  WORD,
  /** The tokens the model reads. */
  TOKEN,
  /**
   * Sentences, as {@link io.github.attentive.explain.Sentences} finds them: what methods that leave
   * units out remove. Results list words, of which each has an equal share for each of its tokens.
   */
  SENTENCE;

  /**
   * The name used on the command line and in JSON.
   *
   * @return {@code word}, {@code token} or {@code sentence}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
