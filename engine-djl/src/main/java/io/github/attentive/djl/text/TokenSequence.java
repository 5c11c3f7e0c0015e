package io.github.attentive.djl.text;

/** The tokens of a text as a graph takes them. Immutable. */
public interface TokenSequence {

  /**
   * How many positions there are.
   *
   * @return 0 or more
   */
  int length();

  /**
   * The numbers of the tokens.
   *
   * @return a new array, one for each position
   */
  long[] ids();

  /**
   * The types of the tokens.
   *
   * @return a new array, one for each position
   */
  long[] tokenTypes();
}
