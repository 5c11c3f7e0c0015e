package io.github.attentive.viz;

/**
 * The parts of a head view that can be pointed at, by class: how they are called and what the style
 * does with them.
 */
final class HeadParts {
  static final String LINES = "lines";
  static final String OWN_LINES = "own";
  static final String QUERIES = "queries";
  static final String KEYS = "keys";
  static final String HEADS = "heads";
  static final String HIGHLIGHT = "hit";

  private static final String UNTOUCHED = Parts.ROOT + ":not(:hover):not(:focus-within)";
  private static final String FAINT = "{opacity:.08}";
  private static final String CLEAR = "{opacity:1}";
  private static final double SECONDS_PER_PART = 1.5;

  private final StringBuilder rules = new StringBuilder();

  /** Highlights what is pointed at, and shows what is there for that only. */
  static String highlight() {
    return "@media screen{"
        + Parts.ofChosen(HIGHLIGHT, "{fill-opacity:.25}")
        + Parts.ofChosen(OWN_LINES, "{display:inline}")
        + "}";
  }

  /** Lines that stand in groups by level and then by part: those of other parts fade. */
  void isolateGroups(String column, char kind, int count) {
    rules
        .append(Parts.whenOneChosenOf(column))
        .append(Parts.in(LINES))
        .append(">g>g")
        .append(FAINT);
    for (int i = 0; i < count; i++) {
      String part = Parts.name(kind, i);
      rules
          .append(Parts.whenChosen(part))
          .append(Parts.in(LINES))
          .append(Parts.in(part))
          .append(CLEAR);
    }
  }

  /** Parts that have lines of their own: all others fade. */
  void fadeAll(String column) {
    rules.append(Parts.whenOneChosenOf(column)).append(Parts.in(LINES)).append(FAINT);
  }

  /** Lines by colour and dashes, which are those of one head. */
  void isolateHeads(int[] heads, HeadColours colours) {
    rules
        .append(Parts.whenOneChosenOf(HEADS))
        .append(Parts.in(LINES))
        .append(" path")
        .append(FAINT);
    for (int head : heads) {
      String dashes = colours.dashes(head);
      rules
          .append(Parts.whenChosen(Parts.name('h', head)))
          .append(Parts.in(LINES))
          .append(" [stroke=\"" + colours.colour(head).hex() + "\"]")
          .append(
              dashes.isEmpty()
                  ? ":not([stroke-dasharray])"
                  : "[stroke-dasharray=\"" + dashes + "\"]")
          .append(CLEAR);
    }
  }

  /** The rules for what is pointed at, which change nothing in print. */
  String style() {
    return "@media screen{" + rules + "}";
  }

  /**
   * Shows all lines first, which is the resting figure, then those of one query after the other,
   * unless the figure is pointed at.
   *
   * @param grouped whether lines stand in groups by query, or queries have lines of their own
   */
  static String cycle(int queries, boolean grouped) {
    StringBuilder frames = new StringBuilder();
    StringBuilder rules = new StringBuilder();
    String duration = Decimals.significant(SECONDS_PER_PART * (queries + 1)) + "s";
    if (!grouped) {
      frames.append(frames(LINES, "opacity", "1", "1", ".08", 0, queries));
      rules.append(UNTOUCHED).append(Parts.in(LINES)).append(animation(LINES, duration));
    }
    for (int i = 0; i < queries; i++) {
      String part = Parts.name('q', i);
      String token = UNTOUCHED + Parts.in(QUERIES) + ">." + SvgWriter.prefixed(part) + ">.";
      if (grouped) {
        frames.append(frames(part, "opacity", "1", "1", ".08", i + 1, queries));
        rules.append(UNTOUCHED).append(Parts.in(LINES)).append(Parts.in(part));
      } else {
        frames.append(frames(part, "opacity", "0", "1", "0", i + 1, queries));
        String own = token + SvgWriter.prefixed(OWN_LINES);
        rules.append(own).append("{display:inline}").append(own);
      }
      rules.append(animation(part, duration));
      String lit = Parts.name('l', i);
      frames.append(frames(lit, "fill-opacity", "0", ".25", "0", i + 1, queries));
      rules.append(token).append(SvgWriter.prefixed(HIGHLIGHT)).append(animation(lit, duration));
    }
    return frames + "@media screen and (prefers-reduced-motion:no-preference){" + rules + "}";
  }

  private static String animation(String name, String duration) {
    return "{animation:" + SvgWriter.prefixed(name) + " " + duration + " step-end infinite}";
  }

  /** A property in the first step, in a step of its own, if that is not 0, and in all others. */
  private static String frames(
      String name, String property, String first, String own, String others, int step, int steps) {
    StringBuilder frames = new StringBuilder("@keyframes ").append(SvgWriter.prefixed(name));
    frames.append("{0%{").append(property).append(':').append(first).append('}');
    frame(frames, 1, steps, property, others);
    if (step > 0) {
      frame(frames, step, steps, property, own);
      frame(frames, step + 1, steps, property, others);
    }
    return frames.append('}').toString();
  }

  private static void frame(
      StringBuilder frames, int step, int steps, String property, String value) {
    Decimals.coordinate(100.0 * step / (steps + 1), frames);
    frames.append("%{").append(property).append(':').append(value).append('}');
  }
}
