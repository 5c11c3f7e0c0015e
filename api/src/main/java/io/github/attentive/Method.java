package io.github.attentive;

/** The ways to weigh the tokens of a text. */
public enum Method {
  /**
   * The attention a token receives from the positions that the classification head reads, averaged
   * over the chosen layers and heads. Not normalised further; one forward pass.
   */
  ATTENTION("attention");

  private final String id;

  Method(String id) {
    this.id = id;
  }

  /**
   * The name used on the command line and in JSON.
   *
   * @return lower case, words joined by hyphens
   */
  public String id() {
    return id;
  }
}
