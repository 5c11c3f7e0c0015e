package io.github.attentive;

/** What a recurrent model does with the positions that fill a short text up. */
public enum Padding {
  /** It reads none of them: a text has the same scores whatever it shares a batch with. */
  MASK,
  /**
   * It reads them like words: every text is filled up to the model's length. For checkpoints that
   * were trained so.
   */
  ATTEND
}
