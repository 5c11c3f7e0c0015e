package io.github.attentive;

/** What becomes of the tokens of a word that is left out. */
public enum Removal {
  /** They are gone, and those behind them move up. */
  DELETE("delete"),
  /** The model's mask token stands in place of each. */
  MASK("mask"),
  /** The padding token stands in place of each, and no position attends to it. */
  PAD("pad");

  private final String id;

  Removal(String id) {
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
