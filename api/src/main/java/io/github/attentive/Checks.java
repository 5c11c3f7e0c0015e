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

  static float notNegative(String what, float value) {
    if (!(value >= 0) || !Float.isFinite(value)) {
      throw new InvalidInputException(what + ": expected a number of at least 0, got " + value);
    }
    return value;
  }

  static float belowOne(String what, float value) {
    if (!(value >= 0) || value >= 1) {
      throw new InvalidInputException(what + ": expected a number from 0 to below 1, got " + value);
    }
    return value;
  }
}
