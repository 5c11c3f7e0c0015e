package io.github.attentive.viz;

import java.util.List;

/**
 * Estimates how wide text is in {@link #FONT_FAMILY}, without a font.
 *
 * <p>A viewer may lack both fonts, and some ignore a given text length, so every width has slack.
 */
final class TextMetrics {
  /** Two real fonts of the same widths, in names that every viewer reads. */
  static final String FONT_FAMILY = "Verdana,DejaVu Sans,sans-serif";

  static final String ELLIPSIS = "…";

  /** What the fonts of a viewer may be wider than ours. */
  static final double SLACK = 1.08;

  private static final int EMOJI_SELECTOR = 0xFE0F;
  private static final int NON_JOINER = 0x200C;

  /** Leaves of a letter of Devanagari the part that is joined to the next one. */
  private static final int VIRAMA = 0x94D;

  private static final double HALF_FORM = 0.6;

  private TextMetrics() {}

  /**
   * The room a line of text needs.
   *
   * @return in the unit of the font size
   */
  static double width(String text, double fontSize) {
    List<String> clusters = Graphemes.of(text);
    long thousandths = 0;
    for (int i = 0; i < clusters.size(); i++) {
      thousandths += advance(clusters, i);
    }
    return thousandths * fontSize * SLACK / 1000;
  }

  /**
   * The room that a cluster needs in a text.
   *
   * @param next the cluster behind it, with which it may be written in one, or empty
   */
  static double width(String cluster, String next, double fontSize) {
    return advance(cluster, next) * fontSize * SLACK / 1000;
  }

  /** The room that the widest of several lines needs; 0 for none. */
  static double widest(List<String> lines, double fontSize) {
    double widest = 0;
    for (String line : lines) {
      widest = Math.max(widest, width(line, fontSize));
    }
    return widest;
  }

  /**
   * Shortens a text that is too wide at its end, never within a cluster.
   *
   * @return the text itself if it fits; otherwise its beginning and an ellipsis
   */
  static String ellipsise(String text, double fontSize, double limit) {
    if (width(text, fontSize) <= limit) {
      return text;
    }
    List<String> clusters = Graphemes.of(text);
    StringBuilder kept = new StringBuilder();
    double room = limit - width(ELLIPSIS, fontSize);
    for (int i = 0; i < clusters.size(); i++) {
      // The last one that is kept joins nothing, however wide it was before the next one.
      if (room < width(clusters.get(i), fontSize)) {
        break;
      }
      kept.append(clusters.get(i));
      room -= advance(clusters, i) * fontSize * SLACK / 1000;
    }
    return kept.append(ELLIPSIS).toString();
  }

  /** The width of a cluster where it stands, in thousandths of the font size. */
  private static int advance(List<String> clusters, int index) {
    return advance(clusters.get(index), index + 1 < clusters.size() ? clusters.get(index + 1) : "");
  }

  private static int advance(String cluster, String next) {
    int first = cluster.codePointAt(0);
    if (Characters.isEmoji(first) || cluster.indexOf(EMOJI_SELECTOR) > 0) {
      return Characters.emojiAdvance();
    }
    int alone = cluster.codePoints().map(Characters::advance).sum();
    if (next.isEmpty()) {
      return alone;
    }
    if (cluster.indexOf(VIRAMA) > 0) {
      return (int) (alone * HALF_FORM);
    }
    int joined = Characters.joinedAdvance(first, next.codePointAt(0));
    return joined == 0 || cluster.indexOf(NON_JOINER) > 0 ? alone : joined;
  }
}
