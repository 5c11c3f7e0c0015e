package io.github.attentive.viz;

/**
 * Names and selectors for parts of a figure that can be pointed at. Parts are groups; those of one
 * kind are the children of one group, their column.
 *
 * <p>Rules for a part itself are understood by every viewer that has a pointer; those for others
 * than it need {@code :has()}, and where that is unknown the rest of the figure stays as it is. No
 * selector has a comma.
 */
final class Parts {
  static final String ROOT = "." + SvgWriter.PREFIX;

  /** Pointed at, or reached with the Tab key. */
  private static final String CHOSEN = ":not(:not(:hover):not(:focus))";

  private Parts() {}

  /** The class of a part: its kind, and its index in letters. */
  static String name(char kind, int index) {
    StringBuilder letters = new StringBuilder();
    int rest = index;
    do {
      letters.insert(0, (char) ('a' + rest % 26));
      rest = rest / 26 - 1;
    } while (rest >= 0);
    return letters.insert(0, kind).toString();
  }

  /** Selects a class within what stands before. */
  static String in(String name) {
    return " ." + SvgWriter.prefixed(name);
  }

  /** A rule for a class right within the part that is chosen. */
  static String ofChosen(String name, String rule) {
    String inside = ">." + SvgWriter.prefixed(name) + rule;
    return ROOT + " g:hover" + inside + ROOT + " g:focus" + inside;
  }

  /** Selects the figure while a part is chosen. */
  static String whenChosen(String part) {
    return ROOT + ":has(." + SvgWriter.prefixed(part) + CHOSEN + ")";
  }

  /** Selects the figure while any part of a column is chosen. */
  static String whenOneChosenOf(String column) {
    return whenOneChosenOf(column, "*");
  }

  /** Selects the figure while one of the parts of a column that a selector picks is chosen. */
  static String whenOneChosenOf(String column, String which) {
    return ROOT + ":has(." + SvgWriter.prefixed(column) + ">" + which + CHOSEN + ")";
  }
}
