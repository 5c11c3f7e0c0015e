package io.github.attentive;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file.
 *
 * @param line the line it starts at, counted from 1
 * @param input the text, or the pair of texts
 * @param label its class, or null if it has none
 */
public record DatasetRow(long line, TextInput input, @Nullable String label) {

  /**
   * Creates a row.
   *
   * @param line as above
   * @param input as above
   * @param label as above
   */
  public DatasetRow {
    Objects.requireNonNull(input, "input");
  }

  /**
   * The row as an example.
   *
   * @return text and label
   * @throws NullPointerException if it has no label
   */
  public LabelledText example() {
    return new LabelledText(input, Objects.requireNonNull(label, "label"));
  }
}
