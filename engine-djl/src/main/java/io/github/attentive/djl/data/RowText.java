package io.github.attentive.djl.data;

import io.github.attentive.spi.BadRowException;

/** Collects the characters of a row, up to a length. */
final class RowText {
  private final int longest;
  private final StringBuilder text = new StringBuilder();
  private long line;
  private boolean tooLong;

  RowText(int longest) {
    this.longest = longest;
  }

  void start(long line) {
    this.line = line;
    text.setLength(0);
    tooLong = false;
  }

  void append(int character) {
    if (text.length() < longest) {
      text.append((char) character);
    } else {
      tooLong = true;
    }
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** The text, without a carriage return at its end if asked for. */
  String finish(boolean trimCarriageReturn) throws BadRowException {
    if (tooLong) {
      throw new BadRowException(
          line,
          "expected a row of at most %s characters, got a longer one; are line ends or quotes missing?"
              .formatted(longest));
    }
    int end = text.length();
    boolean trim = trimCarriageReturn && end > 0 && text.charAt(end - 1) == '\r';
    return text.substring(0, trim ? end - 1 : end);
  }
}
