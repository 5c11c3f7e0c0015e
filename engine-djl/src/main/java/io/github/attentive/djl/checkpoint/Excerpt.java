package io.github.attentive.djl.checkpoint;

/** Text of a file, fit to stand in a message: short, on one line. */
public final class Excerpt {
  private static final int LONGEST = 80;

  private Excerpt() {}

  /**
   * Cuts a text and replaces what would not stay on a line.
   *
   * @param text any text
   * @return its start
   */
  public static String of(String text) {
    String start = text.length() > LONGEST ? text.substring(0, LONGEST) + " ..." : text;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
