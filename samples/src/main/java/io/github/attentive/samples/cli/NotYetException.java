package io.github.attentive.samples.cli;

/** Something the command line promises for a later version. */
final class NotYetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotYetException(String what, String instead) {
    super(what + ": not yet in this version; " + instead);
  }
}
