package io.github.attentive;

import java.util.List;

/**
 * The rows of a file that were left out because they were not as they should be.
 *
 * @param count how many
 * @param reasons line and reason of the first of them, at most {@value #REASONS}
 */
public record SkippedRows(long count, List<String> reasons) {
  /** So many reasons are kept. */
  public static final int REASONS = 5;

  /**
   * Creates it.
   *
   * @param count as above
   * @param reasons as above; copied
   */
  public SkippedRows {
    reasons = List.copyOf(reasons);
  }

  /** A sentence with the number and the first reasons. */
  @Override
  public String toString() {
    if (count == 0) {
      return "no row skipped";
    }
    return "%s %s skipped: %s%s"
        .formatted(
            count,
            count == 1 ? "row" : "rows",
            String.join("; ", reasons),
            count > reasons.size() ? "; ..." : "");
  }
}
