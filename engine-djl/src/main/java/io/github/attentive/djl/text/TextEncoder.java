package io.github.attentive.djl.text;

import io.github.attentive.TextInput;
import java.util.List;

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
   * The most positions an encoded text has.
   *
   * @return at least 1
   */
  int maxLength();

  /** Frees what is held outside the Java heap; a second call does nothing. */
  @Override
  default void close() {}
}
