package io.github.attentive;

/** The text without content that integrated gradients start from; special tokens stay in it. */
public enum Baseline {
  /** The padding token in place of each token; the attention mask stays that of the text. */
  PAD("pad"),
  /** The mask token in place of each token. */
  MASK("mask");

  private final String id;

  Baseline(String id) {
    this.id = id;
  }

  /**
   * The name used on the command line and in JSON.
   *
   * @return lower case
   */
  public String id() {
    return id;
  }
}
