package io.github.attentive.samples.cli;

import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.Token;
import io.github.attentive.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Weights as bars of blocks, 40 of which stand for 1, or for the largest weight where that is more;
 * the blocks of negative weights are light.
 */
public final class TerminalBars {
  private static final int BLOCKS_OF_ONE = 40;
  private static final String UNKNOWN = "[UNK]";
  private static final String BLOCK = "\u2588";
  private static final String LIGHT_BLOCK = "\u2591";

  private TerminalBars() {}

  private record Row(String label, float weight) {}

  /**
   * The words of an explanation, or its tokens where that is its unit, a line each.
   *
   * @param explanation whose unit and policy for special tokens are followed
   * @return lines without line ends; none for a text without tokens
   */
  public static List<String> of(Explanation explanation) {
    List<Row> rows = new ArrayList<>();
    if (explanation.attribution().granularity() == Granularity.TOKEN) {
      for (Token token : explanation.tokens()) {
        rows.add(new Row(token.text(), token.weight()));
      }
    } else {
      for (Token token : explanation.tokens()) {
        if (token.special() && token.position() == 0) {
          rows.add(new Row(token.text(), token.weight()));
        }
      }
      for (Word word : explanation.words()) {
        rows.add(new Row(label(word, explanation), word.weight()));
      }
      for (Token token : explanation.tokens()) {
        if (token.special() && token.position() > 0) {
          rows.add(new Row(token.text(), token.weight()));
        }
      }
    }
    int width = rows.stream().mapToInt(row -> length(row.label)).max().orElse(0);
    double largest = rows.stream().mapToDouble(row -> Math.abs(row.weight)).max().orElse(1);
    return rows.stream().map(row -> line(row, width, Math.max(1, largest))).toList();
  }

  /** The word as written, and a mark if the model does not know it. */
  private static String label(Word word, Explanation explanation) {
    boolean unknown =
        explanation.tokens().stream()
            .anyMatch(
                token ->
                    token.text().equals(UNKNOWN)
                        && token.segment() == word.segment()
                        && token.start() >= word.start()
                        && token.end() <= word.end());
    return unknown ? word.text() + " " + UNKNOWN : word.text();
  }

  private static String line(Row row, int width, double largest) {
    int blocks = (int) (Math.abs(row.weight) / largest * BLOCKS_OF_ONE);
    return String.format(
        Locale.ROOT,
        "%s%s | %s %.4f",
        row.label,
        " ".repeat(width - length(row.label)),
        (row.weight < 0 ? LIGHT_BLOCK : BLOCK).repeat(blocks),
        row.weight);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
