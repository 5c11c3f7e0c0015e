package io.github.attentive;

/** The argument checks that several builders share. */
final class Checks {
  private Checks() {}

  static int atLeastOne(String what, int value) {
    if (value < 1) {
      throw new InvalidInputException(what + ": expected at least 1, got " + value);
    }
    return value;
  }

  static int notNegative(String what, int value) {
    if (value < 0) {
      throw new InvalidInputException(what + ": expected 0 or above, got " + value);
    }
    return value;
  }
}
