package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into what a reader takes for one character: a letter with its marks, a flag, a keycap,
 * an emoji joined from several.
 */
final class Graphemes {
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Graphemes() {}

  /**
   * The clusters of a text.
   *
   * @return pieces that put together are the text
   */
  static List<String> of(String text) {
    List<String> clusters = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = end(text, start);
      clusters.add(text.substring(start, end));
      start = end;
    }
    return clusters;
  }

  private static int end(String text, int start) {
    int previous = text.codePointAt(start);
    int end = start + Character.charCount(previous);
    boolean flagMayFollow = Characters.isRegionalIndicator(previous);
    while (end < text.length()) {
      int next = text.codePointAt(end);
      boolean joined =
          Characters.extendsCluster(next)
              || previous == ZERO_WIDTH_JOINER && Characters.isPictograph(next)
              || previous == '\r' && next == '\n'
              || flagMayFollow && Characters.isRegionalIndicator(next);
      if (!joined) {
        break;
      }
      flagMayFollow = flagMayFollow && !Characters.isRegionalIndicator(next);
      previous = next;
      end += Character.charCount(next);
    }
    return end;
  }
}
