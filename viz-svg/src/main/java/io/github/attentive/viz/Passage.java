package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with weights on parts of it.
 *
 * @param caption what it is, or empty
 * @param text as the caller gave it
 * @param spans in the order given
 */
record Passage(String caption, String text, List<Span> spans) {
  /**
   * A part of the text.
   *
   * @param start in UTF-16 units
   * @param end exclusive; equal to {@code start} for what stands for no text
   * @param weight finite
   */
  record Span(int start, int end, double weight) {}

  Passage {
    spans = List.copyOf(spans);
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (span.start() < 0 || span.end() < span.start() || span.end() > text.length()) {
        throw new InvalidInputException(
            "highlight span %s: expected 0 <= start <= end <= %s, the text's length, got [%s, %s)"
                .formatted(i, text.length(), span.start(), span.end()));
      }
      if (!Double.isFinite(span.weight())) {
        throw new InvalidInputException(
            "highlight: expected a finite weight, got %s at index %s ('%s')"
                .formatted(span.weight(), i, text.substring(span.start(), span.end())));
      }
    }
  }

  /** Joins pieces as they are. */
  static Passage of(List<String> pieces, double[] weights) {
    if (weights.length == 0 || pieces.size() != weights.length) {
      throw new InvalidInputException(
          "highlight: expected at least 1 piece and a weight for each, got %s pieces and %s weights"
              .formatted(pieces.size(), weights.length));
    }
    StringBuilder text = new StringBuilder();
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      int start = text.length();
      text.append(pieces.get(i));
      spans.add(new Span(start, text.length(), weights[i]));
    }
    return new Passage("", text.toString(), spans);
  }

  static Passage of(String text, int[] starts, int[] ends, double[] weights) {
    if (starts.length != weights.length || ends.length != weights.length) {
      throw new InvalidInputException(
          "highlight: expected a start and an end for each of %s weights, got %s and %s"
              .formatted(weights.length, starts.length, ends.length));
    }
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      spans.add(new Span(starts[i], ends[i], weights[i]));
    }
    return new Passage("", text, spans);
  }

  /** The texts of the spans, as the caller wrote them. */
  List<String> labels() {
    return spans.stream().map(span -> text.substring(span.start(), span.end())).toList();
  }

  double[] weights() {
    return spans.stream().mapToDouble(Span::weight).toArray();
  }
}
