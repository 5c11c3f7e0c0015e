package io.github.attentive.djl.text;

import io.github.attentive.TextInput;
import io.github.attentive.spi.TokenSpan;
import java.util.List;
import java.util.Optional;

/** Turns texts into token ids. Thread-safe. */
public interface TextEncoder extends AutoCloseable {

  /**
   * Encodes one input.
   *
   * @param input the text, or pair of texts
   * @return its positions
   * @throws io.github.attentive.InvalidInputException if the model cannot take it
   */
  EncodedText encode(TextInput input);

  /**
   * Encodes several inputs.
   *
   * @param inputs texts, or pairs of texts
   * @return what {@link #encode} gives for each, in order
   * @throws io.github.attentive.InvalidInputException if the model cannot take one of them
   */
  default List<EncodedText> encodeAll(List<TextInput> inputs) {
    return inputs.stream().map(this::encode).toList();
  }

  /**
   * Puts a text right of which tokens were left out: with the padding that {@link #encode} would
   * give it.
   *
   * @param input what was encoded
   * @param text what is left of it, token by token as {@link #encode} gave them
   * @return the text as the model reads it
   * @throws io.github.attentive.InvalidInputException if the model cannot take what is left
   */
  default EncodedText completed(TextInput input, EncodedText text) {
    return text;
  }

  /**
   * The token that the model was trained to see in place of one that is not shown.
   *
   * @return a special token, or empty for a model without
   */
  default Optional<TokenSpan> maskToken() {
    return Optional.empty();
  }

  /**
   * The most positions an encoded text has.
   *
   * @return at least 1
   */
  int maxLength();

  /** Frees what is held outside the Java heap; a second call does nothing. */
  @Override
  default void close() {}
}
