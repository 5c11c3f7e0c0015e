package io.github.attentive.viz;

/**
 * The text of a caller as a figure shows it.
 *
 * @param full the text without refused characters
 * @param shown the same on one line, shortened to the room there is; white space that would not be
 *     seen is replaced by signs for it
 */
record Label(String full, String shown) {
  /**
   * Makes a label.
   *
   * @param clean a text without refused characters
   * @param limit the room it has, in the unit of the font size
   */
  static Label of(String clean, double fontSize, double limit) {
    String visible = clean.replace('\n', '↵').replace('\r', '↵').replace('\t', '⇥');
    if (visible.isBlank()) {
      visible = "␣".repeat(visible.length());
    }
    return new Label(clean, TextMetrics.ellipsise(visible, fontSize, limit));
  }

  /**
   * Makes a label of a text that is shown in other words, for instance a token without the signs of
   * its vocabulary.
   */
  static Label of(String clean, String readable, double fontSize, double limit) {
    return new Label(clean, of(readable, fontSize, limit).shown());
  }

  boolean isAltered() {
    return !shown.equals(full);
  }
}
