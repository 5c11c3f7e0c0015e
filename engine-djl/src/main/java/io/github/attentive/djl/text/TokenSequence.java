package io.github.attentive.djl.text;

import java.util.Arrays;

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

  /**
   * Which positions may be attended to.
   *
   * @return a new array, 1 for each position but those that are hidden, which are 0
   */
  default long[] attentionMask() {
    long[] mask = new long[length()];
    Arrays.fill(mask, 1);
    return mask;
  }
}
