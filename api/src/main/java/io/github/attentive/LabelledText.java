package io.github.attentive;

import java.util.Objects;

/**
 * An example to learn from or to be measured on.
 *
 * @param input the text, or the pair of texts
 * @param label its class
 */
public record LabelledText(TextInput input, String label) {

  /**
   * Creates an example.
   *
   * @param input as above
   * @param label as above
   */
  public LabelledText {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(label, "label");
  }

  /**
   * An example of one text.
   *
   * @param text the text
   * @param label its class
   * @return the example
   */
  public static LabelledText of(String text, String label) {
    return new LabelledText(TextInput.of(text), label);
  }
}
