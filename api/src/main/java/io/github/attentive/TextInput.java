package io.github.attentive;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One input of a classifier: a text, or a pair of texts for models that compare two.
 *
 * <p>Any string is a text: empty, blank, with NUL characters or lone surrogates. What a model makes
 * of characters it does not know is said by {@link Classification#tokens()} and the tokens of an
 * {@link Explanation}.
 *
 * @param text the text (segment 0)
 * @param pair the second text (segment 1), or null when there is none; an empty string is a pair
 */
public record TextInput(String text, @Nullable String pair) {

  /**
   * Creates an input.
   *
   * @param text as above
   * @param pair as above
   * @throws NullPointerException if {@code text} is null
   */
  public TextInput {
    Objects.requireNonNull(text, "text");
  }

  /**
   * An input of one text.
   *
   * @param text the text
   * @return the input, without a pair
   * @throws NullPointerException if {@code text} is null
   */
  public static TextInput of(String text) {
    return new TextInput(text, null);
  }

  /**
   * An input of two texts.
   *
   * @param text the first text
   * @param pair the second text
   * @return the input
   * @throws NullPointerException if an argument is null
   */
  public static TextInput of(String text, String pair) {
    return new TextInput(text, Objects.requireNonNull(pair, "pair"));
  }
}
