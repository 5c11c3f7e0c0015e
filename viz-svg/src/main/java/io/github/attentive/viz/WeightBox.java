package io.github.attentive.viz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A part of a text that is drawn with one weight, from one cluster to another.
 *
 * @param start in UTF-16 units, of the text without refused characters
 * @param end exclusive, behind {@code start}
 * @param weight the sum of its spans' weights
 * @param spans how many spans it stands for
 */
record WeightBox(int start, int end, double weight, int spans) {
  /**
   * The boxes of a text in its order. White space around a span has no part in its box, and spans
   * that share what a reader takes for one character, such as the bytes of an emoji, share a box.
   * Spans without text have none.
   */
  static List<WeightBox> of(String text, List<Passage.Span> spans) {
    List<Integer> bounds = bounds(text);
    List<WeightBox> boxes = new ArrayList<>();
    spans.stream()
        .filter(span -> span.start() < span.end())
        .map(span -> trimmed(text, span))
        .sorted(Comparator.comparingInt(Passage.Span::start))
        .forEach(
            span -> {
              int start = floor(bounds, span.start());
              int end = ceiling(bounds, span.end());
              WeightBox last = boxes.isEmpty() ? null : boxes.get(boxes.size() - 1);
              if (last == null || start >= last.end) {
                boxes.add(new WeightBox(start, end, span.weight(), 1));
              } else {
                boxes.set(
                    boxes.size() - 1,
                    new WeightBox(
                        last.start,
                        Math.max(last.end, end),
                        sum(last.weight, span.weight()),
                        last.spans + 1));
              }
            });
    return boxes;
  }

  /** Finite, like its parts. */
  private static double sum(double a, double b) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, a + b));
  }

  private static List<Integer> bounds(String text) {
    List<Integer> bounds = new ArrayList<>();
    int end = 0;
    bounds.add(end);
    for (String cluster : Graphemes.of(text)) {
      end += cluster.length();
      bounds.add(end);
    }
    return bounds;
  }

  /** A span of white space alone stays as it is. */
  private static Passage.Span trimmed(String text, Passage.Span span) {
    int start = span.start();
    int end = span.end();
    while (start < end && TextFlow.isSpace(text.charAt(start))) {
      start++;
    }
    while (start < end && TextFlow.isSpace(text.charAt(end - 1))) {
      end--;
    }
    return start == end ? span : new Passage.Span(start, end, span.weight());
  }

  private static int floor(List<Integer> bounds, int position) {
    int index = Collections.binarySearch(bounds, position);
    return bounds.get(index >= 0 ? index : -index - 2);
  }

  private static int ceiling(List<Integer> bounds, int position) {
    int index = Collections.binarySearch(bounds, position);
    return bounds.get(index >= 0 ? index : -index - 1);
  }

  boolean isBlank(String text) {
    return text.substring(start, end).chars().allMatch(c -> TextFlow.isSpace((char) c));
  }
}
